"""Brings the demo's viewings about, by the real actions at their time. A second run doubles nothing."""

from datetime import datetime, timedelta

from django.utils import timezone

from apps.accounts.models import User
from apps.core.demo_clock import at
from apps.customers.models import Customer
from apps.listings.models import Listing
from apps.viewings.actions.booking import SlotTaken, book, confirm
from apps.viewings.actions.feedback import give_feedback, tell_owner
from apps.viewings.demo.plan import PAST, TO_COME, TODAY, Demo
from apps.viewings.models import Viewing

BOOKED_BEFORE = timedelta(days=3)
HEARD_AFTER = timedelta(minutes=20)


def build_viewings() -> int:
    """Every viewing of the plan whose listing and customer are there; the answer counts those that were new."""
    manager = User.objects.get(email="priya@marina.example")
    return sum(_build(demo, manager) for demo in (*PAST, *TODAY, *TO_COME))


def _build(demo: Demo, manager: User) -> bool:
    hour, minute = (int(part) for part in demo.time.split(":"))
    day = timezone.localtime() + timedelta(days=demo.day)
    starts_at = day.replace(hour=hour, minute=minute, second=0, microsecond=0)
    listing, customer = _listing(demo), _customer(demo)
    if listing is None or customer is None:
        return False
    if Viewing.objects.filter(listing=listing, starts_at=starts_at).exists():
        return False
    agent = User.objects.get(email=demo.agent)
    try:
        with at(starts_at - BOOKED_BEFORE):
            viewing = _book(demo, listing, customer, agent, starts_at, manager)
    except SlotTaken:  # somebody used the demo, and the time is theirs
        return False
    if demo.day <= 0:
        _hear(demo, viewing, customer, manager)
    return True


def _book(demo, listing, customer, agent, starts_at: datetime, manager) -> Viewing:
    details = {"key_name": demo.key, "access_notes": demo.access}
    viewing = book(listing, [customer], agent, starts_at, demo.minutes, by=manager, tell=(), **details)
    if demo.is_confirmed:
        confirm(viewing, version=viewing.version, by=manager, tell=())
    return viewing


def _hear(demo, viewing, customer, manager) -> None:
    """What was said, if the viewing is over and somebody has written it down."""
    heard_at = viewing.ends_at + HEARD_AFTER
    if not demo.verdict or heard_at > timezone.now():
        return
    with at(heard_at):
        given = give_feedback(viewing, customer, demo.verdict, by=manager, reasons=demo.reasons, line=demo.line)
        if demo.is_told:
            tell_owner(given, by=manager)


def _listing(demo) -> Listing | None:
    rows = Listing.objects.filter(place_name=demo.building, unit_number=demo.unit).select_related("unit", "list_agent")
    return next((row for row in rows.order_by("-pk") if not row.has_ended), None)


def _customer(demo) -> Customer | None:
    return Customer.objects.here().filter(emails__canonical=demo.customer).first()
