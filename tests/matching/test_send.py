"""Telling customers of listings: consent obeyed, a record kept, who was first shown, nothing sent twice by a replay."""

import pytest
from django.utils import timezone

from apps.core.models import Event
from apps.core.refusals import NotAllowed, Refused
from apps.customers.models import Consent
from apps.matching.actions.sending import send_listing, send_listings, why_not_send_by
from apps.matching.matches import matches_for
from apps.matching.models import Sending
from apps.matching.news import Change, News, prepared_text
from tests.factories import CustomerFactory, EmailAddressFactory, ListingFactory, PhoneFactory, RequirementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer(agent):
    row = CustomerFactory(full_name="Aisha Rahman", agent=agent, created_by=agent)
    EmailAddressFactory(customer=row, address="aisha@mail.test")
    PhoneFactory(customer=row)
    return row


def agrees(customer, channel, agent, granted=True):
    Consent.objects.create(customer=customer, channel=channel, granted=granted, by=agent, at=timezone.now())


def test_without_consent_nothing_is_sent(customer, agent):
    listing = ListingFactory()
    with pytest.raises(Refused):
        send_listing(customer, listing, "email", "Look", by=agent)
    agrees(customer, "email", agent)
    agrees(customer, "email", agent, granted=False)
    with pytest.raises(Refused):
        send_listing(customer, listing, "email", "Look", by=agent)
    agrees(customer, "email", agent)
    customer.do_not_contact = True
    with pytest.raises(Refused):
        send_listing(customer, listing, "email", "Look", by=agent)
    assert not Sending.objects.exists()


def test_a_sending_is_a_record_a_decision_a_mail_and_contact(customer, agent, monkeypatch):
    mails = []
    monkeypatch.setattr("apps.accounts.mail.enqueue", lambda message, by: mails.append(message))
    agrees(customer, "email", agent)
    wanted = RequirementFactory(customer=customer, created_by=agent)
    one, other = ListingFactory(), ListingFactory()
    text = prepared_text(customer, [one, other], agent)
    send_listings(customer, [one, other], "email", text, by=agent)
    assert [mail.to for mail in mails] == [["aisha@mail.test"]]
    assert mails[0].body.startswith("Hello Aisha Rahman,")
    assert Sending.objects.filter(customer=customer, by=agent, channel="email").count() == 2
    assert {decision.verdict for decision in wanted.decisions.all()} == {"sent"}
    customer.refresh_from_db()
    assert customer.last_contact_at is not None
    told = Event.objects.get(verb="matching.listings_sent").data
    assert (told["count"], told["labels"]) == (2, [one.label, other.label])
    assert "Aisha" not in str(Event.objects.filter(verb="matching.listing_sent").first().data)


def test_a_colleague_who_sent_it_first_is_shown(customer, agent, manager):
    agrees(customer, "whatsapp", agent)
    wanted = RequirementFactory(customer=customer, created_by=agent)
    listing = ListingFactory()
    send_listing(customer, listing, "whatsapp", "First", by=manager)
    send_listing(customer, listing, "whatsapp", "Again", by=agent)
    [match] = matches_for(wanted, agent)
    assert (match.first_sending.by, match.first_sending.text) == (manager, "First")


def test_only_what_is_on_offer_is_sent(customer, agent):
    agrees(customer, "email", agent)
    with pytest.raises(Refused):
        send_listing(customer, ListingFactory(standard_status="Closed"), "email", "Look", by=agent)


def test_who_may_not_see_the_customer_sends_nothing(customer, other_agent, viewer):
    for person in (other_agent, viewer):
        with pytest.raises(NotAllowed):
            send_listing(customer, ListingFactory(), "email", "Look", by=person)


def test_a_channel_without_an_address_says_so(agent):
    nobody = CustomerFactory(agent=agent, created_by=agent)
    agrees(nobody, "email", agent)
    assert "No e-mail address" in why_not_send_by(nobody, "email", agent)[0]


def test_the_text_of_a_price_drop_tells_both_prices(customer, agent):
    listing = ListingFactory(list_price=2_450_000, unit__unit_number="P-7")
    text = prepared_text(customer, [listing], agent, Change(News.PRICE, 2_557_500))
    assert "AED 2,450,000 (was AED 2,557,500)" in text
    assert listing.unit_number not in text
