"""A website knocks: who is let in, what is kept, and that the key is nowhere to be found."""

import json
import random
import time

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from waffle.testutils import override_flag

from apps.core.models import Event
from apps.customers.models import Customer
from apps.website.enquiries.intake import limits
from apps.website.enquiries.intake.signature import TOLERANCE, sign
from apps.website.models import Enquiry
from tests.factories import CustomerFactory, EmailAddressFactory, ListingFactory, PhoneFactory, UserFactory
from tests.website.sites import KEY, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def switched_on():
    cache.clear()
    with override_flag("website", active=True):
        yield


@pytest.fixture
def site(db):
    return make_site()


@pytest.fixture
def listing(agent):
    return ListingFactory(listing_id="MG-2304", created_by=agent)


@pytest.fixture
def knock(site):
    """Send a body as a site does; what is given replaces header, key or time."""

    def sent(body, *, key=KEY, number=None, at=None, **headers):
        raw = body if isinstance(body, bytes) else json.dumps({"id": "e-1", **body}).encode()
        at = str(int(time.time() if at is None else at))
        named = {"X-CRM-Site": str(number or site.pk), "X-CRM-Time": at, "X-CRM-Signature": sign(key, at, raw)}
        client = Client(raise_request_exception=False, enforce_csrf_checks=True)
        return client.post("/intake/", raw, content_type="application/json", headers=named | headers)

    return sent


OLGA = {"name": "Olga Kuznetsova", "phone": "050 123 4567", "email": "olga@mail.test", "text": "Is it free?"}


def test_an_enquiry_lands_on_the_listings_agent_with_a_new_customer(knock, listing, agent, site):
    answer = knock(OLGA | {"listing": {"reference": "MG-2304"}, "campaign": "autumn"})
    enquiry = Enquiry.objects.get()
    customer = enquiry.customer
    assert (answer.status_code, answer.json()) == (201, {"status": "taken"})
    assert (enquiry.listing, enquiry.agent, enquiry.made_customer) == (listing, agent, True)
    assert (customer.agent, customer.source, customer.campaign) == (agent, "website", "autumn")
    assert customer.phones.get().e164 == "+971501234567" and customer.emails.get().address == "olga@mail.test"


def test_the_same_enquiry_again_is_known_and_changes_nothing(knock, listing):
    knock(OLGA, at=time.time() - 1)
    answer = knock(OLGA)
    assert (answer.status_code, answer.json()) == (200, {"status": "known"})
    assert (Enquiry.objects.count(), Customer.objects.count()) == (1, 1)


def test_the_very_same_bytes_again_are_a_replay(knock):
    moment = int(time.time())
    assert [knock(OLGA, at=moment).status_code for _ in range(2)] == [201, 409]


def test_what_was_signed_too_long_ago_is_refused_with_the_time_of_now(knock):
    answer = knock(OLGA, at=time.time() - TOLERANCE - 5)
    assert answer.status_code == 401 and abs(answer.json()["now"] - time.time()) < 60
    assert not Enquiry.objects.exists()


def test_an_unknown_site_and_a_wrong_key_get_the_same_answer(knock, site):
    unknown, wrong = knock(OLGA, number=site.pk + 1), knock(OLGA, key="another")
    assert unknown.status_code == wrong.status_code == 401
    assert unknown.content == wrong.content
    assert not Enquiry.objects.exists()


@pytest.mark.parametrize("number", ["", "x", "-1", "٣", "9" * 30, "\x00"])
def test_a_strange_number_of_a_site_is_an_unknown_site(knock, number):
    assert knock(OLGA, **{"X-CRM-Site": number}).status_code == 401


def test_a_body_that_was_changed_on_the_way_is_refused(knock):
    answer = knock(OLGA, **{"X-CRM-Signature": sign(KEY, str(int(time.time())), b"{}")})
    assert answer.status_code == 401


def test_a_body_that_is_too_large_is_refused_before_it_is_read(knock):
    assert knock({"text": "x" * limits.LARGEST, "name": "Olga"}).status_code == 413


def test_a_site_that_sends_too_much_waits(knock, monkeypatch):
    monkeypatch.setattr(limits, "MOST_OF_A_SITE", 2)
    monkeypatch.setattr(limits, "this_minute", lambda: 1)
    answers = [knock(OLGA | {"id": str(n)}) for n in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert answers[2].headers["Retry-After"] == "60"


def test_wrong_signatures_of_one_address_are_slowed_down_and_right_ones_are_not(knock, monkeypatch):
    monkeypatch.setattr(limits, "MOST_WRONG", 2)
    monkeypatch.setattr(limits, "this_minute", lambda: 1)
    assert [knock(OLGA, key="guess").status_code for _ in range(3)] == [401, 401, 429]
    assert knock(OLGA).status_code == 201


def test_while_the_website_is_off_sites_are_told_to_keep_it(knock):
    with override_flag("website", active=False):
        answer = knock(OLGA)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "3600")
    assert not Enquiry.objects.exists()


def test_a_test_is_answered_and_kept_nowhere(knock):
    answer = knock({"test": True})
    assert (answer.status_code, Enquiry.objects.count()) == (200, 0)


def test_200_random_damaged_bodies_are_never_an_error_of_ours(knock, monkeypatch):
    monkeypatch.setattr(limits, "MOST_OF_A_SITE", 1_000)
    chance = random.Random(4)
    whole = json.dumps({"id": "e-1", **OLGA, "listing": {"reference": "MG-2304", "post": 7}, "consent": ["email"]})
    statuses = set()
    for number in range(200):
        damaged = bytearray(whole.replace("e-1", f"e-{number}").encode())
        for _ in range(chance.randint(1, 10)):
            damaged[chance.randrange(len(damaged))] = chance.choice((0, 34, 92, 123, 125, chance.randrange(256)))
        statuses.add(knock(bytes(damaged)).status_code)
    assert statuses <= {200, 201, 400, 409, 422} and 201 in statuses and 422 in statuses


def test_an_error_of_ours_lets_the_same_bytes_come_again(knock, monkeypatch):
    moment = int(time.time())
    with monkeypatch.context() as broken:
        broken.setattr("apps.website.enquiries.views.intake.take_in", _fail)
        assert knock(OLGA, at=moment).status_code == 500
    assert knock(OLGA, at=moment).status_code == 201


def _fail(*args, **kwargs):
    raise RuntimeError("no disk")


def test_somebody_who_is_known_keeps_their_agent(knock, listing, other_agent):
    known = PhoneFactory(customer=CustomerFactory(created_by=other_agent), e164="+971501234567").customer
    knock(OLGA | {"listing": {"reference": "MG-2304"}})
    enquiry = Enquiry.objects.get()
    assert (enquiry.customer, enquiry.agent, enquiry.made_customer) == (known, other_agent, False)


def test_two_different_customers_are_shown_and_not_guessed(knock, listing, agent):
    PhoneFactory(e164="+971501234567")
    EmailAddressFactory(address="olga@mail.test")
    knock(OLGA | {"listing": {"reference": "MG-2304"}})
    enquiry = Enquiry.objects.get()
    assert enquiry.customer is None and enquiry.agent == agent
    assert Customer.objects.count() == 2


def test_without_a_listing_a_new_customer_waits_for_whoever_is_first(knock):
    knock(OLGA)
    customer = Enquiry.objects.get().customer
    assert customer.agent is None and customer.waiting_since is not None


def test_a_listing_of_somebody_who_left_is_nobodys(knock):
    ListingFactory(listing_id="MG-9", created_by=UserFactory(is_active=False))
    knock(OLGA | {"listing": {"reference": "MG-9"}})
    assert Enquiry.objects.get().customer.waiting_since is not None


def test_a_reference_that_we_do_not_have_is_kept_as_it_came(knock):
    knock(OLGA | {"listing": {"reference": "XX-1"}})
    enquiry = Enquiry.objects.get()
    assert enquiry.listing is None and enquiry.asked_reference == "XX-1"


@pytest.mark.parametrize(
    "odd", [{"phone": "call me"}, {"email": "olga at mail"}, {"phone": "12"}, {"email": "x" * 250 + "@mail.test"}]
)
def test_contacts_that_cannot_be_stay_in_the_enquiry_alone(knock, odd):
    assert knock({"text": "Hello", **odd}).status_code == 201
    customer = Enquiry.objects.get().customer
    assert customer.label and not customer.emails.exists()


def test_what_was_agreed_to_is_written_down_with_its_source_and_time(knock, site):
    sent_at = timezone.now().replace(microsecond=0) - timezone.timedelta(minutes=3)
    knock(OLGA | {"consent": ["email"], "consent_text": "Write to me", "sent_at": sent_at.isoformat()})
    consent = Enquiry.objects.get().customer.consents.get()
    assert (consent.channel, consent.granted, consent.at) == ("email", True, sent_at)
    assert consent.source == f"{site.name}: Write to me"


def test_a_form_does_not_undo_a_no(knock, agent):
    known = PhoneFactory(customer=CustomerFactory(created_by=agent), e164="+971501234567").customer
    known.consents.create(channel="email", granted=False, at=timezone.now(), by=agent)
    knock(OLGA | {"consent": ["email"]})
    assert [one.granted for one in known.consents.all()] == [False]


def test_the_listing_tells_of_it_without_a_name(knock, listing):
    knock(OLGA | {"listing": {"reference": "MG-2304"}})
    event = Event.objects.get(verb="enquiry.received", subject_label="listings.listing")
    assert "Olga" not in json.dumps(event.data) and "Is it free" not in json.dumps(event.data)
