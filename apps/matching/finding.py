"""The two queries of matching, made from the table of conditions: rows in question, how far off each is, its score."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db import connection

from apps.listings.lookups import StandardStatus
from apps.matching import conditions, sides
from apps.matching.conditions import CRITERIA, Criterion
from apps.matching.lookups import CriterionName as Name
from apps.matching.lookups import Importance
from apps.matching.models import Requirement
from apps.matching.models.requirement import ANYWHERE
from apps.matching.sides import Offer

MARKETABLE = (StandardStatus.ACTIVE, StandardStatus.COMING_SOON)


@dataclass(frozen=True)
class Found:
    """One row in question: its key, score, and how far off each criterion is that was asked and matters."""

    pk: int
    score: int
    offs: dict[str, tuple[Decimal | None, Decimal]]  # criterion: (how far off, how far is near)
    present: set[str] = field(default_factory=set)
    absent: set[str] = field(default_factory=set)
    is_named: bool = True
    total: int = 0
    named: int = 0
    among: int = 0  # how many of the total are in `only`


# -- Listings for a requirement ----------------------------------------------------------------------------------------
def asked_of(requirement: Requirement) -> list[Criterion]:
    """The lines of the table that this requirement asks about and cares about."""
    return [one for one in CRITERIA if _is_asked(requirement, one) and _level(requirement, one) != Importance.ANY]


def _level(requirement: Requirement, criterion: Criterion) -> str:
    return criterion.level or requirement.importance_of(criterion.name)


_FIELDS = {
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


def _is_asked(requirement: Requirement, criterion: Criterion) -> bool:
    return any(getattr(requirement, name) not in (None, "", []) for name in _FIELDS[criterion.name])


@dataclass
class ListingQuery:
    """FROM and WHERE by which listings are found for one requirement, with its operands and parameters."""

    source: str
    where: str
    operands: dict[str, str]
    parameters: dict
    asked: list[Criterion]


def listing_query(
    requirement: Requirement, *, leave_out=(), only=None, without: str = "", above=None, rates=None
) -> ListingQuery:
    """Marketable listings in question; not those in `leave_out`; or exactly those in `only`, fitting or not.

    `without` leaves out one line of the table. `above` (what the places lie in) and `rates` spare a question.
    """
    asked = [one for one in asked_of(requirement) if one.name != without]
    wants, parameters = sides.want_values(requirement)
    operands = sides.with_rates(wants | sides.have_columns(), rates)
    above = sides.above(requirement.place_ids) if above is None else above
    parameters |= {"away": list(leave_out), "only": list(only or ()), "above": above}
    operands["have_place_is_above"] = f"{sides.OWN_PLACE} = ANY(%(above)s::bigint[])"
    operands |= {"have_present": "f.present", "have_absent": "f.absent"}
    parameters["kin"] = [*conditions.kin_of(requirement.sub_types), *conditions.SUB_TYPE_UNKNOWN]
    operands["have_sub_type_is_kin"] = "{have_sub_type} = ANY(%(kin)s::varchar[])".format_map(operands)
    source = "listings_listing AS l JOIN listings_unit AS u ON u.id = l.unit_id"
    wanted = [*requirement.features_must, *requirement.features_nice]
    if any(one.name in conditions.TOLD for one in asked):
        told = sides.told(wanted, "u.view", "u.parking_total", "l.search_vector")
        source += f" CROSS JOIN LATERAL {told} AS f"
    if only is not None:
        return ListingQuery(source, "l.id = ANY(%(only)s)", operands, parameters, asked)
    where = ["l.property_type = {want_property_type}", f"l.standard_status IN {_statuses()}"]
    if leave_out:
        where.append("NOT l.id = ANY(%(away)s)")
    musts = [one for one in asked if _level(requirement, one) == Importance.MUST]
    where += [one.narrow for one in musts if one.narrow] + [one.quick for one in musts if one.quick]
    where += [conditions.candidate(one) for one in musts]
    return ListingQuery(source, _fill(" AND ".join(where), operands), operands, parameters, asked)


def _statuses() -> str:
    return "(" + ", ".join(f"'{status.value}'" for status in MARKETABLE) + ")"


def listings_for(requirement: Requirement, *, limit: int, leave_out=(), only=None) -> list[Found]:
    """Listings in question, the best first, then the newest."""
    query = listing_query(requirement, leave_out=leave_out, only=only)
    return _run(query.source, query.where, "l.id", query.asked, query.operands, query.parameters, limit)


def best_score(query: ListingQuery) -> str:
    """SQL of the highest score that a listing in question has; nothing where none is."""
    columns, score = _columns("l.id", query.asked, query.operands)
    far = f"SELECT {_fill(', '.join(columns), query.operands)} FROM {query.source} WHERE {query.where} OFFSET 0"
    return f"SELECT max({score})::int FROM ({far}) AS far"


def count_listings(requirement: Requirement, *, leave_out=()) -> int:
    """How many listings come into question."""
    query = listing_query(requirement, leave_out=leave_out)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {query.source} WHERE {query.where}", query.parameters)
        return cursor.fetchone()[0]


# -- Requirements for a listing ----------------------------------------------------------------------------------------
def requirements_for(
    offer: Offer, visible: tuple[str, dict], *, limit: int, leave_out=(), only=None, was: Decimal | None = None
) -> list[Found]:
    """Requirements of customers in question for an offer: those that are named first, then the best, then the newest.

    `visible` is SQL with parameters for the keys of customers who may be named. With `was`, only those whose budget it
    did not fit at that price, and those in `only`.
    """
    haves, parameters = sides.have_values(offer)
    operands = sides.with_rates(sides.want_columns() | haves)
    present, absent = sides.features_of(offer)
    inside = sides.below(offer.place_path)
    parameters |= {"present": present, "absent": absent, "below": inside, "away": list(leave_out), "was": was}
    parameters |= {"reach": [ANYWHERE, *offer.place_path, *inside], "only": list(only or ())} | visible[1]
    operands |= {
        "have_present": "%(present)s::varchar[]",
        "have_absent": "%(absent)s::varchar[]",
        "have_place_is_above": "r.place_ids && %(below)s::bigint[]",
        "have_sub_type_is_kin": "r.sub_types && %(kin)s::varchar[]",
    }
    parameters["kin"] = conditions.kin_of([offer.sub_type])
    if offer.sub_type in conditions.SUB_TYPE_UNKNOWN:
        operands["have_sub_type_is_kin"] = "true"
    where = [
        "r.is_active",
        "c.merged_into_id IS NULL",
        "c.erased_at IS NULL",
        "r.property_type = {have_property_type}",
    ]
    if offer.place_path:
        where.append("r.place_reach && %(reach)s::bigint[]")
    if leave_out:
        where.append("NOT r.id = ANY(%(away)s)")
    if was is not None:
        price = conditions.BY_NAME[Name.PRICE]
        before = price.off.replace("{have_price}", "%(was)s::numeric")
        where.append(f"(r.id = ANY(%(only)s) OR ({price.asked} AND ({before}) <> 0))")
    where += [f"(NOT {conditions.is_must(one)} OR {one.quick})" for one in CRITERIA if one.quick]
    where += [conditions.candidate(one) for one in CRITERIA]
    source = "matching_requirement AS r JOIN customers_customer AS c ON c.id = r.customer_id"
    # Asked of the few that are found, by key: `IN` reads every customer first.
    named = f"coalesce((SELECT true FROM ({visible[0]}) AS v (id) WHERE v.id = c.id), false)"
    return _run(source, _fill(" AND ".join(where), operands), "r.id", CRITERIA, operands, parameters, limit, named)


# -- Both --------------------------------------------------------------------------------------------------------------
def _fill(text: str, operands: dict[str, str]) -> str:
    return text.format_map(operands)


def _run(source, where, key, criteria, operands, parameters, limit, named: str = "") -> list[Found]:
    """Distances of the rows in question, and from those the score. OFFSET 0 has each distance computed once.

    With `named` (SQL: whether the customer may be named) rows are counted, and each customer stands once, by the
    requirement that fits best.
    """
    columns, score = _columns(key, criteria, operands)
    if named:
        columns += [f"{named} AS is_named", "r.customer_id"]
    graded = (
        f"SELECT *, {score}::int AS score"
        f" FROM (SELECT {_fill(', '.join(columns), operands)} FROM {source} WHERE {where} OFFSET 0) AS far"
    )
    if named:
        sql = (
            "SELECT *, count(*) OVER () AS total, count(*) FILTER (WHERE is_named) OVER () AS named,"
            " count(*) FILTER (WHERE is_among) OVER () AS among"
            " FROM (SELECT *, row_number() OVER (PARTITION BY customer_id ORDER BY score DESC, pk DESC) AS place,"
            " bool_or(pk = ANY(%(only)s)) OVER (PARTITION BY customer_id) AS is_among"
            f" FROM ({graded}) AS graded) AS placed WHERE place = 1"
            " ORDER BY is_named DESC, score DESC, pk DESC LIMIT %(limit)s"
        )
    else:
        sql = f"{graded} ORDER BY score DESC, pk DESC LIMIT %(limit)s"
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters | {"limit": limit})
        names = [column.name for column in cursor.description]
        return [_found(dict(zip(names, row, strict=True)), criteria) for row in cursor.fetchall()]


def _columns(key, criteria, operands) -> tuple[list[str], str]:
    """How far off each criterion is, how near is near, and what it weighs; and the score made of those columns."""
    columns, weights, shares = [f"{key} AS pk"], [], []
    if any(one.name in conditions.TOLD for one in criteria):
        columns += ["{have_present} AS present", "{have_absent} AS absent"]
    for one in criteria:
        off, near, weight = f"off_{one.name}", f"near_{one.name}", f"weight_{one.name}"
        columns += [f"({one.off}) AS {off}", f"({one.near})::numeric AS {near}"]
        columns.append(f"{conditions.weight(one)} AS {weight}")
        if one.share:
            columns.append(f"({conditions.share(one, off, near)}) AS share_{one.name}")
        weights.append(weight)
        shares.append(f"{weight} * {f'share_{one.name}' if one.share else conditions.share(one, off, near)}")
    if not weights:
        return columns, "100"
    return columns, f"coalesce(round(100 * ({' + '.join(shares)}) / nullif({' + '.join(weights)}, 0)), 100)"


def _found(row: dict, criteria) -> Found:
    offs = {
        str(one.name): (row[f"off_{one.name}"], row[f"near_{one.name}"])
        for one in criteria
        if row[f"weight_{one.name}"] > 0
    }
    known = {name: set(row.get(name, ())) for name in ("present", "absent")}
    counts = {name: row.get(name, 0) for name in ("total", "named", "among")}
    return Found(row["pk"], row["score"], offs, is_named=row.get("is_named", True), **known, **counts)
