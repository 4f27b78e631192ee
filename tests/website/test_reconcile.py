"""Reading a site from end to end: what shows what was confirmed costs nothing more; what differs is seen to."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.listings.models import Listing, Mandate
from apps.website.actions.reconcile import reconcile
from apps.website.models import Placement, PlacementPhoto, Site
from apps.website.states import State
from tests.listings.conftest import own_media  # noqa: F401 - a fixture
from tests.website.placed import put, ready_listing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_media")]
READING = {"read": 1, "media": 1, "find_all": 1}


@pytest.fixture
def listing(agent):
    return ready_listing(agent)


@pytest.fixture
def placement(fake, site, listing, agent):
    placement = put(listing, site, agent)
    fake.calls.clear()
    return placement


def test_what_is_as_it_was_confirmed_is_read_once_and_that_is_all(fake, site, placement, agent):
    began = timezone.now()
    tally = reconcile(site, by=agent)
    assert (dict(fake.calls), dict(tally.states)) == (READING, {State.LIVE: 1})
    after = Placement.objects.get()
    assert (after.state, after.due_at, after.confirmed_at) == (State.LIVE, None, placement.confirmed_at)
    assert after.checked_at > began
    assert Site.objects.get(pk=site.pk).reconciled_at > began


def test_hundreds_are_read_with_the_same_few_queries(fake, site, placement, agent, django_assert_max_num_queries):
    for _ in range(4):
        put(ready_listing(agent), site, agent)
    fake.calls.clear()
    with django_assert_max_num_queries(30):
        reconcile(site, by=agent)
    assert dict(fake.calls) == READING


def test_a_photo_that_was_deleted_there_is_sent_again(fake, site, placement, agent):
    fake.media_files.clear()
    reconcile(site, by=agent)
    copy = PlacementPhoto.objects.get()
    assert fake.media_files.keys() == {copy.media_id}
    assert fake.posts[placement.post_id]["featured_media"] == copy.media_id


def test_another_address_of_the_page_is_taken_over(fake, site, placement, agent):
    fake.posts[placement.post_id]["link"] = "https://site.test/homes/1"
    reconcile(site, by=agent)
    assert Placement.objects.get().link == "https://site.test/homes/1"


def test_a_mandate_that_ended_is_seen_without_a_sweep(fake, site, listing, placement, agent):
    yesterday, before = (timezone.localdate() - timedelta(days=days) for days in (1, 60))
    Mandate.objects.filter(listing=listing).update(listing_contract_date=before, expiration_date=yesterday)
    Placement.objects.update(due_at=None)
    reconcile(site, by=agent)
    assert fake.posts[placement.post_id]["status"] == "trash"


def test_what_is_saved_while_the_site_is_read_is_sent(fake, site, listing, placement, agent, monkeypatch):
    media = fake.media

    def save_and_answer(ids):
        Listing.objects.filter(pk=listing.pk, list_price__lt=3_000_000).update(list_price=3_000_000)
        return media(ids)

    monkeypatch.setattr(fake, "media", save_and_answer)
    reconcile(site, by=agent)
    assert fake.posts[placement.post_id]["meta"]["crm_price"] == 3_000_000
    assert Placement.objects.get().due_at is None


def test_a_site_that_stops_answering_is_left_to_the_delivery(fake, site, placement, agent):
    fake.faults = ["read down"] * 50
    tally = reconcile(site, by=agent)
    assert tally.stopped
    assert Placement.objects.get().due_at is not None
    assert Site.objects.get(pk=site.pk).reconciled_at is None
