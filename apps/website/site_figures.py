"""What stands on a website's page about its queue: how much is up, waits, failed, and how fast it goes."""

from datetime import timedelta

from django.db.models import Count, Min, Q
from django.utils import timezone

from apps.website.models import Placement, Site
from apps.website.states import State

TROUBLED = [State.FAILED, State.HELD, State.CHANGED, State.GONE]


def figures(site: Site) -> dict:
    """`up`, `waiting` and since when the `oldest`, in `trouble`, `changed` by hand, read back in the last hour."""
    now = timezone.now()
    is_due = Q(due_at__lte=now)
    return Placement.objects.filter(site=site).aggregate(
        up=Count("pk", filter=Q(is_up=True)),
        waiting=Count("pk", filter=is_due),
        oldest=Min("due_at", filter=is_due),
        trouble=Count("pk", filter=Q(state__in=TROUBLED)),
        changed=Count("pk", filter=Q(state=State.CHANGED)),
        confirmed=Count("pk", filter=Q(checked_at__gte=now - timedelta(hours=1))),
    )
