"""How long the way from one apartment to the next takes: an estimate from coordinates, said to be one.

The straight line between both, a third longer because streets are not straight, at 30 km/h, the mean speed of a city by
day, and 6 minutes to park and to reach the door. Within 400 metres people walk, at 80 metres a minute, and wait for
two lifts. In one building only the lifts are left.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import asin, ceil, cos, radians, sin, sqrt

EARTH_METRES = 6_371_000
DETOUR = 1.3
METRES_A_MINUTE_BY_CAR = 500
METRES_A_MINUTE_ON_FOOT = 80
WALKED = 400
PARKING, LIFTS = 6, 4  # minutes


@dataclass(frozen=True)
class Way:
    """From one viewing to the next. `spare` is what is left of the gap after the way; below 0 it is too short."""

    minutes: int
    by_car: bool
    leave_at: datetime
    spare: int

    @property
    def is_tight(self) -> bool:
        """Whether the gap is shorter than the way."""
        return self.spare < 0


def metres_between(one, other) -> float | None:
    """The straight line between two listings; None where a coordinate is not known."""
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return None
    lat, lng, to_lat, to_lng = (
        radians(float(value)) for value in (one.latitude, one.longitude, other.latitude, other.longitude)
    )
    half = sin((to_lat - lat) / 2) ** 2 + cos(lat) * cos(to_lat) * sin((to_lng - lng) / 2) ** 2
    return 2 * EARTH_METRES * asin(sqrt(min(half, 1)))


def minutes_between(one, other) -> tuple[int, bool] | None:
    """Minutes from one listing to another, and whether by car; None where it cannot be estimated."""
    metres = metres_between(one, other)
    if metres is None:
        return None
    if metres <= WALKED:
        return ceil(metres / METRES_A_MINUTE_ON_FOOT) + LIFTS, False
    return ceil(metres * DETOUR / METRES_A_MINUTE_BY_CAR) + PARKING, True


def way(before, after) -> Way | None:
    """The way from one viewing to the next of the same agent; None where it cannot be estimated."""
    estimate = minutes_between(before.listing, after.listing)
    if estimate is None:
        return None
    minutes, by_car = estimate
    gap = int((after.starts_at - before.ends_at).total_seconds() // 60)
    return Way(minutes, by_car, after.starts_at - timedelta(minutes=minutes), gap - minutes)


def with_ways(viewings: list) -> list:
    """The viewings, each with `way`: how its agent comes from the one before on that day, or None."""
    last: dict[int, object] = {}
    for viewing in viewings:
        before = last.get(viewing.agent_id)
        is_same_day = before is not None and (viewing.starts_at - before.ends_at) < timedelta(hours=8)
        viewing.way = way(before, viewing) if is_same_day and viewing.happens else None
        if viewing.happens:
            last[viewing.agent_id] = viewing
    return viewings
