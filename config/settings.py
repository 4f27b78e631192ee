"""All settings, read from the environment. Every variable is described in docs/configuration.md."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from apps.core.logs import configure_structlog, logging_config
from apps.core.monitoring import start_sentry
from config.env import Env

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()
if (BASE_DIR / ".env").exists():
    env.read_env(BASE_DIR / ".env")

# -- Where we are ------------------------------------------------------------------------------------------------------
PRODUCTION = env.str("CRM_ENVIRONMENT", "development") == "production"
DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "" if PRODUCTION else "development-only-key-that-signs-nothing-of-value")
SITE_URL = env.str("SITE_URL", "" if PRODUCTION else "http://localhost:8000")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["127.0.0.1", "localhost", "testserver"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
FIELD_ENCRYPTION_KEYS = env.list("FIELD_ENCRYPTION_KEYS", default=[])
TRUSTED_PROXY_HEADER = env.str("TRUSTED_PROXY_HEADER", "")
# Shows what is not ready to whoever sends it to /readyz as "Authorization: Bearer ...".
INTERNAL_TOKEN = env.str("INTERNAL_TOKEN", "")
QUEUE_AGE_LIMIT = env.int("QUEUE_AGE_LIMIT", 900)

SILENCED_SYSTEM_CHECKS = env.list("SILENCED_CHECKS", default=[])

# -- What it is made of ------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "apps.core.admin_config.CrmAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "storages",
    "waffle",
    "apps.core",
    "apps.accounts",
    "apps.customers",
    "apps.listings",
    "apps.matching",
    "apps.viewings",
    "apps.calls",
    "apps.website",
    "apps.imports",
    "apps.insights",
    "apps.today",
    "apps.search",
]

MIDDLEWARE = [
    "apps.core.health.HealthMiddleware",
    "apps.core.middleware.TraceMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "apps.core.middleware.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "apps.accounts.middleware.SignInRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "apps.accounts.middleware.AgencyMiddleware",
    "apps.accounts.middleware.SecondFactorMiddleware",
    "apps.accounts.middleware.LastSeenMiddleware",
    "apps.core.middleware.HistoryMiddleware",
    "apps.core.middleware.RefusalMiddleware",
    "apps.insights.middleware.UsageMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "apps.core.context.site",
                "apps.accounts.context.pinned",
                "apps.insights.context.beacon",
            ],
        },
    }
]

# -- PostgreSQL, jobs, cache -------------------------------------------------------------------------------------------
# A page answers soon or not at all; commands and jobs (migrations, imports) take the time they need.
IS_WEB = env.str("CRM_PROCESS", "command") == "web"
PAGE_TIMEOUTS = {
    "statement_timeout": env.int("STATEMENT_TIMEOUT_MS", 15_000),
    "lock_timeout": env.int("LOCK_TIMEOUT_MS", 5_000),
    "idle_in_transaction_session_timeout": 60_000,
}
JOB_TIMEOUTS = {
    "statement_timeout": env.int("JOB_STATEMENT_TIMEOUT_MS", 1_800_000),
    "lock_timeout": env.int("JOB_LOCK_TIMEOUT_MS", 20_000),
    "idle_in_transaction_session_timeout": 1_800_000,
}
SESSION_SETTINGS = (PAGE_TIMEOUTS if IS_WEB else JOB_TIMEOUTS) | {
    # Every trigger asks for this one. Unset it is an error, caught in a subtransaction whose end walks all that is to
    # be checked at commit: the 20,000th row of an import took six times as long as the first.
    "pgtrigger.ignore": "{}",
    # Compiling a query takes longer than answering it here: a wish with 4,000 listings in question took 26 ms more.
    "jit": "off",
}
DATABASES = {
    "default": env.db("DATABASE_URL", default="postgres:///" if PRODUCTION else "postgres://crm@127.0.0.1:5432/crm")
}
DATABASES["default"] |= {
    "CONN_MAX_AGE": env.int("CONN_MAX_AGE", 60),
    "CONN_HEALTH_CHECKS": True,
    "OPTIONS": DATABASES["default"].get("OPTIONS", {})
    | {
        "connect_timeout": 5,
        "options": " ".join(f"-c {name}={value}" for name, value in SESSION_SETTINGS.items()),
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_ON_APP_READY = "apps.core.queue.prepare_worker"
# As many as Python gives threads to; enough that a website which hangs keeps no other waiting.
THREADS = min(8, (os.cpu_count() or 1) + 4)
PROCRASTINATE_WORKER_DEFAULTS = {"concurrency": env.int("WORKER_CONCURRENCY", THREADS), "shutdown_graceful_timeout": 20}

# Sign-in limits and TOTP replay guards must be shared by all workers, so the default cache lives in the database;
# flags are read on every request and may be ten seconds old, so each process keeps its own copy.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # a full cache drops limits, so filling it must not be easy
    },
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "process", "TIMEOUT": 10},
}
WAFFLE_CACHE_NAME = "process"
WAFFLE_FLAG_MODEL = "accounts.Flag"
WAFFLE_ENABLE_ADMIN_PAGES = False  # flags are switched on our own page, which records who did
WAFFLE_CREATE_MISSING_FLAGS = False

# -- People ------------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["apps.accounts.backends.RoleBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/today/"
LOGOUT_REDIRECT_URL = "account_login"
ALLAUTH_TRUSTED_CLIENT_IP_HEADER = TRUSTED_PROXY_HEADER
ACCOUNT_ADAPTER = "apps.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is proven by the invitation that was sent to it
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_FORMS = {
    "login": "apps.accounts.forms.sign_in.SignInForm",
    "change_password": "apps.accounts.forms.sign_in.ChangePasswordForm",
    "set_password": "apps.accounts.forms.sign_in.SetPasswordForm",
    "reset_password": "apps.accounts.forms.sign_in.ResetPasswordForm",
    "reset_password_from_key": "apps.accounts.forms.sign_in.NewPasswordForm",
    "reauthenticate": "apps.accounts.forms.sign_in.ConfirmForm",
}
# The first limit of "login_failed" counts per account and address, the second per address alone: it is high, because a
# whole office shares one. "login_failed_account" is ours: tries on one account from everywhere.
ACCOUNT_RATE_LIMITS = {
    "login": "300/1m/ip",
    "login_failed": "5/5m/key,100/5m/ip",
    "login_failed_account": "50/1h/key",
    "reset_password": "5/5m/key,60/5m/ip",
    "reset_password_from_key": "60/5m/ip",
}
MFA_ADAPTER = "apps.accounts.adapters.MFAAdapter"
MFA_FORMS = {"add_webauthn": "apps.accounts.forms.sign_in.AddPasskeyForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 0  # a code is remembered as used for as long as it is valid: 30 seconds
MFA_RATE_LIMITS = {"webauthn_login": "120/1m/ip"}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION

# -- Files -------------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(BASE_DIR / "var" / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
# In development files are looked up when asked for: changes show at once, and no start has to read them all.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not PRODUCTION
MEDIA_ROOT_IS_SET = bool(env.str("MEDIA_ROOT", ""))
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(BASE_DIR / "var" / "media")))
S3_BUCKET = env.str("S3_BUCKET", "")
STORAGES = {
    "default": {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": env.str("S3_ENDPOINT_URL", None),
            "region_name": env.str("S3_REGION", None),
            "access_key": env.str("S3_ACCESS_KEY_ID", None),
            "secret_key": env.str("S3_SECRET_ACCESS_KEY", None),
            "default_acl": None,
            "querystring_auth": True,
            "querystring_expire": 300,
            "signature_version": "s3v4",
            "file_overwrite": False,
        },
    }
    if S3_BUCKET
    else {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(MEDIA_ROOT)}},
    "staticfiles": {
        "BACKEND": "apps.core.static_files.StaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# -- Websites ----------------------------------------------------------------------------------------------------------
WEBSITE_ALLOW_LOCAL = env.bool("WEBSITE_ALLOW_LOCAL", not PRODUCTION)
WEBSITE_ALLOWED_NETWORKS = env.list("WEBSITE_ALLOWED_NETWORKS", default=[])

# -- Language, time ----------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ar", "العربية")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Dubai"

# -- Mail --------------------------------------------------------------------------------------------------------------
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "RealEstateCRM <crm@localhost>")

# -- Logs --------------------------------------------------------------------------------------------------------------
LOGGING = logging_config(as_json=env.bool("LOG_JSON", PRODUCTION), level=env.str("LOG_LEVEL", "INFO"))
configure_structlog()

# -- Watching ----------------------------------------------------------------------------------------------------------
SENTRY_DSN = env.str("SENTRY_DSN", "")
if SENTRY_DSN:
    start_sentry(
        SENTRY_DSN, environment="production" if PRODUCTION else "development", release=env.str("RELEASE", None)
    )
METRICS_PORT = env.int("METRICS_PORT", 0)
if METRICS_PORT:
    INSTALLED_APPS.append("django_prometheus")
    MIDDLEWARE.insert(0, "django_prometheus.middleware.PrometheusBeforeMiddleware")
    MIDDLEWARE.append("django_prometheus.middleware.PrometheusAfterMiddleware")
    PROMETHEUS_EXPORT_MIGRATIONS = False

# -- Safety in the browser ---------------------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "apps.core.views_errors.csrf_failed"
MESSAGE_STORAGE = "apps.core.messages.HostCookieStorage"
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, LANGUAGE_COOKIE_NAME = "__Host-session", "__Host-csrf", "__Host-language"
    LANGUAGE_COOKIE_SECURE = True

MAP_TILE_URL = env.str("MAP_TILE_URL", "")
MAP_ATTRIBUTION = env.str("MAP_ATTRIBUTION", "")
TILE_HOSTS = [MAP_TILE_URL.split("/{")[0].replace("{s}", "*")] if MAP_TILE_URL else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *TILE_HOSTS, *env.list("CSP_IMG_HOSTS", default=[])],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
