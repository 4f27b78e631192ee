"""Reminders of tasks by mail: in the morning of the day, or when the time has come; each task once."""

from datetime import datetime, time

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from apps.accounts.mail import enqueue_template, site_address
from apps.accounts.models import User
from apps.customers.models import Task

MORNING = time(7)


def due_to_remind(now: datetime):
    """Open tasks that their person should hear of now and has not heard of yet."""
    local = timezone.localtime(now)
    last_day = local.date() if local.time() >= MORNING else None
    by_day = Q(due_at=None, due_on__lte=last_day) if last_day else Q(pk=None)
    return Task.objects.to_do().filter(Q(due_at__lte=now) | by_day, reminded_at=None)


def remind(now: datetime, *, by) -> int:
    """Mail each person the tasks that are due, and return how many people were told.

    One transaction for each: that a task was told of and the mail's job are there together or not at all, so a
    crash at any point neither forgets nor repeats.
    """
    people = User.objects.staff().filter(pk__in=due_to_remind(now).values("assignee"))
    return sum(_remind(person, now, by) for person in people)


@transaction.atomic
def _remind(person, now, by) -> bool:
    waiting = due_to_remind(now).filter(assignee=person).select_for_update(of=["self"], skip_locked=True)
    keys = [task.pk for task in waiting]
    Task.objects.filter(pk__in=keys).update(reminded_at=now)
    tasks = Task.objects.visible_to(person).filter(pk__in=keys).select_related("customer")
    if not tasks:
        return False
    lines = [_line(task) for task in tasks]
    context = {"person": person, "lines": lines, "link": site_address("/tasks/")}
    enqueue_template(person.email, "customers/email/tasks", context, by=by)
    return True


def _line(task) -> dict:
    return {
        "title": task.title,
        "customer": task.customer.label if task.customer else "",
        "at": f"{timezone.localtime(task.due_at):%H:%M}" if task.due_at else "",
        "late_since": task.due_on if task.due_on < timezone.localdate() else None,
    }
