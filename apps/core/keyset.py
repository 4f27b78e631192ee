"""Pages of a sorted list that are found by the last row seen, not by counting rows: page 1000 costs what page 1 costs.

Rows without a value in the sorted column come last in both directions. One index on `(column, id)` serves both: rows
with a value are read first, those without one after them.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, Func, Value, Window
from django.db.models.sql.datastructures import BaseTable

LARGEST_KEY = 2**63 - 1
LONGEST_CURSOR = 600


class UnreadableCursor(ValueError):
    """The address names a place in the list that cannot be understood."""


class RowCompare(Func):
    """SQL `(a, b) < (x, y)`: the only form of this question that PostgreSQL answers from one place in an index."""

    conditional = True

    def __init__(self, columns, operator, values):
        self.operator = operator
        super().__init__(*columns, *values, output_field=models.BooleanField())

    def as_sql(self, compiler, connection, **extra):
        compiled = [compiler.compile(expression) for expression in self.source_expressions]
        half = len(compiled) // 2
        left, right = (", ".join(sql for sql, _ in part) for part in (compiled[:half], compiled[half:]))
        params = [param for _, some in compiled for param in some]
        return f"({left}) {self.operator} ({right})", params


class Among(Func):
    """SQL `column = ANY (array)`: a thousand keys as one value, which `IN` would read and plan one by one."""

    conditional = True
    template = "(%(expressions)s::bigint[]))"
    arg_joiner = " = ANY ("
    output_field = models.BooleanField()

    def __init__(self, column: str, keys: list[int]):
        array = "{" + ",".join(map(str, keys)) + "}"  # written at once: the driver looks at each of a list
        super().__init__(F(column), Value(array, output_field=models.TextField()))


@dataclass(frozen=True)
class Key:
    """A sorted column and its type."""

    name: str
    field: models.Field


@dataclass(frozen=True)
class Order:
    """All keys run in one direction and end in the primary key. The first may be missing if `is_nullable`."""

    keys: tuple[Key, ...]
    is_descending: bool = False
    is_nullable: bool = False


@dataclass(frozen=True)
class Cursor:
    """A row's place in the list: its values of the keys, and how many rows came before it (None where unknown)."""

    values: tuple
    position: int | None = None


@dataclass(frozen=True)
class Page:
    """Rows of one page, the cursors of its first and last row, and whether there are rows on either side.

    `total` is how many the list has, where the rows were read with their count.
    """

    rows: list
    first: Cursor | None
    last: Cursor | None
    has_previous: bool
    has_next: bool
    total: int | None = None

    @property
    def is_all(self) -> bool:
        """Whether the list has no other page."""
        return not (self.has_previous or self.has_next)

    @property
    def start(self) -> int | None:
        """The number of the first row, counted from 1; None where the address did not say."""
        return None if self.first is None or self.first.position is None else self.first.position + 1

    @property
    def end(self) -> int | None:
        """The number of the last row."""
        return None if self.start is None else self.start + len(self.rows) - 1


class Unindexed(Func):
    """A value that no index is sorted by, so that the planner finds all rows the cheapest way and then sorts them.

    Left to itself it walks the index of the order, in the hope to meet enough rows soon: right where many match, a
    walk over the whole table where few do, and its guess for words and combined filters is poor.
    """

    template = "(ARRAY[%(expressions)s])[1]"


@dataclass(frozen=True)
class Reach:
    """How far a walk along the order may go: past so many rows of `everything`, whether they match or not."""

    everything: models.QuerySet
    rows: int


class Walked(BaseTable):
    """A table of which the first rows along an order are read, and no others: FROM (SELECT ... ORDER BY ... LIMIT n).

    Left to itself the planner answers a bounded walk by joining bitmaps of whole indexes, for ten times as long.
    """

    def __init__(self, table_name, alias, rows=None):
        super().__init__(table_name, alias)
        self.rows = rows

    def relabeled_clone(self, change_map):
        return Walked(self.table_name, change_map.get(self.table_alias, self.table_alias), self.rows)

    def as_sql(self, compiler, connection):
        sql, params = self.rows.query.get_compiler(connection=connection).as_sql()
        return f"({sql}) {compiler.quote_name_unless_alias(self.table_alias)}", list(params)


class OutOfReach(Exception):
    """The walk met too few rows that match."""


def first_page(queryset, order: Order, size: int, **how) -> Page:
    """The first `size` rows. This and the other pages read rows in one of three ways:

    by default they walk along the order; with `reach` (a Reach) they raise OutOfReach where that does not fill the
    page soon; with `few=True` they find all that match and sort them. Only then, and where one index scan reads the
    whole list, the first page can say for nothing how many there are.
    """
    is_counted = how.get("few", False) and not order.is_nullable
    if is_counted:
        queryset = queryset.annotate(total=Window(Count("*")))
    rows = _read(queryset, order, None, size + 1, backward=False, **how)
    total = rows[0].total if is_counted and rows else None
    return _page(rows[:size], order, 0, has_previous=False, has_next=len(rows) > size, total=total)


def page_after(queryset, order: Order, size: int, cursor: Cursor, **how) -> Page:
    """The `size` rows that follow the cursor's."""
    rows = _read(queryset, order, cursor, size + 1, backward=False, **how)
    start = None if cursor.position is None else cursor.position + 1
    return _page(rows[:size], order, start, has_previous=True, has_next=len(rows) > size)


def page_before(queryset, order: Order, size: int, cursor: Cursor, **how) -> Page:
    """The `size` rows that come before the cursor's."""
    rows = _read(queryset, order, cursor, size + 1, backward=True, **how)
    shown, has_previous = rows[:size][::-1], len(rows) > size
    start = None if cursor.position is None else max(cursor.position - len(shown), 0)
    return _page(shown, order, start if has_previous else 0, has_previous=has_previous, has_next=True)


def asked_page(rows, order: Order, size: int, asked) -> Page:
    """The page that an address asks for by `after` or `before`; the first where it asks for none that can be read."""
    try:
        if asked.get("after"):
            return page_after(rows, order, size, decode(asked["after"], order))
        if asked.get("before"):
            return page_before(rows, order, size, decode(asked["before"], order))
    except UnreadableCursor:
        pass
    return first_page(rows, order, size)


def stretches_before(queryset, order: Order, cursor: Cursor) -> list:
    """All rows that come before the cursor's, as querysets that each read one stretch of an index."""
    return [stretch.rows(queryset) for stretch in _stretches(order, cursor, backward=True)]


def cursor_of(row, order: Order, position: int | None = None) -> Cursor:
    """Where a row of the list stands."""
    return Cursor(tuple(getattr(row, key.name) for key in order.keys), position)


def encode(cursor: Cursor) -> str:
    """A cursor as a word for the address."""
    packed = json.dumps([*map(_plain, cursor.values), cursor.position], separators=(",", ":"), ensure_ascii=False)
    return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def decode(word: str, order: Order) -> Cursor:
    """The cursor in an address; UnreadableCursor for anything that `encode` did not make for this order."""
    try:
        if len(word) > LONGEST_CURSOR:
            raise ValueError
        *values, position = json.loads(base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)))
        if len(values) != len(order.keys) or not _is_position(position):
            raise ValueError
        cursor = Cursor(tuple(map(_value, order.keys, values)), position)
    except (ValueError, TypeError, ArithmeticError, ValidationError, binascii.Error, RecursionError) as error:
        raise UnreadableCursor from error
    required = cursor.values[1:] if order.is_nullable else cursor.values
    if any(value is None for value in required):
        raise UnreadableCursor
    return cursor


@dataclass(frozen=True)
class _Stretch:
    """A part of the list that one index scan reads: the rows with a value, or those without; `beyond` a cursor."""

    keys: tuple[Key, ...]
    is_falling: bool
    missing: dict
    beyond: Cursor | None

    def rows(self, queryset, *, few=False):
        """Its rows of a queryset, in order."""
        queryset = queryset.filter(**self.missing)
        if self.beyond is not None:
            queryset = queryset.filter(self._compare("<" if self.is_falling else ">", self.beyond.values))
        sorted_by = [Unindexed(key.name) if few else F(key.name) for key in self.keys]
        return queryset.order_by(*(one.desc() if self.is_falling else one.asc() for one in sorted_by))

    def is_beyond(self, reach: Reach) -> bool:
        """Whether it has rows out of reach."""
        return self.rows(reach.everything)[reach.rows :].exists()

    def within(self, queryset, reach: Reach):
        """Its rows within reach."""
        rows = self.rows(queryset)
        alias = rows.query.get_initial_alias()
        walked = self.rows(reach.everything)[: reach.rows]
        rows.query.alias_map[alias] = Walked(rows.model._meta.db_table, alias, walked)
        return rows

    def _compare(self, operator, values) -> RowCompare:
        pairs = zip(self.keys, values[-len(self.keys) :], strict=True)
        wanted = [Value(value, output_field=key.field) for key, value in pairs]
        return RowCompare([F(key.name) for key in self.keys], operator, wanted)


def _stretches(order: Order, cursor: Cursor | None, *, backward: bool) -> list[_Stretch]:
    is_falling = order.is_descending != backward
    if not order.is_nullable:
        return [_Stretch(order.keys, is_falling, {}, cursor)]
    null = f"{order.keys[0].name}__isnull"
    at = None if cursor is None else int(cursor.values[0] is None)
    both = [
        _Stretch(keys, is_falling, {null: bool(number)}, cursor if number == at else None)
        for number, keys in enumerate((order.keys, order.keys[1:]))
    ]
    if backward:
        return both[: 2 if at is None else at + 1][::-1]
    return both[at or 0 :]


def _read(queryset, order, cursor, count, *, backward, few=False, reach: Reach | None = None) -> list:
    rows: list = []
    for stretch in _stretches(order, cursor, backward=backward):
        found = stretch.within(queryset, reach) if reach else stretch.rows(queryset, few=few)
        rows += found[: count - len(rows)]
        if len(rows) == count:
            break
        if reach and stretch.is_beyond(reach):
            raise OutOfReach
    return rows


def _page(rows, order, start, *, has_previous, has_next, total=None) -> Page:
    if not rows:
        return Page([], None, None, has_previous=has_previous, has_next=False)
    end = None if start is None else start + len(rows) - 1
    first, last = cursor_of(rows[0], order, start), cursor_of(rows[-1], order, end)
    return Page(rows, first, last, has_previous, has_next, total)


def _plain(value):
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value.isoformat() if isinstance(value, date) else value


def _value(key: Key, value):
    if value is None:
        return None
    value = key.field.to_python(value)
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError
    if isinstance(value, int) and not -LARGEST_KEY <= value <= LARGEST_KEY:
        raise ValueError
    if isinstance(value, str) and "\x00" in value:
        raise ValueError
    return value


def _is_position(position) -> bool:
    return position is None or (type(position) is int and 0 <= position <= LARGEST_KEY)
