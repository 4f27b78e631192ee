"""The search and Today measured over HTTP: what people type, as a manager and as an agent who sees only their own
customers, the agency's strictest setting; and the agent's day with more than 200 open items, card by card.

The floor of the search is plain SQL, written by hand for each text, that finds rows of the same kinds: listings and
customers. `python -m dev.bench.search` with DATABASE_URL set makes a database beside that one with BENCH_ROWS listings
and as many customers, a million unless told otherwise; with BENCH_IN it measures in a database that is filled already.
"""

import contextlib
import json
import os
import statistics
import sys
from urllib.parse import quote_plus

import psycopg

from dev.bench.__main__ import LOGS, own_database, raw, run
from dev.bench.web import ROOT, Browser, served

ROWS = int(os.environ.get("BENCH_ROWS", "1_000_000"))
ROUNDS, WARM_UP = int(os.environ.get("BENCH_ROUNDS", "60")), 5
LIMIT_MS, FRAGMENT_MS, PAGE_MS = 120, 250, 400
DAY = ("", "stats/", "viewings/", "tasks/", "leads/", "feedback/", "mandates/")
WHO = {"manager": "everybody's customers", "agent": "own customers"}
# What is typed, and for the floor: a building's name, a unit, words, a customer's name, digits of a phone.
TEXTS = {
    "a building": ("marina gate", "marina gate", "", "marina & gate:*", "marina gate", ""),
    "building and unit": ("azure tower 1 2304", "azure tower 1", "2304", "", "azure tower", ""),
    "a reference": ("B-50017", "", "", "b & 50017:*", "b-50017", ""),
    "a common word": ("marina", "marina", "", "marina:*", "marina", ""),
    "a rare word": ("lighthouse", "", "", "lighthouse:*", "lighthouse", ""),
    "a common name": ("mohammed", "", "", "mohammed:*", "mohammed", ""),
    "a whole name": ("sofia bakimov", "", "", "sofia & bakimov:*", "sofia bakimov", ""),
    "a part of a phone": ("0500 123", "", "", "0500 & 123:*", "", "500123"),
    "a whole phone": ("+971 50 012 3456", "", "", "", "", "971500123456"),
    "Arabic": ("محمد", "", "", "محمد:*", "محمد", ""),
    "a typing error": ("marnia", "", "", "marnia:*", "marnia", ""),
}
BUILDING = """SELECT id FROM listings_listing WHERE sort_name = ANY (ARRAY(
    SELECT crm_normalise(name) FROM listings_place WHERE crm_normalise(name) LIKE '%{}%' LIMIT 4))
    AND unit_number LIKE '{}%' LIMIT 40"""
WORDS = "SELECT id FROM listings_listing WHERE search_vector @@ to_tsquery('simple', '{}') LIMIT 40"
NAME = "SELECT id FROM customers_customer WHERE {} LIMIT 400"
PHONE = "SELECT customer_id FROM customers_phone WHERE digits LIKE '%{}%' LIMIT 400"


def main() -> int:
    """Measure, print, and write bench/search.json."""
    filled = os.environ.get("BENCH_IN")
    with contextlib.nullcontext(filled) if filled else own_database(ROWS) as address:
        results = measure(address)
    folder = ROOT / "bench"
    folder.mkdir(exist_ok=True)
    (folder / "search.json").write_text(json.dumps(results, indent=1) + "\n")
    print(f"{'':24}{'':24}{'p50 ms':>9}{'p95 ms':>9}{'queries':>9}{'SQL alone':>11}")
    for one in results:
        print(
            f"{one['text']:24}{one['who']:24}{one['p50_ms']:>9}{one['p95_ms']:>9}{one['queries']:>9}{one['sql_ms']:>11}"
        )
    pages = [one for one in results if one["text"].startswith("/today/")]
    for what, some, limit in (
        ("search", [one for one in results if one not in pages], LIMIT_MS),
        ("Today", pages[:1], PAGE_MS),
        ("a card of Today", pages[1:], FRAGMENT_MS),
    ):
        worst = max(one["p95_ms"] for one in some)
        print(f"{'reached' if worst <= limit else 'MISSED '} p95 of {what} at most {limit} ms: {worst}")
    return 0


def measure(address: str) -> list[dict]:
    """Every text as everybody of WHO, in turns, so that a slow moment of the machine meets all alike."""
    told = json.loads(run("from dev.bench.search import sign_in; sign_in()", address))
    cases = {(text, who): ([], [], []) for text in TEXTS for who in WHO}
    with (
        served("dev.bench.counted", LOGS / "search.log", DATABASE_URL=address) as port,
        psycopg.connect(address, autocommit=True) as database,
    ):
        browsers = {who: Browser(port, told[who], "") for who in WHO}
        for browser in browsers.values():
            browser.headers["HX-Request"] = "true"  # what the palette and the cards send
        for turn in range(WARM_UP + ROUNDS):
            for (text, who), (times, floors, queries) in cases.items():
                typed, *parts = TEXTS[text]
                spent, count = browsers[who].get(f"/search/?q={quote_plus(typed)}")
                floor = sum(raw(database, sql) for sql in floor_of(*parts))
                if turn >= WARM_UP:
                    times.append(spent)
                    floors.append(floor)
                    queries.append(count)
        day = [_day(browsers["agent"], f"/today/{path}") for path in DAY]
    return [row(text, WHO[who], *lists) for (text, who), lists in cases.items()] + day


def _day(browser, address: str) -> dict:
    timed = [browser.get(address) for _ in range(WARM_UP + ROUNDS)][WARM_UP:]
    return row(address, "200 open items and more", [ms for ms, _ in timed], [0.0], [count for _, count in timed])


def floor_of(building: str, unit: str, words: str, name: str, digits: str) -> list[str]:
    """The SQL that nobody can do without."""
    asked = [BUILDING.format(building, unit)] if building else []
    asked += [WORDS.format(words)] if words else []
    like = " AND ".join(f"name_key LIKE '%{word}%'" for word in name.split())
    asked += [NAME.format(like)] if like else []
    return asked + ([PHONE.format(digits)] if digits else [])


def row(text, who, times, floors, queries) -> dict:
    return {
        "text": text,
        "who": who,
        "p50_ms": round(statistics.median(times), 1),
        "p95_ms": round(statistics.quantiles(times, n=20)[-1], 1),
        "queries": max(queries),
        "sql_ms": round(statistics.median(floors), 1),
    }


def sign_in() -> None:
    """Print the cookies of a manager and of an agent, as JSON."""
    from django.test import Client

    from apps.accounts.models import Agency, Flag, User
    from apps.accounts.roles import Role
    from apps.core.flags import DECLARED

    Agency.objects.update(requires_mfa=False, customer_visibility="own")
    for name in DECLARED:
        Flag.objects.update_or_create(name=name, defaults={"everyone": True})
    manager, _ = User.objects.get_or_create(
        email="manager@bench.invalid", defaults={"full_name": "Priya Nair", "role": Role.MANAGER}
    )
    _viewings_of_today(User.objects.get(email="agent7@bench.invalid"))
    cookies = {}
    for who, user in {"manager": manager, "agent": User.objects.get(email="agent7@bench.invalid")}.items():
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(user)
        cookies[who] = {name: morsel.value for name, morsel in client.cookies.items()}
    sys.stdout.write(json.dumps(cookies) + "\n")


def _viewings_of_today(agent) -> None:
    """Sixteen viewings of the agent's own listings and customers, half an hour each, unless they are there."""
    from datetime import timedelta

    from django.utils import timezone

    from apps.customers.models import Customer
    from apps.listings.models import Listing
    from apps.viewings.models import Viewing, ViewingGuest

    morning = timezone.localtime().replace(hour=8, minute=0, second=0, microsecond=0)
    if Viewing.objects.filter(agent=agent, starts_at__gte=morning).exists():
        return
    listings = Listing.objects.filter(list_agent=agent, standard_status="Active")[:16]
    customers = Customer.objects.filter(agent=agent)[:16]
    for number, (listing, customer) in enumerate(zip(listings, customers, strict=True)):
        starts = morning + timedelta(minutes=30 * number)
        viewing = Viewing.objects.create(listing=listing, agent=agent, created_by=agent, starts_at=starts)
        ViewingGuest.objects.create(viewing=viewing, customer=customer)


if __name__ == "__main__":
    sys.exit(main())
