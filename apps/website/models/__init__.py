"""Websites: where listings are shown (Site), how a site wants to be told (Profile), what is where (Placement), and what
people ask there (Enquiry).
"""

from apps.website.models.adoption import Adoption, FoundPost, Proposal
from apps.website.models.enquiry import Enquiry
from apps.website.models.number import DailyNumber, Polling
from apps.website.models.placement import Placement, PlacementPhoto
from apps.website.models.profile import Profile
from apps.website.models.site import Site

__all__ = [
    "Adoption",
    "DailyNumber",
    "Enquiry",
    "FoundPost",
    "Placement",
    "PlacementPhoto",
    "Polling",
    "Profile",
    "Proposal",
    "Site",
]
