"""Changing the asking price."""

from decimal import Decimal

import pytest

from apps.core.models import Event
from apps.core.refusals import Conflict, NotAllowed, Refused
from apps.listings.actions.price import set_price
from tests.factories import ListingFactory


@pytest.fixture
def listing(agent):
    return ListingFactory(created_by=agent, list_price=Decimal("2560000"))


def test_a_new_price_is_kept_with_the_one_before(listing, agent):
    set_price(listing, Decimal("2450000"), version=1, by=agent, reason="Owner agreed")
    change = listing.price_changes.get()
    assert (change.old_price, change.new_price, change.reason) == (2560000, 2450000, "Owner agreed")
    assert listing.previous_list_price == 2560000


def test_a_new_price_is_an_event(listing, agent):
    set_price(listing, Decimal("2450000"), version=1, by=agent)
    assert Event.objects.get(verb="listing.price_changed").data["old"] == "2560000.000"


def test_a_price_ten_times_the_last_waits_for_confirmation(listing, agent):
    with pytest.raises(Refused, match="10 times"):
        set_price(listing, Decimal("25600000"), version=1, by=agent)
    set_price(listing, Decimal("25600000"), version=1, by=agent, confirmed=True)
    assert listing.list_price == 25600000


def test_the_second_of_two_editors_is_told(listing, agent):
    set_price(listing, Decimal("2450000"), version=1, by=agent)
    with pytest.raises(Conflict) as conflict:
        set_price(listing, Decimal("2400000"), version=1, by=agent)
    assert conflict.value.current.list_price == 2450000


def test_another_agent_may_not(listing, other_agent):
    with pytest.raises(NotAllowed, match="Layla"):
        set_price(listing, Decimal("1"), version=1, by=other_agent)
