"""Messages to the person between two pages, kept in their browser."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage


class HostCookieStorage(CookieStorage):
    """Django's signed cookie, under a name that no other host and no unencrypted page can set."""

    cookie_name = "__Host-messages" if settings.SESSION_COOKIE_SECURE else "messages"
