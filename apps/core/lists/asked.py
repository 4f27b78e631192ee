"""Reading an address of a list into filters, words, order and page, and writing addresses from them."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core.keyset import LARGEST_KEY, Cursor, Order, UnreadableCursor, decode
from apps.core.lists.catalogue import Catalogue, View
from apps.core.lists.fields import Asking, Filter, Section

PAGE_SIZES = (25, 50, 100)
LONGEST_SEARCH = 200


@dataclass(frozen=True)
class Asked:
    """One address, understood. `saved` is the key of the saved view that it came from; `problems` are sentences about
    what was left out of it.
    """

    catalogue: Catalogue
    asking: Asking
    set: tuple[tuple[Filter, object], ...]
    text: str
    words: tuple[str, ...]
    sort: str
    size: int
    layout: str
    saved: int | None
    after: Cursor | None
    before: Cursor | None

    @property
    def problems(self) -> list[str]:
        return self.asking.problems

    @property
    def order(self) -> Order:
        return self.catalogue.orders.order(self.sort)

    @property
    def cursor(self) -> Cursor | None:
        """Where the page begins or ends; None for the first page."""
        return self.after or self.before

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out of the list."""
        return bool(self.set or self.words)

    def visible(self):
        """All rows that the person may know of."""
        return self.catalogue.visible_to(self.asking.user)

    def rows(self, queryset=None):
        """Those rows of `queryset` (of all that the person may know of) that the address asks for, in no order yet."""
        queryset = self.visible() if queryset is None else queryset
        condition = Q()
        for one, value in self.set:
            condition &= one.condition(value, self.asking)
        rows = queryset.filter(condition) if condition else queryset
        return self.catalogue.search.narrow(rows, self.words) if self.words else rows

    def filter_pairs(self) -> list[tuple[str, str]]:
        """The filters as parameters of an address, always in the same order."""
        return [pair for one, value in self.set for pair in one.pairs(value)]

    @property
    def shape(self) -> list[tuple[str, str]]:
        """Order, page size, layout and saved view as parameters, where they are not the usual ones."""
        own = (
            ("sort", self.sort, self.catalogue.orders.default),
            ("size", str(self.size), str(PAGE_SIZES[0])),
            ("layout", self.layout, self.catalogue.layouts[0]),
            ("view", str(self.saved or ""), ""),
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

    @property
    def kept(self) -> str:
        """The address as a saved view keeps it: without the page, its size, and the view it came from."""
        return self.querystring(view=None, size=None)

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
        views = self.catalogue.views
        fitting = (view for view in views if pairs.issuperset(view.pairs) and self._same_choices(view, pairs))
        return max(fitting, key=lambda view: len(view.pairs))

    def _same_choices(self, view, pairs) -> bool:
        keys = {name for name, _ in view.pairs}
        return {pair for pair in pairs if pair[0] in keys} == set(view.pairs)

    def sections(self) -> list[Section]:
        """The form of the filters: for each, what is ticked or typed. Drawn by templates/lists/filters_form.html."""
        values = {one.key: value for one, value in self.set}
        drawn = (one.section(values.get(one.key), self.asking) for one in self.catalogue.filters)
        return [section for section in drawn if section is not None]

    def chips(self) -> list[tuple[str, str, str]]:
        """Label, text, and the address without it, of each filter that is set."""
        return [
            (one.label, one.text(value, self.asking), self.without(one.key).querystring()) for one, value in self.set
        ]


def read_view(catalogue: Catalogue, view: View, user, agency) -> Asked:
    """What a built-in view asks for."""
    return read(catalogue, QueryDict(view.querystring), user, agency)


def read(catalogue: Catalogue, data: QueryDict, user, agency) -> Asked:
    """What the parameters of an address ask for. Nothing in it can fail: what is not understood becomes a problem."""
    asking = Asking(user, agency, timezone.localdate())
    orders = catalogue.orders
    values = ((one, one.read(data, asking)) for one in catalogue.filters if any(name in data for name in one.params))
    filters = tuple((one, value) for one, value in values if value is not None)
    text = data.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    words = tuple(catalogue.search.words_of(text)) if text else ()
    if text and not words:
        asking.problems.append(_("The search has no letter or digit in it, so nothing was searched."))
    sort = data.get("sort") or orders.default
    if not orders.is_known(sort):
        sentence = _("The order in this address is not known.")
        asking.problems.append(f"{sentence} {orders.default_words}")
        sort = orders.default
    return Asked(
        catalogue,
        asking,
        filters,
        text,
        words,
        sort,
        _size(data),
        data.get("layout") if data.get("layout") in catalogue.layouts else catalogue.layouts[0],
        _saved(data),
        _cursor(data.get("after"), orders.order(sort), asking),
        _cursor(data.get("before"), orders.order(sort), asking),
    )


def _size(data) -> int:
    sizes = {str(size): size for size in PAGE_SIZES}
    return sizes.get(data.get("size"), PAGE_SIZES[0])


def _saved(data) -> int | None:
    text = data.get("view", "")
    return int(text) if text.isascii() and text.isdecimal() and 0 < int(text[:20]) <= LARGEST_KEY else None


def _cursor(word, order, asking) -> Cursor | None:
    if not word:
        return None
    try:
        return decode(word, order)
    except UnreadableCursor:
        asking.problems.append(_("The page in this address was not understood. This is the first page."))
        return None
