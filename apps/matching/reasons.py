"""Why a listing fits or does not, in words, from the distances that the table of conditions gave."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.core.templatetags.ui import short
from apps.core.units import AreaUnits, convert_area
from apps.listings.lookups import Furnished, PropertySubType, StandardStatus
from apps.matching.conditions import BY_NAME, fit_of
from apps.matching.features import BY_KEY
from apps.matching.finding import Found
from apps.matching.for_requirement import MARKETABLE, asked_of
from apps.matching.lookups import CriterionName as Name
from apps.matching.lookups import Fit, Importance, Tone
from apps.matching.models import Requirement
from apps.matching.sides import Offer

TONES = {Fit.FITS: Tone.OK, Fit.NEAR: Tone.WARN, Fit.UNKNOWN: Tone.ASK, Fit.MISSED: Tone.NO}
WELL_UNDER = Decimal("0.9")  # a price so far below the budget's end is said in money
# What people ask first: the price, then what is wrong, what is not known (musts before wishes), and what speaks for it.
RANK = {Tone.NO: 1, Tone.WARN: 1, Tone.ASK: 2, Tone.OK: 3}
TELLING = ("features", "extras", Name.MOVE_IN, Name.FLOOR, Name.AREA, Name.BEDROOMS, Name.BATHROOMS, Name.FURNISHED)


@dataclass(frozen=True)
class Reason:
    """Why it fits or not, in words: “2% over budget”. `tone` is ok, warn, no or ask; `criterion` its line's name."""

    text: str
    tone: str
    criterion: str


def reasons(requirement: Requirement, offer: Offer, found: Found) -> list[Reason]:
    """All reasons, those first that people ask about first; a row shows the first three."""
    said = []
    for name in (one.name for one in asked_of(requirement)):
        off, near = found.offs[name]
        fit = fit_of(off, near)
        if name in ("features", "extras"):
            said += _features(requirement, offer, found, name)
        else:
            said.append(Reason(WORDS[name](requirement, offer, fit, off), TONES[fit].value, name))
    status = offer.listing.standard_status if offer.listing else StandardStatus.ACTIVE
    if status != StandardStatus.ACTIVE:
        tone = Tone.WARN if status in MARKETABLE else Tone.NO
        said.append(Reason(_(StandardStatus(status).label), tone.value, "status"))
    return sorted(said, key=lambda reason: _rank(requirement, reason))


def _rank(requirement, reason: Reason) -> tuple:
    if reason.criterion == Name.PRICE:
        return (0, 0, 0)
    place = TELLING.index(reason.criterion) if reason.criterion in TELLING else len(TELLING)
    rank = RANK[Tone(reason.tone)]
    is_wish = reason.criterion == "extras" or requirement.importance_of(reason.criterion) == Importance.NICE
    return (rank, rank < RANK[Tone.OK] and is_wish, place)


# -- One line of the table each ----------------------------------------------------------------------------------------
def _price(requirement, offer, fit, off) -> str:
    if fit == Fit.UNKNOWN:
        if offer.price is None:
            return _("price unknown: ask")
        is_without_period = offer.property_type == requirement.property_type and requirement.is_lease
        if is_without_period and not offer.frequency:
            return _("rent period unknown: ask")
        return _("no rate from %(one)s to %(other)s") % {"one": offer.currency, "other": requirement.currency}
    if fit == Fit.FITS:
        spared = _spared(requirement, offer)
        return _("%(amount)s under") % {"amount": spared} if spared else _("In budget")
    text = _("%(percent)s over budget") if off > 0 else _("%(percent)s below their range")
    return text % {"percent": _percent(off)}


def _spared(requirement, offer) -> str:
    """“AED 360K” where the price is well below the budget's end and both are told in the same terms."""
    same = requirement.currency == offer.currency
    if requirement.is_lease:
        same = same and (requirement.lease_amount_frequency or "Annually") == offer.frequency
    most = requirement.price_max
    if not same or most is None or offer.price > most * WELL_UNDER:
        return ""
    return f"{offer.currency} {short(most - offer.price)}"


def _percent(off) -> str:
    amount = abs(Decimal(off))
    places = Decimal(1) if amount >= 1 else Decimal("0.1")
    return f"{max(amount.quantize(places, ROUND_HALF_UP), Decimal('0.1')):f}%"


def _places(requirement, offer, fit, off) -> str:
    if fit == Fit.FITS:
        return offer.area_name or _("In the area")
    if fit == Fit.UNKNOWN:
        return _("building unknown: ask") if offer.place_path else _("place unknown: ask")
    return _("Other area")


def _sub_types(requirement, offer, fit, off) -> str:
    if fit == Fit.UNKNOWN:
        return _("type unknown: ask")
    label = str(_(PropertySubType(offer.sub_type).label))
    if fit == Fit.FITS:
        return label
    wanted = ", ".join(str(_(PropertySubType(one).label)) for one in requirement.sub_types)
    return _("%(type)s, not %(wanted)s") % {"type": label, "wanted": wanted}


def _bedrooms(requirement, offer, fit, off) -> str:
    if fit == Fit.UNKNOWN:
        return _("bedrooms unknown: ask")
    if fit == Fit.FITS:
        count = offer.bedrooms
        return ngettext("%(n)d bedroom", "%(n)d bedrooms", count) % {"n": count} if count else _("Studio")
    count = abs(int(off))
    if off < 0:
        return ngettext("%(n)d bedroom short", "%(n)d bedrooms short", count) % {"n": count}
    return ngettext("%(n)d bedroom more", "%(n)d bedrooms more", count) % {"n": count}


def _bathrooms(requirement, offer, fit, off) -> str:
    if fit == Fit.UNKNOWN:
        return _("bathrooms unknown: ask")
    count = offer.bathrooms if fit == Fit.FITS else abs(int(off))
    if fit == Fit.FITS:
        return ngettext("%(n)d bathroom", "%(n)d bathrooms", count) % {"n": count}
    return ngettext("%(n)d bathroom short", "%(n)d bathrooms short", count) % {"n": count}


def _area(requirement, offer, fit, off) -> str:
    if fit == Fit.UNKNOWN:
        return _("size unknown: ask")
    if fit == Fit.FITS:
        size = convert_area(Decimal(offer.area), AreaUnits.SQUARE_METERS, requirement.area_units)
        return f"{size.quantize(Decimal(1), ROUND_HALF_UP):,f} {AreaUnits(requirement.area_units).label}"
    text = _("%(percent)s larger") if off > 0 else _("%(percent)s too small")
    return text % {"percent": _percent(off)}


def _floor(requirement, offer, fit, off) -> str:
    if fit == Fit.UNKNOWN:
        return _("floor unknown: ask")
    if fit == Fit.FITS:
        return _("Floor %(n)d") % {"n": offer.floor}
    return _("Floor %(n)d, not %(wanted)d") % {"n": offer.floor, "wanted": requirement.floor_min}


def _furnished(requirement, offer, fit, off) -> str:
    if fit == Fit.UNKNOWN:
        return _("furnishing unknown: ask")
    if offer.furnished == Furnished.NEGOTIABLE:
        return _("Furniture negotiable")
    return str(_(Furnished(offer.furnished).label))


def _move_in(requirement, offer, fit, off) -> str:
    if fit == Fit.UNKNOWN:
        return _("availability unknown: ask")
    if offer.available is None:
        return _("Vacant")
    day = date_format(offer.available, "j M")
    if fit == Fit.FITS:
        return _("Free %(day)s") % {"day": day}
    days = int(off)
    return ngettext("Free %(day)s, %(n)d day late", "Free %(day)s, %(n)d days late", days) % {"day": day, "n": days}


WORDS = {
    Name.PRICE: _price,
    Name.PLACES: _places,
    Name.SUB_TYPES: _sub_types,
    Name.BEDROOMS: _bedrooms,
    Name.BATHROOMS: _bathrooms,
    Name.AREA: _area,
    Name.FLOOR: _floor,
    Name.FURNISHED: _furnished,
    Name.MOVE_IN: _move_in,
}
assert set(WORDS) | {"features", "extras"} == set(BY_NAME)  # noqa: S101 - a line of the table without words


# -- Features ----------------------------------------------------------------------------------------------------------
def _features(requirement, offer, found, name) -> list[Reason]:
    keys = requirement.features_must if name == "features" else requirement.features_nice
    return [_feature(BY_KEY[key], offer, found, name) for key in keys if key in BY_KEY]


def _feature(feature, offer, found, name) -> Reason:
    label = str(_(feature.label))
    if feature.key in found.present:
        is_view_told = feature.view and offer.view
        return Reason(_("%(what)s view") % {"what": offer.view} if is_view_told else label, Tone.OK.value, name)
    if feature.key not in found.absent:
        return Reason(_("%(what)s unknown: ask") % {"what": label}, Tone.ASK.value, name)
    if feature.view:
        return Reason(_("%(what)s view") % {"what": offer.view}, Tone.NO.value, name)
    count = offer.bays or 0
    text = ngettext("%(n)d parking bay", "%(n)d parking bays", count) % {"n": count} if count else _("No parking")
    return Reason(text, Tone.NO.value, name)
