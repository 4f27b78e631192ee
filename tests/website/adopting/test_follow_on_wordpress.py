"""From linked to followed on a real WordPress: a hand's work stays until a person says so, photos are not doubled."""

import io

import pytest
from PIL import Image

from apps.core.encryption import encrypt
from apps.listings.actions.photo import make_sizes, remove_photo
from apps.website.actions.deliver import deliver
from apps.website.actions.differences import push_ours, take_theirs
from apps.website.adopting.following import start_following
from apps.website.adopting.linking import bring_photos, link, start_reading
from apps.website.adopting.photos import look_at_photos
from apps.website.adopting.reading import read_site
from apps.website.adopting.words import Confidence
from apps.website.delivery.reading import PHOTOS
from apps.website.models import FoundPost, Placement, Profile
from apps.website.profiles.shipped import bring_up_to_date
from apps.website.states import State
from tests.factories import SiteFactory
from tests.listings.conftest import own_media  # noqa: F401 - a fixture
from tests.website.adopting.kept_by_hand import Post, everything_on, make
from tests.website.placed import after_delivery, ready_listing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_media")]


@pytest.fixture
def site(wordpress, settings):
    settings.WEBSITE_ALLOW_LOCAL = True
    bring_up_to_date(Profile)
    user = wordpress.users["editor"]
    profile = Profile.objects.get(slug="companion")
    return SiteFactory(url=wordpress.url, username=user.login, password=encrypt(user.password), profile=profile)


@pytest.fixture
def listing(manager):
    return ready_listing(manager, photos=("red", "green"))


def put_photo(wordpress, colour) -> int:
    """A picture as somebody uploads it by hand: another size, another format."""
    file = io.BytesIO()
    Image.new("RGB", (1000, 700), colour).save(file, "JPEG", quality=70)
    headers = {"Content-Type": "image/jpeg", "Content-Disposition": f'attachment; filename="{colour}.jpg"'}
    answer = wordpress.call(
        "POST", "/wp-json/wp/v2/media", file.getvalue(), user=wordpress.users["editor"], headers=headers
    )
    return answer.json()["id"]


def by_hand(wordpress, listing, photos) -> int:
    meta = {"crm_permit": listing.permits.get().number, "crm_price": "2400000", "crm_photos": photos}
    return make(wordpress, [Post("Made by hand", "<p>Old words.</p>", meta=meta)], "crm_property")[0]


def linked(site, listing, by) -> Placement:
    read_site(start_reading(site, by=by), by=by)
    post = FoundPost.objects.get(site=site)
    assert post.confidence == Confidence.LIKELY  # the permit is the listing's, the price is not
    link(post, listing, by=by)
    look_at_photos(site, by=by)
    return Placement.objects.get(site=site, listing=listing)


def shown(wordpress, number) -> tuple:
    post = wordpress.call("GET", f"/wp-json/wp/v2/crm-properties/{number}").json()
    return (
        post["title"]["rendered"],
        post["meta"]["crm_price"],
        post["meta"]["crm_bedrooms"],
        post["meta"]["crm_photos"],
    )


def pictures_on(wordpress) -> int:
    return int(wordpress.sql("SELECT count(*) FROM wp_posts WHERE post_type = 'attachment'")[0][0])


def test_nothing_is_sent_over_a_hand_and_no_photo_twice(wordpress, site, listing, manager):
    photos = [put_photo(wordpress, colour) for colour in ("red", "green")]
    number = by_hand(wordpress, listing, photos)
    before = everything_on(wordpress)
    placement = linked(site, listing, manager)
    assert PHOTOS not in placement.theirs
    assert list(placement.photos.order_by("media_id").values_list("media_id", "is_adopted")) == [
        (photos[0], True),
        (photos[1], True),
    ]
    deliver(site, by=manager)
    assert everything_on(wordpress) == before

    start_following(placement, by=manager)
    placement = after_delivery(listing, site, manager)
    assert placement.state == State.CHANGED, placement.trouble
    assert shown(wordpress, number) == ("Made by hand", 2400000, 2, photos)
    assert wordpress.sql("SELECT meta_value FROM wp_postmeta WHERE meta_key = 'crm_listing_id'") == [[str(listing.pk)]]

    take_theirs(placement, "meta.crm_price", by=manager)
    listing.refresh_from_db()
    assert listing.list_price == 2400000
    push_ours(Placement.objects.get(pk=placement.pk), ["title", "content"], by=manager)
    placement = after_delivery(listing, site, manager)
    assert (placement.state, placement.theirs) == (State.LIVE, {}), placement.trouble
    assert shown(wordpress, number)[:2] == (listing.title, 2400000)
    assert pictures_on(wordpress) == 2

    remove_photo(listing.photos.shown().last(), by=manager)
    assert after_delivery(listing, site, manager).state == State.LIVE
    assert shown(wordpress, number)[3] == photos[:1]
    assert pictures_on(wordpress) == 2  # the file is not ours to delete


def test_photos_that_are_not_known_again_stay_until_ours_are_pushed(wordpress, site, listing, manager):
    strange = put_photo(wordpress, "blue")
    number = by_hand(wordpress, listing, [strange])
    placement = linked(site, listing, manager)
    assert placement.theirs[PHOTOS] == [strange]
    start_following(placement, by=manager)
    placement = after_delivery(listing, site, manager)
    assert (placement.state, placement.theirs[PHOTOS]) == (State.CHANGED, [strange])
    assert (shown(wordpress, number)[3], pictures_on(wordpress)) == ([strange], 1)
    push_ours(placement, list(placement.theirs), by=manager)
    placement = after_delivery(listing, site, manager)
    assert placement.state == State.LIVE, placement.trouble
    assert strange not in shown(wordpress, number)[3]
    assert pictures_on(wordpress) == 3


@pytest.mark.parametrize(("profile", "post_type"), [("companion", "crm_property"), ("posts", "post")])
def test_photos_that_were_taken_over_are_never_sent_back(wordpress, site, manager, profile, post_type):
    site.profile = Profile.objects.get(slug=profile)
    site.save()
    if profile == "posts":
        wordpress.sql("DELETE FROM wp_posts WHERE post_title = 'Hello world!'")
    listing = ready_listing(manager, photos=())
    photos = [put_photo(wordpress, colour) for colour in ("red", "green", "blue")]
    meta = {"crm_photos": photos, "_thumbnail_id": photos[0]}
    [number] = make(wordpress, [Post(listing.title, f"Permit {listing.permits.get().number}", meta=meta)], post_type)
    for photo in photos:
        wordpress.sql(f"UPDATE wp_posts SET post_parent = {number} WHERE ID = {photo}")
    read_site(start_reading(site, by=manager), by=manager)
    post = FoundPost.objects.get(site=site, post_id=number)
    assert post.photos == photos
    link(post, listing, by=manager)
    bring_photos(post, by=manager)
    before = everything_on(wordpress)
    assert look_at_photos(site, by=manager)
    post.refresh_from_db()
    assert (post.photos_done, post.photo_troubles) == (3, [])
    assert everything_on(wordpress) == before
    placement = Placement.objects.get(listing=listing)
    assert PHOTOS not in placement.theirs
    for photo in listing.photos.shown():
        make_sizes(photo)
    start_following(placement, by=manager)
    push_ours(Placement.objects.get(pk=placement.pk), list(placement.theirs), by=manager)
    placement = after_delivery(listing, site, manager)
    assert placement.state == State.LIVE, placement.trouble
    assert pictures_on(wordpress) == 3
    assert list(placement.photos.order_by("photo__order").values_list("media_id", flat=True)) == photos
