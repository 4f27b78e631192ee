"""Counts that stay cheap on a million rows and say when they are estimates."""

import json
from dataclasses import dataclass

from django.core.exceptions import EmptyResultSet
from django.db import connection

EXACT_UP_TO = 10_000
CHEAP_UP_TO = 1_000  # counting so many costs no more than the page itself


@dataclass(frozen=True)
class Count:
    """How many rows there are: exactly, or about that many."""

    value: int
    is_exact: bool = True


def count_rows(queryset) -> Count:
    """Exact up to EXACT_UP_TO; above that the planner's estimate, rounded to three digits.

    Counting 10,000 rows of a common word would take longer than showing 25. So where more than CHEAP_UP_TO are there,
    an estimate of more than twice EXACT_UP_TO is believed.
    """
    (value,) = capped_counts(queryset, cap=CHEAP_UP_TO)
    if value <= CHEAP_UP_TO:
        return Count(value)
    estimate = estimated_rows(queryset)
    if estimate <= 2 * EXACT_UP_TO:
        (value,) = capped_counts(queryset)
        if value <= EXACT_UP_TO:
            return Count(value)
    return Count(_rounded(max(estimate, value, EXACT_UP_TO)), is_exact=False)


def capped_counts(*querysets, cap: int = EXACT_UP_TO) -> list[int]:
    """How many rows each queryset has, in one round trip; `cap + 1` means more than `cap`."""
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


def estimated_rows(queryset) -> int:
    """The planner's guess, from statistics that autovacuum keeps."""
    return json.loads(queryset.order_by().values("pk").explain(format="json"))[0]["Plan"]["Plan Rows"]


def _rounded(value: int) -> int:
    step = 10 ** max(len(str(value)) - 3, 0)
    return round(value / step) * step
