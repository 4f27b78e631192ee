"""Load, measure, print, and write bench/latest.json."""

import contextlib
import json
import os
import sys
import time
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

import psycopg

from dev.bench import matching_rows, search, website
from dev.bench.table import TIMES_VIEW, line, show
from dev.bench.web import LOGS, ROOT, Browser, raw, run, served

SIZES = "100000,1000000"
PARTS = sys.argv[1:] or os.environ.get("BENCH_PARTS", "pages,search,matching,website").split(",")
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "150"))
WARM_UP = 15
RESULT = ROOT / "bench" / "latest.json"
LOAD = """
from dev.bench.load import load; load({size})
from dev.bench.customers import load_customers; load_customers({size})
"""


def main() -> int:
    """Measure every size; the exit code is 0 also where a target is missed, because machines differ."""
    sizes = [int(size) for size in os.environ.get("BENCH_ROWS", SIZES).replace("_", "").split(",")]
    results, sites = [], []
    for size in sizes if {"pages", "search"} & set(PARTS) else []:
        what = f"{size:,} listings and {size:,} customers"
        with own_database(f"crm_bench_{size}", what, LOAD.format(size=size)) as address:
            results += measure(size, address) if "pages" in PARTS else []
            results += search.measure(size, address) if "search" in PARTS else []
    if "matching" in PARTS:
        with own_database("crm_bench_matching", matching_rows.WHAT, matching_rows.LOAD) as address:
            results += matching_rows.measure(address)
    if "website" in PARTS and website.is_possible():
        with own_database("crm_bench_website", website.WHAT, website.LOAD, MEDIA_ROOT=str(website.MEDIA)) as address:
            sites = website.measure(address)
    if results:
        show(results)
    if results or sites:
        RESULT.parent.mkdir(exist_ok=True)
        RESULT.write_text(json.dumps(results + sites, indent=1) + "\n")
        print(f"\nWritten to {RESULT.relative_to(ROOT)}.")
    return 0


@contextlib.contextmanager
def own_database(name: str, what: str, code: str, **environment: str) -> Iterator[str]:
    """A database beside the given one, filled by `code`; dropped unless BENCH_KEEP is set."""
    base = urlsplit(os.environ["DATABASE_URL"])
    keep = bool(os.environ.get("BENCH_KEEP"))
    address = urlunsplit(base._replace(path=f"/{name}"))
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        is_there = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if is_there and not keep:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        if not (is_there and keep):
            server.execute(f'CREATE DATABASE "{name}"')
            print(f"Loading {what} ...", flush=True)
            started = time.monotonic()
            run(code, address, **environment)
            print(f"Loaded in {time.monotonic() - started:.0f} s.", flush=True)
    try:
        yield address
    finally:
        if not keep:
            with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
                server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def measure(size: int, address: str) -> list[dict]:
    """Time every page and both floors in turns, so that a slow moment of the machine meets all alike."""
    told = json.loads(run("from dev.bench.cases import show; show()", address))
    with (
        served("dev.bench.counted", LOGS / "project.log", DATABASE_URL=address) as ours,
        served("dev.bench.minimal", LOGS / "minimal.log", DATABASE_URL=address) as floor,
        psycopg.connect(address, autocommit=True) as database,
    ):
        browser, least = (Browser(port, told["cookies"], told["csrf"]) for port in (ours, floor))
        times = {case["name"]: ([], []) for case in told["cases"]}
        floors: list[float] = []
        queries = {}
        for turn in range(WARM_UP + ROUNDS):
            for case in told["cases"]:
                spent, queries[case["name"]] = one(browser, case)
                page, sql = times[case["name"]]
                page.append(spent)
                sql.append(raw(database, case["sql"]))
            floors.append(least.get("/")[0])
            if turn == WARM_UP - 1:
                for kept in (floors, *(kept for lists in times.values() for kept in lists)):
                    kept.clear()
    return [
        line(name, size, page, sql, queries[name], view=floors, times_view=TIMES_VIEW)
        for name, (page, sql) in times.items()
    ]


def one(browser: Browser, case: dict) -> tuple[float, int]:
    """Send one request of the case; a form carries on from the version that it made."""
    if "form" not in case:
        return browser.get(case["url"])
    timed = browser.save(case["url"], case["form"])
    case["form"] = {"version": case["form"]["version"] + 1, "list_price": case["form"]["list_price"] + 1}
    return timed


if __name__ == "__main__":
    sys.exit(main())
