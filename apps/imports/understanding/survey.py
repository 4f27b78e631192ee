"""One pass over a file before its rows are understood: its columns, what stands in them, how dates are written."""

import dataclasses
import mmap
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from apps.imports.problems import Unreadable, shortened
from apps.imports.reading import Table, open_table
from apps.imports.reading.rows import MAX_COLUMNS
from apps.imports.understanding.dates import ASK, DateColumn
from apps.imports.understanding.headers import SURE, match_header
from apps.imports.understanding.mapping import Mapping, choose_mapping
from apps.imports.understanding.text import clean_line, open_literals
from apps.imports.understanding.vocabulary import DATE

SAMPLES = 3
PEEK = 20  # rows; enough to see which columns a JSON or XML file has


@dataclass(slots=True)
class Column:
    """A column of the file: how many cells hold something, some of them, and which field it was taken for."""

    name: str
    field: str = ""
    confidence: int = 0
    constants: dict[str, str] = dataclasses.field(default_factory=dict)
    filled: int = 0
    samples: list[str] = dataclasses.field(default_factory=list)
    dates: "DateColumn | KeptDates | None" = None

    def look_at(self, text: str) -> None:
        """Take one more filled cell into account."""
        self.filled += 1
        if len(self.samples) < SAMPLES and text not in self.samples:
            self.samples.append(shortened(clean_line(text[:400])))
        if self.dates is not None:
            self.dates.look_at(text.strip())


@dataclass(slots=True)
class Survey:
    """What a file holds, and how it would be understood."""

    kind: str
    mapping: Mapping
    columns: dict[str, Column]
    row_count: int
    remarks: list[str]

    @property
    def unmatched(self) -> list[Column]:
        """Columns with something in them that are no field: kept with the row's source, and named."""
        return [column for column in self.columns.values() if not column.field and column.filled]

    @property
    def date_questions(self) -> list[Column]:
        """Date columns of which a person must say whether the day or the month stands first."""
        dated = (c for c in self.columns.values() if c.dates is not None and c.name not in self.mapping.dates)
        return [column for column in dated if column.dates.order == ASK]

    @property
    def fields(self) -> set[str]:
        """The fields that the file or its mapping fills."""
        derived = {rule.field for rule in self.mapping.derives}
        parts = {part for rule in self.mapping.addresses for part in rule.order}
        columns = {column.field for column in self.columns.values() if column.field}
        return columns | derived | parts | self.mapping.constants.keys()

    @property
    def missing(self) -> list[tuple[str, ...]]:
        """Groups of needed fields of which nothing fills one; a person may say so on the page."""
        return [names for names in self.mapping.vocabulary.needed if not self.fields.intersection(names)]

    def date_order(self, column: str) -> str:
        """`dmy`, `mdy` or `ask` for a column."""
        seen = self.columns.get(column)
        return self.mapping.dates.get(column) or (seen.dates.order if seen and seen.dates else ASK)


def table_of(path: Path, mapping: Mapping) -> AbstractContextManager[Table]:
    """The rows of the file at `path`, found as the mapping says. Raises Unreadable."""
    words = mapping.vocabulary

    def worth(names: list[str]) -> int:
        """Columns that are fields, and above all what a list of these should have."""
        fields = {match.field for name in names if (match := match_header(name, words))}
        return len(fields) + 100 * sum(1 for group in words.needed if fields.intersection(group))

    return open_table(path, mapping.layout, worth)


def choose_for(path: Path, subject: str) -> Mapping:
    """The subject's shipped mapping that fits the file at `path`, or an empty one."""
    with table_of(path, Mapping(subject)) as table:
        rows = table.rows()
        columns = {name for _count, row in zip(range(PEEK), rows, strict=False) for name in open_literals(row.cells)}
        columns.update(getattr(table, "names", ()))
    return choose_mapping(columns, lambda text: _holds(path, text), subject)


def survey(table: Table, mapping: Mapping) -> Survey:
    """Look at every row once. Raises Unreadable for a file without rows."""
    columns: dict[str, Column] = {}
    count = 0
    for name in getattr(table, "names", ()):
        columns[name] = _column(name, mapping)
    for row in table.rows():
        count += 1
        for name, text in open_literals(row.cells).items():
            if text:
                column = columns.get(name)
                if column is None:
                    column = columns[name] = _column(name, mapping)
                    _refuse_too_many(columns)
                column.look_at(text)
    if not count:
        raise Unreadable(_("The file has a header and no rows. Send one with at least one row below it."))
    _drop_opened(columns)
    _settle(columns, mapping)
    return Survey(table.kind, mapping, columns, count, list(table.remarks))


def _column(name: str, mapping: Mapping) -> Column:
    if name in mapping.columns:
        column = Column(name, mapping.columns[name], SURE)
    else:
        match = match_header(name, mapping.vocabulary)
        column = Column(name, match.field, match.confidence, match.constants) if match else Column(name)
    if mapping.vocabulary.kind(column.field) == DATE:
        column.dates = DateColumn()
    return column


def _settle(columns: dict[str, Column], mapping: Mapping) -> None:
    """Of several columns taken for one field that is one, the mapping's stays, else the surest, else the fullest."""
    fields = mapping.vocabulary.fields
    for name in {column.field for column in columns.values() if column.field and not fields[column.field].several}:
        rivals = [c for c in columns.values() if c.field == name and c.name not in mapping.columns]
        best = max(rivals, key=lambda c: (bool(c.filled), c.confidence, c.filled), default=None)
        said = any(columns[c].field == name for c in mapping.columns if c in columns)
        for column in rivals:
            if said or column is not best:
                column.field, column.confidence, column.constants, column.dates = "", 0, {}, None


def _drop_opened(columns: dict[str, Column]) -> None:
    """A column of nested values was opened into `price.amount` and the like: it holds nothing itself."""
    for name in [name for name, column in columns.items() if not column.filled]:
        if any(other.startswith(f"{name}.") for other in columns):
            del columns[name]


def _refuse_too_many(columns: dict[str, Column]) -> None:
    if len(columns) > MAX_COLUMNS:
        raise Unreadable(_("The file has more than %(most)s columns. Is it one list of rows?") % {"most": MAX_COLUMNS})


def _holds(path: Path, text: str) -> bool:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find(text.encode()) >= 0


def survey_as_json(found: Survey) -> dict:
    """The survey as it is kept with a run."""
    columns = [
        {
            "name": column.name,
            "field": column.field,
            "confidence": column.confidence,
            "constants": column.constants,
            "filled": column.filled,
            "samples": column.samples,
            "order": column.dates.order if column.dates else "",
            "example": column.dates.example if column.dates else "",
        }
        for column in found.columns.values()
    ]
    return {"kind": found.kind, "row_count": found.row_count, "remarks": found.remarks, "columns": columns}


def survey_from_json(kept: dict, mapping: Mapping) -> Survey:
    """A kept survey, with the columns taken for what `mapping` says now."""
    columns = {}
    for each in kept["columns"]:
        column = Column(
            each["name"], each["field"], each["confidence"], each["constants"], each["filled"], each["samples"]
        )
        if each["order"]:
            column.dates = KeptDates(each["order"], each["example"])
        said = mapping.columns.get(column.name)
        if said is not None and said != column.field:
            column.field, column.confidence, column.constants = said, SURE, {}
        columns[column.name] = column
    return Survey(kept["kind"], mapping, columns, kept["row_count"], kept["remarks"])


@dataclass(frozen=True, slots=True)
class KeptDates:
    """How a column writes dates, as it was decided when the file was read."""

    order: str
    example: str = ""
