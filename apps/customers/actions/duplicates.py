"""Keeping the list of records that look like one person, and taking a pair off it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from apps.core.events import record
from apps.core.refusals import NotAllowed
from apps.customers.actions.merge import why_not_merge
from apps.customers.duplicates import pairs_sql
from apps.customers.models import Customer, DuplicatePair


@transaction.atomic
def refresh_pairs(touching: Sequence[int] | None = None) -> int:
    """Write down the pairs that look alike now, and forget those that do not any more; return how many there are.

    With `touching` only pairs with one of these customers are looked at. What people said about a pair stays.
    """
    now = timezone.now()
    sql, values = pairs_sql(touching)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO customers_duplicatepair (left_id, right_id, likeness, score, found_at)"
            f" SELECT left_id, right_id, kinds, score, %s FROM ({sql}) AS found (left_id, right_id, kinds, score)"
            " ON CONFLICT (left_id, right_id) DO UPDATE SET likeness = EXCLUDED.likeness, score = EXCLUDED.score,"
            " found_at = EXCLUDED.found_at",
            [now, *values],
        )
        count = cursor.rowcount
    _forget_older(now, touching)
    return count


def _forget_older(now: datetime, touching):
    gone = DuplicatePair.objects.filter(dismissed_at__isnull=True, found_at__lt=now)
    if touching is not None:
        gone = gone.filter(Q(left__in=touching) | Q(right__in=touching))
    gone.delete()


@transaction.atomic
def dismiss(left: Customer, right: Customer, *, by) -> DuplicatePair:
    """Write down that these two are not the same person; they are not shown as alike again."""
    NotAllowed.unless_empty(why_not_merge(left, right, by))
    pair = _pair(left, right)
    pair.dismissed_at, pair.dismissed_by = timezone.now(), by
    pair.save(update_fields=["dismissed_at", "dismissed_by"])
    record("customer.told_apart", left, by=by, other=right.reference)
    record("customer.told_apart", right, by=by, other=left.reference)
    return pair


@transaction.atomic
def take_back(left: Customer, right: Customer, *, by) -> DuplicatePair:
    """Let the two be shown as alike again."""
    NotAllowed.unless_empty(why_not_merge(left, right, by))
    pair = _pair(left, right)
    pair.dismissed_at = pair.dismissed_by = None
    pair.save(update_fields=["dismissed_at", "dismissed_by"])
    return pair


def _pair(left, right) -> DuplicatePair:
    first, second = sorted((left, right), key=lambda customer: customer.pk)
    pair, _ = DuplicatePair.objects.get_or_create(left=first, right=second, defaults={"found_at": timezone.now()})
    return pair
