"""The page of photos, what its forms do, and who gets to see a picture."""

import uuid

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.listings.actions.photo import add_photo, make_sizes, remove_photo
from apps.listings.lookups import StandardStatus
from apps.listings.models import Photo
from apps.listings.templatetags.photos import photo_src
from tests.factories import ListingFactory
from tests.listings.photos import add_photos_to, picture_file, stored_files


@pytest.fixture
def listing(agent):
    return ListingFactory(created_by=agent)


@pytest.fixture
def photos(listing, agent):
    return add_photos_to(listing, agent, 3)


@pytest.fixture
def signed_in(client, agent):
    client.force_login(agent)
    return client


def post(client, name, pk, **fields):
    form = {"submission_key": uuid.uuid4(), **fields}
    return client.post(reverse(f"listings:{name}", args=[pk]), form)


def upload(client, listing, *files, as_script=False, key=None):
    headers = {"accept": "application/json"} if as_script else {"accept": "text/html"}
    form = {"photos": files, "submission_key": key or uuid.uuid4()}
    return client.post(reverse("listings:photos_add", args=[listing.listing_id]), form, headers=headers)


def ids(listing):
    return [photo.pk for photo in listing.photos.shown()]


def said(response):
    return [str(message) for message in response.wsgi_request._messages]


def test_a_form_without_scripts_takes_many_files_and_says_what_became_of_them(signed_in, listing):
    answer = upload(signed_in, listing, picture_file(0), picture_file(1), SimpleUploadedFile("a.txt", b"hello"))
    assert (answer.status_code, answer.url) == (302, reverse("listings:photos", args=[listing.listing_id]))
    assert said(answer) == [
        "2 photos added",
        "“a.txt” is not a picture. Add a JPEG, PNG, WebP or HEIC file.",
    ]


def test_a_script_gets_201_for_a_photo_that_was_taken(signed_in, listing):
    answer = upload(signed_in, listing, picture_file(), as_script=True)
    assert answer.status_code == 201
    assert answer.json() == {"photos": ids(listing), "sentences": []}


def test_a_script_gets_422_and_a_sentence_for_a_file_that_was_not(signed_in, listing):
    answer = upload(signed_in, listing, SimpleUploadedFile("a.jpg", b""), as_script=True)
    assert answer.status_code == 422
    assert answer.json()["sentences"] == ["“a.jpg” is empty. Choose the file again."]


def test_a_form_without_a_file_says_so(signed_in, listing):
    assert said(upload(signed_in, listing)) == ["No file arrived. Choose at least one picture."]


def test_an_upload_that_is_sent_again_is_one_photo(signed_in, listing):
    key = uuid.uuid4()
    answers = {upload(signed_in, listing, picture_file(), as_script=True, key=key).content for _ in range(20)}
    assert len(answers) == 1
    assert len(ids(listing)) == len(stored_files(default_storage)) == 1


def test_dragging_keeps_the_order(signed_in, listing, photos):
    a, b, c = ids(listing)
    post(signed_in, "photos_order", listing.listing_id, order=f"{c},{a},{b}", seen=f"{a},{b},{c}")
    assert ids(listing) == [c, a, b]


def test_dragging_on_an_old_page_changes_nothing_and_says_why(signed_in, listing, photos):
    a, b, c = ids(listing)
    answer = post(signed_in, "photos_order", listing.listing_id, order=f"{c},{a},{b}", seen=f"{b},{a},{c}")
    assert "Somebody changed the photos" in said(answer)[0]
    assert ids(listing) == [a, b, c]


@pytest.mark.parametrize("nonsense", ["", "a,b", "1e9", "9" * 40, "-1,2", "1,,2"])
def test_an_order_of_nonsense_changes_nothing(signed_in, listing, photos, nonsense):
    before = ids(listing)
    seen = ",".join(map(str, before))
    assert post(signed_in, "photos_order", listing.listing_id, order=nonsense, seen=seen).status_code == 302
    assert ids(listing) == before


def test_the_buttons_move_show_first_caption_remove_and_bring_back(signed_in, listing, photos):
    a, b, c = ids(listing)
    post(signed_in, "photo_move", c, direction="earlier")
    post(signed_in, "photo_first", c)
    post(signed_in, "photo_describe", c, caption="Sea view", media_category="Photo")
    post(signed_in, "photo_remove", a)
    assert ids(listing) == [c, b]
    post(signed_in, "photo_restore", a)
    assert ids(listing) == [c, a, b]
    assert Photo.objects.get(pk=c).short_description == "Sea view"


def test_the_page_shows_photos_and_controls_to_those_who_may(signed_in, listing, photos):
    page = signed_in.get(reverse("listings:photos", args=[listing.listing_id])).content.decode()
    assert page.count("data-id=") == 3
    assert photo_src(photos[0].name, "640") in page
    assert "data-upload=" in page


def test_a_viewer_sees_photos_without_controls(client, viewer, listing, photos):
    client.force_login(viewer)
    page = client.get(reverse("listings:photos", args=[listing.listing_id])).content.decode()
    assert page.count("data-id=") == 3
    assert "data-upload=" not in page
    assert "submission_key" not in page.split('id="photos"')[1].split("</ul>")[0]


def test_the_list_alone_is_swapped_and_polls_while_sizes_are_made(signed_in, listing, agent):
    add_photo(listing, picture_file(), by=agent)
    headers = {"hx-request": "true", "hx-target": "photos"}
    part = signed_in.get(reverse("listings:photos", args=[listing.listing_id]), headers=headers).content.decode()
    assert part.lstrip().startswith('<ul class="photos"')
    assert "every 2s" in part


def test_every_form_on_the_page_has_a_key_of_its_own(signed_in, listing, photos):
    page = signed_in.get(reverse("listings:photos", args=[listing.listing_id])).content.decode()
    keys = [part.split('"')[0] for part in page.split('name="submission_key" value="')[1:]]
    assert len(keys) == len(set(keys)) > 9


def test_the_page_takes_the_same_few_queries_for_one_photo_and_for_many(signed_in, listing, photos, agent):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            signed_in.get(reverse("listings:photos", args=[listing.listing_id]))
        return len(captured)

    queries()
    few = queries()
    for seed in range(10, 16):
        make_sizes(add_photo(listing, picture_file(seed), by=agent))
    assert queries() == few <= 12


def test_a_picture_is_streamed_with_headers_that_keep_it_a_picture(signed_in, photos):
    answer = signed_in.get(photo_src(photos[0].name, "120x84"))
    body = b"".join(answer.streaming_content)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert body[:4] == b"RIFF"
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_stranger_is_sent_to_sign_in(client, photos):
    assert reverse("account_login") in client.get(photo_src(photos[0].name, "120x84")).url


@pytest.mark.parametrize("size", ["original", "99", "120x84-2x", "..%2Foriginal"])
def test_only_the_known_sizes_are_served(signed_in, photos, size):
    assert signed_in.get(f"/listings/photos/{photos[0].name}/{size}.webp").status_code == 404


def test_a_picture_of_a_removed_photo_is_not_served(signed_in, agent, photos):
    remove_photo(photos[0], by=agent)
    assert signed_in.get(photo_src(photos[0].name, "120x84")).status_code == 404


def test_a_picture_of_a_listing_that_the_person_may_not_know_is_not_served(client, viewer, listing, photos):
    type(listing).objects.filter(pk=listing.pk).update(standard_status=StandardStatus.INCOMPLETE)
    client.force_login(viewer)
    assert client.get(photo_src(photos[0].name, "120x84")).status_code == 404


def test_a_picture_whose_file_is_not_there_is_404(signed_in, listing, agent):
    photo = add_photo(listing, picture_file(), by=agent)
    assert signed_in.get(photo_src(photo.name, "640")).status_code == 404


@pytest.mark.parametrize("name", ["photos_add", "photos_order"])
def test_another_agents_listing_is_refused_and_unchanged(client, other_agent, listing, photos, name):
    client.force_login(other_agent)
    before = ids(listing)
    answer = post(client, name, listing.listing_id, photos=picture_file(9), order="1", seen="1")
    assert answer.status_code == 403
    assert ids(listing) == before
