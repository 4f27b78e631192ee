"""The search and Today measured over HTTP: what people type, as a manager and as an agent who sees only their own
customers, the agency's strictest setting; and the agent's day with more than 200 open items, card by card.

The floor of the search is plain SQL, written by hand for each text, that finds rows of the same kinds: listings and
customers.
"""

import json
import os
import sys
from urllib.parse import quote_plus

import psycopg

from dev.bench.table import line
from dev.bench.web import LOGS, Browser, raw, run, served

ROUNDS, WARM_UP = int(os.environ.get("BENCH_ROUNDS", "60")), 5
SEARCH_MS, CARD_MS, PAGE_MS = 120, 250, 400
DAY = ("", "stats/", "viewings/", "tasks/", "leads/", "feedback/", "mandates/")
WHO = ("manager", "agent")
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


def measure(size: int, address: str) -> list[dict]:
    """Every text as both of WHO, and each card of Today, in turns: a slow moment of the machine meets all alike."""
    told = json.loads(run("from dev.bench.search import sign_in; sign_in()", address))
    texts = {text: ([], [], []) for text in TEXTS}
    cards = {path: ([], []) for path in DAY}
    with (
        served("dev.bench.counted", LOGS / "search.log", DATABASE_URL=address) as port,
        psycopg.connect(address, autocommit=True) as database,
    ):
        browsers = [Browser(port, told[who], "") for who in WHO]
        for browser in browsers:
            browser.headers["HX-Request"] = "true"  # what the palette and the cards send
        for turn in range(WARM_UP + ROUNDS):
            if turn == WARM_UP:
                for kept in (kept for lists in (*texts.values(), *cards.values()) for kept in lists):
                    kept.clear()
            for text, (times, floors, queries) in texts.items():
                typed, *parts = TEXTS[text]
                answers = [browser.get(f"/search/?q={quote_plus(typed)}") for browser in browsers]
                times += [spent for spent, _count in answers]
                queries += [count for _spent, count in answers]
                floors.append(sum(raw(database, sql) for sql in floor_of(*parts)))
            for path, (times, queries) in cards.items():
                spent, count = browsers[-1].get(f"/today/{path}")
                times.append(spent)
                queries.append(count)
    found = [
        line(f"search: {text}", size, times, floors, max(queries), p95_ms=SEARCH_MS)
        for text, (times, floors, queries) in texts.items()
    ]
    return found + [
        line(f"/today/{path}", size, times, (), max(queries), p95_ms=CARD_MS if path else PAGE_MS)
        for path, (times, queries) in cards.items()
    ]


def floor_of(building: str, unit: str, words: str, name: str, digits: str) -> list[str]:
    """The SQL that nobody can do without."""
    asked = [BUILDING.format(building, unit)] if building else []
    asked += [WORDS.format(words)] if words else []
    like = " AND ".join(f"name_key LIKE '%{word}%'" for word in name.split())
    asked += [NAME.format(like)] if like else []
    return asked + ([PHONE.format(digits)] if digits else [])


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
