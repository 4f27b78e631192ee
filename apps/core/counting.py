"""Counts that stay cheap on a million rows and say when they are estimates."""

import json
from dataclasses import dataclass

from django.core.cache import caches
from django.core.exceptions import EmptyResultSet
from django.db import connection

EXACT_UP_TO = 10_000
CHEAP_UP_TO = 1_000  # counting so many costs no more than a page
TOTAL_IS_GOOD_FOR = 300  # seconds


@dataclass(frozen=True)
class Count:
    """How many rows there are: exactly, or about that many."""

    value: int
    is_exact: bool = True


def count_rows(queryset) -> Count:
    """Exact up to EXACT_UP_TO; above that the planner's estimate."""
    (value,) = capped_counts(queryset)
    return Count(value) if value <= EXACT_UP_TO else about(max(estimate(queryset).rows, value))


def about(rows: int) -> Count:
    """An estimate, rounded to three digits."""
    step = 10 ** max(len(str(rows)) - 3, 0)
    return Count(round(rows / step) * step, is_exact=False)


def capped_counts(*querysets, cap: int = EXACT_UP_TO) -> list[int]:
    """How many rows each queryset has, in one round trip; `cap + 1` means more than `cap`."""
    if not querysets:
        return []
    parts, params = [], []
    for queryset in querysets:
        try:
            sql, some = queryset.order_by().values("pk")[: cap + 1].query.sql_with_params()
        except EmptyResultSet:
            parts.append("0")
            continue
        parts.append(f"(SELECT count(*) FROM ({sql}) AS counted)")  # noqa: S608 (compiled by the ORM)
        params += some
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", params)
        return list(cursor.fetchone())


def capped_words(count: int) -> str:
    """A count of `capped_counts(..., cap=CHEAP_UP_TO)` as people read it: “148”, “1,000+”."""
    return f"{CHEAP_UP_TO:,}+" if count > CHEAP_UP_TO else f"{count:,}"


@dataclass(frozen=True)
class Estimate:
    """The planner's guess: how many rows, and what finding all of them costs (its own unit, about 1 µs to 10 µs)."""

    rows: int
    cost: float


def estimate(queryset) -> Estimate:
    """What the planner expects, from statistics that autovacuum keeps."""
    explained = queryset.order_by().values("pk").explain(format="json")
    if not explained:  # nothing can fulfil it, such as a number that no column holds: Django asks no database
        return Estimate(0, 0.0)
    plan = json.loads(explained)[0]["Plan"]
    return Estimate(plan["Plan Rows"], plan["Total Cost"])


def estimated_total(model) -> int:
    """About how many rows the table has, as VACUUM or ANALYZE left it; each process asks once in five minutes."""
    key = f"estimated_total:{model._meta.db_table}"
    return caches["process"].get_or_set(key, lambda: _reltuples(model), TOTAL_IS_GOOD_FOR)


def _reltuples(model) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [model._meta.db_table])
        return max(int(cursor.fetchone()[0]), 0)
