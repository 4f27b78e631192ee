"""Counts in the memory of this process, added to the database now and then by one statement.

A request that is counted writes nothing and asks nothing: it adds to a dictionary. What a killed process had not yet
written (at most 30 seconds) is lost, which figures of use can bear.
"""

import atexit
import hashlib
import hmac
import secrets
import threading
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import structlog
from django.conf import settings
from django.db import Error, connection, transaction

from apps.insights.models import DayKey

log = structlog.get_logger("apps.usage")

FLUSH_SECONDS = 30
FLUSH_AT = 2000
LONGEST_SECONDS = Decimal(3600)

ADD_UP = """
    WITH seen AS (
        INSERT INTO insights_visitormark (day, view, role, device, mark)
        SELECT * FROM unnest(%(mark_days)s::date[], %(mark_views)s::text[], %(mark_roles)s::text[],
                             %(mark_devices)s::text[], %(marks)s::bigint[]) AS mark (day, view, role, device, mark)
         ORDER BY 1, 2, 3, 4, 5
        ON CONFLICT DO NOTHING
        RETURNING day, view, role, device
    ), people AS (
        SELECT day, view, role, device, count(*) AS people FROM seen GROUP BY day, view, role, device
    )
    INSERT INTO insights_screenuse AS kept
           (day, view, role, device, views, people, changes, seconds_to_change, abandoned)
    SELECT counted.day, counted.view, counted.role, counted.device, views, coalesce(people, 0), changes, seconds,
           abandoned
      FROM unnest(%(days)s::date[], %(views)s::text[], %(roles)s::text[], %(devices)s::text[], %(counts)s::int[],
                  %(changes)s::int[], %(seconds)s::numeric[], %(abandoned)s::int[])
           AS counted (day, view, role, device, views, changes, seconds, abandoned)
      LEFT JOIN people USING (day, view, role, device)
     ORDER BY 1, 2, 3, 4
    ON CONFLICT (day, view, role, device) DO UPDATE
       SET views = kept.views + excluded.views, people = kept.people + excluded.people,
           changes = kept.changes + excluded.changes,
           seconds_to_change = kept.seconds_to_change + excluded.seconds_to_change,
           abandoned = kept.abandoned + excluded.abandoned
"""


class Screen(NamedTuple):
    """What is counted apart."""

    day: date
    view: str
    role: str
    device: str


@dataclass
class Count:
    """What was counted on one screen since the last flush. `people` holds ids, for these seconds only."""

    figures: Counter = field(default_factory=Counter)
    seconds: Decimal = Decimal(0)
    people: set[int] = field(default_factory=set)


class Usage:
    """The counts of this process. Safe to use from many threads."""

    def __init__(self):
        self._lock = threading.Lock()
        self._counts: dict[Screen, Count] = defaultdict(Count)
        self._added = 0
        self._flusher = None
        self._wake = threading.Event()

    def seen(self, screen: Screen, person_id: int) -> None:
        """Somebody opened a screen."""
        with self._lock:
            count = self._counts[screen]
            count.figures["views"] += 1
            count.people.add(person_id)
        self._note_added()

    def left(self, screen: Screen, *, seconds: Decimal | None, abandoned: bool) -> None:
        """Somebody left a screen: after how many seconds they first changed something, and whether it was not sent."""
        with self._lock:
            count = self._counts[screen]
            if seconds is not None:
                count.figures["changes"] += 1
                count.seconds += min(max(seconds, Decimal(0)), LONGEST_SECONDS)
            count.figures["abandoned"] += abandoned
        self._note_added()

    def flush(self) -> None:
        """Add what was counted to the database; keep it for the next time if the database does not answer."""
        with self._lock:
            counts, self._counts, self._added = self._counts, defaultdict(Count), 0
        if not counts:
            return
        try:
            add_up(counts)
        except Error as error:
            log.warning("usage_not_written", error=type(error).__name__)
            self._put_back(counts)

    def _put_back(self, counts):
        with self._lock:
            for screen, count in counts.items():
                kept = self._counts[screen]
                kept.figures += count.figures
                kept.seconds += count.seconds
                kept.people |= count.people

    def _note_added(self):
        self._added += 1
        if self._added >= FLUSH_AT:
            self._wake.set()
        if self._flusher is None and settings.IS_WEB:
            self._start_flusher()

    def _start_flusher(self):
        with self._lock:
            if self._flusher is None:
                self._flusher = threading.Thread(target=self._flush_forever, name="usage", daemon=True)
                self._flusher.start()
                atexit.register(self.flush)

    def _flush_forever(self):
        while True:
            self._wake.wait(FLUSH_SECONDS)
            self._wake.clear()
            self.flush()
            connection.close()


def add_up(counts: dict[Screen, Count]) -> None:
    """Add counts to the rows of their screens and days."""
    keys = {day: key_of(day) for day in {screen.day for screen in counts}}
    marks = [
        (*screen, mark_of(person, keys[screen.day])) for screen, count in counts.items() for person in count.people
    ]
    rows = [
        (*screen, count.figures["views"], count.figures["changes"], count.seconds, count.figures["abandoned"])
        for screen, count in counts.items()
    ]
    columns = ("days", "views", "roles", "devices", "counts", "changes", "seconds", "abandoned")
    mark_columns = ("mark_days", "mark_views", "mark_roles", "mark_devices", "marks")
    values = _as_columns(columns, rows) | _as_columns(mark_columns, marks)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ADD_UP, values)


def _as_columns(names, rows) -> dict[str, list]:
    return {name: [row[i] for row in rows] for i, name in enumerate(names)}


def key_of(day: date) -> bytes:
    """The random key of a day's marks, made by whichever process needs it first."""
    return bytes(DayKey.objects.get_or_create(day=day, defaults={"key": secrets.token_bytes(32)})[0].key)


def mark_of(person_id: int, key: bytes) -> int:
    """A number that stands for the person as long as the key exists, and for nobody afterwards."""
    digest = hmac.digest(key, str(person_id).encode(), hashlib.sha256)
    return int.from_bytes(digest[:8], "big", signed=True)


USAGE = Usage()
