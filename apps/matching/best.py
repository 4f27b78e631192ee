"""How well the best listing fits each of many customers: one number for each row of a list."""

import re
from collections.abc import Iterable, Sequence

from django.db import connection

from apps.listings.models import Place
from apps.matching import finding, sides
from apps.matching.for_requirement import listing_query
from apps.matching.lookups import Verdict
from apps.matching.models import Decision, Requirement
from apps.matching.rates import current_rates

MOST = 100  # customers at once: a page of the list


def best_scores(customers: Sequence[int], user) -> dict[int, int]:
    """By customer, the best score of any of their requirements in force; nobody stands there whom nothing fits.

    What was dismissed and has not changed does not count. The number of queries is the same for one and for many.
    """
    rows = Requirement.objects.visible_to(user).filter(is_active=True, customer__in=customers[:MOST])
    requirements = list(rows)
    if not requirements:
        return {}
    paths = _paths({pk for one in requirements for pk in one.place_ids})
    away, rates = _away(requirements), current_rates()
    parts, parameters = [], {}
    for number, requirement in enumerate(requirements):
        above = sides.above_of(paths[place] for place in requirement.place_ids if place in paths)
        query = listing_query(requirement, leave_out=away.get(requirement.pk, ()), above=above, rates=rates)
        parts.append(f"({_own(finding.best_score(query), number)})")
        parameters |= {f"r{number}_{name}": value for name, value in query.parameters.items()}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", parameters)
        scores = cursor.fetchone()
    best: dict[int, int] = {}
    for requirement, score in zip(requirements, scores, strict=True):
        if score is not None:
            best[requirement.customer_id] = max(score, best.get(requirement.customer_id, 0))
    return best


def _paths(places: set[int]) -> dict[int, list[int]]:
    return dict(Place.objects.filter(pk__in=places).values_list("pk", "path"))


def _away(requirements: Iterable[Requirement]) -> dict[int, list[int]]:
    """By requirement, the listings that stay away."""
    by_key = {one.pk: one for one in requirements}
    rows = Decision.objects.filter(requirement__in=by_key, verdict=Verdict.DISMISSED).select_related("listing")
    away: dict[int, list[int]] = {}
    for decision in rows:
        if decision.is_away(by_key[decision.requirement_id], decision.listing):
            away.setdefault(decision.requirement_id, []).append(decision.listing_id)
    return away


def _own(sql: str, number: int) -> str:
    """The query with parameters that no other query has."""
    return re.sub(r"%\((\w+)\)s", rf"%(r{number}_\1)s", sql)
