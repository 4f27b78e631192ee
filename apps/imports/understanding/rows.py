"""Each raw row as fields with values, with what was not understood, cell by cell."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from apps.core.sheets import unguarded
from apps.core.units import AreaUnits
from apps.imports.problems import REFUSE, Problem, refuse
from apps.imports.reading.rows import RawRow
from apps.imports.understanding.addresses import address_parts
from apps.imports.understanding.cells import TAKERS, take
from apps.imports.understanding.derive import derive
from apps.imports.understanding.survey import Survey
from apps.imports.understanding.text import open_literals
from apps.imports.understanding.vocabulary import OWN_ID


@dataclass(slots=True)
class UnderstoodRow:
    """One row of the file as an import sees it.

    `source_id` is the source's own id where it has one. `fingerprint` is the same for rows that speak of the same
    listing as far as one can tell, `raw_digest` for rows that are equal in every cell, `digest` for such that were also
    read the same way. `is_held` is set where doubts made a draft of it, or leave it out. `extra` are the cells that are
    no field.
    """

    number: int
    source_id: str | None
    fingerprint: str
    raw_digest: str
    digest: str
    fields: dict[str, object]
    extra: dict[str, str]
    problems: list[Problem]
    raw: dict[str, str]
    is_held: bool = False

    @property
    def is_refused(self) -> bool:
        """Whether something must be mended before the row can come in."""
        return any(problem.severity == REFUSE for problem in self.problems)


@dataclass(slots=True)
class Taking:
    """A row while its cells are being taken."""

    fields: dict[str, object] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the agency's settings say where a file says nothing."""

    currency: str = "AED"
    area_units: str = AreaUnits.SQUARE_FEET.value
    phone_region: str = "AE"


class Understanding:
    """How the rows of one file are understood: its survey, the agency's defaults, and the cells people mended.

    A subject derives from it and says what the fields of a row say together.
    """

    takers: Mapping = TAKERS
    own_reference = ""  # the field of our own reference, which is an id where the source has none
    passing: frozenset[str] = frozenset()  # what changes while a row speaks of the same: not in its fingerprint

    def __init__(self, found: Survey, defaults: Defaults, fixes: dict[int, dict[str, str]] | None = None):
        self.survey, self.mapping, self.defaults = found, found.mapping, defaults
        self.fields, self.choices = self.mapping.vocabulary.fields, self.mapping.vocabulary.choices
        self.fixes = fixes or {}
        self._columns = [
            (column.name, column.field, self.takers[self.fields[column.field].kind])
            for column in found.columns.values()
            if column.field
        ]
        self._constants = self._constant_values()
        self._identity = self._identity_columns()

    def rows(self, raw_rows: Iterable[RawRow]) -> Iterator[UnderstoodRow]:
        """The rows of the table, understood, in order."""
        for raw in raw_rows:
            yield self._row(raw)

    def _row(self, raw: RawRow) -> UnderstoodRow:
        cells = open_literals(raw.cells)
        if raw.number in self.fixes:
            cells = cells | self.fixes[raw.number]
        taking = Taking(problems=list(raw.problems))
        extra = self._take_columns(cells, taking)
        derive(self, cells, taking)
        for name, value in address_parts(self.mapping, cells).items():
            taking.fields.setdefault(name, value[: self.fields[name].max_length])
        said = bool(taking.fields) or bool(taking.problems)
        for name, value in self._constants.items():
            taking.fields.setdefault(name, value)
        if not said:
            taking.problems.append(refuse("", "", "Nothing in this row was understood.", "nothing understood"))
        fields = taking.fields
        is_held = self.agree(taking)
        source_id = fields.pop(OWN_ID, None) or fields.get(self.own_reference)
        fingerprint, raw_digest = self.identify(raw)
        return UnderstoodRow(
            number=raw.number,
            source_id=source_id,
            fingerprint=fingerprint,
            raw_digest=raw_digest,
            digest=f"{self.mapping.signature}{raw_digest}",
            fields=fields,
            extra=extra,
            problems=taking.problems,
            raw=raw.cells,
            is_held=is_held,
        )

    def agree(self, taking: Taking) -> bool:
        """Settle what the fields say together; whether something holds the row back from where it says it is."""
        raise NotImplementedError

    def identify(self, raw: RawRow) -> tuple[str, str]:
        """Fingerprint and raw digest of a row, without understanding it."""
        opened = open_literals(raw.cells)
        identity = [(name, " ".join(opened.get(name, "").lower().split())) for name in self._identity]
        return _hash(identity), _hash(raw.cells.items())

    def _take_columns(self, cells: dict[str, str], taking: Taking) -> dict[str, str]:
        extra = dict(cells)
        for column, name, reader in self._columns:
            text = unguarded(extra.pop(column, ""))
            if text:
                take(self, reader, taking, column, name, text)
        return {column: text for column, text in extra.items() if text}

    def column_currency(self, column: str) -> str:
        """The currency in which a column without one in its cells is written."""
        seen = self.survey.columns.get(column)
        return (seen.constants.get("currency") if seen else "") or self.mapping.constants.get("currency") or ""

    def _constant_values(self) -> dict[str, object]:
        taking = Taking()
        said = [pair for column in self.survey.columns.values() if column.field for pair in column.constants.items()]
        for name, text in [*self.mapping.constants.items(), *said]:
            if name not in taking.fields:
                self.takers[self.fields[name].kind](self, taking, "", name, str(text))
        return taking.fields

    def _identity_columns(self) -> list[str]:
        if self.mapping.identity:
            return list(self.mapping.identity)
        columns = self.survey.columns.values()
        filled = [column for column in columns if column.filled]
        lasting = [column.name for column in filled if column.field and column.field not in self.passing]
        return lasting or [column.name for column in filled if column.field not in self.passing]

    def column_of(self, name: str) -> str:
        """The column that fills a field; nothing where none does."""
        columns = self.survey.columns.values()
        own = next((column.name for column in columns if column.field == name), "")
        return own or next((rule.column for rule in self.mapping.derives if rule.field == name), "")


def _hash(pairs) -> str:
    text = "\x1f".join(f"{name}\x1e{value}" for name, value in pairs)
    return blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()
