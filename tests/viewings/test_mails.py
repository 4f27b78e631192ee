"""Mails about viewings: to whom, with what, never to those who do not want them, each once."""

from datetime import UTC, timedelta

import pytest
from django.utils import timezone

from apps.core.outgoing import MailState
from apps.customers.models import Consent
from apps.viewings.actions.booking import book, cancel, confirm, move
from apps.viewings.jobs import send_forgotten_mails
from apps.viewings.mails.sending import send_again
from apps.viewings.models import ViewingMail
from tests.factories import CustomerFactory, EmailAddressFactory
from tests.smtp_sink import smtp_sink
from tests.viewings.conftest import consent
from tests.workers import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sink(settings):
    with smtp_sink(settings) as sink:
        yield sink


@pytest.fixture
def owner(listing, agent):
    owner = CustomerFactory(full_name="Fatima Al Mansoori", agent=agent, created_by=agent)
    EmailAddressFactory(customer=owner, address="fatima@mail.test")
    consent(owner)
    listing.unit.owner = owner
    listing.unit.save()
    return owner


def calendar_of(message) -> str:
    part = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    return part.get_content().replace("\r\n ", "").replace("\n ", "")


def text_of(message) -> str:
    return message.get_body().get_content()


def test_customer_owner_and_agent_hear_of_a_booking(sink, listing, customer, owner, agent, at_noon):
    book(listing, [customer], agent, at_noon, by=agent, access_notes="Meet in lobby B")
    assert not sink.taken
    run_jobs()
    assert sorted(address for to, _ in sink.taken for address in to) == [
        "fatima@mail.test",
        "james@mail.test",
        "layla@agency.test",
    ]
    assert "we show you Marina Gate 2" in text_of(sink.to("james@mail.test")[0])
    assert "James" not in text_of(sink.to("fatima@mail.test")[0])
    assert "Fatima" not in text_of(sink.to("james@mail.test")[0])
    assert "James Whitfield" in text_of(sink.to("layla@agency.test")[0])


def test_the_attached_calendar_holds_the_time(sink, listing, customer, agent, at_noon):
    viewing = book(listing, [customer], agent, at_noon, by=agent)
    run_jobs()
    calendar = calendar_of(sink.to("james@mail.test")[0])
    assert f"DTSTART:{at_noon.astimezone(UTC):%Y%m%dT%H%M%SZ}" in calendar
    assert f"UID:viewing-{viewing.pk}@" in calendar
    assert "METHOD:REQUEST" in calendar
    assert 'ORGANIZER;CN="Layla Haddad":mailto:layla@agency.test' in calendar


def test_a_move_raises_the_sequence_and_a_cancellation_calls_the_event_off(sink, listing, customer, agent, at_noon):
    viewing = book(listing, [customer], agent, at_noon, by=agent)
    run_jobs()
    move(viewing, at_noon + timedelta(hours=1), version=viewing.version, by=agent)
    run_jobs()
    cancel(viewing, version=viewing.version, by=agent)
    run_jobs()
    calendars = [calendar_of(message) for message in sink.to("james@mail.test")]
    assert [f"SEQUENCE:{n}" in one for n, one in enumerate(calendars)] == [True] * 3
    assert "METHOD:CANCEL" in calendars[2]
    assert "STATUS:CANCELLED" in calendars[2]


def test_a_confirmation_is_told_to_the_customer(sink, listing, customer, agent, at_noon):
    viewing = book(listing, [customer], agent, at_noon, by=agent, tell=())
    confirm(viewing, version=viewing.version, by=agent)
    run_jobs()
    assert [message["Subject"].startswith("Viewing confirmed") for _, message in sink.taken] == [True]


def test_who_does_not_want_mail_gets_none_and_people_see_why(sink, listing, customer, agent, at_noon):
    customer.do_not_contact = True
    customer.save()
    book(listing, [customer], agent, at_noon, by=agent)
    run_jobs()
    assert sink.to("james@mail.test") == []
    withheld = ViewingMail.objects.get(customer=customer)
    assert (withheld.state, withheld.why_not) == (
        MailState.WITHHELD,
        "James Whitfield asked not to be contacted.",
    )


def test_consent_taken_back_before_the_mail_leaves_holds_it(sink, listing, customer, agent, at_noon):
    book(listing, [customer], agent, at_noon, by=agent)
    Consent.objects.create(customer=customer, channel="email", granted=False, at=timezone.now(), by=agent)
    run_jobs()
    assert sink.to("james@mail.test") == []


def test_a_mail_that_something_overtook_is_not_sent(sink, listing, customer, agent, at_noon):
    viewing = book(listing, [customer], agent, at_noon, by=agent)
    cancel(viewing, version=viewing.version, by=agent)
    run_jobs()
    assert [message["Subject"].startswith("Viewing called off") for message in sink.to("james@mail.test")] == [True]


def test_nobody_is_mailed_about_the_past(sink, listing, customer, agent):
    book(listing, [customer], agent, timezone.now() - timedelta(hours=2), by=agent)
    run_jobs()
    assert sink.taken == []


def test_an_address_that_the_server_refuses_is_seen_by_people(sink, listing, customer, agent, at_noon):
    sink.refused.add("james@mail.test")
    book(listing, [customer], agent, at_noon, by=agent, tell=["customer"])
    run_jobs()
    assert ViewingMail.objects.get().why_not == "The mail server refused the address."


def test_a_mail_whose_job_was_lost_is_found_by_the_sweep(sink, listing, customer, agent, at_noon):
    from django.db import connection
    from procrastinate.contrib.django.models import ProcrastinateJob

    book(listing, [customer], agent, at_noon, by=agent, tell=["customer"])
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    assert not ProcrastinateJob.objects.exists()
    ViewingMail.objects.update(at=timezone.now() - timedelta(minutes=10))
    send_forgotten_mails(timestamp=0)
    run_jobs()
    assert len(sink.taken) == 1


def test_a_mail_that_perhaps_went_out_waits_for_a_person(sink, listing, customer, agent, at_noon):
    book(listing, [customer], agent, at_noon, by=agent, tell=["customer"])
    ViewingMail.objects.update(state=MailState.HANDED)
    run_jobs()
    mail = ViewingMail.objects.get()
    assert (mail.state, sink.taken) == (MailState.UNSURE, [])
    send_again(mail, by=agent)
    run_jobs()
    mail.refresh_from_db()
    assert (mail.state, len(sink.taken)) == (MailState.SENT, 1)
