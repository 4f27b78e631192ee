"""How a listing reads in a list: a dict of ready words and marks for each row, for table, gallery and map alike.

A page shows 25 to 100 rows of some 15 values. Made here, and kept where they repeat, they cost a fraction of as many
template tags; what they look like together is in templates/listings/_rows.html, _gallery.html and _map.html.
"""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from urllib.parse import quote

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.core.avatars import hue_of, initials_of
from apps.core.templatetags.ui import change, days_left, icon, number, status_badge, urgency, when
from apps.core.units import SQUARE_METRES_PER_SQUARE_FOOT, AreaUnits
from apps.listings.charts import sparkline
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
VIEWS = (
    '<span class="avs" title="{}"><b aria-hidden="true">{}</b><span class="sr">{}</span>'
    '<svg class="spark" viewBox="0 0 56 20" aria-hidden="true"><path d="{}"/></svg></span>'
)


class Rows:
    """Makes rows for one page: in the agency's units, as of today, with links that remember the list they came from.

    `currency` is the one that the column's header names; another one stands in its row. `numbers` are the views on
    websites of each listing by key (`views`, `enquiries`, `trend`, `steps`), where they are shown.
    """

    def __init__(self, agency, today: date, querystring: str = "", currency: str = "", numbers: dict | None = None):
        self.today = today
        self.numbers = numbers or {}
        self.language = get_language()
        self.area_unit = AreaUnits(agency.area_units).label
        self.metres_per_unit = SQUARE_METRES_PER_SQUARE_FOOT if agency.area_units == AreaUnits.SQUARE_FEET else ONE
        self.mandate_days = agency.mandate_days
        self.currency = currency
        self.base = reverse("listings:list")
        self.tail = f"?{querystring}" if querystring else ""
        self.select = _("Select")

    def row(self, listing) -> dict:
        """A row of the table; `here` is the listing's address, to which its page and forms are added."""
        area, is_over = self._area(listing), listing.has_ended
        return {
            "pk": listing.pk,
            "here": f"{self.base}{quote(listing.listing_id, safe='')}/",
            "select": f"{self.select} {listing.label}",
            "photo": _photo(listing.cover),
            "label": listing.label,
            "place": _place(listing),
            "status": status_badge(listing.standard_status),
            "price": self._price(listing),
            "note": change(listing.list_price, listing.previous_list_price) or self._per(listing, area),
            "beds": _rooms("bed", listing.bedrooms_total, self.language),
            "baths": _rooms("bath", listing.bathrooms_total_integer, self.language),
            "area": _cell("ruler", _whole(area), self.area_unit) if area else "",
            "mandate": "" if is_over else self._mandate(listing.mandate_until),
            "permit": "" if is_over else self._permit(listing.permit_until),
            "agent": _agent(listing.list_agent_id, listing.list_agent_full_name),
            "changed": when(listing.modification_timestamp),
            "views": _views(self.numbers.get(listing.pk), self.language),
        }

    def card(self, listing) -> dict:
        """A listing as gallery and map show it."""
        area = self._area(listing)
        return {
            "pk": listing.pk,
            "url": f"{self.base}{quote(listing.listing_id, safe='')}/{self.tail}",
            "label": listing.label,
            "place": _place(listing),
            "photo": _photo(listing.cover),
            "picture": photo_src(listing.cover, "640") if listing.cover else "",
            "status": status_badge(listing.standard_status),
            "currency": listing.currency,
            "price": number(listing.list_price),
            "beds": _bedrooms(listing.bedrooms_total),
            "baths": listing.bathrooms_total_integer,
            "area": f"{_whole(area)} {self.area_unit}" if area else "",
        }

    def _area(self, listing) -> Decimal | None:
        return listing.living_area_sqm / self.metres_per_unit if listing.living_area_sqm else None

    def _price(self, listing) -> SafeString:
        if listing.list_price is None:
            return format_html('<span class="mut">{}</span>', _("Add price"))
        css, gap = ("po cur", "") if listing.currency == self.currency else ("cur", " ")
        return format_html('<span class="{}">{}</span>{}{}', css, listing.currency, gap, number(listing.list_price))

    def _per(self, listing, area) -> str:
        words = [FeeFrequency(listing.lease_amount_frequency).label] if listing.lease_amount_frequency else []
        if area and listing.list_price:
            words.append(f"{_whole(listing.list_price / area)} / {self.area_unit}")
        return " · ".join(words)

    def _mandate(self, until: date | None) -> SafeString | str:
        return _clock(until, self.today, self.mandate_days, self.language) if until else ""

    def _permit(self, until: date | None) -> SafeString | str:
        return _days(until, (until - self.today).days, self.language) if until else ""


def _views(numbers, language) -> SafeString | str:
    """How often it was looked at on websites in thirty days, with a line of how that went."""
    if not numbers:
        return ""
    words = _in_words(numbers.views, numbers.enquiries, numbers.trend, language)
    return format_html(VIEWS, words, f"{numbers.views:,}", words, sparkline(numbers.steps))


@lru_cache(maxsize=2000)
def _in_words(views, enquiries, trend, language):
    moved = _("%(count)s more") % {"count": trend} if trend >= 0 else _("%(count)s fewer") % {"count": -trend}
    return _("%(views)s views and %(asked)s enquiries in 30 days; %(trend)s in the last 7 than in the 7 before") % {
        "views": views,
        "asked": enquiries,
        "trend": moved,
    }


def _whole(value: Decimal) -> str:
    return f"{value.quantize(ONE, ROUND_HALF_UP):,f}"


def _place(listing) -> str:
    return " · ".join(part for part in (listing.listing_id, listing.community_name) if part)


def _photo(name: str) -> SafeString:
    if not name:
        return _no_photo()
    image = '<img class="thumb" src="{}" alt="" width="60" height="42" loading="lazy">'
    return format_html(image, photo_src(name, "120x84"))


@lru_cache(maxsize=1)
def _no_photo():
    return format_html('<span class="thumb">{}</span>', icon("photo"))


def _bedrooms(count: int | None) -> str:
    return "" if count is None else _("Studio") if count == 0 else str(count)


# The pieces below repeat from row to row; the language is part of what they are kept by.
@lru_cache(maxsize=500)
def _rooms(glyph, count, language):
    words = _bedrooms(count) if glyph == "bed" else "" if count is None else str(count)
    return _cell(glyph, words) if words else ""


@lru_cache(maxsize=5000)
def _cell(glyph, words, unit=""):
    after = format_html('<span class="po">{}</span>', unit) if unit else ""
    return format_html("{}{}{}", icon(glyph, "po"), words, after)


@lru_cache(maxsize=2000)
def _clock(until, today, total, language):
    return days_left(until, total)


@lru_cache(maxsize=2000)
def _days(until, days, language):
    if days < 0:
        return format_html('<span class="worse" title="{}">{}</span>', until, _("Expired"))
    css = urgency(days)
    words = _("Ends today") if days == 0 else _("1 day") if days == 1 else _("%(count)d days") % {"count": days}
    return format_html('<span class="{}" title="{}">{}</span>', css, until, words)


@lru_cache(maxsize=2000)
def _agent(pk, name):
    if pk is None:
        return ""
    words = (name or "?").split() or ["?"]
    html = '<span class="avs"><span class="av h{}" aria-hidden="true">{}</span>{}</span>'
    return format_html(html, hue_of(pk), initials_of(words), words[0])
