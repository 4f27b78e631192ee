"""Times that are free for a viewing: for the agent, the apartment and its key at once."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import OperationalError, connection
from django.db.models import Q, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core.refusals import Refused
from apps.core.search import Normalise
from apps.viewings.models import Viewing

OPENS, CLOSES = time(9), time(20)
STEP = 30  # minutes between the slots that are offered
NEAREST, DAYS_LOOKED_AT = 3, 8
LOCK_NOT_AVAILABLE = "55P03"


def free_slots(
    listing, agent, day: date, minutes: int, *, key_name: str = "", besides: Viewing | None = None
) -> list[datetime]:
    """Starts on that day, from 9:00 to 20:00 in the agency's zone, at which nothing stands in the way; none past."""
    opens, closes = _moment(day, OPENS), _moment(day, CLOSES)
    taken = list(
        _concerned(listing, agent, key_name, besides).overlapping(opens, closes).values_list("starts_at", "ends_at")
    )
    return [start for start in _steps(opens, closes, minutes) if _is_free(start, minutes, taken)]


def nearest_slots(
    listing, agent, wanted: datetime, minutes: int, *, key_name: str = "", besides: Viewing | None = None
) -> list[datetime]:
    """The free slots nearest to the time that was wanted, in order of time: on that day, else on the days after."""
    found: list[datetime] = []
    day = timezone.localtime(wanted).date()
    for ahead in range(DAYS_LOOKED_AT):
        slots = free_slots(listing, agent, day + timedelta(days=ahead), minutes, key_name=key_name, besides=besides)
        found += sorted(slots, key=lambda slot: abs(slot - wanted))[: NEAREST - len(found)]
        if len(found) == NEAREST:
            break
    return sorted(found)


def clashes(
    listing, agent, starts_at: datetime, minutes: int, *, key_name: str = "", besides: Viewing | None = None
) -> list[Viewing]:
    """Viewings that stand in the way: the same agent, apartment or key at an overlapping time."""
    ends_at = starts_at + timedelta(minutes=minutes)
    rows = _concerned(listing, agent, key_name, besides).overlapping(starts_at, ends_at)
    return list(rows.select_related("listing", "agent").defer("listing__search_vector"))


def queue_up(listing, agents: Iterable, key_name: str = "") -> None:
    """Wait until nobody else books this agent, apartment or key; they wait for us until our transaction ends.

    The exclusion constraints alone would hold too, but two inserts that meet in them may each wait for the other until
    the database ends one of them as a deadlock.
    """
    names = {f"viewings:unit:{listing.unit_id}", *(f"viewings:agent:{agent.pk}" for agent in agents)}
    with connection.cursor() as cursor:
        if key_name:
            cursor.execute("SELECT crm_normalise(%s)", [key_name])
            names.add(f"viewings:key:{cursor.fetchone()[0]}")
        for name in sorted(names):
            _wait_for(cursor, name)


def _wait_for(cursor, name) -> None:
    """Take the lock of that name; who waits longer than the database lets them (lock_timeout) is asked to try again."""
    try:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != LOCK_NOT_AVAILABLE:
            raise
        raise Refused(_("Many people book this at the same moment. Try again.")) from error


def _concerned(listing, agent, key_name, besides):
    same = Q(agent=agent) | Q(unit_id=listing.unit_id)
    if key_name:
        same |= Q(key_norm=Normalise(Value(key_name))) & ~Q(key_name="")
    rows = Viewing.objects.filter(same)
    return rows.exclude(pk=besides.pk) if besides and besides.pk else rows


def _moment(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


def _steps(opens, closes, minutes):
    now, start, last = timezone.now(), opens, closes - timedelta(minutes=minutes)
    while start <= last:
        if start > now:
            yield start
        start += timedelta(minutes=STEP)


def _is_free(start, minutes, taken) -> bool:
    end = start + timedelta(minutes=minutes)
    return all(end <= taken_from or start >= taken_until for taken_from, taken_until in taken)
