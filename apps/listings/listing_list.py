"""The list of listings, described once for every door: its filters, views, orders, search and what it is worth."""

from decimal import Decimal

from django.db.models import Count, Sum
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from apps.core.lists.asked import Asked
from apps.core.lists.asked import read as read_address
from apps.core.lists.catalogue import Catalogue, Search, declare
from apps.listings.filters import FILTERS, VIEWS
from apps.listings.filters.orders import ORDERS
from apps.listings.models import Listing
from apps.listings.rows import COLUMNS
from apps.listings.search import mended, query_for, words_of

Value = tuple[str, Decimal]
SUMMED_APART = ("currency", "property_type", "lease_amount_frequency")


class ListingSearch(Search):
    """Every word must occur in the listing; words that no listing has are mended."""

    def words_of(self, text):
        return words_of(text)

    def narrow(self, rows, words):
        return rows.filter(search_vector=query_for(words))

    def mended(self, words, rows):
        return mended(words, rows)


def sums_of(rows) -> tuple[int, Value | None]:
    """How many rows there are, and what they are worth where one sum makes sense (all for sale, or all for rent by the
    same period), in one query.
    """
    groups = rows.order_by().values(*SUMMED_APART).annotate(count=Count("pk"), total=Sum("list_price"))
    found = list(groups)
    priced = [group for group in found if group["total"] is not None]
    value = (priced[0]["currency"], priced[0]["total"]) if len(priced) == 1 else None
    return sum(group["count"] for group in found), value


def summed_up(rows: list) -> tuple[int, Value | None]:
    """The same for rows that were read."""
    priced = [row for row in rows if row.list_price is not None]
    is_one = len({tuple(getattr(row, name) for name in SUMMED_APART) for row in priced}) == 1
    return len(rows), (priced[0].currency, sum(row.list_price for row in priced)) if is_one else None


LISTINGS = Catalogue(
    key="listings",
    model=Listing,
    route="listings:list",
    permission="listings.view_listing",
    nouns=(_("listing"), _("listings")),
    filters=FILTERS,
    views=VIEWS,
    orders=ORDERS,
    search=ListingSearch(),
    columns=COLUMNS,
    layouts=("table", "gallery", "map"),
    sums=sums_of,
    summed_up=summed_up,
)
declare(LISTINGS.key, lambda request: LISTINGS)


def read(data: QueryDict, user, agency) -> Asked:
    """What the parameters of an address of the list ask for."""
    return read_address(LISTINGS, data, user, agency)
