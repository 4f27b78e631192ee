"""What each understood row means for the stock: new, a change, the same, or refused. Nothing is written here."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from apps.accounts.models import Agency
from apps.core.editing import canonical
from apps.imports.engine.planned import Planned, split
from apps.imports.listings.places import Places, normalised
from apps.imports.listings.values import (
    MANDATE,
    PERMIT,
    PLACE,
    PRICE,
    STATUS,
    comparable,
    current,
    is_open,
    place_path,
)
from apps.imports.models import ImportRun, Outcome, SourceRecord
from apps.imports.problems import refuse, warn
from apps.imports.reading.rows import RawRow
from apps.imports.understanding.rows import Understanding, UnderstoodRow
from apps.listings.actions.price import why_price_surprises
from apps.listings.actions.status import why_not_move
from apps.listings.models import Listing, Unit

PLACE_ID = "place_id"  # beside the place's name in a record's values, to see whether a person moved the unit

# What a listing is compared with, read at once for a batch.
WITH = ("unit__place", "unit__owner", "list_agent")
WITH_MANY = ("unit__owner__phones", "unit__owner__emails")


@dataclass(slots=True)
class Twin:
    """An earlier row of the file, for later rows that repeat it."""

    number: int
    raw_digest: str
    listing_id: int | None = None


@dataclass(slots=True)
class PlannedListing(Planned):
    """A row of a list of listings and what is to become of it."""

    record: SourceRecord | None = None
    listing: Listing | None = None
    unit_id: int | None = None
    place_id: int | None = None
    twin: Twin | None = None
    made_unit: bool = False
    added_id: int | None = None
    made_owner_id: int | None = None

    @property
    def listing_id(self) -> int | None:
        """The listing the row is, as far as it has one."""
        if self.added_id or self.listing is not None:
            return self.added_id or self.listing.pk
        return self.twin.listing_id if self.twin else None


class Planner:
    """Plans the rows of one run, batch after batch, and remembers what it has seen of the file."""

    def __init__(self, run: ImportRun, places: Places, *, writes: bool):
        self.run, self.places, self.writes = run, places, writes
        self.phone_region = Agency.current().phone_region
        self._seen: dict[str, Twin] = {}
        self._units: dict[tuple[int, str, str], int] = {}
        self._partners: dict[tuple[str, str], int] = {}

    def pair_unnamed(self, understanding: Understanding, raw_rows: Iterable[RawRow]) -> None:
        """Find out, for a source without ids, which changed row is which known listing.

        Rows equal to what was imported are that. Of the rest of one fingerprint, one row and one listing are taken
        for each other; where there are more, nobody can tell, and the rows are new.
        """
        known = SourceRecord.objects.filter(source=self.run.source).exclude(fingerprint="")
        records: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for pk, fingerprint, raw_digest in known.values_list("pk", "fingerprint", "raw_digest").iterator():
            records[fingerprint][raw_digest] = pk
        if not records:
            return
        rows: defaultdict[str, set[str]] = defaultdict(set)
        for raw in raw_rows:
            fingerprint, raw_digest = understanding.identify(raw)
            if fingerprint in records:
                rows[fingerprint].add(raw_digest)
        for fingerprint, digests in rows.items():
            unmet = digests - records[fingerprint].keys()
            free = records[fingerprint].keys() - digests
            if len(unmet) == len(free) == 1:
                self._partners[fingerprint, unmet.pop()] = records[fingerprint][free.pop()]

    def plan(self, rows: list[UnderstoodRow]) -> list[PlannedListing]:
        """What is to become of each row of the batch."""
        records = self._records(rows)
        planned = [self._meet(row, records) for row in rows]
        self._load_listings(planned)
        paths = {id(p): place_path(p.row.fields) for p in planned if p.outcome in (Outcome.NEW, Outcome.CHANGED)}
        found = self.places.find(set(paths.values()), add=self.writes)
        for p in planned:
            if id(p) in paths:
                p.place_id = found.get(paths[id(p)])
        self._meet_references(planned)
        self._meet_units([p for p in planned if p.outcome == Outcome.NEW])
        for p in planned:
            if p.outcome == Outcome.CHANGED:
                self._compare(p)
        return planned

    # -- Which known row is it ----------------------------------------------------------------------------------------
    def _records(self, rows) -> dict:
        named = SourceRecord.objects.filter(source=self.run.source, key__in={r.source_id for r in rows if r.source_id})
        records: dict = {record.key: record for record in named if not record.fingerprint}
        unnamed = {row.fingerprint for row in rows if not row.source_id}
        if unnamed:
            for record in SourceRecord.objects.filter(source=self.run.source, fingerprint__in=unnamed):
                records[record.fingerprint, record.raw_digest] = record
                records[record.pk] = record
        return records

    def _meet(self, row: UnderstoodRow, records: dict) -> PlannedListing:
        key = row.source_id or f"{row.fingerprint}:{row.raw_digest}"
        twin = self._seen.get(key)
        if twin is None:
            twin = self._seen[key] = Twin(row.number, row.raw_digest)
        else:
            return self._repeat(row, twin)
        record = records.get(key if row.source_id else (row.fingerprint, row.raw_digest))
        if record is None and not row.source_id:
            record = records.get(self._partners.get((row.fingerprint, row.raw_digest)))
        values = comparable(row, self.phone_region) if not row.is_refused else {}
        if record and record.digest == row.digest:
            twin.listing_id = record.listing_id
            row.problems = []
            return PlannedListing(row, Outcome.SAME, record.key, record, twin=twin)
        if row.is_refused:
            return PlannedListing(row, Outcome.REFUSED, twin=twin)
        if record:
            return PlannedListing(row, Outcome.CHANGED, record.key, record, twin=twin, values=values)
        key = key if row.source_id else f"{row.fingerprint}:{self.run.pk}:{row.number}"
        return PlannedListing(row, Outcome.NEW, key, twin=twin, values=values)

    def _repeat(self, row, twin) -> PlannedListing:
        if row.raw_digest == twin.raw_digest:
            row.problems = [problem for problem in row.problems if row.is_refused]
            outcome = Outcome.REFUSED if row.is_refused else Outcome.SAME
            return PlannedListing(row, outcome, twin=twin)
        sentence = f"Same reference as row {twin.number}. Keep one."
        row.problems.append(refuse("", row.source_id or "", sentence, "same reference"))
        return PlannedListing(row, Outcome.REFUSED)

    def _load_listings(self, planned) -> None:
        wanted = {p.record.listing_id for p in planned if p.record and p.outcome == Outcome.CHANGED}
        listings = Listing.objects.select_related(*WITH).prefetch_related(*WITH_MANY).in_bulk(wanted)
        for p in planned:
            if p.outcome == Outcome.CHANGED:
                p.listing = listings[p.record.listing_id]
                p.twin.listing_id = p.listing.pk

    # -- Listings and units that are here already, from elsewhere -----------------------------------------------------
    def _meet_references(self, planned) -> None:
        """A row whose reference is that of a listing here speaks of that listing: what differs is a change."""
        new = {
            p.row.fields["listing_id"]: p for p in planned if p.outcome == Outcome.NEW and "listing_id" in p.row.fields
        }
        known = Listing.objects.select_related(*WITH).prefetch_related(*WITH_MANY)
        for listing in known.filter(listing_id__in=new):
            p = new[listing.listing_id]
            p.outcome, p.listing, p.twin.listing_id = Outcome.CHANGED, listing, listing.pk

    def _meet_units(self, new: list[PlannedListing]) -> None:
        numbered = [
            p for p in new if p.place_id and p.row.fields.get("unit_number") and p.row.fields.get("building_name")
        ]
        keys = normalised({p.row.fields["unit_number"] for p in numbered})
        units = {
            (unit.place_id, unit.unit_key): unit.pk
            for unit in Unit.objects.filter(
                place_id__in={p.place_id for p in numbered}, unit_key__in=set(keys.values())
            )
        }
        on_market = self._open_listings(units.values())
        for p in numbered:
            place_and_key = (p.place_id, keys[p.row.fields["unit_number"]])
            p.unit_id = units.get(place_and_key)
            self._refuse_second(p, place_and_key, on_market.get((p.unit_id, p.row.fields["property_type"])))

    def _open_listings(self, unit_ids) -> dict[tuple[int, str], str]:
        listings = Listing.objects.filter(unit_id__in=list(unit_ids)).only(
            "unit_id", "property_type", "listing_id", "standard_status"
        )
        return {(one.unit_id, one.property_type): one.listing_id for one in listings if is_open(one.standard_status)}

    def _refuse_second(self, p: PlannedListing, place_and_key, reference: str | None) -> None:
        fields = p.row.fields
        if not is_open(fields[STATUS]):
            return
        purpose = fields["property_type"]
        first = self._units.setdefault((*place_and_key, purpose), p.row.number)
        if first != p.row.number:
            sentence = f"Same unit as row {first}. Keep one."
        elif reference:
            sentence = f"The unit is already here as {reference}. Change that listing, or leave the row out."
        else:
            return
        p.row.problems.append(refuse("", fields["unit_number"], sentence, "same unit"))
        p.outcome = Outcome.REFUSED

    # -- What a known listing would change ----------------------------------------------------------------------------
    def _compare(self, p: PlannedListing) -> None:
        """What the source changed; without a record the row met a listing by its reference."""
        split(p, p.record.values if p.record else None, lambda name: self._ours(p, name))
        self._hold_back_status(p)
        self._doubt_price(p)
        if not p.changes and not p.conflicts:
            p.outcome = Outcome.SAME

    def _ours(self, p: PlannedListing, name: str) -> str:
        listing = p.listing
        if name == PLACE:
            return _our_place(p)
        if name == PERMIT:
            permits = [f"{x.number} {canonical(x.expiration_date)}".strip() for x in listing.permits.all()]
            return p.values[PERMIT] if p.values[PERMIT] in permits else (permits[0] if permits else "")
        if name == MANDATE:
            mandates = [
                f"{canonical(x.listing_contract_date)} {canonical(x.expiration_date)}" for x in listing.mandates.all()
            ]
            return p.values[MANDATE] if p.values[MANDATE] in mandates else (mandates[0] if mandates else "")
        return current(listing, name)

    def _doubt_price(self, p: PlannedListing) -> None:
        """Say when the price is many times the last one; a person looks at it before or after it is applied."""
        if PRICE in p.changes and p.changes[PRICE][0]:
            for sentence in why_price_surprises(p.listing, p.row.fields[PRICE]):
                p.row.problems.append(warn("", p.changes[PRICE][1], sentence, "surprising price"))

    def _hold_back_status(self, p: PlannedListing) -> None:
        if STATUS not in p.changes:
            return
        listing, status = p.listing, p.changes[STATUS][1]
        if PRICE in p.changes and not listing.list_price:
            listing.list_price = p.row.fields[PRICE]
        sentences = why_not_move(listing, status, self.run.by)
        if sentences:
            p.conflicts[STATUS] = p.changes.pop(STATUS)
            p.row.problems.append(warn("", status, f"{sentences[0]} The status stays.", "status cannot follow"))


def _our_place(p: PlannedListing) -> str:
    unit = p.listing.unit
    if p.place_id is not None and p.place_id == unit.place_id:
        return p.values[PLACE]
    if p.record and p.record.values.get(PLACE_ID) == str(unit.place_id or ""):
        return p.record.values.get(PLACE, "")
    return str(unit.place or "")
