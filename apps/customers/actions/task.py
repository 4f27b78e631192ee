"""Tasks: what somebody will do by a day, and that it was done."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.events import record
from apps.core.refusals import NotAllowed, Refused
from apps.customers.models import Customer, Task
from apps.customers.policy import why_not_write_to


@transaction.atomic
def add_task(
    customer: Customer | None, title: str, due_on: date, assignee, *, by, due_at: datetime | None = None
) -> Task:
    """Plan something for a customer, or for nobody in particular."""
    if not by.has_perm("customers.change_customer"):
        raise NotAllowed(_("Your role may not plan tasks."))
    if customer is not None:
        NotAllowed.unless_empty(why_not_write_to(customer, by))
    if not title.strip():
        raise Refused(_("Say what is to be done."))
    _refuse_strangers(assignee)
    task = Task.objects.create(
        customer=customer, title=title.strip()[:200], due_on=due_on, due_at=due_at, assignee=assignee, created_by=by
    )
    _record("customer.task_added", task, by)
    return task


def why_not_complete(task: Task, by) -> list[str]:
    """Why this person may not tick the task off, or take the tick back."""
    if by.pk in (task.assignee_id, task.created_by_id) or by.has_perm("customers.change_any_customer"):
        return []
    if task.customer is not None and not why_not_write_to(task.customer, by):
        return []
    return [_("This is %(assignee)s's task.") % {"assignee": task.assignee.short_name}]


@transaction.atomic
def complete_task(task: Task, *, by) -> Task:
    """Tick a task off. One that is done stays done by whom it was."""
    NotAllowed.unless_empty(why_not_complete(task, by))
    task = _locked(task)
    if task.done_at is None:
        task.done_at, task.done_by = timezone.now(), by
        task.save(update_fields=["done_at", "done_by"])
        _record("customer.task_done", task, by)
    return task


@transaction.atomic
def reopen_task(task: Task, *, by) -> Task:
    """Take the tick back."""
    NotAllowed.unless_empty(why_not_complete(task, by))
    task = _locked(task)
    if task.done_at is not None:
        task.done_at = task.done_by = None
        task.save(update_fields=["done_at", "done_by"])
        _record("customer.task_reopened", task, by)
    return task


@transaction.atomic
def edit_task(task: Task, title: str, due_on: date, assignee, *, by, due_at: datetime | None = None) -> Task:
    """Change what is to be done, by when and by whom; with another day or person it is reminded of anew."""
    NotAllowed.unless_empty(why_not_complete(task, by))
    if not title.strip():
        raise Refused(_("Say what is to be done."))
    _refuse_strangers(assignee)
    task = _locked(task)
    before = (task.due_on, task.due_at, task.assignee_id)
    task.title, task.due_on, task.due_at, task.assignee = title.strip()[:200], due_on, due_at, assignee
    if before != (due_on, due_at, assignee.pk):
        task.reminded_at = None
    task.save(update_fields=["title", "due_on", "due_at", "assignee", "reminded_at"])
    verb = "customer.task_moved" if before[:2] != (due_on, due_at) else "customer.task_changed"
    _record(verb, task, by, old=before[0].isoformat())
    return task


def _refuse_strangers(assignee):
    if not User.objects.staff().filter(pk=assignee.pk).exists():
        raise Refused(_("%(assignee)s cannot be given tasks. Choose somebody who works here.") % {"assignee": assignee})


def _locked(task) -> Task:
    return Task.objects.select_for_update(of=["self"]).select_related("customer", "assignee").get(pk=task.pk)


def _record(verb, task, by, **data):
    """On the customer's timeline, or on the task itself where there is no customer."""
    record(verb, task.customer or task, by=by, task=task.pk, due=task.due_on.isoformat(), **data)
