"""One page of the listings list: the rows that an address asks for, how many there are, and what they are worth."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count as CountRows
from django.db.models import Sum

from apps.core import keyset
from apps.core.counting import Count, capped_counts, count_rows
from apps.core.keyset import Page
from apps.listings.filters import Asked
from apps.listings.models import Listing
from apps.listings.rows import COLUMNS
from apps.listings.search import mended

SUMMED_UP_TO = 1_000
SUGGESTED_UP_TO = 1_000


@dataclass(frozen=True)
class ListPage:
    """`asked` has the mended words if those typed occur nowhere; `is_mended` says so."""

    asked: Asked
    page: Page
    count: Count
    value: tuple[str, Decimal] | None
    is_mended: bool

    @property
    def words(self) -> str:
        """What was looked for."""
        return " ".join(self.asked.words)


@dataclass(frozen=True)
class Removal:
    """A filter that stands in the way: without it `count` listings match (more, if `count` is past the cap)."""

    key: str
    label: str
    querystring: str
    count: int

    @property
    def words(self) -> str:
        """“6 listings match”."""
        if self.count > SUGGESTED_UP_TO:
            return f"More than {SUGGESTED_UP_TO:,} listings match"
        return "1 listing matches" if self.count == 1 else f"{self.count:,} listings match"


def open_page(asked: Asked) -> ListPage:
    """The page that the address asks for. A search that finds nothing is repeated with its unknown words mended."""
    visible = Listing.objects.visible_to(asked.asking.user)
    page, is_mended = _page(asked, visible), False
    if not page.rows and asked.words:
        mended_asked = _mended(asked, visible)
        is_mended = mended_asked.words != asked.words
        asked, page = mended_asked, _page(mended_asked, visible) if is_mended else page
    rows = asked.rows(visible)
    count = count_rows(rows) if page.has_next or page.has_previous else Count(len(page.rows))
    value = total_value(rows) if 0 < count.value <= SUMMED_UP_TO and count.is_exact else None
    return ListPage(asked, page, count, value, is_mended)


def without_typing_errors(asked: Asked) -> Asked:
    """What the list would show for this address: with its words mended if those typed are nowhere."""
    visible = Listing.objects.visible_to(asked.asking.user)
    return asked if not asked.words or asked.rows(visible).exists() else _mended(asked, visible)


def _mended(asked, visible) -> Asked:
    return asked.with_words(mended(list(asked.words), visible))


def _page(asked, visible) -> Page:
    rows = asked.rows(visible).only(*COLUMNS)
    if asked.after:
        page = keyset.page_after(rows, asked.order, asked.size, asked.after)
    elif asked.before:
        page = keyset.page_before(rows, asked.order, asked.size, asked.before)
    else:
        return keyset.first_page(rows, asked.order, asked.size)
    return page if page.rows else keyset.first_page(rows, asked.order, asked.size)


def total_value(rows) -> tuple[str, Decimal] | None:
    """Currency and sum of the prices, where one sum makes sense: all for sale, or all for rent by the same period."""
    groups = (
        rows.filter(list_price__isnull=False)
        .order_by()
        .values("currency", "property_type", "lease_amount_frequency")
        .annotate(total=Sum("list_price"), rows=CountRows("pk"))[:2]
    )
    found = list(groups)
    return (found[0]["currency"], found[0]["total"]) if len(found) == 1 else None


def removals(asked: Asked) -> list[Removal]:
    """For a list without rows: each filter that could go, and how many match without it, the most first."""
    visible = Listing.objects.visible_to(asked.asking.user)
    candidates = [(one.key, f"{one.label} {one.text(value, asked.asking)}") for one, value in asked.set]
    if asked.words:
        candidates.append(("q", asked.text))
    if not candidates:
        return []
    without = [asked.without(key) for key, _ in candidates]
    counts = capped_counts(*(one.rows(visible) for one in without), cap=SUGGESTED_UP_TO)
    found = zip(candidates, without, counts, strict=True)
    possible = [Removal(key, label, one.querystring(), count) for (key, label), one, count in found if count]
    return sorted(possible, key=lambda removal: -removal.count)
