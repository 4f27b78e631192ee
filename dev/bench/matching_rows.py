"""Matching as lines of the table: the server's part runs in dev/bench/matching.py, on the project's own code."""

import json

from dev.bench.table import line
from dev.bench.web import run

WHAT = "100,000 active listings and 50,000 requirements"
LOAD = "from dev.bench.matching import fill; fill()"
SQL_TIMES, P95_MS = 2, 150


def measure(address: str) -> list[dict]:
    """Both directions, after the floor was held to find what matching finds; then the SQL that ranks nothing."""
    told = json.loads(run("from dev.bench.matching import check, show; check(); show()", address))
    lines = []
    for name, one in told.items():
        limits = {"times_sql": SQL_TIMES, "p95_ms": P95_MS}
        lines.append(line(name, len(one["ours"]), one["ours"], one["floors"], one["queries"], **limits))
        lines.append(line(f"  keys alone, unranked: {name[:3]}", len(one["ours"]), one["unranked"], [], 1))
    return lines
