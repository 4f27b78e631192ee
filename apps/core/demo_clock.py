"""Living through the past: each step of the demo is done by the real action, at its time."""

from contextlib import contextmanager
from datetime import datetime, timedelta

from django.utils import timezone


@contextmanager
def at(moment: datetime):
    """Inside, it is `moment` for everything in this process that asks `timezone.now()`."""
    real, timezone.now = timezone.now, lambda: moment
    try:
        yield
    finally:
        timezone.now = real


def days_ago(today: datetime, days: int, minutes: int = 0) -> datetime:
    """A working hour so many days before `today`; for no days, so many minutes before it."""
    if days <= 0:
        return today - timedelta(minutes=max(minutes, 1))
    return (today - timedelta(days=days)).replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(
        minutes=minutes
    )
