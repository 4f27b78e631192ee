"""The viewings that the walk of every URL meets, and what it sends to their forms."""

from datetime import timedelta

from django.utils import timezone

from apps.listings.lookups import PropertyType
from apps.matching.actions.requirement import save_requirement
from apps.viewings.actions.feed import hash_of
from apps.viewings.actions.feedback import give_feedback, tell_owner
from apps.viewings.models import CalendarFeed, Tour, ViewingMail
from tests.factories import ViewingFactory

SECRET = "walked-secret-address"
ROW_OF = {
    "viewings:done": "past",
    "viewings:feedback": "past",
    "viewings:told": "given",
    "viewings:take-suggestion": "given",
    "viewings:told-undo": "told",
    "viewings:mail-again": "mail",
}


def build_viewings(listing, customer, owner) -> dict:
    """One to come, one that is over, one with feedback, one whose owner was told; a mail, a tour, a feed."""
    of = {"listing": listing, "agent": owner, "created_by": owner, "customers": [customer]}
    now = timezone.now()
    coming, past, heard, told = (
        ViewingFactory(**of, starts_at=now + timedelta(hours=hours)) for hours in (48, -24, -48, -72)
    )
    values = {"property_type": PropertyType.RESIDENTIAL, "price_max": 9_000_000}
    save_requirement(customer, values, by=owner)
    given = give_feedback(heard, customer, "no", by=owner, reasons=["too_dear"])
    mail = ViewingMail.objects.create(
        viewing=coming, sequence=0, about="booked", to="agent", user=owner, state="unsure", by=owner, at=now
    )
    Tour.objects.create(agent=owner, created_by=owner)
    CalendarFeed.objects.create(user=owner, secret_hash=hash_of(SECRET), last_read_at=now + timedelta(days=1))
    return {
        "coming": coming,
        "past": past,
        "given": given,
        "told": tell_owner(give_feedback(told, customer, "liked", by=owner), by=owner),
        "mail": mail,
    }


def argument(name: str, parameter: str, world):
    """The argument of an address of viewings."""
    if parameter == "pk":
        return world.viewings[ROW_OF.get(name, "coming")].pk
    return {
        "kind": "customers",
        "secret": SECRET,
        "listing_id": world.listing.listing_id,
        "reference": world.customers["own"].reference,
    }[parameter]


def booking(world) -> dict:
    """What the booking form sends."""
    at = timezone.localtime() + timedelta(days=3)
    return {
        "listing": world.listing.listing_id,
        "customer": world.customers["own"].reference,
        **when(world, at.replace(hour=11, minute=0, second=0, microsecond=0)),
    }


def when(world, at) -> dict:
    """Day, time, length and agent."""
    return {
        "day": at.date().isoformat(),
        "time": f"{at:%H:%M}",
        "minutes": "30",
        "agent": world.people["owner"].pk,
    }


SENT = {
    "viewings:book": booking,
    "viewings:told": lambda w: {"how": "said"},
    "viewings:take-suggestion": lambda w: {"suggestion": "too_dear"},
    "viewings:move": lambda w: when(w, timezone.localtime() + timedelta(days=4)) | {"version": version_of(w)},
    "viewings:confirm": lambda w: {"version": version_of(w)},
    "viewings:call-off": lambda w: {"version": version_of(w), "who": "cancel"},
    "viewings:done": lambda w: {"version": w.viewings["past"].version},
    "viewings:feedback": lambda w: {"verdict": "maybe"},
    "viewings:feed": lambda w: {"do": "make"},
}


def version_of(world) -> int:
    """The version of the viewing to come."""
    return world.viewings["coming"].version
