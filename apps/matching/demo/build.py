"""Brings about what the demo's customers look for, by the real actions at their time. A second run doubles nothing."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from apps.core.demo_clock import at, days_ago
from apps.customers.lookups import Channel
from apps.customers.models import EmailAddress
from apps.customers.policy import why_not_write_to
from apps.listings.models import Listing, Place
from apps.matching.actions.decision import dismiss, mark_interested, mark_sent
from apps.matching.actions.requirement import save_requirement
from apps.matching.actions.sending import send_listings, why_not_offer, why_not_send_by
from apps.matching.demo.wishes import WISHES, Said, Wish
from apps.matching.lookups import Verdict
from apps.matching.models import Requirement, Sending
from apps.matching.news import prepared_text

AMOUNTS = ("price_min", "price_max", "area_min", "area_max")


def build_wishes(staff: list) -> int:
    """Requirements, sendings and decisions of the demo's customers; the answer counts the new requirements.

    `staff` are colleagues who may act; each acts for customers whom they may see.
    """
    today = timezone.localtime()
    addresses = [wish.email for wish in WISHES]
    rows = EmailAddress.objects.filter(canonical__in=addresses, customer__merged_into__isnull=True)
    customers = {row.canonical: row.customer for row in rows.select_related("customer__agent").order_by("-pk")}
    new = 0
    for wish in WISHES:
        customer = customers.get(wish.email)
        if customer is None or customer.requirements.exists():
            continue
        by = next((one for one in (customer.agent, *staff) if one and not why_not_write_to(customer, one)), None)
        if by is not None:
            _live(customer, wish, by, today)
            new += 1
    return new


def _live(customer, wish: Wish, by, today: datetime) -> None:
    """Write down what is looked for at the first contact, then send listings and hear what they say to them."""
    values = {
        name: Decimal(value) if name in AMOUNTS and value is not None else value for name, value in wish.values.items()
    }
    if wish.moving is not None:
        values["move_in_by"] = today.date() + timedelta(days=wish.moving)
    named = {place.name: place for place in Place.objects.filter(name__in=wish.places, level="community")}
    places = [named[name] for name in wish.places if name in named]
    with at(min(customer.created_at + timedelta(minutes=8), today)):
        requirement = save_requirement(customer, values, places=places, by=by)
    for said in wish.said:
        _say(requirement, said, by, today)


def _say(requirement: Requirement, said: Said, by, today: datetime) -> None:
    """Send the listing, and then what the customer said to it."""
    where = {"unit__place__name": said.building, "unit__unit_number": said.unit}
    rows = Listing.objects.filter(**where, property_type=requirement.property_type).select_related("unit")
    listing = rows.order_by("-pk").first()
    if listing is None:
        return
    with at(days_ago(today, said.days, 90 + listing.pk % 200)):
        _send(requirement, listing, by)
    with at(days_ago(today, said.days, 300 + listing.pk % 100)):
        if said.verdict == Verdict.INTERESTED:
            mark_interested(requirement, listing, by=by)
        elif said.verdict == Verdict.DISMISSED:
            dismiss(requirement, listing, said.reason, by=by, line=said.line)


def _send(requirement: Requirement, listing: Listing, by) -> None:
    """By WhatsApp, so that nothing is mailed; what is no longer on offer was sent while it was."""
    customer = requirement.customer
    if why_not_send_by(customer, Channel.WHATSAPP, by):
        return
    text = prepared_text(customer, [listing], by)
    if not why_not_offer(listing):
        send_listings(customer, [listing], Channel.WHATSAPP, text, by=by, requirement=requirement)
        return
    sent = {"channel": Channel.WHATSAPP, "text": text, "by": by, "at": timezone.now()}
    Sending.objects.create(customer=customer, listing=listing, **sent)
    mark_sent(requirement, listing, by=by)
