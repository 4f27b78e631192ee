"""The listings list: table, gallery or map, the form of its filters, and the counts of its views."""

from dataclasses import dataclass

from django.conf import settings
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from apps.accounts.saved_views import tab_counts, tabs
from apps.core.flags import is_on
from apps.core.lists.asked import Asked
from apps.core.lists.bulk import MOST_ROWS
from apps.core.lists.context import filters_page, list_context
from apps.core.lists.neighbours import neighbours
from apps.core.lists.page import ListPage, open_page
from apps.listings import flags
from apps.listings.actions.listing import why_not_take_on
from apps.listings.listing_list import LISTINGS, read
from apps.listings.models import Listing, Place
from apps.listings.rows import Rows
from apps.listings.search import nearest_words, words_of
from apps.listings.views.pages import website_numbers
from apps.website.marks import add_sites

SUGGESTIONS = 8


@dataclass(frozen=True)
class Layout:
    """A way to show the list, there while its flag, if any, is on."""

    key: str
    label: str
    icon: str
    flag: str = ""

    @property
    def parameter(self) -> str | None:
        """Its value in the address; the first layout has none."""
        return None if self.key == LAYOUTS[0].key else self.key


LAYOUTS = (
    Layout("table", "Table", "layout-list"),
    Layout("gallery", "Gallery", "gallery", flags.GALLERY),
    Layout("map", "Map", "map", flags.MAP),
)


@require_safe
def listings(request):
    """A page of listings; htmx gets the rows with what changes around them."""
    found = open_page(read(request.GET, request.user, request.agency))
    shown, layouts = _layouts(request, found.asked)
    template = "listings/list_swap.html" if request.htmx.target == "list" else "listings/list.html"
    context = list_context(found) | tabs(request, found.asked) | _context(request, found, shown)
    context |= {"layouts": layouts, "shown": shown}
    if shown == "table":
        add_sites(request, context)
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def counts(request):
    """How many listings each view holds, to be laid beside the tabs."""
    return render(request, "lists/counts.html", {"counts": tab_counts(request, LISTINGS)})


@require_safe
def filters(request):
    """The form of all filters, set as the address says: a popover for htmx, else a page."""
    return filters_page(request, LISTINGS)


@require_safe
def places(request):
    """Places whose name is like what was typed into the filter, as options of its combobox."""
    text = request.GET.get("place_text", "").replace("\x00", "").strip()[:160]
    found = _suggested(text) if text else []
    if text and not found:
        near = nearest_words(words_of(text))
        found = _suggested(" ".join(near.values())) if near else []
    return render(request, "listings/filters_places.html", {"places": found, "text": text})


def _suggested(text: str) -> list[Place]:
    return list(Place.objects.meant_by(text).select_related("parent")[:SUGGESTIONS])


@require_safe
def pager(request, listing_id):
    """The listings before and after one, in the list that its page was opened from; the page asks for it last."""
    listing = get_object_or_404(Listing.objects.visible_to(request.user), listing_id=listing_id)
    found = neighbours(listing, LISTINGS, request.GET.urlencode(), request.user, request.agency)
    return render(request, "lists/pager.html", {"neighbours": found, "noun": LISTINGS.nouns[0]})


def _context(request, found: ListPage, shown: str) -> dict:
    asked, page = found.asked, found.page
    currencies = {listing.currency for listing in page.rows}
    currency = currencies.pop() if len(currencies) == 1 else ""
    keys = [listing.pk for listing in page.rows]
    numbers = website_numbers(request, keys, asked.asking.today) if shown == "table" else None
    rows = Rows(request.agency, asked.asking.today, asked.querystring(), currency, numbers)
    return {
        "rows": [rows.row(listing) if shown == "table" else rows.card(listing) for listing in page.rows],
        "with_views": numbers is not None,
        "tail": rows.tail,
        "currency": currency,
        "area_unit": rows.area_unit,
        "tile_url": settings.MAP_TILE_URL,
        "tile_attribution": settings.MAP_ATTRIBUTION,
        "without_box": asked.without("box").querystring(),
        "may_add": not why_not_take_on(request.user),
        "may_import": request.user.has_perm("imports.run_import"),
        "most": MOST_ROWS,
        "may_assign": request.user.has_perm("listings.assign_listing"),
        "may_export": request.user.has_perm("listings.export_listing"),
    }


def _layouts(request, asked: Asked) -> tuple[str, list[tuple[str, str, str, bool]]]:
    """The layout shown, and (label, icon, address, is current) of each; no links where the table is the only one."""
    on = [layout for layout in LAYOUTS if not layout.flag or is_on(layout.flag, request)]
    shown = asked.layout if any(layout.key == asked.layout for layout in on) else LAYOUTS[0].key
    links = [(one.label, one.icon, asked.querystring(layout=one.parameter), one.key == shown) for one in on]
    return shown, links if len(links) > 1 else []
