"""Websites: where listings are shown (Site) and how a site wants to be told (Profile)."""

from apps.website.models.profile import Profile
from apps.website.models.site import Site

__all__ = ["Profile", "Site"]
