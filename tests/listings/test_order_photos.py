"""Which photo comes first, and what is removed can come back."""

import threading
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from apps.core.models import Event
from apps.core.refusals import Conflict, NotAllowed, Refused
from apps.listings.actions.photo import (
    add_photo,
    describe_photo,
    move_photo,
    purge_removed_photos,
    remove_photo,
    reorder_photos,
    restore_photo,
    set_primary,
)
from apps.listings.models import Listing
from tests.factories import ListingFactory
from tests.listings.photos import add_photos_to, picture_file, stored_files


@pytest.fixture
def listing(agent):
    return ListingFactory(created_by=agent)


@pytest.fixture
def photos(listing, agent):
    return add_photos_to(listing, agent, 3)


def ids(listing):
    return [photo.pk for photo in listing.photos.shown()]


def test_a_new_order_is_kept_and_recorded(listing, agent, photos):
    a, b, c = ids(listing)
    reorder_photos(listing, [c, a, b], seen=[a, b, c], by=agent)
    assert ids(listing) == [c, a, b]
    assert Event.objects.get(verb="listing.photos_ordered").data == {"order": [c, a, b]}
    listing.refresh_from_db()
    assert listing.cover == photos[2].name


def test_an_order_made_on_an_old_page_is_a_conflict(listing, agent, photos):
    a, b, c = ids(listing)
    reorder_photos(listing, [b, a, c], seen=[a, b, c], by=agent)
    with pytest.raises(Conflict):
        reorder_photos(listing, [a, c, b], seen=[a, b, c], by=agent)
    assert ids(listing) == [b, a, c]


@pytest.mark.parametrize("wrong", [lambda a, b, c: [a, b], lambda a, b, c: [a, b, b], lambda a, b, c: [a, b, c, 999]])
def test_an_order_names_each_photo_once(listing, agent, photos, wrong):
    before = ids(listing)
    with pytest.raises(Refused, match="each photo once"):
        reorder_photos(listing, wrong(*before), seen=before, by=agent)
    assert ids(listing) == before


def test_moving_one_place(listing, agent, photos):
    a, b, c = ids(listing)
    move_photo(photos[2], -1, by=agent)
    assert ids(listing) == [a, c, b]
    move_photo(photos[0], 1, by=agent)
    assert ids(listing) == [c, a, b]


def test_a_photo_at_the_edge_stays(listing, agent, photos):
    before = ids(listing)
    move_photo(photos[0], -1, by=agent)
    move_photo(photos[2], 1, by=agent)
    assert ids(listing) == before


def test_the_primary_photo_comes_first_and_is_the_cover(listing, agent, photos):
    set_primary(photos[1], by=agent)
    listing.refresh_from_db()
    assert listing.photos.shown().first() == photos[1]
    assert listing.cover == photos[1].name


def test_a_floor_plan_cannot_be_the_primary_photo(listing, agent, photos):
    describe_photo(photos[1], caption=" Plan ", media_category="Floor Plan", by=agent)
    with pytest.raises(Refused, match="floor plan"):
        set_primary(photos[1], by=agent)
    photos[1].refresh_from_db()
    assert photos[1].short_description == "Plan"


def test_a_floor_plan_is_not_the_cover_while_there_is_a_photo(listing, agent, photos):
    describe_photo(photos[0], caption="", media_category="Floor Plan", by=agent)
    listing.refresh_from_db()
    assert listing.cover == photos[1].name


def test_an_unknown_kind_is_refused(agent, photos):
    with pytest.raises(Refused):
        describe_photo(photos[0], caption="", media_category="Video", by=agent)


def test_a_removed_photo_comes_back_to_its_place(listing, agent, photos):
    before = ids(listing)
    remove_photo(photos[1], by=agent)
    assert ids(listing) == [before[0], before[2]]
    restore_photo(photos[1], by=agent)
    assert ids(listing) == before


def test_removing_twice_is_one_removal(listing, agent, photos):
    remove_photo(photos[1], by=agent)
    remove_photo(photos[1], by=agent)
    assert Event.objects.filter(verb="listing.photo_removed").count() == 1


def test_a_photo_added_again_meanwhile_is_not_restored(listing, agent, photos):
    remove_photo(photos[1], by=agent)
    add_photo(listing, picture_file(1), by=agent)
    with pytest.raises(Refused, match="added again"):
        restore_photo(photos[1], by=agent)


def test_a_removed_photo_cannot_be_moved(agent, photos):
    remove_photo(photos[1], by=agent)
    with pytest.raises(Refused, match="removed"):
        move_photo(photos[1], 1, by=agent)


def test_a_month_after_removal_row_and_files_are_gone(listing, agent, photos):
    remove_photo(photos[1], by=agent)
    assert purge_removed_photos(timezone.now() - timedelta(days=30)) == 0
    assert purge_removed_photos(timezone.now() + timedelta(seconds=1)) == 1
    assert {path.split("/")[0] for path in stored_files(default_storage)} == {photos[0].name, photos[2].name}


def test_files_that_another_listing_shares_stay(listing, agent, photos):
    shared = add_photo(ListingFactory(created_by=agent), picture_file(1), by=agent)
    remove_photo(photos[1], by=agent)
    purge_removed_photos(timezone.now() + timedelta(seconds=1))
    assert any(path.startswith(shared.name) for path in stored_files(default_storage))


ACTS = {
    "move": lambda photo, by: move_photo(photo, 1, by=by),
    "show first": lambda photo, by: set_primary(photo, by=by),
    "remove": lambda photo, by: remove_photo(photo, by=by),
    "restore": lambda photo, by: restore_photo(photo, by=by),
    "describe": lambda photo, by: describe_photo(photo, caption="x", media_category="Photo", by=by),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_another_agent_may_not(photos, other_agent, act):
    with pytest.raises(NotAllowed):
        act(photos[1], other_agent)


@pytest.mark.django_db(transaction=True)
def test_of_two_simultaneous_orders_one_wins_whole_and_the_other_is_told(agent):
    listing = ListingFactory(created_by=agent)
    add_photos_to(listing, agent, 6)
    seen = ids(listing)
    wanted = [list(reversed(seen)), seen[3:] + seen[:3]]
    told, start = [], threading.Barrier(2)

    def drag(order):
        start.wait()
        try:
            reorder_photos(Listing.objects.get(pk=listing.pk), order, seen=seen, by=agent)
        except Conflict as conflict:
            told.append(conflict)
        connection.close()

    threads = [threading.Thread(target=drag, args=[order]) for order in wanted]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 1
    assert ids(listing) in wanted
    assert [photo.order for photo in listing.photos.shown()] == list(range(6))


@pytest.mark.django_db(transaction=True)
def test_the_same_file_sent_twice_at_once_is_one_photo(agent):
    listing = ListingFactory(created_by=agent)
    refused, start = [], threading.Barrier(2)

    def send():
        start.wait()
        try:
            add_photo(Listing.objects.get(pk=listing.pk), picture_file(), by=agent)
        except Refused as refusal:
            refused.append(refusal)
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert listing.photos.shown().count() == 1
    assert len(refused) == 1
    assert len(stored_files(default_storage)) == 1
