"""Websites: where listings are shown (Site), how a site wants to be told (Profile), what is where (Placement)."""

from apps.website.models.placement import Placement, PlacementPhoto
from apps.website.models.profile import Profile
from apps.website.models.site import Site

__all__ = ["Placement", "PlacementPhoto", "Profile", "Site"]
