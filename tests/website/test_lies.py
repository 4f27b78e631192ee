"""Answers that are not true, from a real site: each ends in a sentence of its own, none in "live", all heal."""

import pytest

from apps.listings.models import Listing
from apps.website.actions.publish import retry
from tests.listings.conftest import own_media  # noqa: F401 - a fixture
from tests.website.faulty import Faulty, faulty
from tests.website.placed import after_delivery, put, ready_listing
from tests.wordpress.fault_proxy import FaultProxy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_media")]
LIES = [
    ("html200", "POST", "answered with a page instead of data"),
    ("pretend", "POST", "answered 201 and did nothing"),
    ("dropped", "POST", "for “Price” instead of"),
    ("redirect", "POST", "sends the CRM on to"),
    ("403", "POST", "A firewall in front of the site"),
    ("500", "POST", "failed with a critical error"),
    ("html200", "GET", "answered with a page instead of data"),
    ("truncated", "GET", "answer cannot be read"),
    ("cut", "GET", "The connection to the site broke off"),
    ("empty", "GET", "answered with nothing"),
    ("shape", "GET", "something that WordPress does not say"),
    ("bytes", "GET", "answer cannot be read"),
    ("wrong_id", "GET", "about another post than was asked for"),
    ("stale", "GET", "for “Price” instead of"),
]
HARMLESS = ["lost", "502", "truncated", "notice", "wrong_id"]  # to a write: reading the site tells what is there


@pytest.fixture
def site(wordpress, settings):
    settings.WEBSITE_ALLOW_LOCAL = True
    with FaultProxy(wordpress.port) as proxy:
        yield faulty(wordpress, proxy)


def new_price(listing, price):
    Listing.objects.filter(pk=listing.pk).update(list_price=price)


def price_on(site: Faulty, listing) -> float:
    return float(site.posts()[listing.pk][0].price)


def test_each_of_fourteen_lies_ends_in_its_sentence_and_heals(site, agent):
    listing = ready_listing(agent)
    assert put(listing, site.site, agent).shown.key == "live"
    for number, (lie, method, sentence) in enumerate(LIES):
        new_price(listing, 2000000 + number)
        site.proxy.rule(lie, method=method)
        lied = after_delivery(listing, site.site, agent)
        assert lied.shown.key != "live" and sentence in lied.trouble, (lie, method, lied.trouble)
        site.proxy.calm()
        retry(lied, by=agent)
        healed = after_delivery(listing, site.site, agent)
        assert (healed.shown.key, healed.trouble, price_on(site, listing)) == ("live", "", 2000000 + number), lie


def test_a_write_whose_answer_is_worthless_is_live_once_the_site_was_read(site, agent):
    listing = ready_listing(agent)
    put(listing, site.site, agent)
    for number, lie in enumerate(HARMLESS):
        new_price(listing, 2000000 + number)
        site.proxy.rule(lie, method="POST", times=1)
        assert after_delivery(listing, site.site, agent).shown.key == "live", lie
        assert price_on(site, listing) == 2000000 + number
    assert site.proxy.count("POST", "/crm-properties/") == 1 + len(HARMLESS)  # each was sent once
