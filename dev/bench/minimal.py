"""The floor of the bench: settings, address and view of the least that Django can do for a signed-in list of 25 rows.

Used as settings module and URLconf of a second gunicorn: `DJANGO_SETTINGS_MODULE=dev.bench.minimal`.
"""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "dev.bench.minimal_urls"
# What `django-admin startproject` writes, and the one without which allauth does not start.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "dev" / "bench"],  # noqa: F405
        "OPTIONS": {"context_processors": []},
    }
]
