"""What people asked on the demo's websites, taken in by the same action as at the door, at its time."""

from datetime import datetime, timedelta

from apps.accounts.models import User
from apps.core.demo_clock import at
from apps.customers.lookups import Channel
from apps.listings.models import Listing
from apps.website.demo.plan import ENQUIRIES, Asked
from apps.website.enquiries.actions.enquiry import mark_answered, pass_on, take_in
from apps.website.enquiries.intake.message import Message
from apps.website.models import Enquiry
from apps.website.models.enquiry import ANSWER_WITHIN

CONSENT = "Keep me posted about apartments like this one."


def build_enquiries(sites: dict, now: datetime) -> int:
    """Every enquiry of the plan, the oldest first; how many were new."""
    planned = [asked for asked in reversed(ENQUIRIES) if asked.site.initials in sites]
    return sum(_build(asked, sites[asked.site.initials], now) for asked in planned)


def _build(asked: Asked, site, now: datetime) -> bool:
    moment = now - timedelta(minutes=asked.ago)
    known = Enquiry.objects.filter(site=site, their_id=f"demo-{asked.key}")
    if known.exists():
        _keep_waiting(known, moment, now)
        return False
    system = User.objects.system()
    with at(moment):
        enquiry = take_in(site, _message(asked, site, moment), by=system).enquiry
    if asked.answered is not None:
        late = asked.answered > ANSWER_WITHIN.total_seconds() / 60
        _pass_on(enquiry, moment, system) if late else None
        with at(moment + timedelta(minutes=asked.answered)):
            mark_answered(enquiry, by=enquiry.responsible or User.objects.agents().order_by("pk").first())
    elif now - moment > ANSWER_WITHIN:
        _pass_on(enquiry, moment, system)
    return True


def _keep_waiting(known, moment: datetime, now: datetime) -> None:
    """Who came a moment ago came a moment ago, also where the demo was made long ago; once answered, for good."""
    if now - moment < ANSWER_WITHIN:
        known.filter(answered_at__isnull=True, escalated_at__isnull=True).update(asked_at=moment, received_at=moment)


def _pass_on(enquiry: Enquiry, moment: datetime, system) -> None:
    with at(moment + ANSWER_WITHIN + timedelta(minutes=1)):
        pass_on(enquiry, by=system)


def _message(asked: Asked, site, moment: datetime) -> Message:
    building, number = asked.about
    listing = Listing.objects.filter(place_name=building, unit_number=number).order_by("pk").last()
    return Message(
        their_id=f"demo-{asked.key}",
        name=asked.name,
        phone=asked.phone,
        email=asked.email,
        text=asked.text,
        page=f"{site.url}/property/",
        source=asked.source,
        campaign=asked.campaign,
        consent=(Channel.EMAIL.value,) if asked.agrees and asked.email else (),
        consent_text=CONSENT if asked.agrees else "",
        reference=listing.listing_id if listing else "",
        sent_at=moment,
    )
