"""Rows that change listings: the changed fields alone, with price and status histories, and how to take them back."""

from collections import defaultdict
from datetime import datetime

from django.db.models import F

from apps.core.bulk import copy_rows
from apps.core.events import record_many
from apps.imports.engine.records import bring_up_to_date, save_records
from apps.imports.listings.adding import RECORD_COLUMNS, mandate_of, permit_of, record_values
from apps.imports.listings.planning import PLACE_ID, PlannedListing
from apps.imports.listings.values import (
    LISTING_FIELDS,
    MANDATE,
    OWNER_FIELDS,
    PERMIT,
    PLACE,
    PRICE,
    STATUS,
    UNIT_FIELDS,
    typed,
)
from apps.imports.models import ImportRun, SourceRecord
from apps.listings.actions.owner import owner_of
from apps.listings.actions.status import set_dates
from apps.listings.models import Listing, Permit, PriceChange, StatusChange, Unit

PRICE_COLUMNS = ("list_price", "previous_list_price", "original_list_price", "price_change_timestamp")
STATUS_COLUMNS = (
    "standard_status", "on_market_date", "off_market_date", "purchase_contract_date", "close_date", "close_price",
)  # fmt: skip


def change_listings(planned: list[PlannedListing], run: ImportRun, *, by, now: datetime) -> dict[int, dict]:
    """Write the changes of a batch; returns what an undo restores, by row number."""
    if not planned:
        return {}
    before = {p.row.number: _change(p, now, by) for p in planned}
    _save(planned, before)
    _keep_histories(planned, before, f"Import {run.pk}", by, now)
    events = ((p.listing.pk, {"run": run.pk, "fields": sorted(p.changes)}) for p in planned if p.changes)
    record_many("listing.changed_by_import", Listing, events, by=by)
    undo = {p.row.number: _undo(p, before[p.row.number], run) for p in planned}
    save_records(SourceRecord, planned)
    return undo


def _undo(p: PlannedListing, before: dict, run) -> dict:
    """What an undo restores: `[before, after]` for each column, what was added, and the source's record as it was."""
    unit = {name: [value, getattr(p.listing.unit, name)] for name, value in before["unit"].items()}
    listing = {name: [value, getattr(p.listing, name)] for name, value in before["listing"].items()}
    owner = {name: [value, getattr(p.listing.unit, name)] for name, value in before["owner"].items()}
    return {"unit": unit, "owner": owner, "listing": listing, "rights": _add_rights(p), "record": _remember(p, run)}


def _change(p: PlannedListing, now, by) -> dict:
    """Set the changed fields on the objects; returns `{"listing": {column: before}, "unit": {...}, "owner": {...}}`."""
    listing, before = p.listing, {"listing": {}, "unit": {}, "owner": {}}
    for name in p.changes:
        if name in LISTING_FIELDS:
            _set(listing, name, typed(p.row, name), before["listing"])
        elif name in UNIT_FIELDS:
            _set(listing.unit, name, typed(p.row, name), before["unit"])
    if any(name in p.changes for name in OWNER_FIELDS):
        _set_owner(p, before, by)
    if PLACE in p.changes:
        _set(listing.unit, "place_id", p.place_id, before["unit"])
    if PRICE in p.changes:
        _set_price(listing, p, before["listing"], now)
    if STATUS in p.changes:
        for name in STATUS_COLUMNS:
            before["listing"].setdefault(name, getattr(listing, name))
        listing.standard_status = p.row.fields[STATUS]
        set_dates(listing, listing.standard_status, p.row.fields.get("close_price"))
    if not listing.is_lease and listing.lease_amount_frequency:
        _set(listing, "lease_amount_frequency", "", before["listing"])
    return before


def _set_owner(p: PlannedListing, before, by) -> None:
    """The changed name, phone or e-mail makes another customer the owner, or corrects the one it is."""
    unit, fields = p.listing.unit, [name for name in OWNER_FIELDS if name in p.changes]
    before["owner"] = {name: getattr(unit, name) for name in fields}
    typed_owner = {name: p.row.fields.get(name) or "" for name in fields}
    purpose, agent = p.listing.property_type, p.listing.list_agent
    owner = owner_of(unit, typed_owner, property_type=purpose, agent=agent, by=by)
    before["unit"]["owner_id"] = unit.owner_id
    unit.owner = owner


def _set(row, name, value, before) -> None:
    before.setdefault(name, getattr(row, name))
    setattr(row, name, value)


def _set_price(listing, p, before, now) -> None:
    if not p.changes[PRICE][0]:
        listing.list_price = None  # planning may have set it, to see which status may follow
    for name in PRICE_COLUMNS:
        before.setdefault(name, getattr(listing, name))
    listing.list_price, listing.previous_list_price = p.row.fields[PRICE], before["list_price"]
    listing.original_list_price = listing.original_list_price or listing.list_price
    listing.price_change_timestamp = now


def _save(planned, undo) -> None:
    """One UPDATE for each set of columns: a later file mostly changes the same few."""
    listings: defaultdict[tuple, list] = defaultdict(list)
    units: defaultdict[tuple, list] = defaultdict(list)
    for p in planned:
        before = undo[p.row.number]
        if before["listing"] or before["unit"]:
            p.listing.version = F("version") + 1
            listings[tuple(sorted({*before["listing"], "version", "modification_timestamp"}))].append(p.listing)
        if before["unit"]:
            units[tuple(sorted(before["unit"]))].append(p.listing.unit)
    for columns, rows in units.items():
        Unit.objects.bulk_update(rows, columns, batch_size=500)
    for columns, rows in listings.items():
        for row in rows:
            Listing._meta.get_field("modification_timestamp").pre_save(row, add=False)
        Listing.objects.bulk_update(rows, columns, batch_size=500)


def _keep_histories(planned, undo, reason, by, now) -> None:
    priced = [p for p in planned if PRICE in p.changes]
    PriceChange.objects.bulk_create(
        PriceChange(
            listing_id=p.listing.pk,
            old_price=undo[p.row.number]["listing"]["list_price"],
            new_price=p.listing.list_price,
            currency=p.listing.currency,
            at=now,
            by=by,
            reason=reason,
        )
        for p in priced
    )
    StatusChange.objects.bulk_create(
        StatusChange(
            listing_id=p.listing.pk,
            old_status=undo[p.row.number]["listing"][STATUS],
            new_status=p.listing.standard_status,
            at=now,
            by=by,
            reason=reason,
        )
        for p in planned
        if STATUS in p.changes
    )


def _add_rights(p: PlannedListing) -> dict[str, int]:
    """Permit and mandate that the row newly names; a number that is known gets its new end. Returns what was added."""
    added = {}
    if PERMIT in p.changes:
        permit = permit_of(p)
        if not Permit.objects.filter(listing_id=p.listing.pk, number=permit.number).update(
            expiration_date=permit.expiration_date
        ):
            permit.save()
            added["permit"] = permit.pk
    if MANDATE in p.changes:
        mandate = mandate_of(p)
        mandate.save()
        added["mandate"] = mandate.pk
    return added


def _remember(p: PlannedListing, run: ImportRun) -> dict | None:
    """Bring the source's record up to date; returns how it was, None where it is new."""
    if p.record is None:
        copy_rows(SourceRecord, RECORD_COLUMNS, [record_values(p, run)])
        return None
    return bring_up_to_date(p, run, **{PLACE_ID: str(p.listing.unit.place_id or "")})
