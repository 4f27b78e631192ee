"""Enquiries and websites in the search: by what, and for whom."""

import pytest
from django.utils import timezone
from waffle.testutils import override_flag

from apps.accounts.models import Agency
from apps.website.models import Enquiry
from tests.factories import CustomerFactory, ListingFactory, SiteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def launched():
    with override_flag("website", active=True), override_flag("customers", active=True):
        yield


@pytest.fixture
def enquiry(agent):
    customer = CustomerFactory(full_name="Olga Kuznetsova", agent=agent, created_by=agent)
    now = timezone.now()
    return Enquiry.objects.create(
        site=SiteFactory(name="Marina Homes", initials="MH"), their_id="1", listing=ListingFactory(), customer=customer,
        agent=agent, name="Olga K.", phone="050 123 4567", text="Is a parking bay included?", asked_at=now,
        received_at=now,
    )  # fmt: skip


@pytest.fixture
def ask(client):
    def asked(text, by):
        client.force_login(by)
        return client.get("/search/", {"q": text}, headers={"HX-Request": "true"}).text

    return asked


@pytest.mark.parametrize("text", ["olga k", "parking bay", "050 123 4567", "1234567"])
def test_an_enquiry_is_found_by_name_words_and_number(ask, agent, enquiry, text):
    assert enquiry.get_absolute_url() in ask(text, agent)


def test_whoever_may_not_know_the_customer_does_not_find_the_enquiry(ask, other_agent, viewer, enquiry):
    Agency.objects.update(customer_visibility="own")
    for person in (other_agent, viewer):
        found = ask("parking bay", person)
        assert enquiry.get_absolute_url() not in found
        assert "parking bay included" not in found


def test_without_the_flag_nothing_of_websites_is_found(ask, agent, enquiry):
    with override_flag("website", active=False):
        assert enquiry.get_absolute_url() not in ask("parking bay", agent)
        assert "/website/" not in ask("marina homes", agent)


def test_two_letters_do_not_read_every_enquiry(ask, agent, enquiry):
    assert enquiry.get_absolute_url() not in ask("pa", agent)


def test_an_enquiry_that_was_opened_is_offered_again(client, agent, enquiry):
    client.force_login(agent)
    page = client.get("/search/", {"opened": enquiry.get_absolute_url()}, headers={"HX-Request": "true"}).text
    assert "Olga Kuznetsova" in page


@pytest.mark.parametrize("text", ["marina homes", "MH", "homes"])
def test_a_website_is_found_by_its_name_and_mark(ask, agent, viewer, enquiry, text):
    assert enquiry.site.get_absolute_url() in ask(text, agent)
    assert enquiry.site.get_absolute_url() not in ask(text, viewer)
