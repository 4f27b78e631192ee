"""When the ticked listings can be shown: a few free times of the next days, and none twice on one page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from apps.viewings.slots import free_slots

MINUTES = 30
DAYS = 3
LOOKED_AT = 7
A_DAY = 6


@dataclass(frozen=True)
class Slot:
    """One time to choose."""

    value: str
    key: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Day:
    """The times of one day."""

    label: str
    slots: list[Slot]


def days_for(listing, agent, chosen: datetime | None, others: list[datetime], extra=()) -> list[Day]:
    """Free times for one listing on its next days; `others` are taken by other listings on the page, `extra` are shown
    in any case."""
    today, days = timezone.localdate(), []
    wanted = {moment for moment in (chosen, *extra) if moment}
    for ahead in range(LOOKED_AT):
        day = today + timedelta(days=ahead)
        free = [slot for slot in free_slots(listing, agent, day, MINUTES) if _is_apart(slot, others)]
        kept = set(_spread(free)) | (wanted & set(free))
        if kept:
            days.append(Day(_name(day, ahead), [_slot(slot, chosen) for slot in sorted(kept)]))
        if len(days) == DAYS and not any(timezone.localdate(moment) > day for moment in wanted):
            break
    return days


def _spread(free: list[datetime]) -> list[datetime]:
    if len(free) <= A_DAY:
        return free
    step = (len(free) - 1) / (A_DAY - 1)
    return [free[round(number * step)] for number in range(A_DAY)]


def _is_apart(slot, others) -> bool:
    return all(abs(slot - other) >= timedelta(minutes=MINUTES) for other in others)


def _name(day, ahead) -> str:
    return {0: _("Today"), 1: _("Tomorrow")}.get(ahead) or date_format(day, "D j M")


def _slot(moment, chosen) -> Slot:
    local = timezone.localtime(moment)
    return Slot(local.isoformat(), f"{local:%m%d%H%M}", f"{local:%H:%M}", moment == chosen)
