"""The table of conditions. Everything else is derived from it: which rows SQL finds in either direction, their score,
and (reasons.py) the words.

Each line says in SQL when its criterion is asked, and how far off a listing is: 0 fits, NULL is unknown, below 0 is
less than asked, above 0 more. Up to `near` it is a near miss, beyond it is missed. `{want_...}` is what the customer
asks, `{have_...}` what the listing has: one side is a column, the other a value, by direction (sides.py).

Whoever reads rows through `candidate` and `score` gets what this table says; nothing of it is written twice.
"""

from dataclasses import dataclass
from decimal import Decimal

from apps.listings.lookups import PER_YEAR, FeeFrequency, Furnished, OccupantType, PropertySubType, PropertyType
from apps.matching.lookups import CriterionName as Name
from apps.matching.lookups import Fit

MUST_WEIGHT, NICE_WEIGHT = 3, 1
# Shares of a criterion's weight: unknown is half a yes; a near miss falls from 0.8 to 0.4 as it gets farther.
UNKNOWN_SHARE, NEAR_SHARE, NEAR_FALL = Decimal("0.5"), Decimal("0.8"), Decimal("0.4")
SUB_TYPE_KIN = (
    (
        PropertySubType.APARTMENT,
        PropertySubType.STUDIO,
        PropertySubType.DUPLEX,
        PropertySubType.PENTHOUSE,
        PropertySubType.HOTEL_APARTMENT,
        PropertySubType.FLOOR,
    ),
    (PropertySubType.VILLA, PropertySubType.TOWNHOUSE, PropertySubType.CHALET),
)
SUB_TYPE_UNKNOWN = ("", PropertySubType.OTHER)
FURNITURE = (Furnished.UNFURNISHED, Furnished.PARTIALLY, Furnished.FURNISHED)


@dataclass(frozen=True)
class Criterion:
    """One line of the table. `level` is the importance where the customer does not choose it; `share` an own grade."""

    name: str
    asked: str
    off: str
    near: str
    level: str = ""
    share: str = ""
    narrow: str = ""  # what follows for listings where it is a must, in words that an index understands
    quick: str = ""  # what follows where it is a must, at a fraction of the cost: looked at first


def _case(subject: str, values: dict, otherwise: str = "NULL") -> str:
    """SQL that turns a word into a number or text of ours (never anything typed by people)."""
    whens = " ".join(f"WHEN '{key}' THEN {value}" for key, value in values.items())
    return f"CASE {subject} {whens} ELSE {otherwise} END"


def _below_or_above(have: str, least: str, most: str, off: str) -> str:
    """How far a number is below the least or above the most; `off` has places for number and bound."""
    return (
        f"CASE WHEN {have} IS NULL THEN NULL WHEN {have} < {least} THEN {off.format(have, least)}"
        f" WHEN {have} > {most} THEN {off.format(have, most)} ELSE 0 END"
    )


# Areas are kept to four places of a square metre, so a hundredth of a percent tells nothing apart.
PERCENT, DIFFERENCE = "round(({0} - {1}) * 100 / {1}, 2)", "{0} - {1}"
# Prices in dirhams a year. A letting without its period has no known price; a budget without one is a year's.
_HAVE_TIMES = (
    f"CASE {{have_property_type}} WHEN '{PropertyType.RESIDENTIAL}' THEN 1 ELSE "
    f"{_case('{have_frequency}', PER_YEAR)} END"
)
_WANT_TIMES = _case("{want_frequency}", PER_YEAR, "1")
_PRICE = f"({{have_price}} * {{have_rate}} * {_HAVE_TIMES})"
_LOW = f"({{want_price_min}} * {{want_rate}} * {_WANT_TIMES})"
_HIGH = f"({{want_price_max}} * {{want_rate}} * {_WANT_TIMES})"
_KIN = "CASE " + " ".join(
    "WHEN {have_sub_type} IN (" + ", ".join(f"'{one}'" for one in kin) + ") THEN ARRAY["
    + ", ".join(f"'{one}'" for one in kin) + "]::varchar[]"
    for kin in SUB_TYPE_KIN
) + " ELSE '{{}}'::varchar[] END"  # fmt: skip
# Where no money is changed and the price is a year's or a sale's, a price within a percent more than the tolerance.
_QUICK_PRICE = (
    "({have_currency} <> {want_currency}"
    f" OR {{have_property_type}} <> '{PropertyType.RESIDENTIAL}' AND {{have_frequency}} <> '{FeeFrequency.ANNUALLY}'"
    f" OR coalesce({{have_price}} >= {{want_price_min}} * {_WANT_TIMES} * (99 - {{want_tolerance}}) / 100, true)"
    f" AND coalesce({{have_price}} <= {{want_price_max}} * {_WANT_TIMES} * (101 + {{want_tolerance}}) / 100, true))"
)
_FURNITURE = {value: number for number, value in enumerate(FURNITURE)}


def _told(wanted: str) -> tuple[str, str]:
    """Off and share of a list of features: how many are known to be missing; unknown where one is not told of."""
    absent = f"(SELECT count(*) FROM unnest({wanted}) AS w WHERE w = ANY({{have_absent}}))"
    present = f"(SELECT count(*) FROM unnest({wanted}) AS w WHERE w = ANY({{have_present}}))"
    off = f"CASE WHEN {wanted} <@ {{have_present}} THEN 0 ELSE nullif({absent}, 0) END"
    share = (
        f"({present} + {UNKNOWN_SHARE} * (cardinality({wanted}) - {present} - {absent}))"
        f" / nullif(cardinality({wanted}), 0)"
    )
    return off, share


_MUST_OFF, _MUST_SHARE = _told("{want_features_must}")
_NICE_OFF, _NICE_SHARE = _told("{want_features_nice}")

CRITERIA = (
    Criterion(
        Name.PRICE,
        asked="({want_price_min} IS NOT NULL OR {want_price_max} IS NOT NULL)",
        off=f"CASE WHEN {{want_rate}} IS NULL THEN NULL ELSE {_below_or_above(_PRICE, _LOW, _HIGH, PERCENT)} END",
        near="{want_tolerance}",
        quick=_QUICK_PRICE,
    ),
    Criterion(
        Name.PLACES,
        asked="({want_place_ids} <> '{{}}')",
        # Only the community is known, and a building in it is wanted: it may be the one.
        off="CASE WHEN {want_place_ids} && {have_place_path} THEN 0"
        " WHEN {have_place_path} = '{{}}' OR {have_place_is_above} THEN NULL ELSE 1 END",
        near="0",
        narrow="({have_place_path} && {want_place_ids} OR {have_place_is_above})",
    ),
    Criterion(
        Name.SUB_TYPES,
        asked="({want_sub_types} <> '{{}}')",
        off="CASE WHEN {have_sub_type} = ANY({want_sub_types}) THEN 0"
        f" WHEN {{have_sub_type}} IN ('', '{PropertySubType.OTHER}') THEN NULL"
        f" WHEN {{want_sub_types}} && {_KIN} THEN 1 ELSE 2 END",
        near="1",
        quick="({want_sub_types} = '{{}}' OR {have_sub_type_is_kin})",
    ),
    Criterion(
        Name.BEDROOMS,
        asked="({want_bedrooms_min} IS NOT NULL OR {want_bedrooms_max} IS NOT NULL)",
        off=_below_or_above("{have_bedrooms}", "{want_bedrooms_min}", "{want_bedrooms_max}", DIFFERENCE),
        near="1",
        quick="(coalesce({have_bedrooms} >= {want_bedrooms_min} - 1, true)"
        " AND coalesce({have_bedrooms} <= {want_bedrooms_max} + 1, true))",
    ),
    Criterion(
        Name.BATHROOMS,
        asked="({want_bathrooms_min} IS NOT NULL)",
        off=_below_or_above("{have_bathrooms}", "{want_bathrooms_min}", "NULL", DIFFERENCE),
        near="1",
    ),
    Criterion(
        Name.AREA,
        asked="({want_area_min} IS NOT NULL OR {want_area_max} IS NOT NULL)",
        off=_below_or_above("{have_area}", "{want_area_min}", "{want_area_max}", PERCENT),
        near="10",
    ),
    Criterion(
        Name.FLOOR,
        asked="({want_floor_min} IS NOT NULL)",
        off=_below_or_above("{have_floor}", "{want_floor_min}", "NULL", DIFFERENCE),
        near="5",
    ),
    Criterion(
        Name.FURNISHED,
        asked="({want_furnished} <> '')",
        off=f"CASE WHEN {{have_furnished}} = '{Furnished.NEGOTIABLE}' THEN 0"
        f" ELSE {_case('{have_furnished}', _FURNITURE)} - {_case('{want_furnished}', _FURNITURE)} END",
        near="1",
    ),
    Criterion(
        Name.MOVE_IN,
        asked="({want_move_in_by} IS NOT NULL)",
        off="CASE WHEN {have_available} > {want_move_in_by} THEN {have_available} - {want_move_in_by}"
        f" WHEN {{have_available}} IS NOT NULL OR {{have_occupant}} = '{OccupantType.VACANT}' THEN 0 END",
        near="30",
    ),
    Criterion(
        "features",
        asked="({want_features_must} <> '{{}}')",
        off=_MUST_OFF,
        near="1",
        level="must",
        share=_MUST_SHARE,
    ),
    Criterion(
        "extras",
        asked="({want_features_nice} <> '{{}}')",
        off=_NICE_OFF,
        near="1",
        level="nice",
        share=_NICE_SHARE,
    ),
)
BY_NAME = {criterion.name: criterion for criterion in CRITERIA}
TOLD = ("features", "extras")  # read from texts: dear, so looked at last


def kin_of(sub_types) -> list[str]:
    """These kinds of homes, and those that are a near miss for them."""
    return sorted({*sub_types, *(one for kin in SUB_TYPE_KIN if set(kin) & set(sub_types) for one in kin)})


def fit_of(off, near) -> Fit:
    """The word for a distance."""
    if off is None:
        return Fit.UNKNOWN
    if off == 0:
        return Fit.FITS
    return Fit.NEAR if abs(off) <= near else Fit.MISSED


def is_must(criterion: Criterion) -> str:
    """SQL: whether the customer cannot do without it."""
    if criterion.level:
        return "true" if criterion.level == "must" else "false"
    return f"('{criterion.name}' = ANY({{want_musts}}))"


def weight(criterion: Criterion) -> str:
    """SQL: how much it weighs; 0 where it does not matter or was not asked."""
    if criterion.level:
        level = str(MUST_WEIGHT if criterion.level == "must" else NICE_WEIGHT)
    else:
        level = (
            f"CASE WHEN {is_must(criterion)} THEN {MUST_WEIGHT}"
            f" WHEN '{criterion.name}' = ANY({{want_nices}}) THEN {NICE_WEIGHT} ELSE 0 END"
        )
    return f"(CASE WHEN {criterion.asked} THEN {level} ELSE 0 END)"


def candidate(criterion: Criterion) -> str:
    """SQL: whether a row stays in question: a must that is known to be farther off than near takes it out."""
    far = f"abs({criterion.off}) > {criterion.near}"
    return f"NOT ({is_must(criterion)} AND {criterion.asked} AND coalesce({far}, false))"


def share(criterion: Criterion, off: str, near: str) -> str:
    """SQL: how much of the criterion's weight a row earns, 0 to 1."""
    if criterion.share:
        return f"coalesce({criterion.share}, 0)"
    return (
        f"CASE WHEN {off} IS NULL THEN {UNKNOWN_SHARE} WHEN {off} = 0 THEN 1 WHEN abs({off}) <= {near}"
        f" THEN {NEAR_SHARE} - {NEAR_FALL} * abs({off}) / {near} ELSE 0 END"
    )
