"""Listings for those who work on none of their own: what changed lately, and what has no photo yet."""

from apps.core.counting import CHEAP_UP_TO, capped_counts
from apps.listings.lookups import StandardStatus
from apps.listings.models import Listing

IN_CARD = 8
COLUMNS = (
    "listing_id",
    "place_name",
    "unit_number",
    "title",
    "cover",
    "standard_status",
    "list_price",
    "previous_list_price",
    "currency",
    "modification_timestamp",
)


def _active(user):
    return Listing.objects.visible_to(user).filter(standard_status=StandardStatus.ACTIVE)


def changed(request, limit: int = IN_CARD) -> dict:
    """Active listings, the latest change first."""
    rows = _active(request.user).only(*COLUMNS).order_by("-modification_timestamp", "-pk")
    return {"listings": list(rows[:limit])}


def without_photos(request, limit: int = IN_CARD) -> dict:
    """Active listings without a photo, the latest change first."""
    rows = _active(request.user).filter(photo_count=0)
    (count,) = capped_counts(rows, cap=CHEAP_UP_TO)
    listings = rows.only(*COLUMNS).order_by("-modification_timestamp", "-pk")[:limit]
    return {"listings": list(listings), "count": count}
