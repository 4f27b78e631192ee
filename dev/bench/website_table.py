"""Websites: what was measured as one line each, the whole beside its parts, the table of them, and the targets."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from dev.bench.table import say

LIMITS = {"times_bare": 1.15, "cpu_share": 0.10}
SWEEP_SECONDS, MEMORY_GROWTH = 5, 1.10
LEAST_CPU = 0.5  # seconds; a share of less says nothing
FIGURES = ("seconds", "cpu", "postgres", "requests", "refused", "photos_again", "queries")
HEADS = ("count", "CRM s", "bare s", "times", "site CPU", "CRM CPU", "share", "PG CPU", "requests", "queries")
LAYOUT = "{:30}{:>7}{:>9}{:>8}{:>7}{:>10}{:>9}{:>8}{:>8}{:>10}{:>9}  {}"


@dataclass
class Row:
    """One thing measured, in several turns: what the CRM took, what the bare loop took."""

    name: str
    count: int
    ours: list[dict] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    site_cpu: float = 0.0

    @property
    def states(self) -> dict[str, int]:
        """How many placements ended in each state."""
        return dict(sum((Counter(one["states"]) for one in self.ours), Counter()))

    def line(self) -> dict:
        """All turns together."""
        sums = {name: sum(one[name] for one in self.ours) for name in FIGURES}
        growth = self.ours[-1]["memory"] / (self.ours[0]["memory_at_tenth"] or self.ours[0]["memory"])
        said = {"count": self.count, "bare": sum(self.bare), "site_cpu": self.site_cpu, "growth": growth}
        return judged({"name": self.name} | sums | said | {"states": self.states})


def lines(rows: Sequence[Row], sweeps: dict) -> list[dict]:
    """Every row, all of them together, and the sweeps."""
    found = [row.line() for row in rows]
    whole = {name: sum(one[name] for one in found) for name in (*FIGURES, "count", "bare", "site_cpu")}
    states = dict(sum((Counter(one["states"]) for one in found), Counter()))
    growth = max(one["growth"] for one in found)
    found.append(judged({"name": "all of it"} | whole | {"growth": growth, "states": states}))
    for name in ("quick", "thorough"):
        seconds = round(sweeps[name]["seconds"], 2)
        limits, reached = {"seconds": SWEEP_SECONDS}, {"seconds": seconds}
        found.append({"name": f"{name} sweep", "count": sweeps["rows"], "limits": limits, "reached": reached})
    return found


def judged(line: dict) -> dict:
    """The line with its limits, where anything was asked of the site."""
    reached = {}
    if line["requests"]:
        reached["times_bare"] = round(line["seconds"] / max(line["bare"], 0.001), 2)
    if line["requests"] and line["site_cpu"] > LEAST_CPU:
        reached["cpu_share"] = round(line["cpu"] / line["site_cpu"], 3)
    rounded = {name: round(value, 2) if isinstance(value, float) else value for name, value in line.items()}
    return rounded | {"limits": {name: LIMITS[name] for name in reached}, "reached": reached}


def show(results: Sequence[dict], photos: str) -> None:
    """The table, and what was aimed at."""
    measured = [one for one in results if "requests" in one]
    print("\n" + LAYOUT.format("", *HEADS, ""))
    for one in measured:
        print(LAYOUT.format(*_figures(one), "; ".join(_verdict(one, name) for name in one["limits"])))
    print(
        "\nCRM: its own delivery. bare: the same requests, sent by a loop as fast as the site takes them. Seconds;"
        f" CPU of the site is PHP's and MariaDB's, of the CRM its worker's. {photos}\n"
    )
    *rows, whole = measured
    say("photos sent twice", whole["photos_again"], 0)
    say("requests where nothing is to be done", rows[2]["requests"], 0)
    say("megabytes at the end, times those at a tenth", whole["growth"], MEMORY_GROWTH)
    for one in results:
        if "requests" not in one:
            say(f"seconds of a {one['name']} of {one['count']:,} rows", one["reached"]["seconds"], SWEEP_SECONDS)
    for one in rows:
        if one["states"] != {"live": one["count"]} or one["refused"]:
            print(f"LOOK: {one['name']}: {one['states']}, {one['refused']} requests refused")


def _figures(one: dict) -> tuple:
    times, share = one["reached"].get("times_bare", ""), one["reached"].get("cpu_share")
    seconds = (f"{one['seconds']:.2f}", f"{one['bare']:.2f}", times, f"{one['site_cpu']:.2f}", f"{one['cpu']:.2f}")
    share = "" if share is None else f"{share:.1%}"
    return one["name"], f"{one['count']:,}", *seconds, share, f"{one['postgres']:.2f}", one["requests"], one["queries"]


def _verdict(one: dict, name: str) -> str:
    said = "ok" if one["reached"][name] <= one["limits"][name] else "MISSED"
    return f"{said} {LIMITS[name]:.0%} CPU" if name == "cpu_share" else f"{said} {LIMITS[name]} times"
