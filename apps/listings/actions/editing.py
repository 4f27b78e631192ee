"""Changing facts, texts and terms of a listing, also when two people do it at once."""

from collections.abc import Mapping
from functools import partial

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from apps.core.editing import refuse_collisions
from apps.core.events import record
from apps.core.refusals import NotAllowed, Refused
from apps.core.versions import claim_version
from apps.listings.actions.owner import OWNER_FIELDS, owner_of
from apps.listings.actions.price import set_price
from apps.listings.models import Listing, Unit
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
    if field.editable and not field.generated and not field.primary_key and field.name != "owner"
)


def current_value(listing: Listing, name: str):
    """The value of a listing's or its unit's field, whichever holds it."""
    return getattr(listing.unit if name in UNIT_FIELDS | OWNER_FIELDS else listing, name)


@transaction.atomic
def edit(
    listing: Listing,
    changes: Mapping,
    *,
    version: int,
    by,
    opened: Mapping[str, str] | None = None,
    confirmed: bool = False,
) -> Listing:
    """Set fields of the listing and its unit; `version` is the one the form was opened with.

    `changes` are fields of LISTING_FIELDS, UNIT_FIELDS and OWNER_FIELDS with their new values, and `list_price`
    (`confirmed` as in `set_price`). Somebody else's newer version is a Conflict. With `opened` (canonical values when
    the form was opened) it is one only for fields that both changed, an EditConflict; other people's changes to other
    fields stay as they are. Returns the listing as it is now.
    """
    why_not = why_not_edit_text if TEXT_FIELDS.issuperset(changes) else why_not_change
    NotAllowed.unless_empty(why_not(listing, by))
    Unit.objects.select_for_update().get(pk=listing.unit_id)  # first the unit, then its listings: no deadlock
    if opened is not None:
        version = _merge(listing, changes, opened)
    claim_version(listing, version)
    listing = Listing.objects.select_related("unit", "list_agent").get(pk=listing.pk)
    _set_fields(listing, changes, by)
    if changes.get("list_price") not in (None, listing.list_price):
        set_price(listing, changes["list_price"], version=listing.version, by=by, confirmed=confirmed)
    listing.refresh_from_db()
    return listing


def _merge(listing, changes, opened) -> int:
    now = Listing.objects.select_for_update(of=["self"]).select_related("unit").get(pk=listing.pk)
    refuse_collisions(now, partial(current_value, now), changes, opened)
    return now.version


def _set_fields(listing, changes, by):
    changes = dict(changes)
    if not (changes.get("property_type") or listing.property_type).endswith("Lease"):
        changes["lease_amount_frequency"] = ""
    changed = _set(listing, LISTING_FIELDS, changes)
    unit_changed = _set_unit(listing.unit, changes) | _set_owner(listing, changes, by)
    if unit_changed:
        _raise_versions_of_other_listings(listing)
    if changed or unit_changed:
        record("listing.edited", listing, by=by, fields=sorted(changed | unit_changed))


def _set_owner(listing, changes, by) -> set[str]:
    """What was typed about the owner becomes the unit's customer; the names of the fields that now read otherwise."""
    typed = {name: changes[name] for name in OWNER_FIELDS & changes.keys()}
    if not typed:
        return set()
    unit = listing.unit
    before = {name: getattr(unit, name) for name in typed}
    agent = listing.list_agent or by
    unit.owner = owner_of(unit, typed, property_type=listing.property_type, agent=agent, by=by)
    unit.save(update_fields=["owner"])
    return {name for name, value in before.items() if getattr(unit, name) != value}


def _set_unit(unit, changes) -> set[str]:
    try:
        with transaction.atomic():
            return _set(unit, UNIT_FIELDS, changes)
    except IntegrityError as error:
        if "unit_once_in_place" not in str(error):
            raise
        raise Refused(
            _("%(unit)s is already here as another unit. Check building and number.") % {"unit": unit.label}
        ) from error


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
