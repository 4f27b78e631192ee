"""Photos of a post that was brought in: each comes once, what does not come is said in a sentence."""

import io
from contextlib import nullcontext

import pytest
from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from apps.core.encryption import encrypt
from apps.listings.actions.photo import add_photo, remove_photo
from apps.website.adopting import photos
from apps.website.adopting.following import why_not_follow
from apps.website.adopting.linking import bring_photos, link, take_back
from apps.website.adopting.photos import look_at_photos
from apps.website.delivery.reading import PHOTOS
from apps.website.models import Adoption, FoundPost, Placement, Profile
from apps.website.models.adoption import AdoptionState
from apps.website.profiles.shipped import bring_up_to_date
from apps.website.wordpress import Wrong
from tests.factories import ListingFactory, SiteFactory
from tests.listings.conftest import own_media  # noqa: F401 - a fixture
from tests.tiny_server import Said, tiny_server

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_media")]


@pytest.fixture
def server(settings):
    settings.WEBSITE_ALLOW_LOCAL = True
    with tiny_server() as tiny:
        yield tiny


@pytest.fixture
def site(server):
    bring_up_to_date(Profile)
    return SiteFactory(url=server.url, password=encrypt("secret"), profile=Profile.objects.get(slug="posts"))


@pytest.fixture
def library(monkeypatch):
    """What the site says of its pictures: number → address. Their files come from the server, in order."""
    said = {}

    class Library:
        def pictures(self, key, numbers):
            known = [number for number in numbers if number in said]
            return [{"id": one, "source_url": said[one], "alt_text": f"Room {one}"} for one in known]

    monkeypatch.setattr(photos, "Client", lambda site: nullcontext(Library()))
    return said


@pytest.fixture
def brought(site, manager, server, library):
    """A post with a photo for each file that the server will give, linked with a listing and brought in."""

    def make(*files: Said, listing=None) -> FoundPost:
        numbers = list(range(11, 11 + len(files)))
        library.update({number: f"{server.url}/wp-content/uploads/room-{number}.jpg" for number in numbers})
        adoption = Adoption.objects.create(site=site, by=manager, state=AdoptionState.DONE)
        fields = {"title": "By hand", "featured_media": numbers[0]}
        post = FoundPost.objects.create(
            site=site, adoption=adoption, post_id=5, status="publish", fields=fields, photos=numbers
        )
        link(post, listing or ListingFactory(created_by=manager, list_agent=manager), by=manager)
        FoundPost.objects.update(brings_photos=True)
        server.say(*files)
        return FoundPost.objects.get()

    return make


def jpeg(number: int) -> Said:
    """A picture unlike that of any other number."""
    image = Image.new("RGB", (160, 120), "white")
    draw = ImageDraw.Draw(image)
    for bit in range(6):
        if number >> bit & 1:
            left, top = bit % 3 * 54, bit // 3 * 60
            draw.rectangle([left, top, left + 50, top + 56], fill=(20, 60, 40 * bit))
    file = io.BytesIO()
    image.save(file, "JPEG", quality=90)
    return Said(body=file.getvalue(), type="image/jpeg")


def placement() -> Placement:
    return Placement.objects.get()


def numbers_here() -> list[int]:
    return list(placement().photos.order_by("photo__order").values_list("media_id", flat=True))


def test_photos_come_in_their_order_and_are_known_as_those_of_the_site(brought, site, manager):
    post = brought(jpeg(1), jpeg(2), jpeg(3))
    assert placement().theirs[PHOTOS] == [11, 12, 13]
    assert "still being looked at" in " ".join(why_not_follow(placement(), manager))
    look_at_photos(site, by=manager)
    shown = placement().listing.photos.shown()
    assert [photo.original_name for photo in shown] == ["room-11.jpg", "room-12.jpg", "room-13.jpg"]
    assert shown[0].short_description == "Room 11"
    assert numbers_here() == [11, 12, 13]
    assert all(row.is_adopted and row.confirmed_at for row in placement().photos.all())
    assert PHOTOS not in placement().theirs
    post.refresh_from_db()
    assert (post.photos_done, post.photo_troubles) == (3, [])


def test_the_password_is_sent_for_no_file(brought, site, manager, server):
    brought(jpeg(1))
    look_at_photos(site, by=manager)
    assert [path for _method, path, _headers, _body in server.asked] == ["/wp-content/uploads/room-11.jpg"]
    assert "Authorization" not in server.asked[0][2]


def test_forty_photos_come_and_none_twice_though_asked_again(brought, site, manager, server):
    post = brought(*(jpeg(number) for number in range(1, 41)))
    look_at_photos(site, by=manager)
    post.refresh_from_db()
    assert (post.photos_done, post.photo_troubles) == (40, [])
    bring_photos(post, by=manager)
    look_at_photos(site, by=manager)
    assert placement().listing.photos.shown().count() == 40
    assert len(server.asked) == 40


def test_a_job_that_was_killed_goes_on_where_it_stopped(brought, site, manager, server, monkeypatch):
    brought(jpeg(1), jpeg(2), jpeg(3))
    fetch = photos.Pictures.fetch

    def killed(pictures, address, most_bytes):
        if address.endswith("room-12.jpg"):
            raise KeyboardInterrupt
        return fetch(pictures, address, most_bytes)

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(photos.Pictures, "fetch", killed)
        look_at_photos(site, by=manager)
    assert numbers_here() == [11]
    assert look_at_photos(site, by=manager)
    assert numbers_here() == [11, 12, 13]
    assert [path.rpartition("/")[2] for _method, path, *_ in server.asked] == [f"room-{n}.jpg" for n in (11, 12, 13)]


def test_another_job_at_work_on_the_site_is_left_alone(brought, site, manager, monkeypatch):
    brought(jpeg(1))
    monkeypatch.setattr(photos, "alone_with", lambda site, locks: nullcontext(False))
    assert look_at_photos(site, by=manager) is False
    assert numbers_here() == []


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (Said(status=404, body=b"gone"), "“room-12.jpg”: the file is not on the site any more."),
        (Said(body=b"GIF89a nothing"), "“room-12.jpg” is not a picture. Add a JPEG, PNG, WebP or HEIC file."),
        (Said(body=jpeg(2).body[:700]), "“room-12.jpg” is damaged: it cannot be read to its end."),
        (
            Said(status=302, headers={"Location": "http://elsewhere.example/a.jpg"}),
            "“room-12.jpg”: the site sends the CRM on to another host, elsewhere.example.",
        ),
        (Said(status=403, body=b"no"), "“room-12.jpg”: the site does not give the file to visitors (403)."),
    ],
)
def test_one_that_does_not_come_is_said_and_stops_no_other(brought, site, manager, said, sentence):
    post = brought(jpeg(1), said, jpeg(3))
    look_at_photos(site, by=manager)
    assert numbers_here() == [11, 13]
    post.refresh_from_db()
    assert [one.startswith(sentence) for one in post.photo_troubles] == [True], post.photo_troubles
    assert placement().theirs[PHOTOS] == [11, 12, 13]  # the site shows one that the listing does not have


def test_a_huge_file_is_not_read_to_its_end(brought, site, manager, monkeypatch):
    monkeypatch.setattr(photos, "MAX_BYTES", 1024 * 1024)
    post = brought(jpeg(1), Said(body=bytes(1024 * 1024 + 1)), jpeg(3))
    look_at_photos(site, by=manager)
    post.refresh_from_db()
    assert post.photo_troubles == ["“room-12.jpg”: the file is larger than 1 MB. Make it smaller."]
    assert numbers_here() == [11, 13]


def test_a_site_that_fails_for_a_moment_is_asked_again_by_a_person(brought, site, manager, server):
    post = brought(jpeg(1), Said(status=503, body=b"later"))
    look_at_photos(site, by=manager)
    post.refresh_from_db()
    assert "did not arrive" in post.photo_troubles[0]
    server.say(jpeg(2))
    bring_photos(post, by=manager)
    look_at_photos(site, by=manager)
    post.refresh_from_db()
    assert (numbers_here(), post.photo_troubles) == ([11, 12], [])


def test_an_address_inside_the_house_is_not_asked(brought, site, manager, library):
    post = brought(jpeg(1))
    library[11] = "http://10.0.0.1/a.jpg"
    look_at_photos(site, by=manager)
    post.refresh_from_db()
    assert post.photo_troubles == ["“a.jpg”: its address is not a public one."]


def test_a_picture_that_left_the_library_is_named_by_its_number(brought, site, manager, library):
    post = brought(jpeg(1))
    library.clear()
    look_at_photos(site, by=manager)
    post.refresh_from_db()
    assert post.photo_troubles == ["Picture 11 is not in the site's library any more."]


def test_what_somebody_removed_here_does_not_come_back(brought, site, manager):
    post = brought(jpeg(1), jpeg(2))
    look_at_photos(site, by=manager)
    remove_photo(placement().listing.photos.shown().first(), by=manager)
    bring_photos(post, by=manager)
    look_at_photos(site, by=manager)
    assert [photo.original_name for photo in placement().listing.photos.shown()] == ["room-12.jpg"]


def test_a_post_that_was_taken_back_meanwhile_brings_nothing(brought, site, manager, monkeypatch):
    post = brought(jpeg(1))
    listing, fetch = placement().listing, photos.Pictures.fetch

    def taken_back_before_it_came(pictures, address, most_bytes):
        take_back(post, by=manager)
        return fetch(pictures, address, most_bytes)

    monkeypatch.setattr(photos.Pictures, "fetch", taken_back_before_it_came)
    look_at_photos(site, by=manager)
    assert not listing.photos.exists()


def test_a_site_that_refuses_to_list_its_pictures_is_said(brought, site, manager, monkeypatch):
    post = brought(jpeg(1))

    class Refusing:
        def pictures(self, key, numbers):
            raise Wrong("The site's user may not do this.")

    monkeypatch.setattr(photos, "Client", lambda site: nullcontext(Refusing()))
    look_at_photos(site, by=manager)
    post.refresh_from_db()
    assert post.photo_troubles == ["The site's user may not do this."]


def test_a_listing_that_has_the_photo_already_gets_no_second(brought, site, manager):
    listing = ListingFactory(created_by=manager, list_agent=manager)
    first = jpeg(1)
    add_photo(listing, ContentFile(first.body, name="ours.jpg"), by=manager)
    post = brought(first, listing=listing)
    look_at_photos(site, by=manager)
    assert listing.photos.shown().count() == 1
    post.refresh_from_db()
    assert "is in this listing already" in post.photo_troubles[0]
