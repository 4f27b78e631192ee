"""Matching measured in the connected database: one requirement against listings, one listing against requirements.

The floor is plain SQL, written by hand for what is asked, that finds the keys of the same rows.
"""

import json
import random
import sys
import time
from decimal import Decimal
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import Agency, User
from apps.accounts.roles import Role
from apps.customers.models import Customer
from apps.listings.models import Listing
from apps.matching import finding
from apps.matching.matches import buyers_for, matches_for
from apps.matching.models import Requirement, RequirementPlace
from apps.matching.models.requirement import ANYWHERE
from apps.matching.sides import OWN_PLACE, Offer, above, below
from dev.bench.load import _give_defaults, load

PEOPLE = (Path(__file__).parent / "matching.sql").read_text()
LISTINGS, REQUIREMENTS = 100_000, 50_000
CASES, ROUNDS, WARM_UP = 40, 4, 1
BULK = (Customer, Requirement, RequirementPlace)
ROUNDING = Decimal("0.005")  # of a percent: how far off a price is, is rounded to a hundredth


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
            [(lambda one=one: matches_for(one, user), listing_floor(one)) for one in wishes]
        ),
        f"one listing against {REQUIREMENTS:,}": timings(
            [(lambda one=one: buyers_for(one, user), buyer_floor(one)) for one in offers]
        ),
    }
    sys.stdout.write(json.dumps(results) + "\n")


def timings(cases) -> dict:
    """Milliseconds of ours and of the floor, and the most queries, over some rounds of all cases."""
    ours, floors, queries = [], [], 0
    for turn in range(WARM_UP + ROUNDS):
        for act, sql in cases:
            if turn < WARM_UP:
                with CaptureQueriesContext(connection) as asked:
                    act()
                queries = max(queries, len(asked))
                keys(sql)
            else:
                ours.append(timed(act)[0])
                floors.append(timed(lambda sql=sql: keys(sql))[0])
    return {"ours": ours, "floors": floors, "queries": queries}


def timed(act) -> tuple[float, object]:
    started = time.perf_counter()
    answer = act()
    return (time.perf_counter() - started) * 1000, answer


def keys(sql: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [one for (one,) in cursor.fetchall()]


def listing_floor(wish: Requirement) -> str:
    """Keys of listings in question for a requirement of the bench (dirhams, a year's rent, default importance)."""
    where = [f"l.property_type = '{wish.property_type}'", "l.standard_status IN ('Active', 'Coming Soon')"]
    tolerance = wish.price_tolerance_percent + ROUNDING
    high = wish.price_max * (100 + tolerance) / 100
    low = (wish.price_min or 0) * (100 - tolerance) / 100
    where.append(f"(l.list_price IS NULL OR l.list_price > {low} AND l.list_price < {high})")
    if wish.bedrooms_min is not None:
        most = 99 if wish.bedrooms_max is None else wish.bedrooms_max + 1
        where.append(f"(l.bedrooms_total IS NULL OR l.bedrooms_total BETWEEN {wish.bedrooms_min - 1} AND {most})")
    if wish.sub_types:
        kinds = "{Villa,Townhouse,Chalet}" if "Villa" in wish.sub_types else "{Apartment}"
        where.append(f"l.property_sub_type = ANY ('{kinds}')")
    if wish.place_ids:
        outer = array(above(wish.place_ids))
        where.append(f"(l.place_path && '{array(wish.place_ids)}' OR {OWN_PLACE} = ANY ('{outer}'))")
    join = ""
    if len(wish.features_must) > 1:  # of two musts one may be missing
        join = " JOIN listings_unit AS u ON u.id = l.unit_id"
        where.append("NOT (u.view <> '' AND u.view !~* 'marina' AND u.parking_total < 1)")
    return f"SELECT l.id FROM listings_listing AS l{join} WHERE {' AND '.join(where)}"  # noqa: S608 - our own words


def buyer_floor(listing: Listing) -> str:
    """Keys of requirements in question for a listing of the bench."""
    inside = [ANYWHERE, *listing.place_path, *below(listing.place_path)]
    where = [
        "r.is_active",
        f"r.property_type = '{listing.property_type}'",
        f"r.place_reach && '{array(inside)}'",
        "c.merged_into_id IS NULL AND c.erased_at IS NULL",
    ]
    if listing.list_price is not None:
        price = listing.list_price
        tolerance = f"(r.price_tolerance_percent + {ROUNDING})"
        where.append(f"(r.price_max IS NULL OR {price} < r.price_max * (100 + {tolerance}) / 100)")
        where.append(f"(r.price_min IS NULL OR {price} > r.price_min * (100 - {tolerance}) / 100)")
    if listing.bedrooms_total is not None:
        where.append(f"(r.bedrooms_min IS NULL OR {listing.bedrooms_total} >= r.bedrooms_min - 1)")
        where.append(f"(r.bedrooms_max IS NULL OR {listing.bedrooms_total} <= r.bedrooms_max + 1)")
    kin = "{Villa,Townhouse}" if listing.property_sub_type in ("Villa", "Chalet") else "{Apartment}"
    where.append(f"(r.sub_types = '{{}}' OR r.sub_types && '{kin}')")
    joined = "matching_requirement AS r JOIN customers_customer AS c ON c.id = r.customer_id"
    return f"SELECT r.id FROM {joined} WHERE {' AND '.join(where)}"  # noqa: S608 - our own words


def array(numbers) -> str:
    return "{" + ",".join(str(number) for number in numbers) + "}"


def check() -> None:
    """Stop where the floor does not find the rows that matching finds: then it measures something else."""
    everything = 10**6
    for wish in Requirement.objects.order_by("pk")[:60]:
        if {one.pk for one in finding.listings_for(wish, limit=everything)} != set(keys(listing_floor(wish))):
            raise SystemExit(f"The floor of requirement {wish.pk} finds other listings.")
    anybody = ("SELECT id FROM customers_customer", {})
    for listing in Listing.objects.select_related("unit").order_by("pk")[:60]:
        found = finding.requirements_for(Offer.of(listing), anybody, limit=everything)
        if {one.pk for one in found} != set(keys(buyer_floor(listing))):
            raise SystemExit(f"The floor of {listing.listing_id} finds other requirements.")
