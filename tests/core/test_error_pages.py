"""What went wrong, what to do, and the number to tell an administrator."""

import re
from html import unescape

import pytest
from django.test import Client

from apps.listings.models import Listing
from tests.factories import ListingFactory

pytestmark = pytest.mark.django_db
REFERENCE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")


def words_of(answer) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def test_an_address_where_nothing_is(client, agent):
    client.force_login(agent)
    answer = client.get("/listings/NO-SUCH/")
    assert answer.status_code == 404
    assert "There is nothing at this address" in words_of(answer)


def test_what_a_role_may_not_do_is_said_with_its_reason(client, other_agent, agent):
    listing = ListingFactory(created_by=agent)
    client.force_login(other_agent)
    answer = client.get(f"/listings/{listing.listing_id}/edit/price/")
    assert answer.status_code == 403
    assert "This is Layla's listing. Ask Layla or a manager to change it." in words_of(answer)
    assert answer["X-Request-ID"] in words_of(answer)


def test_a_form_without_its_token(agent):
    client = Client(enforce_csrf_checks=True)
    client.force_login(agent)
    answer = client.post("/profile/", {"full_name": "X"})
    assert answer.status_code == 403
    assert "reload the page and send it again" in words_of(answer)


def test_what_somebody_else_changed_meanwhile(client, agent):
    listing = ListingFactory(created_by=agent)
    Listing.objects.update(version=7)
    client.force_login(agent)
    fields = {"agrees": "yes", "version": 1, "submission_key": "7b1d4f6e-0f0e-4a53-9a43-4d9d3a9cf1f1"}
    answer = client.post(f"/listings/{listing.listing_id}/edit/consent/", fields)
    assert answer.status_code == 409
    assert "Nothing was saved" in words_of(answer)


@pytest.mark.urls("tests.core.urls_watching")
def test_something_that_broke_gives_a_number_and_no_code(client):
    client.raise_request_exception = False
    answer = client.get("/broken/")
    assert answer.status_code == 500
    assert REFERENCE.search(words_of(answer)).group() == answer["X-Request-ID"]
    assert "Traceback" not in words_of(answer) and "RuntimeError" not in words_of(answer)


@pytest.mark.urls("tests.core.urls_watching")
def test_the_page_for_what_broke_asks_the_database_nothing(client, django_assert_num_queries):
    client.raise_request_exception = False
    with django_assert_num_queries(0):
        client.get("/broken/")
