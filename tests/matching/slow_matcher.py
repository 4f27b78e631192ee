"""The rules of matching once more, in plain Python and without haste: the judge of apps/matching.

Written from the rules alone; it reads rows and shares no code with the app but the names of lookups and the table of
words. What a criterion says is one of: a `Said` with fit and distance.
"""

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

from apps.matching.features import BY_KEY

YEAR = {"Annually": 1, "Semi-Annually": 2, "Quarterly": 4, "Monthly": 12, "Weekly": 52, "Daily": 365}
FLATS = {"Apartment", "Studio", "Duplex", "Penthouse", "Hotel Apartment", "Floor"}
HOUSES = {"Villa", "Townhouse", "Chalet"}
FURNITURE = ["Unfurnished", "Partially", "Furnished"]
FOOT = Fraction("0.09290304")


@dataclass
class Judgement:
    """What the judge says of one pair."""

    matches: bool
    score: Fraction
    fits: dict[str, str]


def judge(requirement, listing, places: dict, rates: dict) -> Judgement:
    """Judge one pair. `places` are all places by key, `rates` dirhams for one unit of a currency."""
    said = {
        "price": price(requirement, listing, rates),
        "places": lies_in(requirement, listing, places),
        "sub_types": kind(requirement, listing),
        "bedrooms": rooms(listing.bedrooms_total, requirement.bedrooms_min, requirement.bedrooms_max),
        "bathrooms": rooms(listing.bathrooms_total_integer, requirement.bathrooms_min, None),
        "area": area(requirement, listing),
        "floor": floor(requirement, listing),
        "furnished": furnished(requirement, listing),
        "move_in": move_in(requirement, listing),
        "features": told(requirement.features_must, listing),
        "extras": told(requirement.features_nice, listing),
    }
    is_offered = (
        listing.standard_status in ("Active", "Coming Soon") and listing.property_type == requirement.property_type
    )
    total, earned, fits, is_out = 0, Fraction(0), {}, not is_offered
    for name, answer in said.items():
        level = {"features": "must", "extras": "nice"}.get(name) or level_of(requirement, name)
        if answer is None or level == "any":
            continue
        fit, share = answer
        fits[name] = fit
        weight = 3 if level == "must" else 1
        total += weight
        earned += weight * share
        if level == "must" and fit == "missed":
            is_out = True
    return Judgement(not is_out, 100 * earned / total if total else Fraction(100), fits)


def level_of(requirement, name):
    if name in requirement.musts:
        return "must"
    return "nice" if name in requirement.nices else "any"


def graded(distance, near):
    """Fit and share of a distance: 0 fits, up to `near` nearly, else missed."""
    distance = Fraction(round(abs(Fraction(distance)) * 100), 100)  # no finer than a hundredth
    if distance == 0:
        return "fits", Fraction(1)
    if near and distance <= near:
        return "near", Fraction(8, 10) - Fraction(4, 10) * distance / near
    return "missed", Fraction(0)


UNKNOWN = ("unknown", Fraction(1, 2))


def price(requirement, listing, rates):
    if requirement.price_min is None and requirement.price_max is None:
        return None
    if listing.list_price is None:
        return UNKNOWN
    ask = Fraction(listing.list_price)
    low, high = requirement.price_min, requirement.price_max
    times = 1
    if requirement.property_type == "Residential Lease":
        if not listing.lease_amount_frequency:
            return UNKNOWN
        ask *= YEAR[listing.lease_amount_frequency]
        times = YEAR[requirement.lease_amount_frequency or "Annually"]
    if listing.currency != requirement.currency:
        if listing.currency not in rates or requirement.currency not in rates:
            return UNKNOWN
        ask *= Fraction(rates[listing.currency]) / Fraction(rates[requirement.currency])
    if low is not None and ask < Fraction(low) * times:
        return graded(
            (Fraction(low) * times - ask) * 100 / (Fraction(low) * times), requirement.price_tolerance_percent
        )
    if high is not None and ask > Fraction(high) * times:
        over = (ask - Fraction(high) * times) * 100 / (Fraction(high) * times)
        return graded(over, requirement.price_tolerance_percent)
    return graded(0, 0)


def lies_in(requirement, listing, places):
    wanted = [row.place_id for row in requirement.place_rows.all()]
    if not wanted:
        return None
    own = listing.unit.place_id
    if own is None:
        return UNKNOWN
    if any(own == one or is_inside(own, one, places) for one in wanted):
        return graded(0, 0)
    if any(is_inside(one, own, places) for one in wanted):
        return UNKNOWN
    return "missed", Fraction(0)


def is_inside(inner, outer, places):
    """Whether a place lies in another, found by walking up the tree."""
    place = places[inner]
    while place.parent_id is not None:
        if place.parent_id == outer:
            return True
        place = places[place.parent_id]
    return False


def kind(requirement, listing):
    if not requirement.sub_types:
        return None
    own = listing.unit.property_sub_type
    if own in requirement.sub_types:
        return graded(0, 1)
    if own in ("", "Other"):
        return UNKNOWN
    for family in (FLATS, HOUSES):
        if own in family and family & set(requirement.sub_types):
            return graded(1, 1)
    return graded(2, 1)


def rooms(have, least, most):
    if least is None and most is None:
        return None
    if have is None:
        return UNKNOWN
    if least is not None and have < least:
        return graded(least - have, 1)
    if most is not None and have > most:
        return graded(have - most, 1)
    return graded(0, 1)


def metres(value, unit):
    return Fraction(value) * (FOOT if unit == "Square Feet" else 1)


def area(requirement, listing):
    if requirement.area_min is None and requirement.area_max is None:
        return None
    if listing.unit.living_area is None:
        return UNKNOWN
    have = metres(listing.unit.living_area, listing.unit.living_area_units)
    if requirement.area_min is not None:
        least = metres(requirement.area_min, requirement.area_units)
        if have < least:
            return graded((least - have) * 100 / least, 10)
    if requirement.area_max is not None:
        most = metres(requirement.area_max, requirement.area_units)
        if have > most:
            return graded((have - most) * 100 / most, 10)
    return graded(0, 10)


def floor(requirement, listing):
    if requirement.floor_min is None:
        return None
    if listing.unit.entry_level is None:
        return UNKNOWN
    return graded(max(requirement.floor_min - listing.unit.entry_level, 0), 5)


def furnished(requirement, listing):
    if not requirement.furnished:
        return None
    if not listing.furnished:
        return UNKNOWN
    if listing.furnished == "Negotiable":
        return graded(0, 1)
    return graded(FURNITURE.index(listing.furnished) - FURNITURE.index(requirement.furnished), 1)


def move_in(requirement, listing):
    if requirement.move_in_by is None:
        return None
    if listing.availability_date is None:
        return graded(0, 1) if listing.occupant_type == "Vacant" else UNKNOWN
    return graded(max((listing.availability_date - requirement.move_in_by).days, 0), 30)


def told(keys, listing):
    """Of a list of features: missed where two or more are known to be missing, near where one is."""
    if not keys:
        return None
    states = [state(BY_KEY[key], listing) for key in keys]
    absent, unknown = states.count(False), states.count(None)
    share = Fraction(2 * states.count(True) + unknown, 2 * len(states))
    if absent:
        return ("near" if absent == 1 else "missed"), share
    return ("unknown" if unknown else "fits"), share


def state(feature, listing):
    """True, False, or None where nobody said."""
    unit = listing.unit
    if feature.view and unit.view:
        seen = words(unit.view)
        return any(phrase_in(word.split(), seen) for word in feature.view) and not any(
            word.startswith("partial") for word in seen
        )
    if feature.bays and unit.parking_total is not None:
        return unit.parking_total >= feature.bays
    for text in (listing.title, listing.public_remarks):
        if any(phrase_in(phrase.split(), words(text)) for phrase in feature.said):
            return True
    return None


def words(text):
    """Lower-case words without accents."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return re.findall(r"\w+", plain.lower())


def phrase_in(phrase, text):
    return any(text[start : start + len(phrase)] == phrase for start in range(len(text)))
