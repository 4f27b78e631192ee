"""Delivering: sent, read back, confirmed; never doubled, never said to be live when it is not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.core.refusals import NotAllowed
from apps.listings.actions.photo import remove_photo
from apps.listings.models import Listing, Mandate
from apps.website.actions.deliver import deliver
from apps.website.actions.differences import push_ours
from apps.website.actions.publish import publish, update_now, withdraw
from apps.website.actions.reconcile import reconcile
from apps.website.models import Placement, PlacementPhoto
from apps.website.states import State
from apps.website.wordpress import Temporary, Wrong
from tests.listings.conftest import own_media  # noqa: F401 - a fixture
from tests.website.placed import after_delivery, put, ready_listing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_media")]


@pytest.fixture
def listing(agent):
    return ready_listing(agent, photos=("red", "green"))


def test_a_listing_goes_live_with_its_photos(fake, site, listing, agent):
    placement = put(listing, site, agent)
    post = fake.posts[placement.post_id]
    assert placement.state == State.LIVE and placement.is_up
    assert placement.checked_at and placement.link == post["link"]
    assert post["status"] == "publish"
    assert post["meta"]["crm_price"] == 2450000
    assert len(post["meta"]["crm_photos"]) == 2
    assert post["featured_media"] == post["meta"]["crm_photos"][0]


@pytest.mark.parametrize("fault", ["down", None])
def test_a_site_is_said_to_have_answered_only_when_it_did(fake, site, listing, agent, fault):
    fake.faults = [fault] * 9
    put(listing, site, agent)
    site.refresh_from_db()
    assert bool(site.last_ok_at) == (fault is None)


def test_nothing_is_sent_when_nothing_changed(fake, site, listing, agent):
    put(listing, site, agent)
    fake.calls.clear()
    listing.save()
    placement = after_delivery(listing, site, agent)
    assert placement.state == State.LIVE and placement.due_at is None
    assert not fake.calls


def test_a_new_price_is_sent_alone(fake, site, listing, agent):
    put(listing, site, agent)
    fake.calls.clear()
    Listing.objects.filter(pk=listing.pk).update(list_price=2400000)
    placement = after_delivery(listing, site, agent)
    assert fake.posts[placement.post_id]["meta"]["crm_price"] == 2400000
    assert placement.state == State.LIVE
    assert dict(fake.calls) == {"read": 2, "update": 1}


@pytest.mark.parametrize("at", range(6))
def test_an_answer_that_is_lost_doubles_nothing(fake, site, listing, agent, at):
    fake.faults = [None] * at + ["lost"]
    put(listing, site, agent)
    placement = after_delivery(listing, site, agent)
    assert placement.state == State.LIVE
    assert (len(fake.posts), len(fake.media_files)) == (1, 2)


def test_a_worker_that_dies_after_the_create_doubles_nothing(fake, site, listing, agent, monkeypatch):
    class Killed(BaseException):
        pass

    def killed(*_):
        raise Killed

    monkeypatch.setattr("apps.website.delivery.photos.send_photos", killed)
    publish(listing, site, by=agent)
    with pytest.raises(Killed):
        deliver(site, by=agent)
    Placement.objects.update(post_id=None)  # it died even before it could write the number down
    monkeypatch.undo()
    monkeypatch.setattr("apps.website.actions.deliver.Client", fake)
    placement = after_delivery(listing, site, agent)
    assert placement.state == State.LIVE
    assert len(fake.posts) == 1


def test_it_is_not_live_while_the_site_shows_something_else(fake, site, listing, agent):
    put(listing, site, agent)
    Listing.objects.filter(pk=listing.pk).update(list_price=2400000)
    fake.faults = ["lie"]
    placement = after_delivery(listing, site, agent)
    assert placement.shown.key == "behind" and placement.due_at is not None
    assert "Price" in placement.trouble
    placement = after_delivery(listing, site, agent)
    assert placement.state == State.LIVE and placement.trouble == ""


def test_a_field_that_the_site_drops_is_named(fake, site, listing, agent, monkeypatch):
    update = fake._update

    def dropping(key, body):
        return update(key, body | {"meta": {k: v for k, v in body.get("meta", {}).items() if k != "crm_price"}})

    monkeypatch.setattr(fake, "_update", dropping)
    put(listing, site, agent)
    placement = after_delivery(listing, site, agent)
    assert (placement.state, placement.trouble_kind) == (State.FAILED, "permanent")
    assert placement.trouble_field == "list_price"
    assert "did not keep “Price”" in placement.trouble
    assert placement.due_at is None


def test_what_the_site_refuses_is_not_tried_again(fake, site, listing, agent, monkeypatch):
    def refuse(*_):
        raise Wrong("The site's user may not publish.", "")

    monkeypatch.setattr(fake, "create", refuse)
    placement = put(listing, site, agent)
    assert (placement.state, placement.trouble) == (State.FAILED, "The site's user may not publish.")
    assert placement.due_at is None and not placement.is_up


def test_a_site_that_is_down_is_left_alone(fake, site, agent):
    for _ in range(3):
        publish(ready_listing(agent), site, by=agent)
    fake.faults = ["down"] * 50
    tally = deliver(site, by=agent)
    site.refresh_from_db()
    assert tally.stopped and site.probe_at > timezone.now()
    assert Placement.objects.filter(due_at__isnull=True).count() == 0
    assert Placement.objects.filter(claimed_until__isnull=False).count() == 0


def test_a_site_that_asks_for_time_gets_it(fake, site, listing, agent, monkeypatch):
    def busy(*_):
        raise Temporary("Too many requests.", 120)

    monkeypatch.setattr(fake, "create", busy)
    put(listing, site, agent)
    site.refresh_from_db()
    assert site.probe_at > timezone.now() + timedelta(seconds=100)


def test_withdrawing_takes_it_off_and_reads_it_back(fake, site, listing, agent):
    put(listing, site, agent)
    withdraw(listing, site, by=agent)
    placement = after_delivery(listing, site, agent)
    assert (placement.state, placement.is_up) == (State.OFF, False)
    assert fake.posts[placement.post_id]["status"] == "trash"


def test_publishing_again_restores_it_without_sending_photos(fake, site, listing, agent):
    put(listing, site, agent)
    withdraw(listing, site, by=agent)
    after_delivery(listing, site, agent)
    fake.calls.clear()
    placement = put(listing, site, agent)
    assert placement.state == State.LIVE
    assert len(fake.posts) == 1 and not fake.calls["upload"]


@pytest.mark.parametrize("status", ["Closed", "Withdrawn", "Hold", "Delete"])
def test_what_leaves_the_market_comes_off(fake, site, listing, agent, status):
    put(listing, site, agent)
    Listing.objects.filter(pk=listing.pk).update(standard_status=status)
    placement = after_delivery(listing, site, agent)
    assert not placement.is_up
    assert fake.posts[placement.post_id]["status"] == "trash"
    assert (placement.state, placement.trouble) == (State.OFF, "")
    assert not Placement.objects.in_trouble().exists()


def test_what_was_held_back_and_is_sold_since_is_in_trouble_no_more(fake, site, listing, agent):
    put(listing, site, agent)
    Mandate.objects.all().delete()
    assert after_delivery(listing, site, agent).state == State.HELD
    Listing.objects.filter(pk=listing.pk).update(standard_status="Closed")
    assert after_delivery(listing, site, agent).state == State.OFF


def test_what_comes_back_on_the_market_comes_back_on_the_site(fake, site, listing, agent):
    put(listing, site, agent)
    for status, state in (("Hold", State.OFF), ("Active", State.LIVE)):
        Listing.objects.filter(pk=listing.pk).update(standard_status=status)
        assert after_delivery(listing, site, agent).state == state


def test_a_mandate_that_is_taken_away_holds_it_back(fake, site, listing, agent):
    put(listing, site, agent)
    Mandate.objects.all().delete()
    placement = after_delivery(listing, site, agent)
    assert (placement.state, placement.is_up) == (State.HELD, False)
    assert "No valid mandate" in placement.trouble


def test_a_photo_that_was_removed_goes_from_the_site_too(fake, site, listing, agent):
    put(listing, site, agent)
    gone = listing.photos.shown().last()
    remove_photo(gone, by=agent)
    placement = after_delivery(listing, site, agent)
    assert len(fake.media_files) == 1
    assert fake.posts[placement.post_id]["meta"]["crm_photos"] == list(fake.media_files)
    assert PlacementPhoto.objects.count() == 1


def test_another_order_of_photos_sends_no_photo(fake, site, listing, agent):
    placement = put(listing, site, agent)
    before = fake.posts[placement.post_id]["meta"]["crm_photos"]
    fake.calls.clear()
    for photo, order in zip(listing.photos.shown(), (1, 0), strict=True):
        type(photo).objects.filter(pk=photo.pk).update(order=order)
    after_delivery(listing, site, agent)
    assert fake.posts[placement.post_id]["meta"]["crm_photos"] == before[::-1]
    assert not fake.calls["upload"]


def test_many_new_prices_go_in_one_request(fake, site, agent):
    for _ in range(4):
        put(ready_listing(agent), site, agent)
    fake.calls.clear()
    Listing.objects.update(list_price=1000000)
    deliver(site, by=agent)
    assert dict(fake.calls) == {"read": 2, "batch": 1}
    assert set(Placement.objects.values_list("state", flat=True)) == {State.LIVE}


def test_a_hand_on_the_site_is_shown_and_not_overwritten(fake, site, listing, agent):
    placement = put(listing, site, agent)
    fake.posts[placement.post_id]["title"] = "Best flat in town"
    Listing.objects.filter(pk=listing.pk).update(list_price=2400000)
    placement = after_delivery(listing, site, agent)
    assert placement.state == State.CHANGED
    assert placement.theirs == {"title": "Best flat in town"}
    assert fake.posts[placement.post_id]["title"] == "Best flat in town"
    assert fake.posts[placement.post_id]["meta"]["crm_price"] == 2400000


@pytest.mark.parametrize("how", ["trash", "delete"])
def test_what_was_removed_by_hand_is_said_and_put_back_by_one_click(fake, site, listing, agent, how):
    placement = put(listing, site, agent)
    if how == "trash":
        fake.posts[placement.post_id]["status"] = "trash"
    else:
        del fake.posts[placement.post_id]
    Listing.objects.filter(pk=listing.pk).update(list_price=2400000)
    placement = after_delivery(listing, site, agent)
    assert placement.state == State.GONE and "by hand" in placement.trouble
    publish(listing, site, by=agent)
    placement = after_delivery(listing, site, agent)
    assert placement.state == State.LIVE
    assert sum(post["status"] == "publish" for post in fake.posts.values()) == 1


def test_an_old_backup_is_no_hand(fake, site, listing, agent):
    placement = put(listing, site, agent)
    Listing.objects.filter(pk=listing.pk).update(list_price=2400000)
    after_delivery(listing, site, agent)
    fake.posts[placement.post_id]["meta"]["crm_price"] = 2450000
    Listing.objects.filter(pk=listing.pk).update(title="Another title")
    placement = after_delivery(listing, site, agent)
    assert placement.state == State.LIVE
    assert fake.posts[placement.post_id]["meta"]["crm_price"] == 2400000


def test_update_now_is_the_owners(fake, site, listing, agent, other_agent):
    placement = put(listing, site, agent)
    with pytest.raises(NotAllowed):
        update_now(placement, by=other_agent)


def test_a_site_that_failed_before_is_probed_with_one_call(fake, site, listing, agent):
    publish(listing, site, by=agent)
    fake.faults = ["down"] * 50
    site.failing_since = timezone.now()
    deliver(site, by=agent)
    assert fake.calls.total() == 1 + 3  # one write; looking whether it was made all the same
    fake.faults = []
    placement = after_delivery(listing, site, agent)
    site.refresh_from_db()
    assert (placement.state, site.failing_since, site.probe_at) == (State.LIVE, None, None)


def test_a_copy_made_by_hand_is_said_and_taken_off_by_one_click(fake, site, listing, agent):
    placement = put(listing, site, agent)
    copy = fake.copy(placement.post_id)
    reconcile(site, by=agent)
    placement.refresh_from_db()
    assert (placement.state, placement.theirs) == (State.CHANGED, {"copy": [copy]})
    assert fake.posts[copy]["status"] == "publish"
    push_ours(placement, ["copy"], by=agent)
    placement = after_delivery(listing, site, agent)
    assert (placement.state, fake.posts[copy]["status"]) == (State.LIVE, "trash")
    assert fake.posts[placement.post_id]["status"] == "publish"


def test_a_page_that_got_another_address_by_hand_gets_ours_back(fake, site, listing, agent):
    placement = put(listing, site, agent)
    ours = fake.posts[placement.post_id]["slug"]
    fake.posts[placement.post_id]["slug"] = "best-flat"
    reconcile(site, by=agent)
    placement.refresh_from_db()
    assert placement.theirs == {"slug": "best-flat"}
    push_ours(placement, ["slug"], by=agent)
    placement = after_delivery(listing, site, agent)
    assert (placement.state, fake.posts[placement.post_id]["slug"]) == (State.LIVE, ours)


def test_what_somebody_brought_back_from_the_trash_comes_off_again(fake, site, listing, agent):
    placement = put(listing, site, agent)
    withdraw(listing, site, by=agent)
    after_delivery(listing, site, agent)
    fake.posts[placement.post_id]["status"] = "publish"
    reconcile(site, by=agent)
    placement.refresh_from_db()
    assert (placement.state, fake.posts[placement.post_id]["status"]) == (State.OFF, "trash")


def test_a_site_whose_address_is_none_is_said_and_left_alone(site, listing, agent):
    site.url = "ftp://site.test"
    publish(listing, site, by=agent)
    tally = deliver(site, by=agent)
    site.refresh_from_db()
    assert tally.stopped and site.probe_at > timezone.now()
    assert Placement.objects.get().due_at is not None


@pytest.mark.parametrize("code", ["rest_upload_sideload_error", "rest_upload_unknown_error"])
@pytest.mark.parametrize(("times", "state"), [(1, State.LIVE), (2, State.FAILED)])
def test_a_photo_whose_folder_another_made_this_moment_is_sent_once_more(
    fake, site, agent, monkeypatch, times, state, code
):
    upload, refusals = fake.upload, [Wrong("Unable to create directory.", code=code)] * times

    def refusing(*arguments, **named):
        if refusals:
            raise refusals.pop()
        return upload(*arguments, **named)

    monkeypatch.setattr(fake, "upload", refusing)
    assert put(ready_listing(agent, photos=("red",)), site, agent).state == state
