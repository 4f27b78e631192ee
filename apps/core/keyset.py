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
from django.db.models import F, Func, Value

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
    """Rows of one page, the cursors of its first and last row, and whether there are rows on either side."""

    rows: list
    first: Cursor | None
    last: Cursor | None
    has_previous: bool
    has_next: bool

    @property
    def start(self) -> int | None:
        """The number of the first row, counted from 1; None where the address did not say."""
        return None if self.first is None or self.first.position is None else self.first.position + 1

    @property
    def end(self) -> int | None:
        """The number of the last row."""
        return None if self.start is None else self.start + len(self.rows) - 1


def first_page(queryset, order: Order, size: int) -> Page:
    """The first `size` rows."""
    rows = _read(queryset, order, None, size + 1, backward=False)
    return _page(rows[:size], order, 0, has_previous=False, has_next=len(rows) > size)


def page_after(queryset, order: Order, size: int, cursor: Cursor) -> Page:
    """The `size` rows that follow the cursor's."""
    rows = _read(queryset, order, cursor, size + 1, backward=False)
    start = None if cursor.position is None else cursor.position + 1
    return _page(rows[:size], order, start, has_previous=True, has_next=len(rows) > size)


def page_before(queryset, order: Order, size: int, cursor: Cursor) -> Page:
    """The `size` rows that come before the cursor's."""
    rows = _read(queryset, order, cursor, size + 1, backward=True)
    shown, has_previous = rows[:size][::-1], len(rows) > size
    start = None if cursor.position is None else max(cursor.position - len(shown), 0)
    return _page(shown, order, start if has_previous else 0, has_previous=has_previous, has_next=True)


def stretches_before(queryset, order: Order, cursor: Cursor) -> list:
    """All rows that come before the cursor's, as querysets that each read one stretch of an index."""
    return _stretches(queryset, order, cursor, backward=True)


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
class _Segment:
    """A stretch of the list that one index scan reads: the rows with a value, or those without."""

    keys: tuple[Key, ...]
    is_missing: bool | None = None

    def rows(self, queryset, order, beyond, backward):
        if self.is_missing is not None:
            queryset = queryset.filter(**{f"{order.keys[0].name}__isnull": self.is_missing})
        is_falling = order.is_descending != backward
        if beyond is not None:
            values = zip(self.keys, beyond.values[-len(self.keys) :], strict=True)
            wanted = [Value(value, output_field=key.field) for key, value in values]
            compare = RowCompare([F(key.name) for key in self.keys], "<" if is_falling else ">", wanted)
            queryset = queryset.filter(compare)
        return queryset.order_by(*(F(key.name).desc() if is_falling else F(key.name).asc() for key in self.keys))


def _segments(order: Order) -> list[_Segment]:
    if not order.is_nullable:
        return [_Segment(order.keys)]
    return [_Segment(order.keys, is_missing=False), _Segment(order.keys[1:], is_missing=True)]


def _stretches(queryset, order, cursor, *, backward) -> list:
    segments = _segments(order)
    if cursor is not None and order.is_nullable:
        at = int(cursor.values[0] is None)
        segments = segments[: at + 1] if backward else segments[at:]
    first, *others = segments[::-1] if backward else segments
    stretches = [first.rows(queryset, order, cursor, backward)]
    return stretches + [other.rows(queryset, order, None, backward) for other in others]


def _read(queryset, order, cursor, count, *, backward) -> list:
    rows: list = []
    for stretch in _stretches(queryset, order, cursor, backward=backward):
        if len(rows) < count:
            rows += stretch[: count - len(rows)]
    return rows


def _page(rows, order, start, *, has_previous, has_next) -> Page:
    if not rows:
        return Page([], None, None, has_previous=has_previous, has_next=False)
    end = None if start is None else start + len(rows) - 1
    first, last = cursor_of(rows[0], order, start), cursor_of(rows[-1], order, end)
    return Page(rows, first, last, has_previous, has_next)


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
