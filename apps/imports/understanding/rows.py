"""Each raw row as fields with values, with what was not understood, cell by cell."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b

from apps.core.units import AreaUnits
from apps.imports.problems import REFUSE, Problem, refuse, warn
from apps.imports.reading.rows import RawRow
from apps.imports.understanding.addresses import address_parts
from apps.imports.understanding.areas import why_doubt_area
from apps.imports.understanding.cells import TAKERS, take
from apps.imports.understanding.derive import derive, kind_of_home
from apps.imports.understanding.fields import FIELDS, OWN_ID
from apps.imports.understanding.money import why_doubt_price
from apps.imports.understanding.survey import Survey
from apps.imports.understanding.text import open_literals
from apps.listings.lookups import ON_MARKET, PropertyType, StandardStatus

LEASE, SALE = PropertyType.RESIDENTIAL_LEASE.value, PropertyType.RESIDENTIAL.value
INCOMPLETE = StandardStatus.INCOMPLETE.value
PRICES = frozenset({"list_price", "currency", "lease_amount_frequency"})
# What changes while a listing stays the same one: left out of the fingerprint of rows without an id of their own.
PASSING = PRICES | {
    "standard_status", "close_price", "close_date", "on_market_date", "availability_date", "public_remarks",
    "list_agent_email", "list_agent_full_name", "permit_number", "permit_expiration_date", "furnished", "occupant_type",
    "listing_agreement", "listing_contract_date", "expiration_date", "internet_entire_listing_display_yn",
    "private_remarks", "showing_instructions",
}  # fmt: skip


@dataclass(slots=True)
class UnderstoodRow:
    """One row of the file as an import sees it.

    `source_id` is the source's own id where it has one. `fingerprint` is the same for rows that speak of the same
    listing as far as one can tell, `raw_digest` for rows that are equal in every cell, `digest` for such that were also
    read the same way. `is_held` is set where doubts made a draft of it. `extra` are the cells that are no field.
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


class Understanding:
    """How the rows of one file are understood: its survey, the agency's defaults, and the cells people mended."""

    def __init__(self, found: Survey, defaults: Defaults, fixes: dict[int, dict[str, str]] | None = None):
        self.survey, self.mapping, self.defaults = found, found.mapping, defaults
        self.fixes = fixes or {}
        self._columns = [
            (column.name, column.field, TAKERS[FIELDS[column.field].kind])
            for column in found.columns.values()
            if column.field
        ]
        self._constants = self._constant_values()
        self._wants_permit = any(c.field == "permit_number" and c.filled for c in found.columns.values())
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
            taking.fields.setdefault(name, value[: FIELDS[name].max_length])
        said = bool(taking.fields) or bool(taking.problems)
        for name, value in self._constants.items():
            taking.fields.setdefault(name, value)
        if not said:
            taking.problems.append(refuse("", "", "Nothing in this row was understood.", "nothing understood"))
        fields = taking.fields
        if "property_sub_type" not in fields:
            fields["property_sub_type"] = kind_of_home(fields.get("title", ""))
        is_held = self._agree(taking)
        source_id = fields.pop(OWN_ID, None) or fields.get("listing_id")
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

    def identify(self, raw: RawRow) -> tuple[str, str]:
        """Fingerprint and raw digest of a row, without understanding it."""
        opened = open_literals(raw.cells)
        identity = [(name, " ".join(opened.get(name, "").lower().split())) for name in self._identity]
        return _hash(identity), _hash(raw.cells.items())

    def _take_columns(self, cells: dict[str, str], taking: Taking) -> dict[str, str]:
        extra = dict(cells)
        for column, name, reader in self._columns:
            text = extra.pop(column, "")
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
                TAKERS[FIELDS[name].kind](self, taking, "", name, str(text))
        return taking.fields

    def _identity_columns(self) -> list[str]:
        if self.mapping.identity:
            return list(self.mapping.identity)
        columns = self.survey.columns.values()
        filled = [column for column in columns if column.filled]
        lasting = [column.name for column in filled if column.field and column.field not in PASSING]
        return lasting or [column.name for column in filled if column.field not in PASSING]

    # -- What the fields of one row say together ----------------------------------------------------------------------
    def _agree(self, taking: Taking) -> bool:
        """Settle what the fields say together; whether doubts kept the listing off the market."""
        fields = taking.fields
        self._agree_on_terms(fields, taking.problems)
        self._agree_on_facts(fields, taking.problems)
        doubts = self._doubts(fields)
        taking.problems.extend(doubts)
        status = fields.setdefault("standard_status", INCOMPLETE)
        if status not in ON_MARKET:
            return False
        column = self._column_of("list_price")
        if not fields.get("list_price") and not any(problem.column == column for problem in taking.problems):
            sentence = "The price is missing. The listing comes in as an Incomplete draft."
            taking.problems.append(warn(column, "", sentence, "no price"))
        if not fields.get("list_price") or doubts:
            fields["standard_status"] = INCOMPLETE
        if self._wants_permit and not fields.get("permit_number"):
            sentence = "The permit number is missing, websites refuse the listing."
            taking.problems.append(warn(self._column_of("permit_number"), "", sentence, "no permit"))
        return fields["standard_status"] != status

    def _agree_on_terms(self, fields: dict, problems: list[Problem]) -> None:
        if fields.get("lease_amount_frequency") and "property_type" not in fields:
            fields["property_type"] = LEASE
        if fields.setdefault("property_type", SALE) == SALE and fields.pop("lease_amount_frequency", None):
            sentence = "A sale has no rent period. It was left out."
            problems.append(warn(self._column_of("lease_amount_frequency"), "", sentence, "sale with a rent period"))
        fields.setdefault("currency", self.defaults.currency)

    def _agree_on_facts(self, fields: dict, problems: list[Problem]) -> None:
        if "living_area" in fields:
            fields.setdefault("living_area_units", self.defaults.area_units)
        if ("latitude" in fields) != ("longitude" in fields):
            fields.pop("latitude", None), fields.pop("longitude", None)
            problems.append(warn("", "", "Latitude or longitude is missing. Both were left empty.", "half a position"))
        start, end = fields.get("listing_contract_date"), fields.get("expiration_date")
        if start and end and end < start:
            del fields["listing_contract_date"], fields["expiration_date"]
            sentence = "The mandate ends before it starts. It was left out. Check both dates."
            problems.append(warn(self._column_of("expiration_date"), str(end), sentence, "mandate dates"))

    def _doubts(self, fields: dict) -> list[Problem]:
        found = []
        price, area = fields.get("list_price"), fields.get("living_area")
        sentence = price and why_doubt_price(price, fields["property_type"] == LEASE)
        if sentence:
            found.append(warn(self._column_of("list_price"), f"{price:,f}", sentence, "doubtful price", ""))
        sentence = area and why_doubt_area(area, fields["living_area_units"])
        if sentence:
            found.append(warn(self._column_of("living_area"), f"{area:,f}", sentence, "doubtful area", ""))
        return found

    def _column_of(self, name: str) -> str:
        columns = self.survey.columns.values()
        own = next((column.name for column in columns if column.field == name), "")
        return own or next((rule.column for rule in self.mapping.derives if rule.field == name), "")


def _hash(pairs) -> str:
    text = "\x1f".join(f"{name}\x1e{value}" for name, value in pairs)
    return blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()
