"""A post that is gone with all its photos: deleted there by hand, or the whole site is an old backup."""

import pytest

from apps.website.actions.publish import retry
from apps.website.actions.reconcile import reconcile
from apps.website.models import Placement
from apps.website.states import State
from tests.listings.conftest import own_media  # noqa: F401 - a fixture
from tests.website.placed import after_delivery, many_ready, put

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_media")]


@pytest.fixture
def placed(fake, site, agent) -> list[Placement]:
    """Four listings, the oldest first, each with a photo of its own, all seen there last night."""
    listings = many_ready(agent, 4)
    for number, listing in enumerate(listings):
        listing.photos.update(digest=f"{number:064x}")
    placed = [put(listing, site, agent) for listing in listings]
    reconcile(site, by=agent)
    return placed


def delete(fake, *placements) -> None:
    """The posts with their photos, as plugins do that clear up behind a post."""
    for row in placements:
        del fake.posts[row.post_id]
        for photo in row.photos.all():
            del fake.media_files[photo.media_id]


def states(placements) -> list[str]:
    return [Placement.objects.get(pk=row.pk).state for row in placements]


@pytest.mark.parametrize("which", range(4))
def test_one_that_was_deleted_with_its_photos_is_said_and_not_made_anew(fake, site, agent, placed, which):
    delete(fake, placed[which])
    reconcile(site, by=agent)
    assert states(placed) == [State.GONE if index == which else State.LIVE for index in range(4)]
    assert "Deleted on" in Placement.objects.get(pk=placed[which].pk).trouble
    assert len(fake.posts) == 3


def test_it_stays_so_until_somebody_clicks_and_then_comes_back_with_its_photos(fake, site, agent, placed):
    delete(fake, placed[1])
    reconcile(site, by=agent)
    reconcile(site, by=agent)
    assert states(placed)[1] == State.GONE
    retry(Placement.objects.get(pk=placed[1].pk), by=agent)
    row = after_delivery(placed[1].listing, site, agent)
    assert (row.state, len(fake.posts), len(fake.media_files)) == (State.LIVE, 4, 4)
    assert fake.posts[row.post_id]["meta"]["crm_photos"] == [row.photos.get().media_id]


@pytest.mark.parametrize("lacking", [2, 3, 4])
def test_what_an_old_backup_lacks_is_made_anew(fake, site, agent, placed, lacking):
    delete(fake, *placed[-lacking:])
    reconcile(site, by=agent)
    assert states(placed) == [State.LIVE] * 4
    assert len(fake.posts) == len(fake.media_files) == 4


def test_what_an_old_backup_lacks_is_known_from_round_to_round(fake, site, agent, placed, monkeypatch):
    monkeypatch.setattr("apps.website.delivery.ahead.ROUND", 1)
    monkeypatch.setattr("apps.website.actions.deliver.QUICK", -1)
    delete(fake, *placed[-3:])
    reconcile(site, by=agent)
    assert states(placed) == [State.LIVE] * 4


def test_an_old_backup_beside_one_that_was_deleted_before(fake, site, agent, placed):
    delete(fake, placed[0])
    reconcile(site, by=agent)
    delete(fake, *placed[-2:])
    reconcile(site, by=agent)
    assert states(placed) == [State.GONE, State.LIVE, State.LIVE, State.LIVE]


def test_a_site_that_fails_while_it_is_asked_forgets_nothing(fake, site, agent, placed):
    delete(fake, *placed[-2:])
    fake.faults = ["read down"] * 40
    reconcile(site, by=agent)
    fake.faults = []
    site.probe_at = None
    reconcile(site, by=agent)
    assert states(placed) == [State.LIVE] * 4
