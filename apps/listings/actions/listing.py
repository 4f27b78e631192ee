"""Taking a unit on, putting it on the market again, giving a listing to an agent."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.events import record
from apps.core.refusals import NotAllowed, Refused
from apps.listings.actions.editing import LISTING_FIELDS
from apps.listings.actions.owner import OWNER_FIELDS, owner_of
from apps.listings.actions.photo import copy_photos
from apps.listings.actions.references import new_listing_id
from apps.listings.lookups import ENDED, PropertyType, StandardStatus
from apps.listings.models import Listing, StatusChange, Unit
from apps.listings.policy import may_see_owner

# What a unit keeps when it is put on the market again. Price, mandate, permit, consent and commission are agreed anew.
KEPT_AGAIN = (
    "title",
    "public_remarks",
    "showing_instructions",
    "currency",
    "furnished",
    "occupant_type",
)


def why_not_take_on(by) -> list[str]:
    """Why this person may not make a listing."""
    return (
        [] if by.has_perm("listings.add_listing") else [_("Your role may not add listings. Ask an agent or a manager.")]
    )


def why_not_take_over(unit: Unit, by) -> list[str]:
    """Why this person may not put a known unit on the market: its owner's contacts are another agent's."""
    listings = list(Listing.objects.filter(unit_id=unit.pk).select_related("list_agent").order_by("-pk"))
    if not unit.has_owner or not listings or any(may_see_owner(listing, by) for listing in listings):
        return []
    holder = next((listing.list_agent for listing in listings if listing.list_agent), None)
    asked = f"{holder.short_name} or a manager" if holder and holder.is_active else "a manager"
    return [
        _("%(unit)s is already here with its owner's contacts. Ask %(asked)s to put it on the market again.")
        % {"unit": unit.label, "asked": asked}
    ]


def why_twice_on_market(unit: Unit, property_type: str) -> list[str]:
    """Why a person should confirm: the unit is open for the same purpose. For sale and for rent at once is normal."""
    if unit.pk is None:
        return []
    is_open = Listing.objects.filter(unit_id=unit.pk, property_type=property_type).exclude(standard_status__in=ENDED)
    purpose = PropertyType(property_type).label.lower()
    return [
        f"{unit.label} is already for {purpose} as {listing.listing_id} ({listing.get_standard_status_display()}). "
        "Open that one, or confirm to list it twice."
        for listing in is_open.order_by("pk")[:1]
    ]


@transaction.atomic
def take_on(unit: Unit, values: Mapping, *, by, confirmed: bool = False) -> Listing:
    """Put a unit on the market as an Incomplete draft and return it.

    `unit` is saved here if it is new. `values` are fields of LISTING_FIELDS, `list_agent` (default: `by`), and for a
    new unit what is known about its owner (OWNER_FIELDS).
    The price is set by `set_price` afterwards. A unit that is already open for the same purpose is refused until
    `confirmed`.
    """
    NotAllowed.unless_empty(why_not_take_on(by))
    if unit.pk is None:
        agent = values.get("list_agent") or by
        purpose = values.get("property_type", PropertyType.RESIDENTIAL)
        if OWNER_FIELDS & values.keys():
            unit.owner = owner_of(unit, values, property_type=purpose, agent=agent, by=by)
        _save_new(unit)
    else:
        Unit.objects.select_for_update().get(pk=unit.pk)
        NotAllowed.unless_empty(why_not_take_over(unit, by))
    if not confirmed:
        Refused.unless_empty(why_twice_on_market(unit, values.get("property_type", PropertyType.RESIDENTIAL)))
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
def relist(listing: Listing, property_type: str, *, by, confirmed: bool = False) -> Listing:
    """Put the listing's unit on the market again, for sale or rent, as a new draft; return it.

    It has the same texts and photos; price, mandate, permit, consent and commission are agreed anew.
    """
    values = {name: getattr(listing, name) for name in KEPT_AGAIN} | {"property_type": property_type}
    if listing.property_type == property_type:
        values["lease_amount_frequency"] = listing.lease_amount_frequency
    again = take_on(listing.unit, values, by=by, confirmed=confirmed)
    copy_photos(listing, again, by=by)
    record("listing.relisted", listing, by=by, new=again.listing_id)
    again.refresh_from_db()
    return again


def why_not_assign(by) -> list[str]:
    """Why this person may not give listings to agents."""
    return [] if by.has_perm("listings.assign_listing") else [_("Only a manager may give a listing to another agent.")]


@transaction.atomic
def assign(listing: Listing, agent, *, by) -> None:
    """Make `agent` responsible for the listing."""
    NotAllowed.unless_empty(why_not_assign(by))
    if not User.objects.agents().filter(pk=agent.pk).exists():
        raise Refused(_("%(agent)s cannot be responsible for listings. Choose an active agent.") % {"agent": agent})
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
        .defer("search_vector", "public_remarks", "private_remarks")
        .order_by("-original_entry_timestamp")
    )


def _save_new(unit):
    try:
        with transaction.atomic():
            unit.save()
    except IntegrityError as error:
        if "unit_once_in_place" not in str(error):
            raise
        raise Refused(_("%(unit)s was added a moment ago. Save again to see it.") % {"unit": unit.label}) from error
