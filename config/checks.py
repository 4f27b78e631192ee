"""Settings that production must have, as system checks. `stop_if_unsafe` ends the start where one of them fails."""

import sys
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Warning, register, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host

TAG = "configuration"


@register(TAG)
def production_settings(app_configs=None, **kwargs) -> list:
    """Everything unsafe or missing in a production environment; development needs none of it."""
    if not settings.PRODUCTION:
        return []
    return [problem for rule in RULES for problem in rule()]


def stop_if_unsafe() -> None:
    """Print what is unsafe or missing as one list and end the process with exit code 1."""
    errors = [problem for problem in run_checks(tags=[TAG]) if problem.is_serious()]
    if errors:
        lines = [f"  {error.msg}\n    {error.hint}" for error in errors]
        sys.stderr.write("RealEstateCRM does not start, because its settings are not safe:\n" + "\n".join(lines) + "\n")
        raise SystemExit(1)


def secret_key():
    """Sessions and links are signed with it."""
    try:
        key = settings.SECRET_KEY
    except ImproperlyConfigured:
        key = ""
    if len(key) < 50 or len(set(key)) < 5:
        yield Error(
            "SECRET_KEY is missing or too short.",
            hint="Set SECRET_KEY to 50 random characters or more: `openssl rand -base64 48`.",
            id="crm.E001",
        )


def debug():
    """DEBUG shows settings and data to strangers."""
    if settings.DEBUG:
        yield Error("DEBUG is on.", hint="Remove DEBUG from the environment.", id="crm.E002")


def hosts():
    """Links in mails and sign-in cookies hold for known host names only."""
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        yield Error(
            "ALLOWED_HOSTS is missing or allows every host.",
            hint="Set ALLOWED_HOSTS to the host names people type, separated by commas, such as crm.example.com.",
            id="crm.E003",
        )
    address = urlsplit(settings.SITE_URL)
    if address.scheme != "https" or not address.hostname:
        yield Error(
            "SITE_URL is missing or does not start with https://.",
            hint="Set SITE_URL to the address people type, such as https://crm.example.com.",
            id="crm.E004",
        )
    elif not validate_host(address.hostname, settings.ALLOWED_HOSTS):
        yield Error(
            f"The host of SITE_URL, {address.hostname}, is not one of ALLOWED_HOSTS.",
            hint=f"Add {address.hostname} to ALLOWED_HOSTS.",
            id="crm.E005",
        )


def named_database():
    """The database is named, never guessed."""
    database = settings.DATABASES["default"]
    if database["ENGINE"] != "django.db.backends.postgresql" or not database["NAME"]:
        yield Error(
            "DATABASE_URL is missing or does not name a PostgreSQL database.",
            hint="Set DATABASE_URL to postgres://USER:PASSWORD@HOST:5432/NAME.",
            id="crm.E006",
        )


def mail():
    """Invitations and password links must reach people, not the console."""
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend") or settings.EMAIL_HOST in ("", "localhost"):
        yield Error(
            "EMAIL_URL is missing or sends no mail.",
            hint="Set EMAIL_URL to smtp+tls://USER:PASSWORD@HOST:587.",
            id="crm.E007",
        )
    if not settings.DEFAULT_FROM_EMAIL or settings.DEFAULT_FROM_EMAIL.endswith("@localhost>"):
        yield Error(
            "DEFAULT_FROM_EMAIL is missing.",
            hint="Set DEFAULT_FROM_EMAIL to the sender of mails, such as RealEstateCRM <crm@example.com>.",
            id="crm.E008",
        )


def files():
    """Photos outlive a release only where somebody said where they are kept."""
    if not settings.S3_BUCKET and not settings.MEDIA_ROOT_IS_SET:
        yield Error(
            "It is not said where uploaded files are kept.",
            hint="Set S3_BUCKET (with S3_ENDPOINT_URL and keys), or MEDIA_ROOT to a folder on a disk that stays.",
            id="crm.E009",
        )


def static_files():
    """Pages name their styles and scripts by the digests that collectstatic writes down."""
    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        yield Error(
            "The static files have not been collected.",
            hint="Run `python manage.py collectstatic --no-input` when the release is built.",
            id="crm.E013",
        )


def proxy():
    """Without the header that the proxy sets, everybody has the proxy's address and one attacker locks all out."""
    if not settings.TRUSTED_PROXY_HEADER:
        yield Error(
            "TRUSTED_PROXY_HEADER is missing, so sign-in limits would count all people as one.",
            hint="Set TRUSTED_PROXY_HEADER to the header in which the proxy puts the visitor's address, such as "
            "Fly-Client-IP or X-Real-IP; the proxy must overwrite it.",
            id="crm.E010",
        )


def watching():
    """Nobody reads logs: errors and states must reach somebody."""
    if not settings.SENTRY_DSN:
        yield Warning(
            "SENTRY_DSN is missing: errors are only in the logs.",
            hint="Set SENTRY_DSN to the address of an error tracker that speaks Sentry's protocol.",
            id="crm.W011",
        )
    if not settings.INTERNAL_TOKEN:
        yield Warning(
            "INTERNAL_TOKEN is missing: /readyz says that something is not ready, but to nobody what.",
            hint="Set INTERNAL_TOKEN to 32 random characters or more and give it to the monitoring.",
            id="crm.W012",
        )


RULES = [secret_key, debug, hosts, named_database, mail, files, static_files, proxy, watching]
