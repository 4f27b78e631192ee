"""Which listings a requirement asks for: its wants are values, what listings have are columns."""

from apps.listings.lookups import StandardStatus
from apps.matching import conditions, sides
from apps.matching.asking import Asking, fill
from apps.matching.conditions import CRITERIA, Criterion
from apps.matching.features import BY_KEY
from apps.matching.lookups import CriterionName as Name
from apps.matching.lookups import Importance
from apps.matching.models import Requirement
from apps.matching.rates import current_rates

MARKETABLE = (StandardStatus.ACTIVE, StandardStatus.COMING_SOON)
FIELDS = {
    Name.PRICE: ("price_min", "price_max"),
    Name.PLACES: ("place_ids",),
    Name.SUB_TYPES: ("sub_types",),
    Name.BEDROOMS: ("bedrooms_min", "bedrooms_max"),
    Name.BATHROOMS: ("bathrooms_min",),
    Name.AREA: ("area_min", "area_max"),
    Name.FLOOR: ("floor_min",),
    Name.FURNISHED: ("furnished",),
    Name.MOVE_IN: ("move_in_by",),
    "features": ("features_must",),
    "extras": ("features_nice",),
}


def asked_of(requirement: Requirement) -> list[Criterion]:
    """The lines of the table that this requirement asks about and cares about."""
    return [one for one in CRITERIA if _is_asked(requirement, one) and _level(requirement, one) != Importance.ANY]


def _is_asked(requirement: Requirement, criterion: Criterion) -> bool:
    return any(getattr(requirement, name) not in (None, "", []) for name in FIELDS[criterion.name])


def _level(requirement: Requirement, criterion: Criterion) -> str:
    return criterion.level or requirement.importance_of(criterion.name)


def listing_query(
    requirement: Requirement, *, leave_out=(), only=None, without: str = "", above=None, rates=None
) -> Asking:
    """Marketable listings in question; not those in `leave_out`; or exactly those in `only`, fitting or not.

    `without` leaves out one line of the table. `above` (what the places lie in) and `rates` spare a question.
    """
    asked = [one for one in asked_of(requirement) if one.name != without]
    musts = [one for one in asked if _level(requirement, one) == Importance.MUST] if only is None else []
    rates = sides.known_rates(requirement.currency, current_rates() if rates is None else rates)
    values, parameters = sides.want_values(requirement)
    values |= sides.wanted_money(rates, requirement.property_type)
    columns = _columns(requirement, rates, is_any_type=only is not None)
    operands = columns | values
    columns = {name: fill(sql, operands) for name, sql in columns.items()}
    values = {name: fill(sql, operands) for name, sql in values.items()}
    where = _where(musts, leave_out) if only is None else ["l.id = ANY(%(only)s)"]
    above = sides.above(requirement.place_ids) if above is None else above
    parameters |= {"away": list(leave_out), "only": list(only or ()), "above": above}
    parameters["kin"] = [*conditions.kin_of(requirement.sub_types), *conditions.SUB_TYPE_UNKNOWN]
    return Asking(
        source="listings_listing AS l",
        where=[fill(one, columns | values) for one in where],
        columns=columns,
        values=values,
        parameters=parameters,
        criteria=asked,
        undecided=[one for one in musts if not one.decides],
        weights={one.name: conditions.WEIGHTS[_level(requirement, one)] for one in asked},
        derived=_counted(requirement),
    )


def _columns(requirement: Requirement, rates: dict, *, is_any_type: bool) -> dict[str, str]:
    """What can be told of a listing; `is_any_type` where it may be for sale or to let, whatever is asked for."""
    wanted = [*requirement.features_must, *requirement.features_nice]
    states = sides.states(wanted, "u.view", "u.parking_total", "l.search_vector")
    return {
        **sides.have_columns(),
        **{f"has_{key}": sql for key, sql in states.items()},
        "pk": "l.id",
        "have_worth": sides.worth_of_offer("{have_price}", rates, "" if is_any_type else requirement.property_type),
        "have_place_is_above": f"{sides.OWN_PLACE} = ANY(%(above)s::bigint[])",
        "have_sub_type_is_kin": "{have_sub_type} = ANY(%(kin)s::varchar[])",
    }


def _where(musts: list[Criterion], leave_out) -> list[str]:
    statuses = ", ".join(f"'{status.value}'" for status in MARKETABLE)
    where = ["l.property_type = {want_property_type}", f"l.standard_status IN ({statuses})"]
    if leave_out:
        where.append("NOT l.id = ANY(%(away)s)")
    return where + [one.narrow for one in musts if one.narrow] + [one.quick for one in musts if one.quick]


def _counted(requirement: Requirement) -> dict[str, str]:
    """How many features of each list a listing is known to have, or known not to, from what is told of each."""
    counted = {}
    for name in ("features_must", "features_nice"):
        told = [f"{{has_{key}}}" for key in getattr(requirement, name) if key in BY_KEY]
        for which, state in (("have_of", "TRUE"), ("have_not_of", "FALSE")):
            count = " + ".join(f"({one} IS {state})::int" for one in told) or "0"
            counted[f"{{{which}_{name}}}"] = f"({count})"
    return counted
