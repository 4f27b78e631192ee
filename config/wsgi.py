"""The WSGI entry point that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("CRM_PROCESS", "web")

application = get_wsgi_application()

from django.conf import settings  # noqa: E402  (readable once the application is there)

from apps.core.metrics import on_own_port  # noqa: E402
from config.checks import stop_if_unsafe  # noqa: E402

stop_if_unsafe()
if settings.METRICS_PORT:
    application = on_own_port(application, settings.METRICS_PORT)
