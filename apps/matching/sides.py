"""The two sides of the table of conditions: what a customer wants and what a listing has, as columns or as values.

Matching one requirement against listings, the wants are values and the haves columns; the other way round for one
listing. An operand is a piece of SQL; values travel as parameters of the query.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from django.db import connection

from apps.core.money import Currency
from apps.core.units import to_square_metres
from apps.listings.lookups import FeeFrequency, PropertyType
from apps.listings.models import Listing, Place, Unit
from apps.matching.conditions import HAVE_TIMES, WANT_TIMES
from apps.matching.features import BY_KEY, PARTIAL, Feature
from apps.matching.models import Requirement

FOUR_PLACES = Decimal("0.0001")
# name in the table: column of matching_requirement, its type
WANT = {
    "property_type": ("property_type", "varchar"),
    "price_min": ("price_min", "numeric"),
    "price_max": ("price_max", "numeric"),
    "currency": ("currency", "varchar"),
    "frequency": ("lease_amount_frequency", "varchar"),
    "tolerance": ("price_tolerance_percent", "int"),
    "bedrooms_min": ("bedrooms_min", "int"),
    "bedrooms_max": ("bedrooms_max", "int"),
    "bathrooms_min": ("bathrooms_min", "int"),
    "area_min": ("area_min_sqm", "numeric"),
    "area_max": ("area_max_sqm", "numeric"),
    "floor_min": ("floor_min", "int"),
    "furnished": ("furnished", "varchar"),
    "sub_types": ("sub_types", "varchar[]"),
    "features_must": ("features_must", "varchar[]"),
    "features_nice": ("features_nice", "varchar[]"),
    "move_in_by": ("move_in_by", "date"),
    "musts": ("musts", "varchar[]"),
    "nices": ("nices", "varchar[]"),
    "place_ids": ("place_ids", "bigint[]"),
}
# name in the table: column of listings_listing (l) or listings_unit (u), its type
HAVE = {
    "property_type": ("l.property_type", "varchar"),
    "price": ("l.list_price", "numeric"),
    "currency": ("l.currency", "varchar"),
    "frequency": ("l.lease_amount_frequency", "varchar"),
    "sub_type": ("l.property_sub_type", "varchar"),
    "bedrooms": ("l.bedrooms_total", "int"),
    "bathrooms": ("l.bathrooms_total_integer", "int"),
    "area": ("l.living_area_sqm", "numeric"),
    "floor": ("u.entry_level", "int"),
    "furnished": ("l.furnished", "varchar"),
    "available": ("l.availability_date", "date"),
    "occupant": ("l.occupant_type", "varchar"),
    "place_path": ("l.place_path", "bigint[]"),
}


@dataclass
class Offer:
    """What a listing has, or what a unit would have if it were listed on these terms."""

    property_type: str = PropertyType.RESIDENTIAL
    price: Decimal | None = None
    currency: str = Currency.AED
    frequency: str = ""
    sub_type: str = ""
    bedrooms: int | None = None
    bathrooms: int | None = None
    area: Decimal | None = None
    floor: int | None = None
    furnished: str = ""
    available: date | None = None
    occupant: str = ""
    place_path: list[int] = field(default_factory=list)
    view: str = ""
    bays: int | None = None
    area_name: str = ""
    listing: Listing | None = None

    @classmethod
    def of(cls, listing: Listing) -> "Offer":
        """What the listing has now (reads `listing.unit`)."""
        return cls(
            property_type=listing.property_type,
            price=listing.list_price,
            currency=listing.currency,
            frequency=listing.lease_amount_frequency,
            sub_type=listing.property_sub_type,
            bedrooms=listing.bedrooms_total,
            bathrooms=listing.bathrooms_total_integer,
            area=listing.living_area_sqm,
            floor=listing.unit.entry_level,
            furnished=listing.furnished,
            available=listing.availability_date,
            occupant=listing.occupant_type,
            place_path=list(listing.place_path),
            view=listing.unit.view,
            bays=listing.unit.parking_total,
            area_name=listing.community_name or listing.place_name,
            listing=listing,
        )

    @classmethod
    def of_unit(cls, unit: Unit, property_type: str, price: Decimal | None = None, **terms) -> "Offer":
        """What a saved unit would have on the market: best buyers for a mandate that is not won yet (reads `place`)."""
        return cls(
            property_type=property_type,
            price=price,
            sub_type=unit.property_sub_type,
            bedrooms=unit.bedrooms_total,
            bathrooms=unit.bathrooms_total_integer,
            area=unit.living_area_sqm,
            floor=unit.entry_level,
            place_path=list(unit.place.path) if unit.place else [],
            view=unit.view,
            bays=unit.parking_total,
            area_name=unit.place.name if unit.place else "",
            **terms,
        )


def want_columns() -> dict[str, str]:
    """Wants as columns of `r`."""
    return {f"want_{name}": f"r.{column}" for name, (column, _) in WANT.items()}


def want_values(requirement: Requirement) -> tuple[dict[str, str], dict]:
    """Wants as values of one requirement, saved or not."""
    values = {name: getattr(requirement, column) for name, (column, _) in WANT.items() if "_sqm" not in column}
    values |= {"area_min": in_metres(requirement, "area_min"), "area_max": in_metres(requirement, "area_max")}
    return _as_parameters("want", values, {name: kind for name, (_, kind) in WANT.items()})


def in_metres(requirement: Requirement, name: str) -> Decimal | None:
    """A size asked for, in square metres, as the database keeps it once the row is saved."""
    value = getattr(requirement, name)
    if value is None:
        return None
    return to_square_metres(Decimal(value), requirement.area_units).quantize(FOUR_PLACES, ROUND_HALF_UP)


def have_columns() -> dict[str, str]:
    """Haves as columns of `l` and `u`."""
    return {f"have_{name}": column for name, (column, _) in HAVE.items()}


def have_values(offer: Offer) -> tuple[dict[str, str], dict]:
    """Haves as values of one offer."""
    values = {name: getattr(offer, name) for name in HAVE}
    return _as_parameters("have", values, {name: kind for name, (_, kind) in HAVE.items()})


def _as_parameters(side: str, values: dict, kinds: dict) -> tuple[dict[str, str], dict]:
    operands = {f"{side}_{name}": f"%({side}_{name})s::{kinds[name]}" for name in values}
    return operands, {f"{side}_{name}": value for name, value in values.items()}


# -- Money -------------------------------------------------------------------------------------------------------------
def known_rates(currency: str, rates: dict) -> dict:
    """What one unit of each currency is worth that can be compared with `currency`; without a rate that one alone."""
    return rates if currency in rates else {currency: 1}


def money(amount: str, currency: str, rates: dict) -> str:
    """SQL of an amount in the currency of the rates; NULL where there is none."""
    whens = (f"WHEN '{name}' THEN {amount}{f' * {rate:f}' if rate != 1 else ''}" for name, rate in rates.items())
    return f"CASE {currency} {' '.join(whens)} END"


def worth_of_offer(price: str, rates: dict, property_type: str) -> str:
    """SQL of a price for a whole year: of a rent by its period, of a sale as it is; '' where it may be either."""
    sql, is_sale = money(price, "{have_currency}", rates), f"{{have_property_type}} = '{PropertyType.RESIDENTIAL}'"
    if property_type == PropertyType.RESIDENTIAL:
        return sql
    return f"({sql} * {HAVE_TIMES if property_type else f'CASE WHEN {is_sale} THEN 1 ELSE {HAVE_TIMES} END'})"


def wanted_money(rates: dict, property_type: str) -> dict[str, str]:
    """SQL of both ends of a budget for a whole year, and of the period of prices that are compared as they stand."""
    times = "" if property_type == PropertyType.RESIDENTIAL else f" * {WANT_TIMES}"
    ends = (("low", "{want_price_min}"), ("high", "{want_price_max}"))
    return {f"want_{end}": f"({money(amount, '{want_currency}', rates)}{times})" for end, amount in ends} | {
        "have_yearly": yearly(property_type)
    }


def yearly(property_type: str) -> str:
    """SQL of the period of a price that is compared as it stands; a sale has none."""
    return "''" if property_type == PropertyType.RESIDENTIAL else f"'{FeeFrequency.ANNUALLY}'"


# -- Features ----------------------------------------------------------------------------------------------------------
def states(keys: list[str], view: str, bays: str, vector: str) -> dict[str, str]:
    """SQL by feature: true where it is known to be there, false where known not to be, NULL where nobody said."""
    return {key: _state(BY_KEY[key], view, bays, vector) for key in keys if key in BY_KEY}


def _state(feature: Feature, view: str, bays: str, vector: str) -> str:
    """What the unit's own field says counts before the texts."""
    said = f"CASE WHEN {vector} @@ '{_query(feature)}'::tsquery THEN true END"
    if feature.view:
        words = "|".join(feature.view)
        seen = f"crm_normalise({view}) ~ '\\m({words})\\M' AND crm_normalise({view}) !~ '\\m{PARTIAL}'"
        return f"CASE WHEN {view} <> '' THEN {seen} ELSE {said} END"
    if feature.bays:
        return f"CASE WHEN {bays} IS NOT NULL THEN {bays} >= {feature.bays} ELSE {said} END"
    return said


def _query(feature: Feature) -> str:
    """The phrases as a tsquery on title (B) and description (C), never across from one to the other."""
    phrases = (" <-> ".join(f"{word}:{weight}" for word in said.split()) for said in feature.said for weight in "BC")
    return " | ".join(f"({phrase})" for phrase in phrases)


@dataclass(frozen=True)
class Known:
    """What must be looked up before the buyers of an offer can be asked for."""

    present: list[str]  # features of the whole table that are known to be there
    absent: list[str]  # those that are known not to be
    inside: list[int]  # every place inside the last of its path
    rates: dict[str, Decimal]  # dirhams for one of each currency that has a rate


def known_of(offer: Offer) -> Known:
    """What the texts and the unit of an offer tell of, what lies in its place, and the rates of today. One query."""
    values = {"listing": offer.listing.pk if offer.listing else None, "view": offer.view, "bays": offer.bays}
    values["place"] = offer.place_path[-1] if offer.place_path else None
    with connection.cursor() as cursor:
        cursor.execute(_what_is_known(), values)
        *states, inside, currencies, rates = cursor.fetchone()
    said = dict(zip(BY_KEY, states, strict=True))
    present = [key for key, state in said.items() if state]
    absent = [key for key, state in said.items() if state is False]
    return Known(present, absent, inside, dict(zip(currencies, rates, strict=True)))


@cache
def _what_is_known() -> str:
    texts = "(SELECT search_vector FROM listings_listing WHERE id = %(listing)s::bigint)"
    offer = f"(SELECT {texts} AS vector, %(view)s::varchar AS view, %(bays)s::int AS bays OFFSET 0) AS o"
    inside = "ARRAY(SELECT id FROM listings_place WHERE path @> ARRAY[%(place)s::bigint] AND id <> %(place)s::bigint)"
    rates = (f"ARRAY(SELECT {name} FROM matching_exchangerate ORDER BY currency)" for name in ("currency", "in_aed"))
    told = states(list(BY_KEY), "o.view", "o.bays", "o.vector").values()
    return f"SELECT {', '.join((*told, inside, *rates))} FROM {offer}"


# -- Places ------------------------------------------------------------------------------------------------------------
# SQL of the place that a listing itself lies in, 0 where it has none: the expression of index listing_on_offer_at.
OWN_PLACE = "coalesce(l.place_path[array_upper(l.place_path, 1)], 0)"


def above(place_ids: list[int]) -> list[int]:
    """What the places lie in, themselves left out; and 0, for listings without a place."""
    return above_of(Place.objects.filter(pk__in=place_ids).values_list("path", flat=True) if place_ids else [])


def above_of(paths: Iterable[list[int]]) -> list[int]:
    """The same for the paths of the places."""
    return sorted({0} | {pk for path in paths for pk in path[:-1]})
