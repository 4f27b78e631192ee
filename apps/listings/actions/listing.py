"""Taking a unit on, changing a listing, assigning it."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import F

from apps.core.events import record
from apps.core.refusals import NotAllowed, Refused
from apps.core.versions import claim_version
from apps.listings.actions.references import new_listing_id
from apps.listings.lookups import StandardStatus
from apps.listings.models import Listing, StatusChange, Unit
from apps.listings.policy import why_not_change, why_not_edit_text

TEXT_FIELDS = frozenset({"title", "public_remarks"})
# Money and status have actions of their own, which keep their histories.
LISTING_FIELDS = TEXT_FIELDS | {
    "private_remarks",
    "showing_instructions",
    "property_type",
    "currency",
    "lease_amount_frequency",
    "commission_percent",
    "furnished",
    "occupant_type",
    "availability_date",
    "internet_entire_listing_display_yn",
}
UNIT_FIELDS = frozenset(
    field.name
    for field in Unit._meta.concrete_fields
    if field.editable and not field.generated and not field.primary_key
)


def why_not_take_on(by) -> list[str]:
    """Why this person may not make a listing."""
    return [] if by.has_perm("listings.add_listing") else ["Your role may not add listings. Ask an agent or a manager."]


@transaction.atomic
def take_on(unit: Unit, values: Mapping, *, by) -> Listing:
    """Put a unit on the market as an Incomplete draft and return it.

    `unit` is saved here if it is new. `values` are fields of LISTING_FIELDS, and `list_agent` (default: `by`).
    The price is set by `set_price` afterwards.
    """
    NotAllowed.unless_empty(why_not_take_on(by))
    if unit.pk is None:
        unit.save()
    listing = Listing(
        unit=unit,
        listing_id=new_listing_id(unit),
        created_by=by,
        list_agent=values.get("list_agent", by),
        **{name: value for name, value in values.items() if name in LISTING_FIELDS},
    )
    listing.save()
    StatusChange.objects.create(
        listing=listing, new_status=listing.standard_status, at=listing.original_entry_timestamp, by=by
    )
    record("listing.taken_on", listing, by=by)
    listing.refresh_from_db()
    return listing


@transaction.atomic
def edit(listing: Listing, changes: Mapping, *, version: int, by) -> Listing:
    """Set fields of the listing and its unit; `version` is the one the form was opened with (Conflict if older).

    `changes` are fields of LISTING_FIELDS and UNIT_FIELDS with their new values. Returns the listing as it is now.
    """
    why_not = why_not_edit_text if TEXT_FIELDS.issuperset(changes) else why_not_change
    NotAllowed.unless_empty(why_not(listing, by))
    claim_version(listing, version)
    changed = _set(listing, LISTING_FIELDS, changes)
    unit_changed = _set(listing.unit, UNIT_FIELDS, changes)
    if unit_changed:
        _raise_versions_of_other_listings(listing)
    if changed or unit_changed:
        record("listing.edited", listing, by=by, fields=sorted(changed | unit_changed))
    listing.refresh_from_db()
    return listing


@transaction.atomic
def assign(listing: Listing, agent, *, by) -> None:
    """Make `agent` responsible for the listing."""
    if not by.has_perm("listings.assign_listing"):
        raise NotAllowed("Only a manager may give a listing to another agent.")
    if not type(agent).objects.agents().filter(pk=agent.pk).exists():
        raise Refused(f"{agent} cannot be responsible for listings. Choose an active agent.")
    row = Listing.objects.select_for_update().get(pk=listing.pk)
    if row.list_agent_id == agent.pk:
        return
    old = str(row.list_agent) if row.list_agent else ""
    row.list_agent, row.version = agent, row.version + 1
    row.save(update_fields=["list_agent", "version", "modification_timestamp"])
    record("listing.assigned", row, by=by, old=old, new=str(agent))


def earlier_listings(listing: Listing):
    """The other times this unit was on the market, newest first; deleted ones left out."""
    return (
        Listing.objects.filter(unit_id=listing.unit_id)
        .exclude(pk=listing.pk)
        .exclude(standard_status=StandardStatus.DELETE)
        .order_by("-original_entry_timestamp")
    )


def _set(row, fields, changes) -> set[str]:
    changed = {name for name in fields & changes.keys() if getattr(row, name) != changes[name]}
    for name in changed:
        setattr(row, name, changes[name])
    if changed:
        automatic = {"modification_timestamp"} if isinstance(row, Listing) else set()
        row.save(update_fields=changed | automatic)
    return changed


def _raise_versions_of_other_listings(listing):
    Listing.objects.filter(unit_id=listing.unit_id).exclude(pk=listing.pk).update(version=F("version") + 1)
