"""Answering an enquiry in writing, saying that one needs no answer, and the search that it suggests."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.utils import timezone
from waffle.testutils import override_flag

from apps.accounts.models import OutgoingMail, User
from apps.core.refusals import NotAllowed, Refused
from apps.customers.actions.consent import set_consent
from apps.customers.models import Customer, Note
from apps.matching.models import Decision, Requirement, Sending
from apps.matching.proposing import proposal_from
from apps.website.enquiries.actions.answer import address_of, put_back, reply, set_aside
from apps.website.enquiries.actions.enquiry import pass_on_late, take_in
from apps.website.enquiries.intake.message import Message
from apps.website.enquiries.replies import draft, texts_for
from apps.website.models import Enquiry
from tests.factories import ListingFactory
from tests.website.sites import make_site

pytestmark = pytest.mark.django_db
FLAGS = ("website", "customers", "matching", "viewings")
PRICE = Decimal("2450000")


@pytest.fixture(autouse=True)
def switched_on():
    cache.clear()
    contexts = [override_flag(name, active=True) for name in FLAGS]
    for one in contexts:
        one.enable()
    yield
    for one in contexts:
        one.disable()


@pytest.fixture
def site(db):
    return make_site(name="Marina Homes")


@pytest.fixture
def listing(agent):
    return ListingFactory(listing_id="MG-2304", created_by=agent, list_price=PRICE, unit__bedrooms_total=2)


@pytest.fixture
def other(listing, agent):
    """A home that fits whoever asks about the other."""
    unit = {"unit__bedrooms_total": 2, "unit__place": listing.unit.place}
    return ListingFactory(listing_id="MG-2305", created_by=agent, list_price=PRICE, **unit)


@pytest.fixture
def asked(site, listing):
    """Take in an enquiry about the listing."""

    def taken(their_id="e-1", **said):
        details = {"name": "Olga Kuznetsova", "phone": "050 123 4567", "reference": "MG-2304", "text": "Is it free?"}
        return take_in(site, Message(their_id, **(details | said)), by=User.objects.system()).enquiry

    return taken


def fresh(enquiry: Enquiry) -> Enquiry:
    return Enquiry.objects.select_related("customer", "listing", "site").get(pk=enquiry.pk)


def sent(client, name, enquiry, **fields):
    return client.post(f"/website/enquiries/{enquiry.pk}/{name}/", {"submission_key": uuid.uuid4(), **fields})


# -- In writing --------------------------------------------------------------------------------------------------------
def test_a_mail_answers_and_is_in_the_timeline(asked, agent):
    enquiry = asked(email="olga@mail.test")
    reply(enquiry, "email", "It is free.", by=agent)
    assert fresh(enquiry).answered_by == agent
    assert Note.objects.get().body == "It is free."
    assert OutgoingMail.objects.count() == 1


def test_a_message_goes_by_the_agents_own_hand(asked, agent):
    enquiry = asked()
    reply(enquiry, "whatsapp", "It is free.", by=agent)
    assert not fresh(enquiry).is_open and not OutgoingMail.objects.exists()


def test_who_asks_may_be_answered_without_having_agreed_to_more(asked, agent):
    enquiry = asked(email="olga@mail.test")
    assert not enquiry.customer.consents.exists()
    reply(enquiry, "email", "It is free.", by=agent)


def test_a_no_stays_a_no(asked, agent):
    enquiry = asked(email="olga@mail.test")
    set_consent(enquiry.customer, "email", False, by=agent)
    with pytest.raises(Refused, match="does not want to be contacted by E-mail"):
        reply(enquiry, "email", "It is free.", by=agent)


def test_nothing_is_sent_to_who_asked_not_to_be_contacted(asked, agent):
    enquiry = asked(email="olga@mail.test")
    Customer.objects.update(do_not_contact=True)
    with pytest.raises(Refused, match="asked not to be contacted"):
        reply(fresh(enquiry), "email", "It is free.", by=agent)


def test_it_goes_to_what_they_wrote_before_what_is_known(asked):
    first = asked(email="olga@mail.test")
    again = asked("e-2", email="")
    assert (address_of(first, "email"), address_of(again, "email")) == ("olga@mail.test", "olga@mail.test")
    assert address_of(again, "whatsapp") == "+971501234567"


def test_answering_somebody_whom_nobody_took_takes_them(asked, agent):
    enquiry = asked(reference="")
    assert enquiry.customer.agent is None
    reply(enquiry, "whatsapp", "What do you look for?", by=agent)
    assert Customer.objects.get().agent == agent


def test_those_who_answer_nobody_cannot(asked, viewer):
    with pytest.raises(NotAllowed):
        reply(asked(), "whatsapp", "Hello", by=viewer)


def test_the_form_offers_a_viewing_first_and_keeps_what_was_typed(asked, agent, client):
    enquiry = asked(email="olga@mail.test")
    client.force_login(agent)
    page = client.get(f"/website/enquiries/{enquiry.pk}/reply/").content.decode()
    assert "When would it suit you to see it?" in page and "AED 2,450,000" in page
    refused = sent(client, "reply", enquiry, channel="sms", text="")
    assert refused.status_code == 422
    done = sent(client, "reply", enquiry, channel="email", text="It is free.")
    assert done.status_code == 302 and not fresh(enquiry).is_open


def test_a_home_that_is_gone_is_answered_with_others_that_are_kept_as_sent(asked, listing, other, agent, client):
    enquiry = asked()
    type(listing).objects.filter(pk=listing.pk).update(standard_status="Withdrawn")
    enquiry = fresh(enquiry)
    assert texts_for(enquiry)[0][0] == "similar"
    ready = draft(enquiry, "", agent)
    assert "no longer on offer" in ready.text and ready.also == [other]
    client.force_login(agent)
    sent(client, "reply", enquiry, channel="whatsapp", text=ready.text, listing="MG-2305")
    assert Sending.objects.get().listing == other


# -- No answer needed --------------------------------------------------------------------------------------------------
def test_spam_waits_for_nobody_and_rests(asked, agent):
    enquiry = asked()
    set_aside(enquiry, "spam", by=agent)
    assert not fresh(enquiry).is_open and Customer.objects.get().stage == "dormant"
    Enquiry.objects.update(received_at=timezone.now() - timedelta(minutes=16))
    assert pass_on_late(timezone.now(), by=User.objects.system()) == 0


def test_it_can_be_put_back_as_it_was(asked, agent):
    enquiry = asked()
    set_aside(enquiry, "wrong_number", by=agent)
    put_back(fresh(enquiry), by=agent)
    assert fresh(enquiry).is_open and fresh(enquiry).set_aside == "" and Customer.objects.get().stage == "new"


def test_somebody_known_does_not_rest(asked, agent):
    asked("e-0")
    enquiry = asked()
    set_aside(enquiry, "not_meant", by=agent)
    assert Customer.objects.get().stage == "new"


def test_all_of_the_very_same_words_go_and_come_back_together(asked, agent):
    flood = [asked(f"f-{n}", name=f"Bot {n}", phone=f"05011122{n:02d}", text="Buy now") for n in range(4)]
    asked("e-9", phone="0509998877", text="Is it free?")
    assert set_aside(flood[0], "spam", by=agent, alike=True) == 4
    assert Enquiry.objects.open().count() == 1
    assert put_back(fresh(flood[2]), by=agent) == 4
    assert Enquiry.objects.open().count() == 5


def test_who_sent_nothing_but_spam_is_set_aside_at_once(asked, agent):
    set_aside(asked(), "spam", by=agent)
    again = fresh(asked("e-2", text="Buy more"))
    assert (again.is_open, again.set_aside) == (False, "spam")


def test_a_wrong_number_says_nothing_of_the_next_time(asked, agent):
    set_aside(asked(), "wrong_number", by=agent)
    assert fresh(asked("e-2")).is_open


def test_what_was_answered_is_not_set_aside(asked, agent):
    enquiry = asked()
    reply(enquiry, "whatsapp", "It is free.", by=agent)
    with pytest.raises(Refused, match="answered already"):
        set_aside(enquiry, "spam", by=agent)


def test_the_button_undoes_it(asked, agent, client):
    enquiry = asked()
    client.force_login(agent)
    page = client.post(
        f"/website/enquiries/{enquiry.pk}/set-aside/", {"submission_key": uuid.uuid4(), "reason": "spam"}, follow=True
    )
    assert f"/website/enquiries/{enquiry.pk}/put-back/" in page.content.decode()
    sent(client, "put-back", enquiry)
    assert fresh(enquiry).is_open


# -- What they probably look for ---------------------------------------------------------------------------------------
def test_a_question_about_a_home_suggests_a_search(listing):
    values = proposal_from(listing).values
    assert (values["price_min"], values["price_max"]) == (2_000_000, 2_700_000)
    assert (values["bedrooms_min"], values["bedrooms_max"]) == (2, 3)
    assert values["property_type"] == listing.property_type


def test_a_home_of_which_little_is_known_suggests_little(agent):
    bare = ListingFactory(created_by=agent, list_price=None, unit__bedrooms_total=None, unit__property_sub_type="")
    assert set(proposal_from(bare).values) == {"property_type", "currency", "sub_types"}


def test_one_click_saves_it_and_what_else_fits_can_be_sent(asked, other, agent, client):
    customer = asked().customer
    client.force_login(agent)
    address = f"/matching/customer/{customer.reference}/like/MG-2304/"
    page = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "Save this search" in page and other.label in page
    client.post(address, {"submission_key": uuid.uuid4()})
    search = Requirement.objects.get()
    assert search.price_max == 2_700_000 and search.place_ids
    assert Decision.objects.get().verdict == "interested"
    page = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "Also send these" in page and "Save this search" not in page


def test_who_looks_for_something_already_gets_no_second_search(asked, agent, client):
    customer = asked().customer
    client.force_login(agent)
    for _ in range(2):
        client.post(f"/matching/customer/{customer.reference}/like/MG-2304/", {"submission_key": uuid.uuid4()})
    assert Requirement.objects.count() == 1


def test_it_can_be_changed_first(asked, agent, client):
    customer = asked().customer
    client.force_login(agent)
    page = client.get(f"/matching/customer/{customer.reference}/new/?like=MG-2304").content.decode()
    assert "2,700,000" in page or "2700000" in page


def test_the_page_links_the_number_the_viewing_and_the_other_questions(asked, agent, client):
    first = asked()
    asked("e-2", text="And the parking?")
    client.force_login(agent)
    page = client.get(first.get_absolute_url()).content.decode()
    assert 'href="tel:+971501234567"' in page and "Also asked by them" in page
    assert f"/viewings/new/?listing=MG-2304&amp;customer={first.customer.reference}" in page
