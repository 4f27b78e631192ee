"""Mandates and permits that end within a month: without them a listing leaves the website."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from apps.core.counting import CHEAP_UP_TO, capped_counts
from apps.listings.lookups import ON_MARKET
from apps.listings.models import Listing
from apps.today.cards import whose

DAYS = 30
IN_CARD = 6
COLUMNS = ("listing_id", "place_name", "unit_number", "title", "cover", "mandate_until", "permit_until")


@dataclass(frozen=True)
class Ending:
    """What ends when, on which listing."""

    listing: Listing
    what: str
    on: date


def load(request, limit: int = IN_CARD) -> dict:
    """Mandates and permits that end within DAYS, the next first."""
    today = timezone.localdate()
    mine = whose.of(request.user, "list_agent", whose.ANY_LISTING)
    rows = Listing.objects.visible_to(request.user).filter(mine, standard_status__in=ON_MARKET)
    ending = {
        name: rows.filter(**{f"{name}__range": (today, today + timedelta(days=DAYS))})
        for name in ("mandate_until", "permit_until")
    }
    count = sum(capped_counts(*ending.values(), cap=CHEAP_UP_TO))
    found = [
        Ending(listing, name.removesuffix("_until"), getattr(listing, name))
        for name, some in ending.items()
        for listing in some.only(*COLUMNS).order_by(name, "pk")[:limit]
    ]
    return {"endings": sorted(found, key=lambda one: (one.on, one.listing.pk))[:limit], "count": count, "days": DAYS}
