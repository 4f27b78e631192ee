"""The days of the calendar: which week, what is the weekend, where a viewing stands on the grid of a day."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

FIRST_HOUR, LAST_HOUR = 8, 21
ROW = 15  # minutes
ROWS = (LAST_HOUR - FIRST_HOUR) * 60 // ROW
SHORTEST_SPAN = 2  # rows, so that a card can be read


@dataclass
class Day:
    """One day of the calendar with its viewings."""

    day: date
    is_today: bool
    is_weekend: bool
    viewings: list = field(default_factory=list)


@dataclass
class Column:
    """What one agent, or one listing, has on a day."""

    title: str
    agent: object = None
    listing: object = None
    viewings: list = field(default_factory=list)


def week_of(day: date, weekend: list[int]) -> list[date]:
    """The seven days of the week that holds `day`; a week starts on the day after the weekend."""
    first = day - timedelta(days=(day.weekday() - first_weekday(weekend)) % 7)
    return [first + timedelta(days=ahead) for ahead in range(7)]


def first_weekday(weekend: list[int]) -> int:
    """The first working day after the weekend; Monday where every day or none is free."""
    off = set(weekend)
    return next((day for day in range(7) if day not in off and (day - 1) % 7 in off), 0)


def days_of(days: list[date], viewings: list, weekend: list[int]) -> list[Day]:
    """The days, each with its viewings, in order of time."""
    today = timezone.localdate()
    found = {day: Day(day, day == today, day.weekday() in weekend) for day in days}
    for viewing in viewings:
        found[timezone.localtime(viewing.starts_at).date()].viewings.append(viewing)
    return list(found.values())


def columns_of(viewings: list, by: str, always=()) -> list[Column]:
    """A column for each agent (or listing) who has a viewing, those in `always` first, though they may have none."""
    found: dict[int, Column] = {person.pk: Column(person.full_name, agent=person) for person in always}
    for viewing in viewings:
        place_on_grid(viewing)
        if by == "listing":
            column = found.setdefault(viewing.unit_id, Column(viewing.listing.label, listing=viewing.listing))
        else:
            column = found.setdefault(viewing.agent_id, Column(viewing.agent.full_name, agent=viewing.agent))
        column.viewings.append(viewing)
    return list(found.values())


def place_on_grid(viewing) -> None:
    """Set `row` and `span`: quarters of an hour from FIRST_HOUR, kept within the day that is drawn."""
    start = row_of(timezone.localtime(viewing.starts_at))
    viewing.span = max(SHORTEST_SPAN, min(-(-viewing.minutes // ROW), 32, ROWS - start + 1))
    viewing.row = min(start, ROWS - SHORTEST_SPAN + 1)


def row_of(moment) -> int:
    """The row of the grid in which a moment of local time lies, from 1."""
    minutes = (moment.hour - FIRST_HOUR) * 60 + moment.minute
    return min(max(minutes // ROW + 1, 1), ROWS)
