"""One's own tasks that are due: today's and the late ones, the longest due first."""

from django.db.models import F
from django.utils import timezone

from apps.core.counting import CHEAP_UP_TO, capped_counts
from apps.customers.models import Task

IN_CARD = 8


def due(user):
    """Tasks of this person that are due."""
    return Task.objects.visible_to(user).to_do().filter(assignee=user.pk, due_on__lte=timezone.localdate())


def load(request, limit: int = IN_CARD) -> dict:
    """The tasks of `due`, the longest due first, and how many there are."""
    rows = due(request.user)
    (count,) = capped_counts(rows, cap=CHEAP_UP_TO)
    tasks = rows.select_related("customer").order_by("due_on", F("due_at").asc(nulls_last=True), "pk")[:limit]
    today = timezone.localdate()
    return {"tasks": list(tasks), "count": count, "today": today}
