"""A tour: several listings in order, with time for the way between them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from apps.core.events import record
from apps.core.refusals import Refused
from apps.listings.models import Listing
from apps.viewings.actions.booking import EVERYBODY, book
from apps.viewings.models import Tour
from apps.viewings.models.viewing import USUAL
from apps.viewings.travel import minutes_between

UNKNOWN_WAY = 15  # minutes, where a coordinate is missing
ROUNDED_TO = 5
MOST_STOPS = 8


@dataclass(frozen=True)
class Stop:
    """One listing of a planned tour: when it begins, and the minutes of the way to it."""

    listing: Listing
    starts_at: datetime
    way_minutes: int


def plan(listings: Iterable[Listing], starts_at: datetime, minutes: int = USUAL) -> list[Stop]:
    """When each listing can be shown, in this order: after the one before and the way, on a round time."""
    stops: list[Stop] = []
    for listing in listings:
        if not stops:
            stops.append(Stop(listing, starts_at, 0))
            continue
        estimate = minutes_between(stops[-1].listing, listing)
        way = estimate[0] if estimate else UNKNOWN_WAY
        start = stops[-1].starts_at + timedelta(minutes=minutes + way)
        stops.append(Stop(listing, start + timedelta(minutes=-start.minute % ROUNDED_TO), way))
    return stops


@transaction.atomic
def book_tour(
    listings: Iterable[Listing],
    customers: Iterable,
    agent,
    starts_at: datetime,
    minutes: int = USUAL,
    *,
    by,
    tell: Iterable[str] = EVERYBODY,
) -> Tour:
    """Book every stop of the plan, or none: the first that is taken refuses the whole tour with its free times."""
    stops, customers = plan(listings, starts_at, minutes), list(customers)
    if not 2 <= len(stops) <= MOST_STOPS:
        raise Refused(_("A tour has 2 to %(most_stops)s apartments.") % {"most_stops": MOST_STOPS})
    tour = Tour.objects.create(agent=agent, created_by=by)
    for position, stop in enumerate(stops, start=1):
        book(stop.listing, customers, agent, stop.starts_at, minutes, by=by, tell=tell, tour=tour, position=position)
    record("viewings.tour_booked", tour, by=by, stops=len(stops))
    return tour
