"""Websites: added, edited, and given the key by which they sign enquiries."""

import ipaddress
import secrets
from collections.abc import Mapping
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from apps.core.encryption import encrypt
from apps.core.events import record
from apps.core.refusals import NotAllowed, Refused
from apps.core.versions import claim_version
from apps.website.models import Site

SITE_FIELDS = (
    "name", "initials", "url", "username", "profile", "filter", "follows_filter", "text_limit", "photo_limit",
    "language", "is_active",
)  # fmt: skip
KEY_BYTES = 32


def why_not_manage_sites(by) -> list[str]:
    """Why this person may not add or change websites and profiles."""
    return [] if by.has_perm("website.manage_sites") else [_("Only an administrator may add and change websites.")]


@transaction.atomic
def add_site(values: Mapping, password: str, *, by) -> Site:
    """Let a website follow the CRM. The application password is kept encrypted and shown to nobody."""
    NotAllowed.unless_empty(why_not_manage_sites(by))
    site = Site(**{name: values[name] for name in SITE_FIELDS if name in values})
    site.url = clean_url(site.url)
    site.password = _sealed(password)
    _write(site)
    record("website.added", site, by=by, name=site.name, url=site.url)
    return site


@transaction.atomic
def edit_site(site: Site, changes: Mapping, *, version: int, by, password: str = "") -> Site:
    """Set fields of SITE_FIELDS, and a new application password where one is given.

    A site at another address, or another user, needs the password again: else whoever may edit a site could have it
    sent to a server of their own.
    """
    NotAllowed.unless_empty(why_not_manage_sites(by))
    claim_version(site, version)
    site = Site.objects.get(pk=site.pk)
    changes = {name: value for name, value in changes.items() if name in SITE_FIELDS}
    if "url" in changes:
        changes["url"] = clean_url(changes["url"])
    changed = sorted(name for name, value in changes.items() if getattr(site, name) != value)
    if not password and {"url", "username"} & set(changed):
        raise Refused(_("Enter the application password again: it was for another address or user."))
    for name in changed:
        setattr(site, name, changes[name])
    if password:
        site.password = _sealed(password)
    if {"url", "username"} & set(changed) or password:
        site.failing_since = site.probe_at = None  # what failed may be mended: it is tried at once
    _write(site)
    if changed or password:
        record("website.edited", site, by=by, fields=[*changed, *(["password"] if password else [])])
    return site


@transaction.atomic
def make_intake_key(site: Site, *, by) -> str:
    """A new key that signs the site's enquiries, in place of the one before; answered only here."""
    NotAllowed.unless_empty(why_not_manage_sites(by))
    site = Site.objects.select_for_update().get(pk=site.pk)
    key = secrets.token_urlsafe(KEY_BYTES)
    site.intake_key = encrypt(key)
    site.save(update_fields=["intake_key"])
    record("website.key_made", site, by=by)
    return key


def clean_url(url: str) -> str:
    """A site's address as it is kept: https but on this machine or in the house, and nothing behind the path."""
    parts = urlsplit(url.strip())
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise Refused(_("Enter the site's address as people type it, such as https://example.com."))
    if parts.username or parts.password:
        raise Refused(_("Enter the user and the application password in their own fields, not in the address."))
    if parts.scheme == "http" and not _may_be_plain(parts.hostname):
        raise Refused(_("The address must begin with https://. Without it anybody on the way could read the password."))
    host = parts.netloc.lower()
    return urlunsplit((parts.scheme, host, parts.path.rstrip("/"), "", ""))


def _may_be_plain(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" and settings.WEBSITE_ALLOW_LOCAL
    if address.is_loopback:
        return settings.WEBSITE_ALLOW_LOCAL
    return any(address in ipaddress.ip_network(net) for net in settings.WEBSITE_ALLOWED_NETWORKS)


def _sealed(password: str) -> str:
    password = password.strip()
    if not password:
        raise Refused(_("Enter the application password. WordPress makes one under Users, Profile."))
    return encrypt(password)


def _write(site: Site) -> None:
    try:
        site.clean_fields()
    except ValidationError as error:
        labels = {name: Site._meta.get_field(name).verbose_name for name in error.message_dict}
        wrong = [f"{labels[name].capitalize()}: {' '.join(said)}" for name, said in error.message_dict.items()]
        raise Refused(*wrong) from error
    try:
        with transaction.atomic():
            site.save()
    except IntegrityError as error:
        constraint = str(error.__cause__.diag.constraint_name)
        label = next(name for name in ("initials", "url", "name") if f"_{name}" in constraint)
        sentence = _("Another website has this %(field)s. Each has its own.")
        raise Refused(sentence % {"field": {"url": _("address")}.get(label, label)}) from error
