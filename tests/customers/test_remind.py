"""Reminders of tasks: in the morning or at their time, each once, whatever crashes."""

from datetime import UTC, date, datetime

import pytest
from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.accounts import mail as outgoing
from apps.accounts.models import User
from apps.customers.actions import reminder
from apps.customers.actions.reminder import remind
from apps.customers.jobs import remind_of_tasks
from apps.customers.models import Customer, Task
from tests.factories import CustomerFactory, TaskFactory

DAY = date(2026, 11, 21)
EARLY, MORNING, NOON = (datetime(2026, 11, 21, hour, tzinfo=UTC) for hour in (2, 4, 9))  # 06:00, 08:00, 13:00 in Dubai


@pytest.fixture
def task(agent):
    james = CustomerFactory(full_name="James Whitfield", agent=agent)
    return TaskFactory(customer=james, title="Send plans", due_on=DAY, created_by=agent)


def jobs() -> list:
    return list(ProcrastinateJob.objects.filter(task_name="accounts.send_mail", status="todo"))


def texts() -> list[str]:
    mail.outbox = []
    for job in jobs():
        outgoing.send(job.args["mail_id"])
    return [f"{message.to[0]} {message.subject}\n{message.body}" for message in mail.outbox]


def test_a_task_of_the_day_is_mailed_in_the_morning_and_once(task, agent):
    system = User.objects.system()
    assert remind(EARLY, by=system) == 0
    assert remind(MORNING, by=system) == 1
    assert remind(NOON, by=system) == 0
    (text,) = texts()
    assert text.startswith("layla@agency.test To do: Send plans") and "James Whitfield" in text


def test_a_task_with_a_time_is_mailed_when_it_has_come(task):
    Task.objects.update(due_at=NOON)
    system = User.objects.system()
    assert [remind(now, by=system) for now in (EARLY, MORNING, NOON)] == [0, 0, 1]


def test_several_tasks_are_one_mail(task, agent):
    TaskFactory(customer=None, title="Order keys", due_on=DAY, created_by=agent, assignee=agent)
    remind(MORNING, by=User.objects.system())
    (text,) = texts()
    assert "2 tasks are due" in text and "Order keys" in text and "Send plans" in text


def test_a_customer_who_went_to_a_colleague_is_not_named(task, agent, other_agent):
    Customer.objects.update(agent=other_agent)
    assert remind(MORNING, by=User.objects.system()) == 0
    assert jobs() == []


def test_a_crash_before_the_end_forgets_nothing_and_doubles_nothing(task, monkeypatch):
    system = User.objects.system()

    def crash(*args, **options):
        enqueue(*args, **options)
        raise ConnectionError

    enqueue = reminder.enqueue_template
    with monkeypatch.context() as patch:
        patch.setattr(reminder, "enqueue_template", crash)
        with pytest.raises(ConnectionError):
            remind(MORNING, by=system)
    assert jobs() == []
    assert remind(MORNING, by=system) == 1
    assert len(jobs()) == 1


def test_done_tasks_and_people_who_left_are_left_alone(task, agent):
    User.objects.filter(pk=agent.pk).update(is_active=False)
    assert remind(MORNING, by=User.objects.system()) == 0


def test_the_job_asks_in_the_agencys_zone(task, monkeypatch):
    monkeypatch.setattr("apps.customers.jobs.timezone.now", lambda: MORNING)
    remind_of_tasks(timestamp=0)
    assert Task.objects.get().reminded_at is not None
