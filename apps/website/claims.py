"""Who works on which placements: one worker for a site at a time, each row claimed before anything is sent.

The claim empties `due_at`; a save meanwhile sets it again and is seen by the next round. A worker that is killed leaves
its claims behind; the next one for the site holds its lock, so it knows that nobody is at work on them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F, Min
from django.db.models.functions import Coalesce, Least
from django.utils import timezone

from apps.website.models import Placement, Site

LOCKS = 7_404  # the class of our advisory locks; the second number is the site
CLAIM = timedelta(minutes=10)


@contextmanager
def alone_with(site: Site, locks: int = LOCKS) -> Iterator[bool]:
    """Whether nobody else does this work for the site; the lock is the session's, so it ends with its process."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [locks, site.pk])
        is_alone = cursor.fetchone()[0]
    try:
        yield is_alone
    finally:
        if is_alone and connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [locks, site.pk])


def take_up_orphans(site: Site) -> int:
    """Make due again what a killed worker had claimed. Only for who is alone with the site."""
    orphans = Placement.objects.filter(site=site, claimed_until__isnull=False)
    return orphans.update(due_at=Coalesce("due_at", timezone.now()), claimed_until=None)


def claim(site: Site, size: int, only: list[int] | None = None, *, new: int | None = None) -> list[int]:
    """Claim up to `size` due placements of the site (of the keys in `only`, if given) and return their keys.

    Of those that are not on the site yet at most `new`: they take long, and what should come off waits for them.
    """
    now = timezone.now()
    rows = Placement.objects.due(now).filter(site=site, claimed_until=None)
    rows = rows if only is None else rows.filter(pk__in=only)
    with transaction.atomic():
        found = list(rows.select_for_update(skip_locked=True).values_list("pk", "is_up")[:size])
        places = [place for place, (_key, is_up) in enumerate(found) if not is_up]
        last = places[new] if new is not None and len(places) > new else size
        keys = [key for key, _is_up in found[:last]]
        Placement.objects.filter(pk__in=keys).update(due_at=None, claimed_until=now + CLAIM)
    return keys


def next_turn(site: Site):
    """When anything of the site is due again, but not before the site is asked again; None where nothing is."""
    moment = Placement.objects.free().filter(site=site).aggregate(first=Min("due_at"))["first"]
    probe_at = Site.objects.values_list("probe_at", flat=True).get(pk=site.pk)
    return max(moment, probe_at) if moment and probe_at else moment


def release(keys: list[int], *, again_at=None) -> None:
    """Give claimed placements back unchanged, due at once or later."""
    moment = again_at or timezone.now()
    Placement.objects.filter(pk__in=keys, claimed_until__isnull=False).update(
        claimed_until=None, due_at=Least(Coalesce(F("due_at"), moment), moment)
    )
