"""What every reader hands on: rows of named cells, numbered as people see them in the file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Protocol

from apps.imports.problems import Problem

MAX_COLUMNS = 500
# Problems of how a row stands in the file, which no better cell can mend.
READER_KINDS = frozenset(
    {"too many cells", "too few cells", "long cell", "open quotation mark", "cut off", "too wide", "no object"}
)
MAX_CELL = 100_000  # characters; a longer cell is nearly always a quotation mark that was not closed


class RawRow(NamedTuple):
    """One row as it stands in the file. `number` is the spreadsheet's row number, or the record's place from 1."""

    number: int
    cells: dict[str, str]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Pairs:
    """Elements that hold one key and one value each (WordPress: postmeta, category) and become columns.

    `key` and `value` are child elements, `@name` an attribute, `.` the element's own text; `prefix` stands before
    the column's name.
    """

    element: str
    key: str
    value: str
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Lookup:
    """Other elements of the same feed that a column points to by id (WordPress: attachments)."""

    where: dict[str, str]
    key: str
    value: str
    column: str
    into: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the rows are, said by a mapping; empty where the reader is to find out."""

    rows: str = ""
    where: dict[str, str] = field(default_factory=dict)
    pairs: tuple[Pairs, ...] = ()
    lookups: tuple[Lookup, ...] = ()
    member: str = ""
    sheet: str = ""


class Table(Protocol):
    """A file that was opened for reading. `rows()` may be called again and starts at the top each time."""

    kind: str
    remarks: list[str]

    def rows(self) -> Iterator[RawRow]:
        """The rows, one at a time, never all in memory."""


class Reader(Protocol):
    """Makes a Table of a file."""

    def __call__(self, path: Path, layout: Layout) -> Table: ...


def unique_names(names: list[str]) -> list[str]:
    """Column names made distinct: an empty one is “Column 3”, the second “Price” is “Price (2)”."""
    result: dict[str, None] = {}
    for position, name in enumerate(names, start=1):
        wanted = " ".join(name.split())[:120] or f"Column {position}"
        free, again = wanted, 1
        while free in result:
            again += 1
            free = f"{wanted} ({again})"
        result[free] = None
    return list(result)
