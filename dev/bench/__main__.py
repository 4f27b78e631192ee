"""Load, measure, print, and write bench/latest.json."""

import contextlib
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

import psycopg

from dev.bench.web import ROOT, Browser, served

SIZES = "100000,1000000"
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "150"))
WARM_UP = 15
RESULT = ROOT / "bench" / "latest.json"
LOGS = ROOT / "var" / "bench"


def main() -> int:
    """Measure every size; the exit code is 0 also where a target is missed, because machines differ."""
    sizes = [int(size) for size in os.environ.get("BENCH_ROWS", SIZES).replace("_", "").split(",")]
    results = []
    for size in sizes:
        with own_database(size) as address:
            results += measure(size, address)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(results, indent=1) + "\n")
    show(results)
    print(f"\nWritten to {RESULT.relative_to(ROOT)}.")
    return 0


@contextlib.contextmanager
def own_database(size: int) -> Iterator[str]:
    """A database beside the given one, with `size` listings and customers; dropped unless BENCH_KEEP is set."""
    base = urlsplit(os.environ["DATABASE_URL"])
    name, keep = f"crm_bench_{size}", bool(os.environ.get("BENCH_KEEP"))
    address = urlunsplit(base._replace(path=f"/{name}"))
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        is_there = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if is_there and not keep:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        if not (is_there and keep):
            server.execute(f'CREATE DATABASE "{name}"')
            print(f"Loading {size:,} listings and {size:,} customers ...", flush=True)
            started = time.monotonic()
            run(f"from dev.bench.load import load; load({size})", address)
            run(f"from dev.bench.customers import load_customers; load_customers({size})", address)
            print(f"Loaded in {time.monotonic() - started:.0f} s.", flush=True)
    try:
        yield address
    finally:
        if not keep:
            with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
                server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def run(code: str, address: str) -> str:
    """The last line that a piece of the project's own code prints, run on a database."""
    command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", code]
    environment = os.environ | {"DATABASE_URL": address, "LOG_LEVEL": "ERROR"}
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True, text=True)
    return done.stdout.strip().rpartition("\n")[2]


def measure(size: int, address: str) -> list[dict]:
    """Time every case and both floors, in turns, so that a slow moment of the machine meets all alike."""
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
    return [row(name, size, lists, queries[name], floors) for name, lists in times.items()]


def one(browser: Browser, case: dict) -> tuple[float, int]:
    """Send one request of the case; a form carries on from the version that it made."""
    if "form" not in case:
        return browser.get(case["url"])
    timed = browser.save(case["url"], case["form"])
    case["form"] = {"version": case["form"]["version"] + 1, "list_price": case["form"]["list_price"] + 1}
    return timed


def raw(database: psycopg.Connection, sql: str) -> float:
    """Milliseconds for the same rows by SQL alone."""
    started = time.perf_counter()
    cursor = database.execute(sql)
    if cursor.description:
        cursor.fetchall()
    return (time.perf_counter() - started) * 1000


def row(name, size, lists, queries, floors) -> dict:
    """One line of the result."""
    page, sql = lists
    p50, floor = statistics.median(page), statistics.median(floors)
    return {
        "name": name,
        "rows": size,
        "p50_ms": round(p50, 1),
        "p95_ms": round(statistics.quantiles(page, n=20)[-1], 1),
        "queries": queries,
        "floor_ms": round(floor, 1),
        "ratio": round(p50 / floor, 2),
        "sql_ms": round(statistics.median(sql), 2),
    }


def show(results: list[dict]) -> None:
    """The table, and the targets with what was reached."""
    heads = f"{'listings':>10}{'p50 ms':>9}{'p95 ms':>9}{'queries':>9}{'minimal view':>14}{'ratio':>7}{'SQL alone':>11}"
    print(f"\n{'':32}{heads}")
    for one in results:
        print(
            f"{one['name']:32}{one['rows']:>10,}{one['p50_ms']:>9}{one['p95_ms']:>9}{one['queries']:>9}"
            f"{one['floor_ms']:>14}{one['ratio']:>7}{one['sql_ms']:>11}"
        )
    by_name: dict[str, list[dict]] = {}
    for one in results:
        by_name.setdefault(one["name"], []).append(one)
    print()
    say("p50 at most 3 times the minimal view", max(one["ratio"] for one in results), 3)
    say("queries on a page at most 12", max(one["queries"] for one in results if one["name"] != "save"), 12)
    for of in ("", "customers, "):
        for first, far in zip(by_name[f"{of}first page"], by_name[f"{of}page 1,000"], strict=True):
            ratio = far["p50_ms"] / first["p50_ms"]
            say(f"{of}page 1,000 within 1.2 times the first at {first['rows']:,}", ratio, 1.2)
    for name, sizes in by_name.items():
        if len(sizes) > 1:
            say(
                f"{name}: {sizes[-1]['rows']:,} within 1.3 times {sizes[0]['rows']:,}",
                sizes[-1]["ratio"] / sizes[0]["ratio"],
                1.3,
            )


def say(target: str, reached: float, limit: float) -> None:
    """A target, and whether it was reached."""
    print(f"{'reached' if reached <= limit else 'MISSED ':8} {target}: {reached:.2f}")


if __name__ == "__main__":
    sys.exit(main())
