"""Which fields of an understood row belong to the unit, which to the listing, and one spelling to compare them by."""

from apps.core.editing import canonical
from apps.customers.phones import parse, tidy
from apps.imports.understanding.rows import UnderstoodRow
from apps.listings.lookups import ENDED, StandardStatus
from apps.listings.models import Listing, Unit
from apps.listings.models.place import PlaceLevel

UNIT_FIELDS = (
    "unit_number", "property_sub_type", "bedrooms_total", "bathrooms_total_integer", "living_area",
    "living_area_units", "entry_level", "stories_total", "year_built", "parking_total", "view", "ownership_type",
    "association_fee", "association_fee_frequency", "new_construction_yn", "development_status", "unparsed_address",
    "postal_code", "latitude", "longitude",
)  # fmt: skip
OWNER_FIELDS = ("owner_name", "owner_phone", "owner_email")
LISTING_FIELDS = (
    "title", "public_remarks", "private_remarks", "showing_instructions", "property_type", "currency",
    "lease_amount_frequency", "furnished", "occupant_type", "availability_date",
    "internet_entire_listing_display_yn", "on_market_date", "close_date", "close_price",
)  # fmt: skip
PRICE, STATUS, PLACE, PERMIT, MANDATE = "list_price", "standard_status", "place", "permit", "mandate"
# From the top down. Two names at the level of communities: the larger one holds the smaller.
PLACE_STEPS = (
    (PlaceLevel.COUNTRY, "country"),
    (PlaceLevel.CITY, "city"),
    (PlaceLevel.COMMUNITY, "mls_area_major"),
    (PlaceLevel.COMMUNITY, "subdivision_name"),
    (PlaceLevel.BUILDING, "building_name"),
)
COUNTRIES = {
    "ae": "United Arab Emirates", "uae": "United Arab Emirates", "om": "Oman", "sa": "Saudi Arabia",
    "ksa": "Saudi Arabia", "qa": "Qatar", "bh": "Bahrain", "kw": "Kuwait", "eg": "Egypt", "jo": "Jordan", "in": "India",
    "us": "United States", "usa": "United States", "gb": "United Kingdom", "uk": "United Kingdom",
}  # fmt: skip

LISTING_COLUMNS = (*LISTING_FIELDS, PRICE, "original_list_price", STATUS)
_DEFAULTS = {name: Unit._meta.get_field(name).get_default() for name in UNIT_FIELDS} | {
    name: Listing._meta.get_field(name).get_default() for name in LISTING_FIELDS
}
PlacePath = tuple[tuple[str, str], ...]


def place_path(fields: dict) -> PlacePath:
    """The row's place as `(level, name)` from the top; a name that repeats the one above it is left out."""
    steps, above = [], ""
    for level, name in PLACE_STEPS:
        value = str(fields.get(name) or "").strip()
        if name == "country":
            value = COUNTRIES.get(value.lower(), value)
        if value and value.lower() != above:
            steps.append((str(level), value[:160]))
            above = value.lower()
    return tuple(steps)


def comparable(row: UnderstoodRow, phone_region: str) -> dict[str, str]:
    """What the row says of each field that it fills, in the spelling of `canonical()`: kept to see later changes."""
    fields = row.fields
    names = (*UNIT_FIELDS, *OWNER_FIELDS, *LISTING_FIELDS)
    values = {name: canonical(fields[name]) for name in names if name in fields}
    if "owner_phone" in values:  # as customers' phones are kept
        values["owner_phone"] = parse(values["owner_phone"], phone_region) or tidy(values["owner_phone"])
    if fields.get(PRICE):
        values[PRICE] = canonical(fields[PRICE])
    if not row.is_held:
        values[STATUS] = fields[STATUS]
    path = place_path(fields)
    if path:
        values[PLACE] = " › ".join(name for _, name in path)
    if "permit_number" in fields:
        values[PERMIT] = f"{fields['permit_number']} {canonical(fields.get('permit_expiration_date'))}".strip()
    if "expiration_date" in fields and "listing_contract_date" in fields:
        values[MANDATE] = f"{canonical(fields['listing_contract_date'])} {canonical(fields['expiration_date'])}"
    return values


def typed(row: UnderstoodRow, name: str):
    """The row's value of a field of unit or listing, as the column holds it; where there is none, the default."""
    value = row.fields.get(name)
    return _DEFAULTS[name] if value is None else value


def listing_values(row: UnderstoodRow) -> list:
    """Values of LISTING_COLUMNS for a new listing, with what follows from its status (as `actions.status` has it)."""
    fields = row.fields
    price, status = fields.get(PRICE), fields[STATUS]
    values = {name: typed(row, name) for name in LISTING_FIELDS} | {PRICE: price, "original_list_price": price}
    if status == StandardStatus.CLOSED:
        values["close_price"] = values["close_price"] or price
    return [*(values[name] for name in (*LISTING_FIELDS, PRICE, "original_list_price")), status]


def current(listing: Listing, name: str) -> str:
    """What listing or unit hold of a field now, in the spelling of `canonical()`."""
    is_of_unit = name in UNIT_FIELDS or name in OWNER_FIELDS
    return canonical(getattr(listing.unit if is_of_unit else listing, name))


def is_open(status: str) -> bool:
    """Whether a listing of that status is still on its way or on the market."""
    return status not in ENDED
