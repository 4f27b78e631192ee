"""The listing's websites on its page, the marks in the list, trouble and differences."""

import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone
from waffle.testutils import override_flag

from apps.website.models import Placement
from apps.website.states import State, Wanted
from tests.factories import ListingFactory, PlacementFactory, SiteFactory
from tests.listings.conftest import own_media  # noqa: F401 - a fixture
from tests.website.placed import SPEC, ready_listing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_media")]


@pytest.fixture(autouse=True)
def launched():
    with override_flag("website", active=True):
        yield


@pytest.fixture
def site():
    site = SiteFactory(name="Marina Homes", initials="MH")
    site.profile.spec = SPEC
    site.profile.save()
    return site


@pytest.fixture
def listing(agent):
    return ready_listing(agent)


def live(listing, site, **more) -> Placement:
    read = {"title": listing.title, "meta.crm_price": 2450000, "meta.crm_bedrooms": 2, "status": "publish"}
    read["content"] = "<p>Bright.</p>\n<p>High floor.</p>"
    state = {"wanted": Wanted.ON, "state": State.LIVE, "is_up": True, "post_id": 7, "link": "https://site.test/7"}
    placement = PlacementFactory(
        listing=listing, site=site, **state | {"last_read": read, "checked_at": timezone.now()} | more
    )
    for photo in listing.photos.all():
        placement.photos.create(photo=photo, digest=photo.digest, media_id=photo.pk)
    return placement


def panel(client, listing) -> str:
    return client.get(
        reverse("website:panel", args=[listing.listing_id]), headers={"HX-Request": "true"}
    ).content.decode()


def act(client, listing, site, verb):
    sent = {"do": verb, "submission_key": uuid.uuid4()}
    return client.post(reverse("website:act", args=[listing.listing_id, site.pk]), sent, headers={"HX-Request": "true"})


def test_the_panel_says_that_it_is_live_and_when_that_was_read(client, agent, listing, site):
    live(listing, site)
    client.force_login(agent)
    text = panel(client, listing)
    assert "Marina Homes" in text and "Live, checked" in text and 'href="https://site.test/7"' in text
    assert "every 2s" not in text


@pytest.mark.parametrize(("kind", "button"), [("temporary", ">Try again<"), ("permanent", ">Fix<")])
def test_the_panel_mends_what_must_be_mended_and_tries_again_what_passes(client, agent, listing, site, kind, button):
    live(listing, site, state=State.FAILED, trouble="The site cannot be reached.", trouble_kind=kind, is_up=False)
    client.force_login(agent)
    text = panel(client, listing)
    assert [one for one in (">Try again<", ">Fix<") if f'{one}span class="sr"> Marina Homes' in text] == [button]


@pytest.mark.parametrize(
    ("kind", "status", "word"),
    [("Residential", "Closed", "Sold"), ("Residential Lease", "Closed", "Let"), ("Residential", "Hold", "Hold")],
)
def test_the_panel_says_of_what_left_the_market_why_and_when_it_came_off(
    client, agent, listing, site, kind, status, word
):
    since = timezone.now().replace(hour=9, minute=7)
    live(listing, site, state=State.OFF, is_up=False, state_since=since)
    type(listing).objects.filter(pk=listing.pk).update(standard_status=status, property_type=kind)
    client.force_login(agent)
    text = panel(client, listing)
    assert re.search(rf"{word}: taken off [^<]*\d\d:07<", text)
    assert ">Publish<" not in text and "attention" not in text


def test_the_panel_says_that_what_is_sold_comes_off_and_not_that_an_update_waits(client, agent, listing, site):
    live(listing, site)
    type(listing).objects.filter(pk=listing.pk).update(standard_status="Closed")
    client.force_login(agent)
    assert "Coming off the site" in panel(client, listing)


def test_the_panel_names_what_is_not_sent_yet(client, agent, listing, site):
    live(listing, site)
    type(listing).objects.filter(pk=listing.pk).update(list_price=2400000)
    client.force_login(agent)
    text = panel(client, listing)
    assert "Live, 1 change not sent yet" in text
    assert "2,400,000" in text and "2,450,000" in text


def test_the_panel_of_many_sites_asks_for_photos_once(client, agent, listing, django_assert_max_num_queries):
    for number in range(5):
        site = SiteFactory()
        site.profile.spec = SPEC
        site.profile.save()
        live(listing, site, post_id=number + 1)
    client.force_login(agent)
    panel(client, listing)
    with django_assert_max_num_queries(14):
        assert panel(client, listing).count("Live, checked") == 5


def test_publishing_is_one_switch(client, agent, listing, site):
    client.force_login(agent)
    assert "Publish" in panel(client, listing)
    act(client, listing, site, "publish")
    placement = Placement.objects.get()
    assert (placement.wanted, placement.due_at is not None) == (Wanted.ON, True)
    text = panel(client, listing)
    assert "Waiting to be sent" in text and "every 2s" in text


def test_what_is_missing_greys_the_switch_and_refuses(client, agent, listing, site):
    listing.permits.all().delete()
    client.force_login(agent)
    assert "No valid permit" in panel(client, listing)
    assert act(client, listing, site, "publish").status_code == 422
    assert not Placement.objects.exists()


def test_a_colleagues_listing_is_not_published(client, other_agent, listing, site):
    client.force_login(other_agent)
    assert ">Publish<" not in panel(client, listing)
    assert act(client, listing, site, "publish").status_code == 403


def test_the_panel_is_on_the_listings_page_and_not_without_the_flag(client, agent, listing, site):
    client.force_login(agent)
    where = reverse("website:panel", args=[listing.listing_id])
    assert where in client.get(listing.get_absolute_url()).content.decode()
    with override_flag("website", active=False):
        assert where not in client.get(listing.get_absolute_url()).content.decode()
        assert client.get(where).status_code == 404


def test_the_list_shows_a_mark_for_each_site_by_one_query(client, agent, site, django_assert_max_num_queries):
    other = SiteFactory(name="Prime Dubai", initials="PD")
    for _ in range(5):
        live(ListingFactory(created_by=agent), site, post_id=None)
    PlacementFactory(site=other, listing=ListingFactory(), state=State.FAILED)
    client.force_login(agent)
    client.get("/listings/")
    with django_assert_max_num_queries(10):
        text = client.get("/listings/").content.decode()
    assert text.count('title="Marina Homes: Live"') == 5
    assert text.count('title="Prime Dubai: Failed"') == 1
    assert text.count('title="Prime Dubai: Not published"') == 5


def test_fix_is_offered_to_those_who_may(client, agent, other_agent, listing, site):
    live(listing, site, state=State.FAILED, trouble="No.", trouble_kind="permanent", trouble_field="list_price")
    for person, offered in ((agent, True), (other_agent, False)):
        client.force_login(person)
        text = client.get(reverse("website:trouble")).text
        assert (listing.listing_id in text, ">Fix<" in text) == (True, offered)


def test_trouble_is_listed_and_tried_again(client, manager, listing, site):
    placement = live(listing, site, state=State.FAILED, trouble="The site refuses the price.")
    client.force_login(manager)
    assert "The site refuses the price." in client.get(reverse("website:trouble")).content.decode()
    client.post(reverse("website:retry-all"), {"submission_key": uuid.uuid4()})
    placement.refresh_from_db()
    assert placement.due_at is not None


def changed(listing, site):
    theirs = {"title": "Best flat", "meta.crm_price": 2000000}
    return live(listing, site, state=State.CHANGED, theirs=theirs)


def settle(client, listing, site, **choice):
    sent = choice | {"submission_key": uuid.uuid4()}
    where = reverse("website:differences", args=[listing.listing_id, site.pk])
    return client.post(where, sent, headers={"HX-Request": "true"})


def test_differences_show_ours_theirs_and_what_was_sent(client, agent, listing, site):
    changed(listing, site)
    client.force_login(agent)
    text = client.get(reverse("website:differences", args=[listing.listing_id, site.pk])).content.decode()
    assert "Best flat" in text and listing.title in text and "2,000,000" in text


def test_theirs_can_be_taken(client, agent, listing, site):
    placement = changed(listing, site)
    client.force_login(agent)
    settle(client, listing, site, take="meta.crm_price")
    settle(client, listing, site, take="title")
    listing.refresh_from_db()
    placement.refresh_from_db()
    assert (listing.list_price, listing.title) == (2000000, "Best flat")
    assert placement.theirs == {} and placement.due_at is not None


def test_ours_can_be_pushed(client, agent, listing, site):
    placement = changed(listing, site)
    client.force_login(agent)
    settle(client, listing, site, push="*")
    placement.refresh_from_db()
    assert placement.theirs == {}
    assert placement.last_read["title"] == "Best flat"  # known now, so that the delivery sends over it
    listing.refresh_from_db()
    assert listing.title != "Best flat"


def test_what_was_settled_meanwhile_is_said(client, agent, listing, site):
    changed(listing, site)
    client.force_login(agent)
    assert settle(client, listing, site, take="content").status_code == 422
