"""Matching measured in the connected database: one requirement against listings, one listing against requirements.

The floor is SQL written by hand for what is asked (dev/bench/matching_floor.py): the same rows, in the same order, with
the same scores. Beside it stands the SQL that finds their keys alone, without looking which fits best.
"""

import json
import random
import sys
import time
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import Agency, User
from apps.accounts.roles import Role
from apps.customers.models import Customer
from apps.listings.models import Listing
from apps.matching import finding
from apps.matching.matches import SHOWN, buyers_for, matches_for
from apps.matching.models import Requirement, RequirementPlace
from apps.matching.sides import Offer
from dev.bench import matching_floor as floor
from dev.bench.load import _give_defaults, load

PEOPLE = (Path(__file__).parent / "matching.sql").read_text()
LISTINGS, REQUIREMENTS = 100_000, 50_000
CASES, ROUNDS, WARM_UP = 40, 4, 1
BULK = (Customer, Requirement, RequirementPlace)


def fill(listings: int = LISTINGS, requirements: int = REQUIREMENTS) -> None:
    """Load an empty database with so many listings, all active, and so many people who look for something."""
    load(listings, all_active=True)
    add_people(requirements)


def add_people(requirements: int) -> None:
    """So many customers, each with a requirement."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0; SET lock_timeout = 0; SET jit = off")
        for model in BULK:
            _give_defaults(cursor, model)
            cursor.execute(f"ALTER TABLE {model._meta.db_table} DISABLE TRIGGER USER")
        cursor.execute(PEOPLE.replace(":people", str(int(requirements))))
        for model in BULK:
            cursor.execute(f"ALTER TABLE {model._meta.db_table} ENABLE TRIGGER USER")
        cursor.execute("VACUUM (ANALYZE)")


def show() -> None:
    """Print one line of JSON: for each direction the milliseconds of ours and of the floor."""
    Agency.objects.update(requires_mfa=False)
    user = User.objects.filter(email="manager@bench.invalid").first() or User.objects.create_user(
        "manager@bench.invalid", full_name="Priya Nair", role=Role.MANAGER
    )
    rng = random.Random(5)  # noqa: S311 - which rows are measured
    wishes = rng.sample(list(Requirement.objects.order_by("pk")[:5000]), CASES)
    offers = rng.sample(list(Listing.objects.select_related("unit").order_by("pk")[:5000]), CASES)
    results = {
        f"one requirement against {LISTINGS:,}": timings(
            [
                (
                    lambda one=one: matches_for(one, user),
                    [*floor.looked_up_for_wish(one), floor.ranked_listings(one)],
                    [*floor.looked_up_for_wish(one), floor.candidate_listings(one)],
                )
                for one in wishes
            ]
        ),
        f"one listing against {REQUIREMENTS:,}": timings(
            [
                (
                    lambda one=one: buyers_for(one, user),
                    [*floor.looked_up_for_listing(one), *floor.told_of_listing(one), floor.ranked_buyers(one)],
                    [*floor.looked_up_for_listing(one), floor.candidate_buyers(one)],
                )
                for one in offers
            ]
        ),
    }
    sys.stdout.write(json.dumps(results) + "\n")


def timings(cases) -> dict:
    """Milliseconds of ours and of both kinds of SQL, and the most queries, over some rounds of all cases."""
    times = {"ours": [], "floors": [], "unranked": []}
    queries = 0
    for turn in range(WARM_UP + ROUNDS):
        for act, ranked, unranked in cases:
            if turn < WARM_UP:
                with CaptureQueriesContext(connection) as asked:
                    act()
                queries = max(queries, len(asked))
                all_of(ranked), all_of(unranked)
            else:
                times["ours"].append(timed(act)[0])
                times["floors"].append(timed(lambda sql=ranked: all_of(sql))[0])
                times["unranked"].append(timed(lambda sql=unranked: all_of(sql))[0])
    return {**times, "queries": queries}


def timed(act) -> tuple[float, object]:
    started = time.perf_counter()
    answer = act()
    return (time.perf_counter() - started) * 1000, answer


def all_of(statements: list[str]) -> None:
    for sql in statements:
        rows(sql)


def rows(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def keys(sql: str) -> set[int]:
    return {pk for (pk,) in rows(sql)}


def check() -> None:
    """Stop where the floor does not find what matching finds, in its order: then it measures something else."""
    everything, anybody = 10**6, ("", {})
    for wish in Requirement.objects.order_by("pk")[:60]:
        found = finding.listings_for(wish, limit=everything)
        if {one.pk for one in found} != keys(floor.candidate_listings(wish)):
            raise SystemExit(f"The floor of requirement {wish.pk} finds other listings.")
        if [(one.pk, one.score) for one in found[:SHOWN]] != rows(floor.ranked_listings(wish)):
            raise SystemExit(f"The floor of requirement {wish.pk} ranks otherwise.")
    for listing in Listing.objects.select_related("unit").order_by("pk")[:60]:
        found = finding.requirements_for(Offer.of(listing), anybody, limit=everything)
        if {one.pk for one in found} != keys(floor.candidate_buyers(listing)):
            raise SystemExit(f"The floor of {listing.listing_id} finds other requirements.")
        told = [(one.pk, one.score, len(found)) for one in found[:SHOWN]]
        if told != rows(floor.ranked_buyers(listing)):
            raise SystemExit(f"The floor of {listing.listing_id} ranks otherwise.")
