"""The table of conditions. Everything else is derived from it: which rows SQL finds in either direction, their score,
and (reasons.py) the words.

Each line says in SQL when its criterion is asked, and how far off a listing is: 0 fits, NULL is unknown, below 0 is
less than asked, above 0 more. Up to `near` it is a near miss, beyond it is missed. `{want_...}` is what the customer
asks, `{have_...}` what the listing has: one side is a column, the other a value, by direction (sides.py).

Whoever reads rows through `keeps` and `score` gets what this table says; nothing of it is written twice.
"""

from dataclasses import dataclass

from apps.listings.lookups import PER_YEAR, Furnished, OccupantType, PropertySubType
from apps.matching.lookups import CriterionName as Name
from apps.matching.lookups import Fit, Importance

MUST_WEIGHT, NICE_WEIGHT = 3, 1
WEIGHTS = {Importance.MUST.value: MUST_WEIGHT, Importance.NICE.value: NICE_WEIGHT}
# Shares of a criterion's weight: unknown is half a yes; a near miss falls from 0.8 to 0.4 as it gets farther. Shares
# are floats, many times as quick as exact numbers; what is near and what is missed is decided by exact ones.
NOTHING, UNKNOWN_SHARE, NEAR_SHARE, NEAR_FALL = "float8 '0'", "float8 '0.5'", "float8 '0.8'", "float8 '0.4'"
# Added before a score is rounded: more than floats err, less than what tells two different scores apart.
LEAST = "1e-9"
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
    decides: bool = False  # what follows leaves only rows that are not missed: nothing is left to look at

    @property
    def is_near_asked(self) -> bool:
        """Whether the customer says how far is near."""
        return "{" in self.near


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


# Areas are kept to four places of a square metre, so a hundredth of a percent tells nothing apart. Rounded first, as
# exact numbers; the float then stands for that hundredth alone.
PERCENT, DIFFERENCE = "round(({0} - {1}) * 100 / {1}, 2)::float8", "{0} - {1}"
HAVE_TIMES, WANT_TIMES = _case("{have_frequency}", PER_YEAR), _case("{want_frequency}", PER_YEAR, "1")
_KIN = "CASE " + " ".join(
    "WHEN {have_sub_type} IN (" + ", ".join(f"'{one}'" for one in kin) + ") THEN ARRAY["
    + ", ".join(f"'{one}'" for one in kin) + "]::varchar[]"
    for kin in SUB_TYPE_KIN
) + " ELSE '{{}}'::varchar[] END"  # fmt: skip


def _reach(end: str, sign: str, side: str) -> str:
    """Whether a price is within one end of the budget, its tolerance, and what is rounded away in a percent."""
    bound = f"{{want_price_{end}}} * {WANT_TIMES} * (100 {side} {{want_tolerance}} {side} 0.005) * 0.01"
    return f"({{want_price_{end}}} IS NULL OR {{have_price}} {sign} {bound})"


# Where no money is changed and the price is a year's or a sale's: a price within the tolerance. Spelled as ranges of
# one column after the other, so that one index (listing_on_offer_for) answers each part.
_SAME = "{have_currency} = {want_currency} AND {have_frequency}"
_QUICK_PRICE = (
    "({have_currency} < {want_currency} OR {have_currency} > {want_currency}"
    f" OR {_SAME} < {{have_yearly}} OR {_SAME} > {{have_yearly}}"
    f" OR {_SAME} = {{have_yearly}} AND {{have_price}} IS NULL"
    f" OR {_SAME} = {{have_yearly}} AND {_reach('min', '>', '-')} AND {_reach('max', '<', '+')})"
)
_FURNITURE = {value: number for number, value in enumerate(FURNITURE)}


def _told(list_name: str) -> tuple[str, str]:
    """Off and share of a list of features: how many are known to be missing; unknown where one is not told of."""
    asked = f"cardinality({{want_{list_name}}})"
    present, absent = f"{{have_of_{list_name}}}", f"{{have_not_of_{list_name}}}"
    off = f"CASE WHEN {present} = {asked} THEN 0 ELSE nullif({absent}, 0) END"
    share = f"({present} + {UNKNOWN_SHARE} * ({asked} - {present} - {absent})) / {asked}"
    return off, f"CASE WHEN {asked} > 0 THEN {share} ELSE {NOTHING} END"


_MUST_OFF, _MUST_SHARE = _told("features_must")
_NICE_OFF, _NICE_SHARE = _told("features_nice")

CRITERIA = (
    Criterion(
        Name.PRICE,
        asked="({want_price_min} IS NOT NULL OR {want_price_max} IS NOT NULL)",
        # Money a year, in one currency; NULL where there is no rate or the period of a rent is not known.
        off=_below_or_above("{have_worth}", "{want_low}", "{want_high}", PERCENT),
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
        decides=True,
    ),
    Criterion(
        Name.SUB_TYPES,
        asked="({want_sub_types} <> '{{}}')",
        off="CASE WHEN {have_sub_type} = ANY({want_sub_types}) THEN 0"
        f" WHEN {{have_sub_type}} IN ('', '{PropertySubType.OTHER}') THEN NULL"
        f" WHEN {{want_sub_types}} && {_KIN} THEN 1 ELSE 2 END",
        near="1",
        quick="({want_sub_types} = '{{}}' OR {have_sub_type_is_kin})",
        decides=True,
    ),
    Criterion(
        Name.BEDROOMS,
        asked="({want_bedrooms_min} IS NOT NULL OR {want_bedrooms_max} IS NOT NULL)",
        off=_below_or_above("{have_bedrooms}", "{want_bedrooms_min}", "{want_bedrooms_max}", DIFFERENCE),
        near="1",
        quick="({have_bedrooms} IS NULL"
        " OR ({want_bedrooms_min} IS NULL OR {have_bedrooms} >= {want_bedrooms_min} - 1)"
        " AND ({want_bedrooms_max} IS NULL OR {have_bedrooms} <= {want_bedrooms_max} + 1))",
        decides=True,
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
        level = str(WEIGHTS[criterion.level])
    else:
        level = (
            f"CASE WHEN {is_must(criterion)} THEN {MUST_WEIGHT}"
            f" WHEN '{criterion.name}' = ANY({{want_nices}}) THEN {NICE_WEIGHT} ELSE 0 END"
        )
    return f"(CASE WHEN {criterion.asked} THEN {level} ELSE 0 END)"


def keeps(off: str, near: str, weight: str = "") -> str:
    """SQL: whether a row stays in question for a must; with `weight`, also where it is none."""
    return f"({off} IS NULL OR abs({off}) <= {near}{f' OR {weight} < {MUST_WEIGHT}' if weight else ''})"


def share(off: str, near: str) -> str:
    """SQL: how much of the criterion's weight a row earns, 0 to 1."""
    return (
        f"CASE WHEN {off} IS NULL THEN {UNKNOWN_SHARE} WHEN {off} = 0 THEN float8 '1' WHEN abs({off}) <= {near}"
        f" THEN {NEAR_SHARE} - {NEAR_FALL} * abs({off}) / {near} ELSE {NOTHING} END"
    )


def score(earned: list[str], weights: list[str]) -> str:
    """SQL: what is earned of all that weighs, 0 to 100; half a point counts as a whole one."""
    if not weights:
        return "100"
    hundreds = f"100 * ({' + '.join(earned)}) / nullif({' + '.join(weights)}, 0)"
    return f"coalesce(floor({hundreds} + 0.5 + {LEAST})::int, 100)"
