"""A machine that dies between saving a viewing and mailing it, a hundred times: each mail once."""

import os
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import transaction
from django.utils import timezone

from apps.core.outgoing import MailState
from apps.viewings.actions.booking import book
from apps.viewings.jobs import send_forgotten_mails
from apps.viewings.mails import sending
from apps.viewings.models import Viewing, ViewingMail
from tests.crashes import die, in_another_process, take_up_what_fell
from tests.smtp_sink import smtp_sink
from tests.workers import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)
CRASHES = int(os.environ.get("CRM_CRASHES", "20"))
PLACES = ("before the commit", "after the commit", "before handing over", "after the server's answer")


def crash(place, booking) -> None:
    """Book in one process and send in the next; one of them dies at the place."""
    if place == "before the commit":
        in_another_process(lambda: _book_and_die_inside(booking))
        in_another_process(booking)  # the person sends the form again
        return
    in_another_process(lambda: (booking(), place == "after the commit" and die()))
    if place == "before handing over":
        in_another_process(lambda: _send_with(patch.object(sending, "letter", die)))
    if place == "after the server's answer":
        in_another_process(lambda: _send_with(patch.object(ViewingMail, "settle", _die_once_sent)))


def _book_and_die_inside(booking):
    with transaction.atomic():
        booking()
        die()


def _die_once_sent(mail, state, why_not="", settle=ViewingMail.settle):
    if state == MailState.SENT:
        die()
    settle(mail, state, why_not)


def _send_with(fault):
    with fault:
        run_jobs()


def recover():
    """What the clock does by itself: jobs of dead workers are handed on, forgotten mails are asked for again."""
    take_up_what_fell()
    ViewingMail.objects.update(at=timezone.now() - timedelta(minutes=10))
    send_forgotten_mails(timestamp=0)
    run_jobs()


def test_a_crash_at_any_moment_leaves_each_mail_sent_once(settings, listing, customer, agent, at_noon):
    with smtp_sink(settings) as sink:
        for number in range(CRASHES):
            starts_at = at_noon + timedelta(days=number)

            def booking(starts_at=starts_at):
                book(listing, [customer], agent, starts_at, by=agent, tell=["customer"])

            crash(PLACES[number % len(PLACES)], booking)
            recover()
        assert Viewing.objects.count() == CRASHES
        subjects = [message["Subject"] for message in sink.to("james@mail.test")]
        assert (len(subjects), len(set(subjects))) == (CRASHES, CRASHES)
    unsure = ViewingMail.objects.filter(state=MailState.UNSURE).count()
    sent = ViewingMail.objects.filter(state=MailState.SENT).count()
    assert (sent, unsure) == (CRASHES - CRASHES // len(PLACES), CRASHES // len(PLACES))
