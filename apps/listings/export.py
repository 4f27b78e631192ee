"""Listings as a table to take away: RESO's field names as headers, so that an import reads the file as it is.

Rows are read from a cursor and handed on as they come. What a person may not see has no column, or an empty cell
where it depends on the row.
"""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from apps.core.events import record
from apps.core.lists.files import Column
from apps.core.refusals import NotAllowed
from apps.listings.models import Mandate, Permit, Place
from apps.listings.models.place import PlaceLevel
from apps.listings.policy import may_see_commission, may_see_owner

AT_ONCE = 2_000
PLACE_COLUMNS = {
    "building_name": PlaceLevel.BUILDING,
    "subdivision_name": PlaceLevel.COMMUNITY,
    "city": PlaceLevel.CITY,
    "country": PlaceLevel.COUNTRY,
}
OWN = (
    "listing_id",
    "standard_status",
    "property_type",
    "property_sub_type",
    "title",
    "unit_number",
    "list_price",
    "currency",
    "lease_amount_frequency",
    "bedrooms_total",
    "bathrooms_total_integer",
    "furnished",
    "occupant_type",
    "availability_date",
    "internet_entire_listing_display_yn",
    "on_market_date",
    "off_market_date",
    "purchase_contract_date",
    "close_date",
    "close_price",
    "original_list_price",
    "previous_list_price",
    "public_remarks",
    "showing_instructions",
    "list_agent_full_name",
)
OF_UNIT = (
    "living_area",
    "living_area_units",
    "entry_level",
    "stories_total",
    "year_built",
    "parking_total",
    "view",
    "ownership_type",
    "association_fee",
    "association_fee_frequency",
    "new_construction_yn",
    "development_status",
    "unparsed_address",
    "postal_code",
    "latitude",
    "longitude",
)
OF_OWNER = ("owner_name", "owner_phone", "owner_email")
OF_MANDATE = ("listing_agreement", "listing_contract_date", "expiration_date")
COLLEAGUES_ONLY = ("private_remarks", "showing_instructions")


def why_not_export(by) -> list[str]:
    """Why this person may not take listings away."""
    return [] if by.has_perm("listings.export_listing") else [_("Your role may not export listings. Ask a manager.")]


@transaction.atomic
def export(rows, kind: str, *, by, asked: str = "") -> tuple[list[str], Iterator[list]]:
    """Headers and rows of `rows` (a QuerySet that `by` may see); the event says how it was asked for."""
    NotAllowed.unless_empty(why_not_export(by))
    record("listing.exported", by, by=by, kind=kind, asked=asked)
    columns = _columns(by)
    return [column.name for column in columns], _values(rows, columns)


def _columns(by) -> list[Column]:
    names = [name for name in OWN if name not in COLLEAGUES_ONLY]
    if by.has_perm("listings.view_private_remarks"):
        names += COLLEAGUES_ONLY
    columns = [Column(name, _attribute(name)) for name in names]
    columns += [Column(name, _place(level)) for name, level in PLACE_COLUMNS.items()]
    columns += [Column(name, _of_unit(name)) for name in OF_UNIT]
    columns += [Column(name, _attribute(f"mandate_{name}")) for name in OF_MANDATE]
    columns += [Column(f"permit_{name}", _attribute(f"permit_{name}")) for name in ("number", "expiration_date")]
    columns.append(Column("list_agent_email", lambda listing: listing.list_agent.email if listing.list_agent else ""))
    if by.has_perm("listings.view_commission"):
        columns.append(Column("commission_percent", _if(may_see_commission, by, _attribute("commission_percent"))))
    if by.has_perm("listings.change_listing"):
        columns += [Column(name, _if(may_see_owner, by, _of_unit(name))) for name in OF_OWNER]
    return columns


def _values(rows, columns) -> Iterator[list]:
    latest = Mandate.objects.filter(listing=OuterRef("pk")).order_by("-expiration_date", "-pk")
    permit = Permit.objects.filter(listing=OuterRef("pk")).order_by("-expiration_date", "-pk")
    rows = (
        rows.select_related("unit__owner", "list_agent")
        .prefetch_related("unit__owner__phones", "unit__owner__emails")
        .defer("search_vector")
        .annotate(**{f"mandate_{name}": Subquery(latest.values(name)[:1]) for name in OF_MANDATE})
        .annotate(**{f"permit_{name}": Subquery(permit.values(name)[:1]) for name in ("number", "expiration_date")})
        .order_by("pk")
    )
    places = {pk: (level, name) for pk, level, name in Place.objects.values_list("pk", "level", "name")}
    # In a transaction the cursor stays open at the server without first copying its whole result.
    with transaction.atomic():
        for listing in rows.iterator(chunk_size=AT_ONCE):
            listing.places = dict(places[pk] for pk in listing.place_path if pk in places)
            yield [column.value(listing) for column in columns]


def _attribute(name):
    return lambda listing: getattr(listing, name)


def _of_unit(name):
    return lambda listing: getattr(listing.unit, name)


def _place(level):
    return lambda listing: listing.places.get(level, "")


def _if(may_see, by, value):
    return lambda listing: value(listing) if may_see(listing, by) else ""
