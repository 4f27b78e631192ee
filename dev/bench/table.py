"""One line for each thing measured, the table of them, and the targets."""

import statistics
from collections.abc import Sequence

TIMES_VIEW = 3  # the median of a page may take so many times that of the minimal view
MOST_QUERIES = 12
FAR = "page 1,000"


def line(
    name: str, rows: int, times: Sequence[float], sql: Sequence[float], queries: int, *, view=(), **limits
) -> dict:
    """One line of the result, beside its floors: `sql`, by hand, that finds the same rows, and the minimal `view`.

    Of `limits` each must hold: `times_view` (medians), `times_sql` (of 95 in 100) and `p95_ms`.
    """
    p50, p95 = statistics.median(times), ninety_fifth(times)
    view_p50, sql_p95 = statistics.median(view) if view else None, ninety_fifth(sql) if sql else None
    reached = {"p95_ms": p95}
    reached |= {"times_view": p50 / view_p50} if view_p50 else {}
    reached |= {"times_sql": p95 / sql_p95} if sql_p95 else {}
    return {
        "name": name,
        "rows": rows,
        "p50_ms": round(p50, 1),
        "p95_ms": round(p95, 1),
        "view_p50_ms": view_p50 and round(view_p50, 1),
        "sql_p50_ms": round(statistics.median(sql), 1) if sql else None,
        "sql_p95_ms": sql_p95 and round(sql_p95, 1),
        "queries": queries,
        "limits": limits,
        "reached": {key: round(reached[key], 2) for key in limits},
    }


def ninety_fifth(times: Sequence[float]) -> float:
    """The time that 95 of 100 stay under."""
    return statistics.quantiles(times, n=20)[-1]


def show(results: list[dict]) -> None:
    """The table, each line with its limits, then what is asked of several lines together."""
    layout = "{:36}{:>10}{:>8}{:>8}{:>8}{:>9}{:>9}{:>9}  {}"
    print("\n" + layout.format("", "rows", "p50 ms", "p95 ms", "queries", "view p50", "SQL p50", "SQL p95", ""))
    for one in results:
        figures = (one[key] for key in ("p50_ms", "p95_ms", "queries", "view_p50_ms", "sql_p50_ms", "sql_p95_ms"))
        words = "; ".join(_verdict(one, key) for key in one["limits"])
        print(layout.format(one["name"], f"{one['rows']:,}", *("" if one is None else one for one in figures), words))
    print("\nview: the least that Django can do for 25 rows. SQL: by hand, what finds the same rows.\n")
    _show_together(results)


def _verdict(one: dict, key: str) -> str:
    limit, reached = one["limits"][key], one["reached"][key]
    said = "ok" if reached <= limit else "MISSED"
    if key == "p95_ms":
        return f"{said} p95 under {limit} ms"
    return f"{said} {reached} of {limit} times the {key.removeprefix('times_')}"


def _show_together(results) -> None:
    pages = [one for one in results if "times_view" in one["limits"]]
    reads = [one["queries"] for one in pages if one["name"] != "save"]
    if reads:
        say(f"queries on a page at most {MOST_QUERIES}", max(reads), MOST_QUERIES)
    by_name: dict[str, list[dict]] = {}
    for one in pages:
        by_name.setdefault(one["name"], []).append(one)
    for name, far in by_name.items():
        if name.endswith(FAR):
            for first, other in zip(by_name[name.replace(FAR, "first page")], far, strict=True):
                ratio = other["p50_ms"] / first["p50_ms"]
                say(f"{name} within 1.2 times the first at {first['rows']:,}", ratio, 1.2)
    for name, sizes in by_name.items():
        if len(sizes) > 1:
            growth = sizes[-1]["reached"]["times_view"] / sizes[0]["reached"]["times_view"]
            say(f"{name}: {sizes[-1]['rows']:,} within 1.3 times {sizes[0]['rows']:,}", growth, 1.3)


def say(target: str, reached: float, limit: float) -> None:
    """A target, and whether it was reached."""
    print(f"{'reached' if reached <= limit else 'MISSED ':8} {target}: {reached:.2f}")
