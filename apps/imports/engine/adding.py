"""New rows: units and listings with their first price, status, permit and mandate, a batch in a few statements."""

import re
from datetime import datetime

from apps.core.events import record_many
from apps.imports.engine.planning import PLACE_ID, Planned
from apps.imports.engine.values import PRICE, STATUS, listing_values, unit_values
from apps.imports.models import ImportRun, SourceRecord
from apps.listings.actions.references import counted_listing_ids
from apps.listings.models import Listing, Mandate, Permit, PriceChange, StatusChange, Unit

REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._/-]{0,39}$")


def add_listings(planned: list[Planned], run: ImportRun, agents: dict[str, int], *, by, now: datetime) -> None:
    """Write the new rows of a batch and put each one's listing on it."""
    if not planned:
        return
    _add_units(planned)
    references = iter(counted_listing_ids(sum(1 for p in planned if _reference(p) is None)))
    for p in planned:
        p.listing = Listing(
            unit_id=p.unit_id,
            listing_id=_reference(p) or next(references),
            created_by=by,
            list_agent_id=agent_of(p, agents),
            price_change_timestamp=now if p.row.fields.get(PRICE) else None,
            **listing_values(p.row),
        )
    Listing.objects.bulk_create([p.listing for p in planned])
    _add_histories(planned, run, by, now)
    _add_rights(planned)
    record_many("listing.imported", ((p.listing, {"run": run.pk, "row": p.row.number}) for p in planned), by=by)
    SourceRecord.objects.bulk_create([source_record(p, run) for p in planned])
    for p in planned:
        p.twin.listing_id = p.listing.pk


def agent_of(p: Planned, agents: dict[str, int]) -> int | None:
    """The colleague whom the row names by e-mail or full name, if there is one."""
    fields = p.row.fields
    email, name = fields.get("list_agent_email", ""), fields.get("list_agent_full_name", "")
    return agents.get(email.lower()) or agents.get(" ".join(name.lower().split()))


def source_record(p: Planned, run: ImportRun) -> SourceRecord:
    """What is remembered of a new row."""
    return SourceRecord(
        source=run.source,
        key=p.key or p.row.source_id or "",
        fingerprint="" if p.row.source_id else p.row.fingerprint,
        raw_digest=p.row.raw_digest,
        digest=p.row.digest,
        listing_id=p.listing.pk,
        values=p.values | {PLACE_ID: str(p.place_id or "")},
        extra=p.row.extra,
        first_run=run,
        last_run=run,
    )


def _reference(p: Planned) -> str | None:
    reference = p.row.fields.get("listing_id")
    return reference if reference and REFERENCE.match(reference) else None


def _add_units(planned) -> None:
    without = [p for p in planned if p.unit_id is None]
    units = [Unit(place_id=p.place_id, **unit_values(p.row)) for p in without]
    Unit.objects.bulk_create(units)
    for p, unit in zip(without, units, strict=True):
        p.unit_id, p.made_unit = unit.pk, True


def _add_histories(planned, run, by, now) -> None:
    reason = f"Import {run.pk}"
    StatusChange.objects.bulk_create(
        StatusChange(listing_id=p.listing.pk, new_status=p.row.fields[STATUS], at=now, by=by, reason=reason)
        for p in planned
    )
    PriceChange.objects.bulk_create(
        PriceChange(
            listing_id=p.listing.pk,
            new_price=p.listing.list_price,
            currency=p.listing.currency,
            at=now,
            by=by,
            reason=reason,
        )
        for p in planned
        if p.listing.list_price
    )


def _add_rights(planned) -> None:
    Permit.objects.bulk_create(permit for p in planned if (permit := permit_of(p)))
    Mandate.objects.bulk_create(mandate for p in planned if (mandate := mandate_of(p)))


def permit_of(p: Planned) -> Permit | None:
    """The permit that the row names, not saved."""
    number = p.row.fields.get("permit_number")
    end = p.row.fields.get("permit_expiration_date")
    return Permit(listing_id=p.listing.pk, number=number, expiration_date=end) if number else None


def mandate_of(p: Planned) -> Mandate | None:
    """The mandate that the row names with both its dates, not saved."""
    start, end = p.row.fields.get("listing_contract_date"), p.row.fields.get("expiration_date")
    if not (start and end):
        return None
    mandate = Mandate(listing_id=p.listing.pk, listing_contract_date=start, expiration_date=end)
    mandate.listing_agreement = p.row.fields.get("listing_agreement", mandate.listing_agreement)
    return mandate
