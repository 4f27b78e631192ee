"""What is found in both directions: rows in question, how far off each is, its score."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db import connection

from apps.matching import sides
from apps.matching.asking import Asking
from apps.matching.for_offer import requirement_query
from apps.matching.for_requirement import listing_query
from apps.matching.models import Requirement
from apps.matching.sides import Offer


@dataclass(frozen=True)
class Found:
    """One row in question: its key, score, and how far off each criterion is, asked or not."""

    pk: int
    score: int
    offs: dict[str, tuple[float | None, int]]  # criterion: (how far off, how far is near)
    present: set[str] = field(default_factory=set)
    absent: set[str] = field(default_factory=set)
    first_sending: int | None = None  # the key of the first time that this customer was told of this listing
    is_named: bool = True
    total: int = 0
    named: int = 0
    among: int = 0  # how many of the total are in `only`


# Looked up for the rows that are shown, by index.
FIRST_SENDING = (
    "(SELECT id FROM matching_sending AS s WHERE s.customer_id = {customer} AND s.listing_id = {listing}"
    " ORDER BY at, id LIMIT 1) AS first_sending"
)


# -- Listings for a requirement ----------------------------------------------------------------------------------------
def listings_for(requirement: Requirement, *, limit: int, leave_out=(), only=None) -> list[Found]:
    """Listings in question, the best first, then the newest."""
    query = listing_query(requirement, leave_out=leave_out, only=only)
    told = [name for name in query.columns if name.startswith("has_")]
    sending = FIRST_SENDING.format(customer="%(customer)s", listing="pk")
    sql = (
        f"SELECT *, {query.score()} AS score, {sending} FROM {query.rows(query.criteria, told)}"
        " ORDER BY score DESC, pk DESC LIMIT %(limit)s"
    )
    found = []
    for row in _ask(sql, query.parameters | {"limit": limit, "customer": requirement.customer_id}):
        present = {name.removeprefix("has_") for name in told if row[name]}
        absent = {name.removeprefix("has_") for name in told if row[name] is False}
        offs = _offs(row, query.criteria)
        found.append(Found(row["pk"], row["score"], offs, present, absent, row["first_sending"]))
    return found


def best_score(query: Asking) -> str:
    """SQL of the highest score that a listing in question has; nothing where none is."""
    return f"SELECT max({query.score()}) FROM {query.rows(query.criteria)}"


def count_listings(requirement: Requirement, *, leave_out=()) -> int:
    """How many listings come into question."""
    query = listing_query(requirement, leave_out=leave_out)
    return _ask(f"SELECT count(*) FROM {query.rows()}", query.parameters)[0]["count"]


# -- Requirements for a listing ----------------------------------------------------------------------------------------
def requirements_for(
    offer: Offer, visible: tuple[str, dict], *, limit: int, leave_out=(), only=None, was: Decimal | None = None
) -> list[Found]:
    """Requirements of customers in question for an offer: those that are named first, then the best, then the newest.

    `visible` is SQL with parameters: whether a row of customers_customer may be named, '' for all of them. With `was`,
    only those whose budget it did not fit at that price, and those in `only`. Each customer stands once, by what fits
    best.
    """
    known = sides.known_of(offer)
    query = requirement_query(offer, visible, known, leave_out=leave_out, only=only, was=was)
    # Only what is read of those that are shown: each column more is carried through the sorts of all.
    carried = ["pk", "customer_id", "is_named", *(f"off_{one.name}" for one in query.criteria)]
    carried += [f"near_{one.name}" for one in query.criteria if one.is_near_asked]
    rows = query.rows(query.criteria, ("is_named", "customer_id"))
    graded = f"SELECT {', '.join(carried)}, {query.score()} AS score FROM {rows} OFFSET 0"
    is_among = "bool_or(pk = ANY(%(only)s)) OVER (PARTITION BY customer_id)" if only else "false"
    named = "count(*) FILTER (WHERE is_named) OVER ()" if visible[0] else "count(*) OVER ()"
    among = "count(*) FILTER (WHERE is_among) OVER ()" if only else "0"
    sending = FIRST_SENDING.format(customer="placed.customer_id", listing="%(listing)s")
    sql = (
        f"SELECT *, {sending}, count(*) OVER () AS total, {named} AS named, {among} AS among"
        f" FROM (SELECT DISTINCT ON (customer_id) *, {is_among} AS is_among FROM ({graded}) AS graded"
        " ORDER BY customer_id, score DESC, pk DESC) AS placed"
        " ORDER BY is_named DESC, score DESC, pk DESC LIMIT %(limit)s"
    )
    told = {"present": set(known.present), "absent": set(known.absent)}
    listing = offer.listing.pk if offer.listing else None
    return [
        Found(
            row["pk"], row["score"], _offs(row, query.criteria), **told, first_sending=row["first_sending"],
            is_named=row["is_named"], total=row["total"], named=row["named"], among=row["among"],
        )
        for row in _ask(sql, query.parameters | {"limit": limit, "listing": listing})
    ]  # fmt: skip


# -- Both --------------------------------------------------------------------------------------------------------------
def _ask(sql: str, parameters: dict) -> list[dict]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _offs(row: dict, criteria) -> dict:
    """How far off each criterion is, and how far is near."""
    return {
        str(one.name): (row[f"off_{one.name}"], row[f"near_{one.name}"] if one.is_near_asked else int(one.near))
        for one in criteria
    }
