"""Notes, calls and messages with their next step; tasks that are done and taken back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.core.refusals import NotAllowed, Refused
from apps.customers.actions.note import NextStep, add_note
from apps.customers.actions.stage import set_stage
from apps.customers.actions.task import add_task, complete_task, edit_task, reopen_task
from apps.customers.models import Task
from tests.factories import CustomerFactory, TaskFactory


@pytest.fixture
def customer(agent):
    return CustomerFactory(agent=agent)


@pytest.fixture
def today():
    return timezone.localdate()


def test_a_call_is_contact_and_its_next_step_a_task(customer, agent, today):
    add_note(customer, "call", "Budget to 2.6M", by=agent, next_step=NextStep("Send plans", today))
    customer.refresh_from_db()
    assert customer.last_contact_at and (customer.next_task_due, customer.next_task_title) == (today, "Send plans")


def test_a_note_alone_is_no_contact_and_an_old_call_does_not_turn_the_clock_back(customer, agent):
    add_note(customer, "note", "Likes the marina", by=agent)
    customer.refresh_from_db()
    assert customer.last_contact_at is None
    now = timezone.now()
    for days in (1, 5):
        add_note(customer, "call", "Called", by=agent, at=now - timedelta(days=days))
    customer.refresh_from_db()
    assert customer.last_contact_at == now - timedelta(days=1)


def test_the_next_step_is_the_open_task_that_is_due_first(customer, agent, today):
    late = TaskFactory(customer=customer, title="Second", due_on=today + timedelta(days=2), assignee=agent)
    first = TaskFactory(customer=customer, title="First", due_on=today, assignee=agent)

    def shown():
        customer.refresh_from_db()
        return customer.next_task_title

    assert shown() == "First"
    complete_task(first, by=agent)
    assert shown() == "Second"
    reopen_task(first, by=agent)
    assert shown() == "First"
    edit_task(first, "First", today + timedelta(days=9), agent, by=agent)
    assert shown() == "Second"
    Task.objects.filter(pk__in=[first.pk, late.pk]).delete()
    assert shown() == ""


def test_a_task_is_ticked_off_by_whom_it_concerns(agent, other_agent, manager, today):
    task = add_task(None, "Order signs", today, agent, by=agent)
    with pytest.raises(NotAllowed):
        complete_task(task, by=other_agent)
    done = complete_task(task, by=manager)
    assert done.done_by == manager and complete_task(done, by=agent).done_by == manager


def test_empty_notes_tasks_and_strangers_are_refused(customer, agent, other_agent, today):
    for act in (
        lambda: add_note(customer, "note", "  ", by=agent),
        lambda: add_task(customer, " ", today, agent, by=agent),
        lambda: set_stage(customer, "sold", by=agent),
    ):
        with pytest.raises(Refused):
            act()
    with pytest.raises(NotAllowed):
        add_note(customer, "note", "Mine", by=other_agent)
