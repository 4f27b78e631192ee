"""Intake under attack: two at once, the same number with other words, floods, odd bytes, what an export makes of it."""

import json
import threading
import time

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from waffle.testutils import override_flag

from apps.accounts.models import User
from apps.core.sheets import csv_lines
from apps.customers.models import Customer
from apps.today.cards import leads
from apps.website.enquiries.actions.enquiry import take_in
from apps.website.enquiries.export import export
from apps.website.enquiries.intake import limits
from apps.website.enquiries.intake.message import Message
from apps.website.enquiries.intake.signature import sign
from apps.website.enquiries.polling import read_enquiries
from apps.website.models import Enquiry
from tests.factories import ListingFactory
from tests.website.sites import KEY, make_site

pytestmark = pytest.mark.django_db
OLGA = {"name": "Olga Kuznetsova", "phone": "050 123 4567", "email": "olga@mail.test", "text": "Is it free?"}


@pytest.fixture(autouse=True)
def switched_on():
    cache.clear()
    with override_flag("website", active=True), override_flag("customers", active=True):
        yield


def knock(site, body: bytes, at: int | None = None):
    at = str(at or int(time.time()))
    headers = {"X-CRM-Site": str(site.pk), "X-CRM-Time": at, "X-CRM-Signature": sign(KEY, at, body)}
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    return client.post("/intake/", body, content_type="application/json", headers=headers)


def bytes_of(**said) -> bytes:
    return json.dumps({"id": "e-1", **OLGA, **said}).encode()


def at_once(*calls) -> list:
    """What each call answers when all begin at one moment, each on a connection of its own."""
    barrier, answers = threading.Barrier(len(calls)), [None] * len(calls)

    def run(number, call):
        try:
            barrier.wait(timeout=60)
            answers[number] = call()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return answers


class Queue:
    """A site's own queue that holds one enquiry."""

    def enquiries(self, after):
        rows = [] if after else [{"n": 1, "id": "e-1", **OLGA}]
        return {"enquiries": rows, "more": False}


# -- Two at once -------------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_one_delivery_twice_at_once_is_one_enquiry_of_one_customer():
    site, now = make_site(), int(time.time())
    answers = at_once(*(lambda n=n: knock(site, bytes_of(), at=now - n).status_code for n in range(4)))
    assert sorted(answers) == [200, 200, 200, 201]
    assert (Enquiry.objects.count(), Customer.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_what_is_sent_and_asked_for_at_once_is_one_enquiry():
    site, system = make_site(), User.objects.system()
    at_once(lambda: knock(site, bytes_of()), lambda: read_enquiries(site, Queue(), by=system))
    assert (Enquiry.objects.count(), Customer.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_questions_of_somebody_new_at_once_are_of_one_customer():
    site = make_site()
    spellings = ("050 123 4567", "+971 50 123 4567", "00971501234567", "٠٥٠ ١٢٣ ٤٥٦٧")
    at_once(*(lambda n=n, p=p: knock(site, bytes_of(id=f"e-{n}", phone=p)) for n, p in enumerate(spellings)))
    assert (Enquiry.objects.count(), Customer.objects.count()) == (4, 1)


# -- One after the other -----------------------------------------------------------------------------------------------
def test_the_same_number_with_other_words_changes_nothing_of_what_came_first():
    site = make_site()
    knock(site, bytes_of())
    answer = knock(site, bytes_of(text="Something else", phone="0559998877", name="Mallory"))
    enquiry = Enquiry.objects.get()
    assert answer.status_code == 200 and enquiry.text == "Is it free?" and enquiry.name == "Olga Kuznetsova"
    assert Customer.objects.count() == 1


def test_one_site_that_sends_too_much_holds_up_no_other(monkeypatch):
    monkeypatch.setattr(limits, "MOST_OF_A_SITE", 2)
    monkeypatch.setattr(limits, "this_minute", lambda: 1)
    loud, calm = make_site(), make_site()
    assert [knock(loud, bytes_of(id=f"e-{n}")).status_code for n in range(4)] == [201, 201, 429, 429]
    assert knock(calm, bytes_of()).status_code == 201


@pytest.mark.parametrize(
    "body",
    [
        b'{"id": "e-1", "text": ' + b"[" * 30_000 + b"]" * 30_000 + b"}",
        b'{"id": "e-1", "a":' * 3_000 + b"1" + b"}" * 3_000,
        bytes_of().decode().encode("utf-16"),
        '{"id": "e-1", "text": "é"}'.encode("latin-1"),
        b'{"id": "e-1", "text": "\\ud800"}',
        b'{"id": "e-1", "text": 1e999}',
        b'{"id": ' + b"9" * 5_000 + b', "text": "a"}',
        b'{"id": "e-1", "id": "e-2", "text": "\\u0000"}',
        b"\xef\xbb\xbf" + bytes_of(),
    ],
)
def test_bodies_made_to_break_us_are_read_or_refused(body):
    assert knock(make_site(), body).status_code in (201, 400, 422)


# -- What becomes of it ------------------------------------------------------------------------------------------------
@pytest.fixture
def asked(agent):
    site, system = make_site(), User.objects.system()
    ListingFactory(listing_id="MG-2304", created_by=agent)

    def taken(their_id, **said):
        return take_in(site, Message(their_id, **(OLGA | {"reference": "MG-2304"} | said)), by=system).enquiry

    return taken


def test_markup_in_a_name_is_text_on_every_page(asked, agent, client):
    evil = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
    enquiry = asked("e-1", name=evil, text=evil, source=evil, campaign=evil, consent_text=evil)
    client.force_login(agent)
    pages = (enquiry.get_absolute_url(), "/website/enquiries/", "/today/leads/", enquiry.customer.get_absolute_url())
    for address in (*pages, f"{enquiry.get_absolute_url()}reply/"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page and "<img src=x" not in page


def test_formulas_in_an_export_stay_text(asked, manager):
    asked("e-1", name="=HYPERLINK(1)", text="@SUM(1)", source="-1+1", phone="+971501234567", email="")
    header, rows = export(Enquiry.objects.all(), "csv", by=manager)
    text = b"".join(csv_lines(header, rows)).decode()
    assert not any(
        cell.startswith(("=", "@")) for line in text.splitlines() for cell in line.replace('"', "").split(",")
    )


def test_a_flood_of_the_same_words_is_one_line_of_today_and_hides_nobody(asked, agent, rf):
    for n in range(30):
        asked(f"f-{n}", name=f"Bot {n}", phone=f"05011122{n:02d}", email="", text="Buy now")
    asked("e-1")
    request = rf.get("/today/leads/")
    request.user = agent
    with override_flag("website", active=True):
        found = leads.load(request)
    assert [(lead.enquiry.text, lead.more) for lead in found["leads"]] == [("Buy now", 29), ("Is it free?", 0)]
    assert found["count"] == 31


def test_several_questions_of_one_person_are_one_line(asked, agent, rf):
    asked("e-1")
    asked("e-2", text="And the parking?")
    request = rf.get("/today/leads/")
    request.user = agent
    found = leads.load(request)
    assert [lead.more for lead in found["leads"]] == [1]
