"""Mail leaves once, whatever crashes; where nobody knows whether it went out, a person decides."""

from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.utils import timezone

from apps.accounts import mail
from apps.accounts.jobs import forget_old_mails, send_forgotten_mails
from apps.accounts.models import OutgoingMail
from apps.core.models import FailedJob
from apps.core.outgoing import MailState
from apps.core.queue import enqueue, retry
from apps.customers.actions.reminder import remind
from tests.crashes import die, in_another_process, take_up_what_fell
from tests.factories import TaskFactory
from tests.smtp_sink import smtp_sink
from tests.workers import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)
TO = "layla@agency.test"


@pytest.fixture
def sink(settings):
    with smtp_sink(settings) as sink:
        yield sink


@pytest.fixture
def asked(agent) -> OutgoingMail:
    mail.enqueue(EmailMessage("Hello", "Sign in at https://crm.test/key", "us@agency.test", [TO]), by=agent)
    return OutgoingMail.objects.get()


def dies_once_sent():
    def settle(row, state, why_not="", settle=OutgoingMail.settle):
        die() if state == MailState.SENT else settle(row, state, why_not)

    return patch.object(OutgoingMail, "settle", settle)


def work_and_die(fault):
    def work():
        with fault:
            run_jobs()

    in_another_process(work)


def test_a_mail_leaves_and_what_it_said_is_gone(sink, asked):
    run_jobs()
    asked.refresh_from_db()
    assert [message["Subject"] for message in sink.to(TO)] == ["Hello"]
    assert (asked.state, asked.sealed) == (MailState.SENT, "")


def test_a_crash_after_the_servers_answer_sends_no_second_mail_and_people_hear_of_it(sink, asked):
    work_and_die(dies_once_sent())
    take_up_what_fell()
    take_up_what_fell()
    assert len(sink.to(TO)) == 1
    assert OutgoingMail.objects.get().state == MailState.UNSURE
    assert "may have gone out" in FailedJob.objects.get().message


def test_a_person_sends_it_again_and_mailboxes_know_it_by_its_id(sink, asked, administrator):
    work_and_die(dies_once_sent())
    take_up_what_fell()
    retry(FailedJob.objects.get(), by=administrator)
    run_jobs()
    assert OutgoingMail.objects.get().state == MailState.SENT
    assert len(sink.to(TO)) == 2
    assert len({message["Message-ID"] for message in sink.to(TO)}) == 1


def test_a_crash_before_handing_over_is_healed(sink, asked):
    work_and_die(patch.object(mail, "unsealed", die))
    assert sink.taken == []
    take_up_what_fell()
    assert (len(sink.to(TO)), OutgoingMail.objects.get().state) == (1, MailState.SENT)


@pytest.mark.parametrize("fault", [dies_once_sent, lambda: patch.object(mail, "unsealed", die)])
def test_a_reminder_of_tasks_is_mailed_once_whatever_crashes(sink, agent, fault):
    TaskFactory(customer=None, title="Order keys", due_on=date(2026, 11, 21), created_by=agent, assignee=agent)
    morning = datetime(2026, 11, 21, 4, tzinfo=UTC)
    in_another_process(lambda: (remind(morning, by=agent), die()))
    work_and_die(fault())
    assert remind(morning + timedelta(hours=1), by=agent) == 0
    take_up_what_fell()
    assert [message["Subject"] for message in sink.to(TO)] == ["To do: Order keys"]


def test_an_address_that_the_server_refuses_is_trouble_that_can_be_tried_again(sink, asked, administrator):
    sink.refused.add(TO)
    run_jobs()
    assert OutgoingMail.objects.get().state == MailState.WITHHELD
    sink.refused.clear()
    retry(FailedJob.objects.get(), by=administrator)
    run_jobs()
    assert len(sink.to(TO)) == 1


def test_a_mail_whose_job_was_lost_is_found_by_the_sweep(sink, asked):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    OutgoingMail.objects.update(at=timezone.now() - timedelta(minutes=10))
    send_forgotten_mails(timestamp=0)
    run_jobs()
    assert len(sink.to(TO)) == 1


def test_a_job_of_the_release_before_carries_its_mail_itself(sink, asked, agent):
    sealed = asked.sealed
    asked.delete()
    enqueue("accounts.send_mail", by=agent, sealed=sealed)
    run_jobs()
    assert len(sink.to(TO)) == 1


def test_what_became_of_mails_is_forgotten_after_a_month(asked):
    OutgoingMail.objects.update(at=timezone.now() - timedelta(days=31))
    forget_old_mails(timestamp=0)
    assert not OutgoingMail.objects.exists()
