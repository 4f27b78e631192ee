"""What the walk of every URL meets and sends under /website/."""

import json

from django.utils import timezone

from apps.website.models import Adoption, DailyNumber, Enquiry, FoundPost, PlacementPhoto, Polling, Proposal
from apps.website.profiles.shipped import shipped_profiles
from tests.factories import PlacementFactory, ProfileFactory, SiteFactory

SPEC = json.dumps(shipped_profiles()["posts"]["spec"])
SENT: dict = {
    "enquiries:choose": lambda w: {"customer": "new"},
    "enquiries:reply": lambda w: {"channel": "email", "text": "It is free"},
    "enquiries:set-aside": lambda w: {"reason": "spam"},
    "website:act": lambda w: {"do": "withdraw"},
    "website:adopt": lambda w: {"do": "read"},
    "website:differences": lambda w: {"push": "title"},
    "website:found": lambda w: {"do": "leave"},
    "website:new": lambda w: {
        "name": "Another Site",
        "initials": "A",
        "url": "http://127.0.0.1:9/another",
        "username": "crm",
        "password": "abcd efgh ijkl",
        "profile": w.website["site"].profile_id,
        "belongs": "hand",
        "photo_limit": "20",
        "language": "en",
        "is_active": "on",
    },
    "website:new-profile": lambda w: {"slug": "walked-too", "name": "Walked too", "spec": SPEC},
}


def build_website(listing, customer, owner) -> dict:
    """One site; on it the owner's customer asked about the listing, and somebody who might be several people."""
    site = SiteFactory(name="Walked Site", initials="W")
    now = timezone.now()
    asked = {"site": site, "listing": listing, "agent": owner, "asked_at": now, "received_at": now, "name": "Walker"}
    DailyNumber.objects.create(site=site, listing=listing, day=timezone.localdate(), views=41, enquiries=2)
    Polling.objects.create(site=site)
    return {
        "site": site,
        "placement": _placement(site, listing),
        "profile": ProfileFactory(slug="walked", name="Walked", spec=shipped_profiles()["posts"]["spec"]),
        "found": _found(site, listing, owner),
        "enquiry": Enquiry.objects.create(their_id="1", customer=customer, **asked),
        "unclear": Enquiry.objects.create(their_id="2", **asked),
    }


def argument(name: str, parameter: str, world):
    """The argument of an address of this module."""
    if name.startswith("enquiries:"):
        return world.website["unclear" if name == "enquiries:choose" else "enquiry"].pk
    if name in ("website:found", "website:adopt-listings"):
        return world.website["found"].pk
    if name == "website:retry":
        return world.website["placement"].pk
    return {
        "pk": world.website["site"].pk,
        "slug": world.website["profile"].slug,
    }[parameter]


def _found(site, listing, owner):
    """A post that somebody made there by hand, and what it may be."""
    adoption = Adoption.objects.create(site=site, by=owner, state="done", total=1, done=1)
    post = FoundPost.objects.create(
        site=site, adoption=adoption, post_id=70, status="publish", title="By hand", confidence="possible"
    )
    Proposal.objects.create(post=post, found_listing=listing, reasons=[["same_building", ""]])
    return post


def _placement(site, listing):
    """The listing on the site, where somebody changed its title by hand."""
    there = {"theirs": {"title": "Theirs"}, "last_read": {"title": "Ours"}, "is_up": True, "post_id": 7}
    placement = PlacementFactory(site=site, listing=listing, wanted="on", state="failed", **there)
    PlacementPhoto.objects.create(placement=placement, digest="d", media_id=8)
    return placement
