"""One page of the listings list: the rows that an address asks for, how many there are, and what they are worth."""

from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Sum

from apps.core import keyset
from apps.core.counting import (
    CHEAP_UP_TO,
    EXACT_UP_TO,
    Count,
    Estimate,
    about,
    capped_counts,
    count_rows,
    estimate,
    estimated_total,
)
from apps.core.keyset import Page
from apps.listings.filters import Asked
from apps.listings.models import Listing
from apps.listings.rows import COLUMNS
from apps.listings.search import mended

SUMMED_UP_TO = 1_000
SUMMED_APART = ("currency", "property_type", "lease_amount_frequency")
REACH = 10_000  # rows that a walk may pass over
FREQUENT = 0.02  # share of all listings from which on a word is frequent
CHEAP = 10_000  # the planner's unit: some 20 ms


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
        if self.count > CHEAP_UP_TO:
            return f"More than {CHEAP_UP_TO:,} listings match"
        return "1 listing matches" if self.count == 1 else f"{self.count:,} listings match"


def open_page(asked: Asked) -> ListPage:
    """The page that the address asks for. A search that finds nothing is repeated with its unknown words mended."""
    visible = Listing.objects.visible_to(asked.asking.user)
    page, count = _page(asked, visible)
    is_mended = False
    if not page.rows and asked.words:
        mended_asked = _mended(asked, visible)
        is_mended = mended_asked.words != asked.words
        if is_mended:
            asked = mended_asked
            page, count = _page(asked, visible)
    value = total_value(page, asked.rows(visible)) if count.is_exact and count.value <= SUMMED_UP_TO else None
    return ListPage(asked, page, count, value, is_mended)


def without_typing_errors(asked: Asked) -> Asked:
    """What the list would show for this address: with its words mended if those typed are nowhere."""
    if not asked.words:
        return asked
    visible = Listing.objects.visible_to(asked.asking.user)
    (count,) = capped_counts(asked.rows(visible), cap=CHEAP_UP_TO)
    return asked if count else _mended(asked, visible)


def _mended(asked, visible) -> Asked:
    return asked.with_words(mended(list(asked.words), visible))


def _page(asked, visible) -> tuple[Page, Count]:
    """The page and the count; an address beyond the end shows the first page."""
    page, count = _page_there(asked, visible)
    if page.rows or not asked.cursor:
        return page, count
    return _page_there(replace(asked, after=None, before=None), visible)


def _page_there(asked, visible) -> tuple[Page, Count]:
    """Where many match, the order's index is walked; where few do, they are all found and then sorted.

    The planner's estimate decides, and is not trusted: a walk that does not fill the page within REACH rows is given
    up. Without that, two filters that exclude each other read a million rows for an empty page.
    """
    rows = asked.rows(visible)
    expected = estimate(rows)
    if not asked.is_narrowed:
        is_many = expected.rows > EXACT_UP_TO
        return _turn(asked, rows), about(expected.rows) if is_many else count_rows(rows)
    if is_walk_better(asked, expected):
        with suppress(keyset.OutOfReach):
            page = _turn(asked, rows, reach=keyset.Reach(visible, REACH))
            return page, Count(len(page.rows)) if page.is_all else about(expected.rows)
    page = _turn(asked, rows, few=True)
    return page, Count(len(page.rows)) if page.is_all else count_rows(rows)


def is_walk_better(asked: Asked, expected: Estimate) -> bool:
    """Whether to walk along the order rather than to find all that match, count them and sort them.

    Words are compared row by row in a walk, which pays only where they are frequent. For the rest, finding all is the
    rule while it is cheap, because then the count is exact.
    """
    total = estimated_total(Listing)
    if total <= REACH:
        return False
    if asked.words:
        return expected.rows > FREQUENT * total
    return expected.cost > CHEAP and expected.rows > asked.size * 2 * total / REACH


def _turn(asked, rows, **how) -> Page:
    rows = rows.only(*COLUMNS)
    if asked.after:
        return keyset.page_after(rows, asked.order, asked.size, asked.after, **how)
    if asked.before:
        return keyset.page_before(rows, asked.order, asked.size, asked.before, **how)
    return keyset.first_page(rows, asked.order, asked.size, **how)


def total_value(page: Page, rows) -> tuple[str, Decimal] | None:
    """Currency and sum of the prices, where one sum makes sense: all for sale, or all for rent by the same period."""
    if page.is_all:
        priced = [row for row in page.rows if row.list_price is not None]
        groups = {tuple(getattr(row, name) for name in SUMMED_APART) for row in priced}
        return (priced[0].currency, sum(row.list_price for row in priced)) if len(groups) == 1 else None
    priced = rows.filter(list_price__isnull=False).order_by()
    sums = list(priced.values(*SUMMED_APART).annotate(total=Sum("list_price"))[:2])
    return (sums[0]["currency"], sums[0]["total"]) if len(sums) == 1 else None


def removals(asked: Asked) -> list[Removal]:
    """For a list without rows: each filter that could go, and how many match without it, the most first."""
    visible = Listing.objects.visible_to(asked.asking.user)
    candidates = [(one.key, f"{one.label} {one.text(value, asked.asking)}") for one, value in asked.set]
    if asked.words:
        candidates.append(("q", asked.text))
    if not candidates:
        return []
    without = [asked.without(key) for key, _ in candidates]
    counts = capped_counts(*(one.rows(visible) for one in without), cap=CHEAP_UP_TO)
    found = zip(candidates, without, counts, strict=True)
    possible = [Removal(key, label, one.querystring(), count) for (key, label), one, count in found if count]
    return sorted(possible, key=lambda removal: -removal.count)
