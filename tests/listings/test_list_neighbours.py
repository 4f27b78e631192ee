"""Stepping through the filtered list from a listing's page."""

from decimal import Decimal

import pytest

from apps.accounts.models import Agency
from apps.core.lists.neighbours import neighbours
from apps.listings.listing_list import LISTINGS
from apps.listings.models import Listing
from tests.factories import ListingFactory


@pytest.fixture
def around(manager):
    def around(reference, querystring):
        found = neighbours(Listing.objects.get(listing_id=reference), LISTINGS, querystring, manager, Agency.current())
        return found.previous, found.next, found.words

    return around


@pytest.fixture
def three(db):
    for reference, price in (("A", 1), ("B", 2), ("C", None)):
        ListingFactory(listing_id=reference, list_price=price and Decimal(price))


def test_the_neighbours_are_those_of_the_list(three, around):
    assert around("B", "sort=price") == ("/listings/A/?sort=price", "/listings/C/?sort=price", "2 of 3")


def test_the_ends_have_one_neighbour(three, around):
    assert around("A", "sort=price") == ("", "/listings/B/?sort=price", "1 of 3")
    assert around("C", "sort=price") == ("/listings/B/?sort=price", "", "3 of 3")


def test_a_listing_that_left_the_list_still_leads_on(three, around):
    ListingFactory(listing_id="D", list_price=Decimal(3), standard_status="Hold")
    previous, following, words = around("B", "sort=-price&status=Hold")
    assert (previous, following, words) == ("/listings/D/?status=Hold&sort=-price", "", "")


def test_the_page_asks_for_its_pager_last(client, manager, three):
    client.force_login(manager)
    html = client.get("/listings/B/?sort=price").content.decode()
    assert 'hx-get="/listings/B/pager/?sort=price"' in html
    assert "2 of 3" in client.get("/listings/B/pager/?sort=price").content.decode()
