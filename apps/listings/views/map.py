"""Points of the map: those listings of the list that lie in the piece of the map on screen, up to a limit."""

from urllib.parse import quote

from django.http import JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.core import keyset
from apps.core.counting import count_rows, estimate
from apps.core.flags import behind_flag
from apps.core.lists.page import is_walk_better, without_typing_errors
from apps.core.templatetags.ui import short
from apps.listings import flags
from apps.listings.filters.orders import DEFAULT, ORDERS
from apps.listings.listing_list import read
from apps.listings.models import Listing

MOST_POINTS = 1_000
LATEST_FIRST = ORDERS.order(DEFAULT)
COLUMNS = (
    "pk",
    "listing_id",
    "place_name",
    "unit_number",
    "title",
    "latitude",
    "longitude",
    "list_price",
    "currency",
    "modification_timestamp",
)


@require_safe
@behind_flag(flags.MAP)
def points(request):
    """GeoJSON; `note` says how many there are where not all are drawn."""
    asked = without_typing_errors(read(request.GET, request.user, request.agency))
    rows = asked.rows(Listing.objects.visible_to(request.user)).filter(latitude__isnull=False, longitude__isnull=False)
    few = asked.is_narrowed and not is_walk_better(asked, estimate(rows))
    shown = keyset.first_page(rows.only(*COLUMNS), LATEST_FIRST, MOST_POINTS, few=few)
    note = _note(rows) if shown.has_next else ""
    base = reverse("listings:list")
    features = [_feature(listing, f"{base}{quote(listing.listing_id, safe='')}/") for listing in shown.rows]
    return JsonResponse({"type": "FeatureCollection", "features": features, "note": note})


def _note(rows) -> str:
    count = count_rows(rows)
    said = {"most": f"{MOST_POINTS:,}", "count": f"{count.value:,}"}
    if count.is_exact:
        return _("Showing the %(most)s listings changed last, of %(count)s here. Zoom in to see all.") % said
    return _("Showing the %(most)s listings changed last, of about %(count)s here. Zoom in to see all.") % said


def _feature(listing, url: str) -> dict:
    price = f"{listing.currency} {short(listing.list_price)}" if listing.list_price else listing.listing_id
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [float(listing.longitude), float(listing.latitude)]},
        "properties": {
            "id": listing.pk,
            "label": price,
            "title": listing.label,
            "url": url,
        },
    }
