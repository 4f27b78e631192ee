"""What feedback means for the search: “too small: raise size to 1,300 ft²?”.

Each reason that a criterion knows gives at most one change to the requirement that the listing was shown for; where the
requirement asks for it already, none.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from django.utils.translation import gettext as _

from apps.core.units import AreaUnits, convert_area
from apps.listings.lookups import Furnished
from apps.matching.models import Requirement
from apps.viewings.lookups import Reason
from apps.viewings.models import Feedback

LARGER, CHEAPER = Decimal("1.08"), Decimal("0.95")
ROUNDED_AREA = {AreaUnits.SQUARE_FEET: 50, AreaUnits.SQUARE_METERS: 5}
ROUNDED_SALE, ROUNDED_RENT = 50_000, 1_000


@dataclass(frozen=True)
class Suggestion:
    """A change to one requirement: what it says on the button, and the fields it sets."""

    reason: str
    requirement: Requirement
    question: str
    changes: dict


def suggestions(feedback: Feedback, by) -> list[Suggestion]:
    """The changes that the reasons of this feedback suggest, for whoever may see what the customer looks for."""
    requirement = requirement_of(feedback, by)
    if requirement is None:
        return []
    found = (
        (reason, MAKERS[reason](feedback.viewing.listing, requirement))
        for reason in feedback.reasons
        if reason in MAKERS
    )
    return [Suggestion(reason, requirement, *made) for reason, made in found if made]


def requirement_of(feedback: Feedback, by) -> Requirement | None:
    """The customer's requirement of the same purpose that is still open; the one changed last where there are two."""
    listing = feedback.viewing.listing
    rows = Requirement.objects.visible_to(by).filter(customer=feedback.customer, is_active=True)
    return rows.filter(property_type=listing.property_type).order_by("-modified_at", "-pk").first()


def _larger(listing, wanted):
    unit = listing.unit
    if not unit.living_area:
        return None
    area = convert_area(unit.living_area, unit.living_area_units, wanted.area_units)
    step = ROUNDED_AREA[wanted.area_units]
    least = (area * LARGER / step).to_integral_value(ROUND_CEILING) * step
    if wanted.area_min and wanted.area_min >= least:
        return None
    changes = {"area_min": least}
    if wanted.area_max and wanted.area_max < least:
        changes["area_max"] = None
    label = AreaUnits(wanted.area_units).label
    return _("Too small: raise size to %(size)s?") % {"size": f"{least:,.0f} {label}"}, changes


def _cheaper(listing, wanted):
    if not listing.list_price or listing.currency != wanted.currency:
        return None
    if listing.lease_amount_frequency != wanted.lease_amount_frequency:
        return None
    step = ROUNDED_RENT if listing.is_lease else ROUNDED_SALE
    most = Decimal(listing.list_price * CHEAPER // step * step)
    if not most or (wanted.price_max and wanted.price_max <= most):
        return None
    changes = {"price_max": most}
    if wanted.price_min and wanted.price_min > most:
        changes["price_min"] = None
    return _("Too dear: lower budget to %(price)s?") % {"price": f"{wanted.currency} {most:,.0f}"}, changes


def _count(field: str, fact: str, question: str) -> Callable:
    def suggest(listing, wanted):
        has = getattr(listing, fact)
        if has is None or (getattr(wanted, field) or 0) > has:
            return None
        changes = {field: has + 1}
        if field == "bedrooms_min" and wanted.bedrooms_max is not None and wanted.bedrooms_max <= has:
            changes["bedrooms_max"] = None
        return question % {"count": has + 1}, changes

    return suggest


def _bedrooms(listing, wanted):
    return _count("bedrooms_min", "bedrooms_total", _("Too few bedrooms: ask for %(count)s?"))(listing, wanted)


def _bathrooms(listing, wanted):
    question = _("Too few bathrooms: ask for %(count)s?")
    return _count("bathrooms_min", "bathrooms_total_integer", question)(listing, wanted)


def _higher(listing, wanted):
    floor = listing.unit.entry_level
    if floor is None or (wanted.floor_min is not None and wanted.floor_min > floor):
        return None
    return _("Too low: ask for floor %(count)s and up?") % {"count": floor + 5}, {"floor_min": floor + 5}


def _otherwise_furnished(listing, wanted):
    other = {Furnished.FURNISHED: Furnished.UNFURNISHED, Furnished.UNFURNISHED: Furnished.FURNISHED}.get(
        listing.furnished
    )
    if other is None or wanted.furnished == other:
        return None
    return _("Furnishing: look for %(what)s?") % {"what": other.label.lower()}, {"furnished": other.value}


MAKERS = {
    Reason.TOO_DEAR: _cheaper,
    Reason.TOO_SMALL: _larger,
    Reason.BEDROOMS: _bedrooms,
    Reason.BATHROOMS: _bathrooms,
    Reason.FLOOR: _higher,
    Reason.FURNISHING: _otherwise_furnished,
}
