"""How a listing reads in a list: one dict of ready words for each row, for table, gallery and map alike.

A page shows 25 to 100 rows of some 15 values. Made here once, they cost a fraction of as many template tags.
"""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from urllib.parse import quote

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from apps.core.templatetags.ui import AMBER_DAYS, RED_DAYS, change, days_left, number, short, status_badge, when
from apps.core.units import SQUARE_METRES_PER_SQUARE_FOOT, AreaUnits
from apps.listings.lookups import FeeFrequency
from apps.listings.templatetags.photos import photo_src

COLUMNS = (
    "pk",
    "version",
    "listing_id",
    "place_name",
    "community_name",
    "unit_number",
    "title",
    "cover",
    "standard_status",
    "property_type",
    "list_price",
    "previous_list_price",
    "currency",
    "lease_amount_frequency",
    "bedrooms_total",
    "bathrooms_total_integer",
    "living_area_sqm",
    "mandate_until",
    "permit_until",
    "list_agent_id",
    "list_agent_full_name",
    "modification_timestamp",
    "sort_name",
    "sort_agent",
)
ONE = Decimal(1)


class Rows:
    """Makes rows for one page: in the agency's units, as of today, with links that remember the list they came from."""

    def __init__(self, agency, today: date, querystring: str = ""):
        self.today = today
        self.area_unit = AreaUnits(agency.area_units).label
        self.metres_per_unit = SQUARE_METRES_PER_SQUARE_FOOT if agency.area_units == AreaUnits.SQUARE_FEET else ONE
        self.mandate_days = agency.mandate_days
        self.base = reverse("listings:list")
        self.tail = f"?{querystring}" if querystring else ""

    def of(self, listings) -> list[dict]:
        """A row for each listing; they need the COLUMNS only."""
        return [self.row(listing) for listing in listings]

    def row(self, listing) -> dict:
        """One row."""
        area = listing.living_area_sqm / self.metres_per_unit if listing.living_area_sqm else None
        here = f"{self.base}{quote(listing.listing_id, safe='')}/"
        is_over = listing.has_ended
        return {
            "pk": listing.pk,
            "version": listing.version,
            "url": here + self.tail,
            "status_url": f"{here}status/",
            "price_url": f"{here}price/",
            "label": listing.label,
            "place": " · ".join(part for part in (listing.listing_id, listing.community_name) if part),
            "thumb": photo_src(listing.cover, "120x84") if listing.cover else "",
            "picture": photo_src(listing.cover, "640") if listing.cover else "",
            "status": status_badge(listing.standard_status),
            "price": number(listing.list_price),
            "short_price": short(listing.list_price),
            "currency": listing.currency,
            "note": change(listing.list_price, listing.previous_list_price) or self._per(listing, area),
            "beds": _bedrooms(listing.bedrooms_total),
            "baths": "" if listing.bathrooms_total_integer is None else listing.bathrooms_total_integer,
            "area": "" if area is None else f"{area.quantize(ONE, ROUND_HALF_UP):,f}",
            "mandate": "" if is_over else days_left(listing.mandate_until, self.mandate_days),
            "permit": "" if is_over or listing.permit_until is None else self._permit(listing.permit_until),
            "agent": _agent(listing.list_agent_id, listing.list_agent_full_name),
            "changed": when(listing.modification_timestamp),
        }

    def _per(self, listing, area) -> str:
        words = []
        if listing.lease_amount_frequency:
            words.append(FeeFrequency(listing.lease_amount_frequency).label)
        if area and listing.list_price:
            words.append(f"{(listing.list_price / area).quantize(ONE, ROUND_HALF_UP):,f} / {self.area_unit}")
        return " · ".join(words)

    def _permit(self, until: date) -> SafeString:
        return _permit(until, (until - self.today).days)


@lru_cache(maxsize=2000)
def _permit(until, days):
    if days < 0:
        return format_html('<span class="worse">{}</span>', _("Expired"))
    css = "worse" if days < RED_DAYS else "late" if days < AMBER_DAYS else ""
    words = _("Ends today") if days == 0 else _("1 day") if days == 1 else _("%(count)d days") % {"count": days}
    return format_html('<span class="{}" title="{}">{}</span>', css, until, words)


@cache
def _bedrooms(count):
    return "" if count is None else _("Studio") if count == 0 else str(count)


@lru_cache(maxsize=2000)
def _agent(pk, name):
    if pk is None:
        return ""
    words = (name or "?").split() or ["?"]
    initials = (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()
    html = '<span class="avs"><span class="av h{}" aria-hidden="true">{}</span>{}</span>'
    return format_html(html, pk * 5 % 12, initials, words[0])
