"""New rows: units and listings with their first price, status, permit and mandate, a batch in a few statements."""

import re
from datetime import datetime

from apps.core.bulk import copy_rows, next_ids
from apps.core.events import record_many
from apps.imports.engine.agents import Agents
from apps.imports.listings.owners import Owners
from apps.imports.listings.planning import PLACE_ID, PlannedListing
from apps.imports.listings.values import LISTING_COLUMNS, PRICE, STATUS, UNIT_FIELDS, listing_values, typed
from apps.imports.models import ImportRun, SourceRecord
from apps.listings.actions.references import counted_listing_ids
from apps.listings.models import Listing, Mandate, Permit, PriceChange, StatusChange, Unit

REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._/-]{0,39}$")


RECORD_COLUMNS = (
    "source", "key", "fingerprint", "raw_digest", "digest", "listing_id", "values", "extra", "first_run_id",
    "last_run_id",
)  # fmt: skip


def add_listings(planned: list[PlannedListing], run: ImportRun, agents: Agents, *, by, now: datetime) -> None:
    """Write the new rows of a batch; each one's `added_id` is its listing then."""
    if not planned:
        return
    _add_units(planned, run, agents, by)
    _add_listings(planned, agents, by, now)
    _add_histories(planned, run, by, now)
    _add_rights(planned)
    record_many(
        "listing.imported", Listing, ((p.added_id, {"run": run.pk, "row": p.row.number}) for p in planned), by=by
    )
    copy_rows(SourceRecord, RECORD_COLUMNS, (record_values(p, run) for p in planned))


def _add_listings(planned, agents, by, now) -> None:
    references = iter(counted_listing_ids(sum(1 for p in planned if _reference(p) is None)))
    for p, pk in zip(planned, next_ids(Listing, len(planned)), strict=True):
        p.added_id = p.twin.listing_id = pk
    columns = ("id", "unit_id", "listing_id", "created_by_id", "list_agent_id", "price_change_timestamp")
    rows = (
        (
            p.added_id,
            p.unit_id,
            _reference(p) or next(references),
            by.pk,
            agent_of(p, agents),
            now if p.row.fields.get(PRICE) else None,
            *listing_values(p.row),
        )
        for p in planned
    )
    copy_rows(Listing, (*columns, *LISTING_COLUMNS), rows)


def agent_of(p: PlannedListing, agents: Agents) -> int | None:
    """The colleague whom the row names by e-mail or full name, if there is one."""
    agent = agents.find(p.row.fields.get("list_agent_email"), p.row.fields.get("list_agent_full_name"))
    return agent.pk if agent else None


def record_values(p: PlannedListing, run: ImportRun) -> tuple:
    """What is remembered of a row that its source had not named before, as RECORD_COLUMNS."""
    key, fingerprint = p.key or p.row.source_id or "", "" if p.row.source_id else p.row.fingerprint
    values = p.values | {PLACE_ID: str(p.place_id or "")}
    return (
        run.source,
        key,
        fingerprint,
        p.row.raw_digest,
        p.row.digest,
        p.listing_id,
        values,
        p.row.extra,
        run.pk,
        run.pk,
    )


def _reference(p: PlannedListing) -> str | None:
    reference = p.row.fields.get("listing_id")
    return reference if reference and REFERENCE.match(reference) else None


def _add_units(planned, run, agents, by) -> None:
    without = [p for p in planned if p.unit_id is None]
    for p, pk in zip(without, next_ids(Unit, len(without)), strict=True):
        p.unit_id, p.made_unit = pk, True
    owners = Owners(without, {p.row.number: agent_of(p, agents) for p in without})
    owned = owners.link(run, by=by)
    for pk, p in owners.new.items():
        p.made_owner_id = pk
    rows = (
        (p.unit_id, p.place_id, owned.get(p.row.number), *(typed(p.row, name) for name in UNIT_FIELDS)) for p in without
    )
    copy_rows(Unit, ("id", "place_id", "owner_id", *UNIT_FIELDS), rows)


def _add_histories(planned, run, by, now) -> None:
    reason = f"Import {run.pk}"
    columns = ("listing_id", "new_status", "at", "by_id", "reason")
    copy_rows(StatusChange, columns, ((p.added_id, p.row.fields[STATUS], now, by.pk, reason) for p in planned))
    prices = (
        (p.added_id, p.row.fields[PRICE], p.row.fields["currency"], now, by.pk, reason)
        for p in planned
        if p.row.fields.get(PRICE)
    )
    copy_rows(PriceChange, ("listing_id", "new_price", "currency", "at", "by_id", "reason"), prices)


def _add_rights(planned) -> None:
    Permit.objects.bulk_create(permit for p in planned if (permit := permit_of(p)))
    Mandate.objects.bulk_create(mandate for p in planned if (mandate := mandate_of(p)))


def permit_of(p: PlannedListing) -> Permit | None:
    """The permit that the row names, not saved."""
    number = p.row.fields.get("permit_number")
    end = p.row.fields.get("permit_expiration_date")
    return Permit(listing_id=p.listing_id, number=number, expiration_date=end) if number else None


def mandate_of(p: PlannedListing) -> Mandate | None:
    """The mandate that the row names with both its dates, not saved."""
    start, end = p.row.fields.get("listing_contract_date"), p.row.fields.get("expiration_date")
    if not (start and end):
        return None
    mandate = Mandate(listing_id=p.listing_id, listing_contract_date=start, expiration_date=end)
    mandate.listing_agreement = p.row.fields.get("listing_agreement", mandate.listing_agreement)
    return mandate
