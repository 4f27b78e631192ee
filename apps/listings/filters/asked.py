"""Reading an address of the list into filters, words, order and page, and writing addresses from them."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone

from apps.core.keyset import Cursor, Order, UnreadableCursor, decode
from apps.listings.filters.catalogue import FILTERS, VIEWS, View
from apps.listings.filters.fields import Asking, Filter
from apps.listings.filters.orders import DEFAULT, is_known, order_for
from apps.listings.search import query_for, words_of

PAGE_SIZES = (25, 50, 100)
LAYOUTS = ("table", "gallery", "map")
LONGEST_SEARCH = 200


@dataclass(frozen=True)
class Asked:
    """One address, understood. `problems` are sentences about what was left out of it."""

    asking: Asking
    set: tuple[tuple[Filter, object], ...]
    text: str
    words: tuple[str, ...]
    sort: str
    size: int
    layout: str
    after: Cursor | None
    before: Cursor | None

    @property
    def problems(self) -> list[str]:
        return self.asking.problems

    @property
    def order(self) -> Order:
        return order_for(self.sort)

    @property
    def cursor(self) -> Cursor | None:
        """Where the page begins or ends; None for the first page."""
        return self.after or self.before

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out of the list."""
        return bool(self.set or self.words)

    def rows(self, queryset):
        """Those rows of `queryset` that the address asks for, in no order yet."""
        condition = Q()
        for one, value in self.set:
            condition &= one.condition(value, self.asking)
        rows = queryset.filter(condition) if condition else queryset
        return rows.filter(search_vector=query_for(self.words)) if self.words else rows

    def filter_pairs(self) -> list[tuple[str, str]]:
        """The filters as parameters of an address, always in the same order."""
        return [pair for one, value in self.set for pair in one.pairs(value)]

    @property
    def shape(self) -> list[tuple[str, str]]:
        """Order, page size and layout as parameters, where they are not the usual ones."""
        own = (
            ("sort", self.sort, DEFAULT),
            ("size", str(self.size), str(PAGE_SIZES[0])),
            ("layout", self.layout, LAYOUTS[0]),
        )
        return [(name, value) for name, value, usual in own if value != usual]

    @property
    def carried(self) -> list[tuple[str, str]]:
        """Everything but the words and the page: what a new search keeps."""
        return self.filter_pairs() + self.shape

    @property
    def narrowings(self) -> int:
        """How many filters are set, the words counted as one."""
        return len(self.set) + bool(self.words)

    def querystring(self, **other) -> str:
        """The address of this list from its first page; `other` adds parameters (`layout="map"`) or drops (None)."""
        pairs = [("q", self.text)] if self.text else []
        shape = dict(self.shape) | other
        return urlencode(pairs + self.filter_pairs() + [(name, value) for name, value in shape.items() if value])

    def without(self, key: str) -> "Asked":
        """The same without one filter, or without the words ("q")."""
        if key == "q":
            return replace(self, text="", words=())
        return replace(self, set=tuple(pair for pair in self.set if pair[0].key != key))

    def with_words(self, words) -> "Asked":
        """The same, looking for other words."""
        return replace(self, words=tuple(words))

    def view(self) -> View:
        """The built-in view that this address is, or narrows further: of those that fit, the most particular."""
        pairs = set(self.filter_pairs())
        fitting = (view for view in VIEWS if pairs.issuperset(view.pairs) and self._same_choices(view, pairs))
        return max(fitting, key=lambda view: len(view.pairs))

    def _same_choices(self, view, pairs) -> bool:
        keys = {name for name, _ in view.pairs}
        return {pair for pair in pairs if pair[0] in keys} == set(view.pairs)


def read_view(view: View, user, agency) -> Asked:
    """What a built-in view asks for."""
    data = QueryDict(mutable=True)
    for name, value in view.pairs:
        data.appendlist(name, value)
    return read(data, user, agency)


def read(data: QueryDict, user, agency) -> Asked:
    """What the parameters of an address ask for. Nothing in it can fail: what is not understood becomes a problem."""
    asking = Asking(user, agency, timezone.localdate())
    values = ((one, one.read(data, asking)) for one in FILTERS if any(name in data for name in one.params))
    filters = tuple((one, value) for one, value in values if value is not None)
    text = data.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    words = words_of(text)
    if text and not words:
        asking.problems.append("The search has no letter or digit in it, so nothing was searched.")
    sort = data.get("sort") or DEFAULT
    if not is_known(sort):
        asking.problems.append("The order in this address is not known. The latest change comes first.")
        sort = DEFAULT
    return Asked(
        asking,
        filters,
        text,
        words,
        sort,
        _size(data),
        data.get("layout") if data.get("layout") in LAYOUTS else LAYOUTS[0],
        _cursor(data.get("after"), sort, asking),
        _cursor(data.get("before"), sort, asking),
    )


def _size(data) -> int:
    sizes = {str(size): size for size in PAGE_SIZES}
    return sizes.get(data.get("size"), PAGE_SIZES[0])


def _cursor(word, sort, asking) -> Cursor | None:
    if not word:
        return None
    try:
        return decode(word, order_for(sort))
    except UnreadableCursor:
        asking.problems.append("The page in this address was not understood. This is the first page.")
        return None
