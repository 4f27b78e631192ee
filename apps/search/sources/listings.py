"""Listings by reference, building and unit number, or any other words; an address without a listing offers one.

Three questions, each answered by an index, the likeliest first: the reference itself; buildings of that name, with the
unit number where one was typed; and the words of the list's own search, in whatever order the index gives them, of
which the best few are shown. None of them sorts a hundred thousand rows to show five.
"""

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from django.contrib.postgres.search import SearchQuery
from django.db.models import Value
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from apps.core.search import Normalise
from apps.core.templatetags.ui import money, status_badge
from apps.listings.lookups import ON_MARKET
from apps.listings.models import Listing
from apps.listings.templatetags.photos import photo_src
from apps.search.marks import marked
from apps.search.registry import Asked, Hit, Source
from apps.search.sources import places

COLUMNS = (
    "listing_id",
    "place_name",
    "unit_number",
    "title",
    "cover",
    "standard_status",
    "list_price",
    "currency",
    "bedrooms_total",
    "modification_timestamp",
)
BUILDINGS, IN_EACH = 4, 15
BY_WORDS = 40


def find(asked: Asked) -> list[Hit]:
    """Hits for listings, the likeliest first."""
    rows = Listing.objects.visible_to(asked.user).only(*COLUMNS)
    found: dict[int, Listing] = {}
    for question in (_by_reference, _by_address, _by_words):
        found |= {listing.pk: listing for listing in question(rows, asked) if listing.pk not in found}
        if len(found) >= asked.limit:
            break
    return [_hit(listing, asked.words) for listing in list(found.values())[: asked.limit]]


def recall(user, references: Sequence[str]) -> dict[str, Hit]:
    """The listings of these references, as hits."""
    rows = Listing.objects.visible_to(user).only(*COLUMNS).filter(listing_id__in=references)
    return {listing.listing_id: _hit(listing, ()) for listing in rows}


def _by_reference(rows, asked: Asked) -> Iterable[Listing]:
    """“mg-2304” as it stands or in capitals."""
    if not any(letter.isdigit() for letter in asked.text):
        return []
    return rows.filter(listing_id__in={asked.text, asked.text.upper()})


def _by_address(rows, asked: Asked) -> Iterable[Listing]:
    """“marina gate 2304” and “2304 marina gate” are unit 2304 of Marina Gate; “marina gate 2” is a building."""
    words = asked.words
    if named := places.called(words):
        return sorted(_in_buildings(rows, named, ""), key=_merit)
    for at in (len(words) - 1, 0):
        rest = [word for place, word in enumerate(words) if place != at]
        if rest and any(letter.isdigit() for letter in words[at]):
            found = _in_buildings(rows, places.called(rest), words[at])
            return sorted(found, key=lambda one: (one.unit_number.lower() != words[at], _merit(one)))
    return []


def _in_buildings(rows, buildings, unit: str) -> Iterable[Listing]:
    """A few of each building, along the index of the list's order by name."""
    if unit:
        rows = rows.filter(unit_number__istartswith=unit)
    each = [
        rows.filter(sort_name=Normalise(Value(name))).order_by("sort_name", "unit_number", "pk")[:IN_EACH]
        for name in list(dict.fromkeys(place.name for place in buildings))[:BUILDINGS]
    ]
    return each[0].union(*each[1:], all=True) if each else []


def _by_words(rows, asked: Asked) -> Iterable[Listing]:
    """The last word may be unfinished; the others are whole, because the index reads all that a beginning begins."""
    *whole, last = asked.words
    terms = [*whole, f"{last}:*" if len(last) > 1 else last]
    query = SearchQuery(" & ".join(terms), search_type="raw", config="simple")
    return sorted(rows.filter(search_vector=query).order_by()[:BY_WORDS], key=_merit)


def _merit(listing) -> tuple:
    """What is on the market first, then what was changed last."""
    return (listing.standard_status not in ON_MARKET, -listing.modification_timestamp.timestamp())


def _hit(listing: Listing, words) -> Hit:
    price = money(listing.list_price, listing.currency)
    beds = listing.bedrooms_total
    size = "" if beds is None else _("Studio") if beds == 0 else _("%(count)d bed") % {"count": beds}
    note = [marked(listing.listing_id, words), price, size]
    return Hit(
        listing.get_absolute_url(),
        marked(listing.label, words),
        format_html_join(" · ", "{}", ((part,) for part in note if part)),
        photo=photo_src(listing.cover, "120x84") if listing.cover else "",
        icon="building",
        badge=status_badge(listing.standard_status),
    )


def _more(text: str) -> str:
    return f"{reverse('listings:list')}?{urlencode({'q': text})}"


SOURCE = Source(
    "listings", "Listings", "listings.view_listing", find, view="listings:detail", recall=recall, more=_more, order=10
)
