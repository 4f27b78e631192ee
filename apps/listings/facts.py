"""How a listing's facts, mandate and permit read on its page."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import date_format

from apps.core.templatetags.ui import urgency
from apps.core.units import AreaUnits, convert_area
from apps.listings.lookups import ListingAgreement, OccupantType
from apps.listings.models import Listing, Mandate, Permit

MOST_FACTS = 12
PERMIT_DAYS = 365  # the bar's length where the first day of a permit is not known


@dataclass(frozen=True)
class Clock:
    """How long a mandate or permit still runs. `starts` is set while it has not begun; `ends` None is unknown."""

    number: str
    kind: str
    starts: date | None
    ends: date | None
    days_left: int
    total: int

    @property
    def state(self) -> str:
        """Colour of words and bar."""
        return urgency(self.days_left)

    @property
    def shown(self) -> int:
        """How far the bar reaches, of `total`."""
        return min(max(self.days_left, 0), self.total)


def mandate_clock(mandate: Mandate | None, today: date) -> Clock | None:
    """The clock of a mandate; its kind is the tag beside the heading."""
    if mandate is None:
        return None
    is_exclusive = mandate.listing_agreement.startswith("Exclusive")
    kind = "Exclusive" if is_exclusive else ListingAgreement(mandate.listing_agreement).label
    return _clock(mandate.number, kind, mandate.listing_contract_date, mandate.expiration_date, today)


def permit_clock(permit: Permit | None, today: date) -> Clock | None:
    """The clock of a permit."""
    return _clock(permit.number, permit.authority, permit.issued_on, permit.expiration_date, today) if permit else None


def _clock(number, kind, start, end, today) -> Clock:
    days_left = (end - today).days if end else 0
    total = (end - start).days if end and start else PERMIT_DAYS
    return Clock(number, kind, start if start and start > today else None, end, days_left, max(total, 1))


def in_force(rows, today: date):
    """The mandate or permit that counts today: a valid one, else the one that ends last, else None."""
    rows = list(rows)
    return next((row for row in rows if row.is_valid_on(today)), rows[0] if rows else None)


def facts(listing: Listing, *, area_units: str, permit_number: str, keys: bool) -> list[tuple[str, str]]:
    """Label and value of the first MOST_FACTS facts that are known, in the order people ask for them.

    Keys only with `keys`.
    """
    unit = listing.unit
    known = [
        ("Bedrooms", "Studio" if unit.bedrooms_total == 0 else _text(unit.bedrooms_total)),
        ("Bathrooms", _text(unit.bathrooms_total_integer)),
        ("Size", _size(unit, area_units)),
        ("Floor", _floor(unit)),
        ("View", unit.view),
        ("Parking", _counted(unit.parking_total, "bay", "bays")),
        ("Furnishing", listing.get_furnished_display()),
        ("Service charge", _service_charge(listing)),
        ("Tenure", unit.get_ownership_type_display()),
        ("Occupancy", _occupancy(listing)),
        ("Permit", permit_number),
        ("Keys", listing.showing_instructions if keys else ""),
        ("Type", unit.get_property_sub_type_display()),
        ("Year built", _text(unit.year_built)),
        ("Building is", unit.get_development_status_display()),
        ("Address as written", unit.unparsed_address if unit.place_id is None else ""),
    ]
    return [(label, value) for label, value in known if value][:MOST_FACTS]


def _text(number) -> str:
    return "" if number is None else str(number)


def _counted(number, one, many) -> str:
    return "" if number is None else f"{number} {one if number == 1 else many}"


def _size(unit, area_units) -> str:
    if unit.living_area is None:
        return ""
    size = convert_area(unit.living_area, unit.living_area_units, area_units).quantize(Decimal(1), ROUND_HALF_UP)
    return f"{size:,} {AreaUnits(area_units).label}"


def _floor(unit) -> str:
    if unit.entry_level is None:
        return ""
    return f"{unit.entry_level} of {unit.stories_total}" if unit.stories_total else str(unit.entry_level)


def _service_charge(listing) -> str:
    fee = listing.unit.association_fee
    if fee is None:
        return ""
    amount = f"{fee:,.0f}" if fee == fee.to_integral_value() else f"{fee:,.2f}"
    return f"{listing.currency} {amount} {listing.unit.get_association_fee_frequency_display()}".strip()


def _occupancy(listing) -> str:
    day = date_format(listing.availability_date, "j M Y") if listing.availability_date else ""
    if not listing.occupant_type:
        return f"Available from {day}" if day else ""
    label = OccupantType(listing.occupant_type).label
    return f"{label} from {day}" if day and listing.occupant_type == OccupantType.VACANT else label
