"""System checks of websites."""

import ipaddress

from django.conf import settings
from django.core.checks import Error, Warning, register


@register("website")
def websites_are_public(app_configs=None, **kwargs) -> list:
    """Production asks public addresses alone, unless somebody named others."""
    found = []
    if settings.PRODUCTION and settings.WEBSITE_ALLOW_LOCAL:
        hint = "Remove WEBSITE_ALLOW_LOCAL, unless the website runs on this very machine."
        found.append(Warning("Websites at 127.0.0.1 are allowed in production.", hint=hint, id="website.W001"))
    for text in settings.WEBSITE_ALLOWED_NETWORKS:
        try:
            ipaddress.ip_network(text)
        except ValueError:
            hint = "Write networks as 10.9.0.0/24, separated by commas."
            message = f"WEBSITE_ALLOWED_NETWORKS: “{text}” is no network."
            found.append(Error(message, hint=hint, id="website.E002"))
    return found
