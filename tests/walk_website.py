"""What the walk of every URL meets and sends under /website/."""

from django.utils import timezone

from apps.website.models import DailyNumber, Enquiry, Polling
from tests.factories import SiteFactory

SENT: dict = {"enquiries:choose": lambda w: {"customer": "new"}}


def build_website(listing, customer, owner) -> dict:
    """One site; on it the owner's customer asked about the listing, and somebody who might be several people."""
    site = SiteFactory(name="Walked Site", initials="W")
    now = timezone.now()
    asked = {"site": site, "listing": listing, "agent": owner, "asked_at": now, "received_at": now, "name": "Walker"}
    DailyNumber.objects.create(site=site, listing=listing, day=timezone.localdate(), views=41, enquiries=2)
    Polling.objects.create(site=site)
    return {
        "site": site,
        "enquiry": Enquiry.objects.create(their_id="1", customer=customer, **asked),
        "unclear": Enquiry.objects.create(their_id="2", **asked),
    }


def argument(name: str, parameter: str, world):
    """The argument of an address of this module."""
    if name.startswith("enquiries:"):
        return world.website["unclear" if name == "enquiries:choose" else "enquiry"].pk
    return {"pk": world.website["site"].pk}[parameter]
