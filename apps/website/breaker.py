"""A site that does not answer: it is left alone for a minute, so that it delays nobody, then tried with one call."""

from datetime import timedelta

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from apps.website.models import Site

PROBE_EVERY = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(minutes=15)
FAILURES_IN_A_ROW = 3
BACKOFF = (5, 20, 60, 300, 900, 3600)  # seconds after the first, second, ... try


def is_open(site: Site, now=None) -> bool:
    """Whether the site may be asked now. A pause that is longer than any is one of a clock that was set back."""
    if site.is_made_up:
        return False
    now = now or timezone.now()
    return site.probe_at is None or not now < site.probe_at <= now + LONGEST_PAUSE


def note_answer(site: Site) -> None:
    """The site answered well."""
    site.failing_since = site.probe_at = None
    site.last_ok_at = timezone.now()
    Site.objects.filter(pk=site.pk).update(failing_since=None, probe_at=None, last_ok_at=site.last_ok_at)


def pause(site: Site, seconds: int | None = None) -> None:
    """Leave the site alone for a minute, or for as long as it asked for."""
    asked = timedelta(seconds=seconds) if seconds else PROBE_EVERY
    now = timezone.now()
    site.failing_since = site.failing_since or now
    site.probe_at = now + min(max(asked, timedelta(seconds=1)), LONGEST_PAUSE)
    Site.objects.filter(pk=site.pk).update(failing_since=Coalesce(F("failing_since"), now), probe_at=site.probe_at)


def next_try(attempts: int):
    """When a placement is tried again after so many failures in a row."""
    return timezone.now() + timedelta(seconds=BACKOFF[min(max(attempts, 1), len(BACKOFF)) - 1])
