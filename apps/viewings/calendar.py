"""The days of the calendar: which week, what is the weekend, where a viewing stands on the grid of a day."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

FIRST_HOUR, LAST_HOUR = 8, 21  # drawn on every day; more of it where a viewing lies outside
ROW = 15  # minutes
LONGEST_SPAN = 32  # rows that the stylesheet has a class for


@dataclass(frozen=True)
class Hours:
    """The hours that a day's grid draws, from the start of `first` to the start of `last`."""

    first: int = FIRST_HOUR
    last: int = LAST_HOUR

    @property
    def rows(self) -> int:
        """How many quarters of an hour they are."""
        return (self.last - self.first) * 60 // ROW

    @property
    def drawn(self) -> range:
        """Each hour that begins in them."""
        return range(self.first, self.last)

    def row_of(self, moment: datetime) -> int | None:
        """The row in which a moment of local time lies, from 1; None outside these hours."""
        row = ((moment.hour - self.first) * 60 + moment.minute) // ROW + 1
        return row if 1 <= row <= self.rows else None


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


def hours_for(viewings: list) -> Hours:
    """The usual hours of a day, and as many more as its viewings need."""
    starts = [timezone.localtime(viewing.starts_at) for viewing in viewings]
    ends = [start + timedelta(minutes=viewing.minutes) for start, viewing in zip(starts, viewings, strict=True)]
    first = min([FIRST_HOUR, *(start.hour for start in starts)])
    last = max([LAST_HOUR, *(_hour_after(start, end) for start, end in zip(starts, ends, strict=True))])
    return Hours(first, last)


def _hour_after(start: datetime, end: datetime) -> int:
    """The full hour at which a viewing is over; midnight for one that goes on into the next day."""
    return 24 if end.date() > start.date() else end.hour + bool(end.minute)


def columns_of(viewings: list, by: str, hours: Hours, always=()) -> list[Column]:
    """A column for each agent (or listing) who has a viewing, those in `always` first, though they may have none."""
    found: dict[int, Column] = {person.pk: Column(person.full_name, agent=person) for person in always}
    for viewing in viewings:
        place_on_grid(viewing, hours)
        if by == "listing":
            column = found.setdefault(viewing.unit_id, Column(viewing.listing.label, listing=viewing.listing))
        else:
            column = found.setdefault(viewing.agent_id, Column(viewing.agent.full_name, agent=viewing.agent))
        column.viewings.append(viewing)
    return list(found.values())


def place_on_grid(viewing, hours: Hours) -> None:
    """Set `row` and `span`, in quarters of an hour of `hours` (those of `hours_for`), kept within the day.

    A card ends in the row before that in which the next viewing could begin, so that neighbours never overlap.
    """
    begins = timezone.localtime(viewing.starts_at)
    viewing.row = hours.row_of(begins)
    after = (begins.minute % ROW + viewing.minutes) // ROW
    viewing.span = max(1, min(after, LONGEST_SPAN, hours.rows - viewing.row + 1))
