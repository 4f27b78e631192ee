"""What one list is made of: its filters, built-in views, orders and search."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from urllib.parse import urlencode

from django.db import models
from django.utils.translation import gettext as _

from apps.core.keyset import Key, Order
from apps.core.lists.fields import Filter

Sum = tuple[str, Decimal]


@dataclass(frozen=True)
class View:
    """A built-in view: a name for a set of filters."""

    key: str
    label: str
    pairs: tuple[tuple[str, str], ...] = ()

    @cached_property
    def querystring(self) -> str:
        """Its address."""
        return urlencode(self.pairs)


@dataclass(frozen=True)
class Column:
    """A column to sort by: its keys, whether the first may be missing, and the order in words, up and down."""

    keys: tuple[Key, ...]
    is_nullable: bool
    up: str
    down: str


@dataclass(frozen=True)
class Orders:
    """The orders of a list: "price" up, "-price" down. Indexes of the same shape serve them."""

    columns: Mapping[str, Column]
    default: str
    default_words: str

    def is_known(self, sort: str) -> bool:
        """Whether the word in the address names an order."""
        return sort.removeprefix("-") in self.columns and not sort.startswith("--")

    def order(self, sort: str) -> Order:
        """The keys to sort and page by."""
        column = self.columns[sort.removeprefix("-")]
        return Order(column.keys, is_descending=sort.startswith("-"), is_nullable=column.is_nullable)

    def words(self, sort: str) -> str:
        """The order as the table's caption says it."""
        column = self.columns[sort.removeprefix("-")]
        return column.down if sort.startswith("-") else column.up


class Search(ABC):
    """Free text over the rows of a list. `guesses`: mended words are tried, and forgotten where they find nothing."""

    guesses = False

    @abstractmethod
    def words_of(self, text: str) -> tuple[str, ...]:
        """What is looked for; empty when there is nothing in the text to look for."""

    @abstractmethod
    def narrow(self, rows: models.QuerySet, words: Sequence[str]) -> models.QuerySet:
        """Those of `rows` that have all of the words."""

    def are_few(self, words: Sequence[str]) -> bool:
        """Whether few rows have the words, known for certain once `narrow` was asked; the planner only guesses."""
        return False

    def mended(self, words: Sequence[str], rows: models.QuerySet) -> Sequence[str]:
        """The words with typing errors put right, where `rows` have none of them."""
        return words

    def says(self, typed: str, words: Sequence[str]) -> str:
        """What a list of the mended words is told to show."""
        shown = " ".join(words)
        return _("Showing results for “%(words)s”. Nothing has “%(typed)s” in it.") % {"words": shown, "typed": typed}


@dataclass(frozen=True)
class Catalogue:
    """One list. `route` is the name of its address, `permission` lets people see it, `flag` may switch it off.

    `columns` are what its rows are read with, `related` the rows of other tables among them. `sums` says how many rows
    there are and what they are worth in one query, `summed_up` the same of rows that were read; None where a list has
    no worth.
    """

    key: str
    model: type[models.Model]
    route: str
    permission: str
    nouns: tuple[str, str]
    filters: tuple[Filter, ...]
    views: tuple[View, ...]
    orders: Orders
    search: Search
    columns: tuple[str, ...]
    related: tuple[str, ...] = ()
    layouts: tuple[str, ...] = ("table",)
    flag: str = ""
    sums: Callable[[models.QuerySet], tuple[int, Sum | None]] | None = None
    summed_up: Callable[[list], tuple[int, Sum | None]] | None = None

    def visible_to(self, user) -> models.QuerySet:
        """The rows that this person may know of."""
        return self.model.objects.visible_to(user)


_catalogues: dict[str, Callable] = {}


def declare(key: str, catalogue_for: Callable) -> None:
    """Make a list known by its key, for what is kept about lists: `catalogue_for(request)` gives its catalogue."""
    _catalogues[key] = catalogue_for


def catalogue_of(key: str, request) -> Catalogue | None:
    """The catalogue of the list `key` as this person has it; None where there is no such list."""
    return _catalogues[key](request) if key in _catalogues else None
