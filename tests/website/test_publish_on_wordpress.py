"""Publishing on a real WordPress: live with its photos, changed, off, restored, under faults."""

import re

import pytest
from django.utils import timezone

from apps.core.encryption import encrypt
from apps.listings.actions.photo import add_photo, make_sizes, move_photo, remove_photo
from apps.listings.models import Listing
from apps.website.actions.deliver import deliver
from apps.website.actions.publish import publish, retry, withdraw
from apps.website.actions.reconcile import reconcile
from apps.website.models import Placement, PlacementPhoto, Profile, Site
from apps.website.profiles.shipped import bring_up_to_date
from apps.website.states import State
from tests.factories import SiteFactory
from tests.listings.conftest import own_media  # noqa: F401 - a fixture
from tests.walk_world import picture
from tests.website.placed import after_delivery, put, ready_listing
from tests.wordpress.fault_proxy import FaultProxy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_media")]


@pytest.fixture
def site(wordpress, settings):
    settings.WEBSITE_ALLOW_LOCAL = True
    bring_up_to_date(Profile)
    user = wordpress.users["editor"]
    profile = Profile.objects.get(slug="companion")
    return SiteFactory(url=wordpress.url, username=user.login, password=encrypt(user.password), profile=profile)


@pytest.fixture
def listing(agent):
    return ready_listing(agent, photos=("red", "green"))


def posts_on(wordpress) -> list[tuple[str, str]]:
    """Our id and status of each property that is there."""
    return wordpress.sql(
        "SELECT m.meta_value, p.post_status FROM wp_posts p JOIN wp_postmeta m ON m.post_id = p.ID "
        "WHERE p.post_type = 'crm_property' AND m.meta_key = 'crm_listing_id' ORDER BY p.ID"
    )


def photos_on(wordpress) -> int:
    return int(wordpress.sql("SELECT count(*) FROM wp_posts WHERE post_type = 'attachment'")[0][0])


def test_a_listing_lives_on_a_real_site(wordpress, site, listing, agent):
    placement = put(listing, site, agent)
    assert (placement.state, placement.trouble) == (State.LIVE, "")
    page = wordpress.call("GET", placement.link.removeprefix(wordpress.url)).text
    assert "2,450,000" in page and page.count("<img") >= 2
    Listing.objects.filter(pk=listing.pk).update(list_price=2400000)
    remove_photo(listing.photos.shown().last(), by=agent)
    placement = after_delivery(listing, site, agent)
    assert placement.state == State.LIVE
    assert "2,400,000" in wordpress.call("GET", placement.link.removeprefix(wordpress.url)).text
    assert photos_on(wordpress) == 1
    withdraw(listing, site, by=agent)
    placement = after_delivery(listing, site, agent)
    assert (placement.state, placement.is_up) == (State.OFF, False)
    assert wordpress.call("GET", placement.link.removeprefix(wordpress.url)).status == 404
    placement = put(listing, site, agent)
    assert placement.state == State.LIVE
    assert posts_on(wordpress) == [[str(listing.pk), "publish"]]
    assert photos_on(wordpress) == 1


def test_a_plain_post_shows_its_photos_in_their_order(wordpress, site, listing, agent):
    site.profile = Profile.objects.get(slug="posts")
    site.save(update_fields=["profile"])
    placement = put(listing, site, agent)
    assert (placement.state, placement.trouble) == (State.LIVE, "")
    first, second = (photo.digest[:20] for photo in listing.photos.shown())
    assert shown_in_gallery(wordpress, placement) == [first, second]
    assert "AED 2,450,000" in wordpress.call("GET", placement.link.removeprefix(wordpress.url)).text
    move_photo(listing.photos.shown().last(), -1, by=agent)
    assert shown_in_gallery(wordpress, after_delivery(listing, site, agent)) == [second, first]


def shown_in_gallery(wordpress, placement) -> list[str]:
    """The digests of the photos that visitors see, in their order."""
    page = wordpress.call("GET", placement.link.removeprefix(wordpress.url)).text
    return re.findall(r"gallery-icon [^>]*>\s*<a href='[^']*-([0-9a-f]{20})\.webp", page)


def test_a_hand_is_shown_and_an_old_backup_is_healed(wordpress, site, listing, agent):
    placement = put(listing, site, agent)
    wordpress.snapshot("yesterday")
    Listing.objects.filter(pk=listing.pk).update(list_price=2400000)
    after_delivery(listing, site, agent)
    wordpress.restore("yesterday")
    reconcile(site, by=agent)
    placement.refresh_from_db()
    assert placement.state == State.LIVE
    assert wordpress.sql("SELECT meta_value FROM wp_postmeta WHERE meta_key = 'crm_price'") == [["2400000"]]
    wordpress.sql(f"UPDATE wp_posts SET post_title = 'By hand' WHERE ID = {placement.post_id}")
    reconcile(site, by=agent)
    placement.refresh_from_db()
    assert (placement.state, placement.theirs) == (State.CHANGED, {"title": "By hand"})


def test_a_site_brought_back_from_yesterday_is_healed(wordpress, site, agent):
    """Numbers that the site gave since are given again there: to a post and a file of somebody else."""
    changed, withdrawn, more = (ready_listing(agent, photos=(colour,)) for colour in ("red", "green", "blue"))
    for listing in (changed, withdrawn, more):
        put(listing, site, agent)
    wordpress.snapshot("the_day_before")
    Listing.objects.filter(pk=changed.pk).update(list_price=2400000)
    withdraw(withdrawn, site, by=agent)
    make_sizes(add_photo(more, picture("yellow"), by=agent))
    new, newer = (ready_listing(agent, photos=(colour,)) for colour in ("white", "black"))
    for listing in (new, newer):
        put(listing, site, agent)
    wordpress.restore("the_day_before")
    given_again = PlacementPhoto.objects.get(placement__listing=newer).media_id
    theirs = f"['post_type' => 'attachment', 'post_title' => 'Theirs', 'import_id' => {given_again}]"
    by_hand = wordpress.php(f"return wp_insert_post({theirs});")
    assert by_hand == given_again
    reconcile(site, by=agent)
    reconcile(site, by=agent)
    states = dict(Placement.objects.values_list("listing_id", "state"))
    assert states == dict.fromkeys((changed.pk, more.pk, new.pk, newer.pk), State.LIVE) | {withdrawn.pk: State.OFF}
    shown = {listing.pk: "publish" for listing in (changed, more, new, newer)} | {withdrawn.pk: "trash"}
    assert dict(posts_on(wordpress)) == {str(key): status for key, status in shown.items()}
    assert len(posts_on(wordpress)) == len(shown)
    assert wordpress.sql(f"SELECT post_title FROM wp_posts WHERE ID = {by_hand}") == [["Theirs"]]
    assert photos_on(wordpress) == 1 + 6
    for row in Placement.objects.filter(state=State.LIVE):
        page = wordpress.call("GET", row.link.removeprefix(wordpress.url)).text
        assert all(f"{photo.digest[:20]}" in page for photo in row.photos.all())


def test_a_post_deleted_with_its_photos_is_said_and_made_anew_by_one_click(wordpress, site, agent):
    rows = [put(ready_listing(agent, photos=(colour,)), site, agent) for colour in ("red", "green", "blue")]
    reconcile(site, by=agent)
    deleted = rows[1]
    for number in (deleted.photos.get().media_id, deleted.post_id):
        wordpress.php(f"return (bool) wp_delete_post({number}, true);")
    reconcile(site, by=agent)
    states = [Placement.objects.get(pk=row.pk).state for row in rows]
    assert states == [State.LIVE, State.GONE, State.LIVE]
    assert (len(posts_on(wordpress)), photos_on(wordpress)) == (2, 2)
    retry(deleted, by=agent)
    assert after_delivery(deleted.listing, site, agent).state == State.LIVE
    assert (len(posts_on(wordpress)), photos_on(wordpress)) == (3, 3)


def test_under_faults_nothing_is_doubled_and_nothing_is_said_that_is_not_so(wordpress, site, agent):
    listings = [ready_listing(agent, photos=(f"#0000{n:02x}", "red")) for n in range(0, 240, 20)]
    with FaultProxy(wordpress.port) as proxy:
        Site.objects.filter(pk=site.pk).update(url=proxy.url)
        site.refresh_from_db()
        proxy.chances(seed=7, seconds={"503": 1}, lost=0.10, html200=0.04, _503=0.05)
        for listing in listings:
            publish(listing, site, by=agent)
        for _ in range(20):
            Placement.objects.filter(due_at__isnull=False).update(due_at=timezone.now())
            deliver(site, by=agent)
        assert proxy.photos_taken_twice() == []
    assert set(Placement.objects.values_list("state", flat=True)) == {State.LIVE}
    assert sorted(posts_on(wordpress)) == sorted([str(listing.pk), "publish"] for listing in listings)
    assert photos_on(wordpress) == len(listings) + 1  # the red one serves all of them
