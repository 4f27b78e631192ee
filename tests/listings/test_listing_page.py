"""The listing's page: what it shows, to whom, at what price."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.listings.actions.note import add_note
from apps.listings.actions.price import set_price
from apps.listings.models import Photo
from tests.factories import (
    CustomerFactory,
    ListingFactory,
    MandateFactory,
    PermitFactory,
    PlaceFactory,
    UserFactory,
)

QUERIES = 12


@pytest.fixture
def listing(agent):
    tower = PlaceFactory(name="Marina Gate 2", parent=PlaceFactory(level="community", name="Dubai Marina"))
    listing = ListingFactory(
        listing_id="MG-2304",
        unit__place=tower,
        unit__unit_number="2304",
        unit__owner=CustomerFactory(full_name="Fatima Al Mansoori", agent=agent),
        created_by=agent,
        list_price=Decimal(2560000),
        commission_percent=Decimal(2),
        private_remarks="The tenant is difficult.",
        on_market_date=timezone.localdate() - timedelta(days=46),
    )
    return set_price(listing, Decimal(2450000), version=1, by=agent)


@pytest.fixture
def seen(client, listing):
    def seen(user, name="detail"):
        client.force_login(user)
        return client.get(reverse(f"listings:{name}", args=[listing.listing_id]))

    return seen


def test_the_page_shows_price_change_and_days_on_market(seen, agent):
    text = seen(agent).content.decode()
    assert "Marina Gate 2, 2304" in text
    assert "2,450,000" in text and "↓ 4.3%" in text
    assert "<dd>46</dd>" in text


def test_the_page_takes_few_queries(listing, client, agent, django_assert_max_num_queries):
    MandateFactory(listing=listing)
    PermitFactory(listing=listing)
    Photo.objects.create(listing=listing, name="a" * 32, digest="1", added_by=agent)
    add_note(listing, "Owner travels until May.", by=agent)
    client.force_login(agent)
    client.get(listing.get_absolute_url())
    with django_assert_max_num_queries(QUERIES):
        assert client.get(listing.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("name", ["activity", "prices", "edit", "edit_price", "again", "new_mandate", "new_permit"])
def test_every_page_of_a_listing_opens(seen, agent, name):
    assert seen(agent, name).status_code == 200


def test_a_deleted_listing_is_not_there(seen, listing, agent):
    type(listing).objects.filter(pk=listing.pk).update(standard_status="Delete")
    assert seen(agent).status_code == 404


def test_a_viewer_does_not_know_of_drafts(seen, listing, viewer):
    type(listing).objects.filter(pk=listing.pk).update(standard_status="Incomplete")
    assert seen(viewer).status_code == 404


@pytest.mark.parametrize("secret", ["Fatima", "49,000", "difficult"])
def test_a_viewer_sees_no_owner_commission_or_remarks(seen, viewer, secret):
    for name in ("detail", "activity", "prices"):
        assert secret not in seen(viewer, name).content.decode()


def test_another_agent_sees_neither_owner_nor_commission(seen, other_agent):
    text = seen(other_agent).content.decode()
    assert "Fatima" not in text and "49,000" not in text
    assert "difficult" in text


def test_the_agent_and_a_manager_see_owner_and_commission(seen, agent, manager):
    for user in (agent, manager):
        text = seen(user).content.decode()
        assert "Fatima Al Mansoori" in text and "AED 49,000" in text


def test_marketing_edits_texts_and_nothing_else(seen, marketing):
    text = seen(marketing, "edit").content.decode()
    assert 'name="title"' in text
    assert 'name="list_price"' not in text and "Fatima" not in text and 'name="private_remarks"' not in text


def test_a_viewer_may_not_open_the_edit_page(seen, viewer):
    assert seen(viewer, "edit").status_code == 403


def test_notes_are_for_colleagues(seen, listing, agent, viewer):
    add_note(listing, "Owner travels until May.", by=agent)
    assert "until May" in seen(agent, "activity").content.decode()
    assert "until May" not in seen(viewer, "activity").content.decode()


def test_what_a_website_needs_is_named(seen, agent):
    text = seen(agent).content.decode()
    assert "No valid permit" in text and "Price entered" in text


def test_the_units_other_listings_are_named(seen, listing, agent):
    ListingFactory(unit=listing.unit, listing_id="MG-2304-1", standard_status="Closed", close_price=Decimal(2100000))
    text = seen(agent).content.decode()
    assert "MG-2304-1" in text and "2,100,000" in text


def test_the_timeline_goes_on_with_older_entries(seen, listing, agent, client):
    for number in range(25):
        add_note(listing, f"Note {number}.", by=agent)
    first = seen(agent, "activity").content.decode()
    assert "Note 24." in first and "Note 2." not in first
    older = first.split("before=")[1].split('"')[0]
    assert "Note 2." in client.get(reverse("listings:activity", args=["MG-2304"]) + f"?before={older}").content.decode()


def test_a_letting_shows_its_period(client, agent):
    rent = ListingFactory(
        property_type="Residential Lease", lease_amount_frequency="Annually", created_by=UserFactory()
    )
    client.force_login(agent)
    assert "a year" in client.get(rent.get_absolute_url()).content.decode()
