"""One page of a list: the rows that an address asks for, how many there are, and what they are worth."""

from contextlib import suppress
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from apps.core import keyset
from apps.core.counting import (
    CHEAP_UP_TO,
    EXACT_UP_TO,
    Count,
    Estimate,
    about,
    capped_counts,
    estimate,
    estimated_total,
)
from apps.core.keyset import Page
from apps.core.lists.asked import PAGE_SIZES, Asked, read_view
from apps.core.lists.catalogue import Sum

PATIENCE = 4
LEAST_REACH, LONGEST_REACH = 1_000, 20_000  # rows that a walk may pass
FREQUENT = 0.02  # share of all rows from which on a word is frequent
CHEAP = 3_000  # the planner's unit: some 10 ms, once for the page and once for the count


@dataclass(frozen=True)
class ListPage:
    """`asked` has the mended words if those typed occur nowhere; `is_mended` says so.

    `value` is the currency and the sum of the prices, where one sum makes sense.
    """

    asked: Asked
    page: Page
    count: Count
    value: Sum | None = None
    is_mended: bool = False

    @property
    def mended(self) -> str:
        """What was done to the words that were typed."""
        return self.asked.catalogue.search.says(self.asked.text, self.asked.words) if self.is_mended else ""

    @property
    def next(self) -> str:
        """The address of the next page; empty on the last."""
        return self.asked.querystring(after=keyset.encode(self.page.last)) if self.page.has_next else ""

    @property
    def previous(self) -> str:
        """The address of the page before; empty on the first."""
        is_there = self.page.has_previous and self.page.rows
        return self.asked.querystring(before=keyset.encode(self.page.first)) if is_there else ""

    @property
    def sizes(self) -> list[tuple[int, str, bool]]:
        """For each size of a page: its number, its address, and whether it is the one shown."""
        asked, usual = self.asked, PAGE_SIZES[0]
        return [
            (size, asked.querystring(size=str(size) if size != usual else None), size == asked.size)
            for size in PAGE_SIZES
        ]


@dataclass(frozen=True)
class Removal:
    """A filter that stands in the way: without it `count` rows match (more, if `count` is past the cap)."""

    key: str
    label: str
    querystring: str
    count: int
    nouns: tuple[str, str]

    @property
    def words(self) -> str:
        """“6 listings match”."""
        one, many = self.nouns
        if self.count > CHEAP_UP_TO:
            return _("More than %(count)s %(rows)s match") % {"count": f"{CHEAP_UP_TO:,}", "rows": many}
        if self.count == 1:
            return _("1 %(row)s matches") % {"row": one}
        return _("%(count)s %(rows)s match") % {"count": f"{self.count:,}", "rows": many}


def open_page(asked: Asked) -> ListPage:
    """The page that the address asks for. A search that finds nothing is repeated with its unknown words mended."""
    visible = asked.visible()
    found = _page(asked, visible)
    if found.page.rows or not asked.words:
        return found
    mended_asked = _mended(asked, visible)
    if mended_asked.words == asked.words:
        return found
    again = replace(_page(mended_asked, visible), is_mended=True)
    return found if asked.catalogue.search.guesses and not again.page.rows else again


def without_typing_errors(asked: Asked) -> Asked:
    """What the list would show for this address: with its words mended if those typed are nowhere."""
    if not asked.words:
        return asked
    visible = asked.visible()
    (count,) = capped_counts(asked.rows(visible), cap=CHEAP_UP_TO)
    return asked if count else _mended(asked, visible)


def _mended(asked, visible) -> Asked:
    return asked.with_words(asked.catalogue.search.mended(asked.words, visible))


def _page(asked, visible) -> ListPage:
    """The page with its count; an address beyond the end shows the first page."""
    found = _page_there(asked, visible)
    if found.page.rows or not asked.cursor:
        return found
    return _page_there(replace(asked, after=None, before=None), visible)


def _page_there(asked, visible) -> ListPage:
    """Where many match, the order's index is walked; where few do, they are all found and then sorted.

    The planner's estimate decides, and is not trusted: a walk that does not fill the page within its reach is given
    up. Without that, two filters that exclude each other read a million rows for an empty page.
    """
    rows = asked.rows(visible)
    if asked.words and asked.catalogue.search.are_few(asked.words):
        return _all_found(asked, rows)
    expected = estimate(rows)
    if not asked.is_narrowed and expected.rows > EXACT_UP_TO:
        return ListPage(asked, _turn(asked, rows), about(expected.rows))
    if asked.is_narrowed and is_walk_better(asked, expected):
        with suppress(keyset.OutOfReach):
            page = _turn(asked, rows, reach=keyset.Reach(asked.catalogue.model.objects.all(), _reach(asked, expected)))
            return ListPage(asked, page, Count(len(page.rows)) if page.is_all else about(expected.rows))
    return _all_found(asked, rows)


def _all_found(asked, rows) -> ListPage:
    page = _turn(asked, rows, few=asked.is_narrowed)
    count, value = _sums(asked, page, rows)
    return ListPage(asked, page, Count(count), value)


def _sums(asked, page, rows) -> tuple[int, Sum | None]:
    catalogue = asked.catalogue
    if catalogue.sums is None:
        return len(page.rows) if page.is_all else rows.count() if page.total is None else page.total, None
    return catalogue.summed_up(page.rows) if page.is_all else catalogue.sums(rows)


def is_walk_better(asked: Asked, expected: Estimate) -> bool:
    """Whether to walk along the order rather than to find all that match, count them and sort them.

    Words are compared row by row in a walk, which pays only where they are frequent. For the rest, finding all is the
    rule while it is cheap, because then the count is exact.
    """
    total = estimated_total(asked.catalogue.model)
    if total <= LEAST_REACH:
        return False
    if asked.words:
        return expected.rows > FREQUENT * total
    return expected.cost > CHEAP and _reach(asked, expected) <= LONGEST_REACH


def _reach(asked, expected) -> int:
    """How many rows a walk may pass: some times as many as it should need if the estimate is right."""
    needed = asked.size * estimated_total(asked.catalogue.model) / max(expected.rows, 1)
    return max(int(PATIENCE * needed), LEAST_REACH)


def _turn(asked, rows, **how) -> Page:
    catalogue = asked.catalogue
    rows = rows.select_related(*catalogue.related) if catalogue.related else rows
    rows = rows.only(*catalogue.columns)
    if asked.after:
        return keyset.page_after(rows, asked.order, asked.size, asked.after, **how)
    if asked.before:
        return keyset.page_before(rows, asked.order, asked.size, asked.before, **how)
    return keyset.first_page(rows, asked.order, asked.size, **how)


def removals(asked: Asked) -> list[Removal]:
    """For a list without rows: each filter that could go, and how many match without it, the most first."""
    visible = asked.visible()
    candidates = [(one.key, f"{one.label} {one.text(value, asked.asking)}") for one, value in asked.set]
    if asked.words:
        candidates.append(("q", asked.text))
    if not candidates:
        return []
    without = [asked.without(key) for key, _ in candidates]
    counts = capped_counts(*(one.rows(visible) for one in without), cap=CHEAP_UP_TO)
    found = zip(candidates, without, counts, strict=True)
    nouns = asked.catalogue.nouns
    possible = [Removal(key, label, one.querystring(), count, nouns) for (key, label), one, count in found if count]
    return sorted(possible, key=lambda removal: -removal.count)


def counts_of(addresses: list[Asked]) -> list[str]:
    """How many rows each of these addresses shows, as a tab says it: “148”, “1,000+”. One round trip."""
    return [_in_words(number) for number in capped_counts(*(one.rows() for one in addresses), cap=CHEAP_UP_TO)]


def count_in_words(rows) -> str:
    """The same for rows that no address names."""
    return _in_words(*capped_counts(rows, cap=CHEAP_UP_TO))


def _in_words(number: int) -> str:
    return f"{CHEAP_UP_TO:,}+" if number > CHEAP_UP_TO else f"{number:,}"


def view_counts(catalogue, user, agency) -> list[tuple[str, str]]:
    """Key and count of each built-in view."""
    counts = counts_of([read_view(catalogue, view, user, agency) for view in catalogue.views])
    return [(view.key, count) for view, count in zip(catalogue.views, counts, strict=True)]
