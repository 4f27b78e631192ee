"""What a website may be told of a listing: values under RESO's names, ready to be written in a profile's way.

Nothing of owners, commission, notes for colleagues or keys is here, and no number of the door.
"""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from apps.core.units import AreaUnits, convert_area
from apps.listings.models import Listing, Place
from apps.listings.models.place import PlaceLevel
from apps.website.profiles.page import PAGE, page_of

LABELS = {
    "id": gettext_lazy("Number in the CRM"),
    "listing_id": gettext_lazy("Reference"),
    "title": gettext_lazy("Title"),
    "public_remarks": gettext_lazy("Description"),
    "standard_status": gettext_lazy("Status"),
    "property_type": gettext_lazy("Sale or rent"),
    "property_sub_type": gettext_lazy("Type"),
    "list_price": gettext_lazy("Price"),
    "currency": gettext_lazy("Currency"),
    "lease_amount_frequency": gettext_lazy("Rent is"),
    "bedrooms_total": gettext_lazy("Bedrooms"),
    "bathrooms_total_integer": gettext_lazy("Bathrooms"),
    "living_area": gettext_lazy("Size"),
    "living_area_units": gettext_lazy("Unit of size"),
    "living_area_sqft": gettext_lazy("Size in ft²"),
    "living_area_sqm": gettext_lazy("Size in m²"),
    "entry_level": gettext_lazy("Floor"),
    "stories_total": gettext_lazy("Floors in the building"),
    "year_built": gettext_lazy("Year built"),
    "parking_total": gettext_lazy("Parking bays"),
    "view": gettext_lazy("View"),
    "furnished": gettext_lazy("Furnishing"),
    "ownership_type": gettext_lazy("Tenure"),
    "occupant_type": gettext_lazy("Occupancy"),
    "development_status": gettext_lazy("Building is"),
    "new_construction_yn": gettext_lazy("New construction"),
    "availability_date": gettext_lazy("Available from"),
    "association_fee": gettext_lazy("Service charge"),
    "association_fee_frequency": gettext_lazy("Service charge is for"),
    "building_name": gettext_lazy("Building"),
    "subdivision_name": gettext_lazy("Community"),
    "city": gettext_lazy("City"),
    "country": gettext_lazy("Country"),
    "postal_code": gettext_lazy("Postal code"),
    "address": gettext_lazy("Address"),
    "latitude": gettext_lazy("Latitude"),
    "longitude": gettext_lazy("Longitude"),
    "permit_number": gettext_lazy("Permit number"),
    "list_agent_full_name": gettext_lazy("Agent"),
    "page": gettext_lazy("Text of the page"),
    "photos": gettext_lazy("Photos"),
    "cover": gettext_lazy("First photo"),
    "status": gettext_lazy("On the site"),
    "slug": gettext_lazy("Address of the page"),
    "copy": gettext_lazy("A copy on the site, by number"),
}
OF_UNIT = (
    "property_sub_type",
    "bedrooms_total",
    "bathrooms_total_integer",
    "living_area_units",
    "entry_level",
    "stories_total",
    "year_built",
    "parking_total",
    "view",
    "ownership_type",
    "development_status",
    "new_construction_yn",
    "association_fee_frequency",
    "postal_code",
)
OF_LISTING = (
    "listing_id",
    "standard_status",
    "property_type",
    "currency",
    "lease_amount_frequency",
    "furnished",
    "occupant_type",
    "latitude",
    "longitude",
    "list_agent_full_name",
)


def values_of(
    listing: Listing, *, language: str, text_limit: int | None = None, page: bool = True
) -> dict[str, object]:
    """Every value by its name: text, int, Decimal or None. Reads unit, place and permits of the listing. `page` is left
    out where no field shows one: it takes as long as all the rest.
    """
    unit = listing.unit
    values = {name: getattr(unit, name) for name in OF_UNIT} | {name: getattr(listing, name) for name in OF_LISTING}
    values["id"] = listing.pk
    values |= _places(unit.place) | _sizes(unit)
    with override(language):
        values["title"] = listing.title or _made_title(listing, values)
    values["public_remarks"] = shortened(listing.public_remarks, text_limit)
    values["list_price"] = _plain(listing.list_price)
    values["association_fee"] = _plain(unit.association_fee)
    values["latitude"], values["longitude"] = _plain(listing.latitude), _plain(listing.longitude)
    values["availability_date"] = listing.availability_date.isoformat() if listing.availability_date else None
    values["permit_number"] = next((permit.number for permit in listing.permits.all()), "")
    names = (values["building_name"], values["subdivision_name"], values["city"])
    values["address"] = ", ".join(name for name in names if name) or unit.unparsed_address
    if page:
        with override(language):
            values[PAGE] = page_of(values)
    return values


def shortened(text: str, limit: int | None) -> str:
    """The text, cut at a word where the site takes no more."""
    text = text.strip()
    if not limit or len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(None, 1)[0].rstrip(" ,.;:") + "…"


def _plain(number: Decimal | None) -> Decimal | None:
    """Without zeros behind the point."""
    if number is None:
        return None
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def _sizes(unit) -> dict:
    if unit.living_area is None:
        return dict.fromkeys(("living_area", "living_area_sqft", "living_area_sqm"))
    sizes = {unit_name: _whole(unit, unit_name) for unit_name in (AreaUnits.SQUARE_FEET, AreaUnits.SQUARE_METERS)}
    return {
        "living_area": _plain(unit.living_area),
        "living_area_sqft": sizes[AreaUnits.SQUARE_FEET],
        "living_area_sqm": sizes[AreaUnits.SQUARE_METERS],
    }


def _whole(unit, target) -> Decimal:
    return convert_area(unit.living_area, unit.living_area_units, target).quantize(Decimal(1), ROUND_HALF_UP)


def _places(place: Place | None) -> dict[str, str]:
    names = dict.fromkeys(("building_name", "subdivision_name", "city", "country"), "")
    if place is None:
        return names
    keys = {
        PlaceLevel.BUILDING: "building_name",
        PlaceLevel.COMMUNITY: "subdivision_name",
        PlaceLevel.CITY: "city",
        PlaceLevel.COUNTRY: "country",
    }
    for one in [place, *place.above]:
        names[keys[one.level]] = names[keys[one.level]] or one.name
    return names


def _made_title(listing, values) -> str:
    """“2-bedroom apartment in Marina Gate 2, Dubai Marina”, where nobody wrote a title."""
    kind = listing.unit.get_property_sub_type_display().lower()
    beds = values["bedrooms_total"]
    what = _("Studio") if beds == 0 else _("%(n)s-bedroom %(kind)s") % {"n": beds, "kind": kind} if beds else kind
    where = ", ".join(name for name in (values["building_name"], values["subdivision_name"]) if name)
    title = _("%(what)s in %(where)s") % {"what": what, "where": where} if where else str(what)
    return title[:1].upper() + title[1:]
