"""Photos of a listing in a real browser: dropped, sorted, captioned, removed and brought back."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from apps.listings.actions.photo import add_photo, make_sizes
from tests.browser.complaints import complaints_of
from tests.factories import ListingFactory
from tests.listings.photos import add_photos_to, picture_file

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = next((Path(__file__).parent.parent / "vendor").glob("axe-core-*/axe.min.js")).read_text()
VIOLATIONS = (
    "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    ".then((answer) => answer.violations.map((one) => one.id))"
)
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth ? ['sideways scroll'] : []"
REFUSED = "422"  # the browser writes each refused upload into its console


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "media")},
        }
    }


@pytest.fixture
def listing(agent):
    listing = ListingFactory(created_by=agent)
    add_photos_to(listing, agent, 3)
    return listing


@pytest.fixture
def photos(page, live_server, client, agent, settings, listing):
    """The page of the listing's photos, opened by its agent; an error in the browser fails the test."""
    client.force_login(agent)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    errors = complaints_of(page)
    page.goto(live_server.url + reverse("listings:photos", args=[listing.listing_id]), wait_until="networkidle")
    yield page
    assert [error for error in errors if REFUSED not in error] == []


def ids(listing):
    return [photo.pk for photo in listing.photos.shown()]


def test_files_are_dropped_at_once_and_each_says_what_became_of_it(photos, listing):
    good = [{"name": f"{seed}.jpg", "mimeType": "image/jpeg", "buffer": picture_file(seed).read()} for seed in (7, 8)]
    bad = {"name": "notes.jpg", "mimeType": "image/jpeg", "buffer": b"hello"}
    photos.set_input_files("input[type=file]", [*good, bad])
    photos.wait_for_selector(".ups .ok >> nth=1")
    photos.wait_for_selector("text=“notes.jpg” is not a picture. Add a JPEG, PNG, WebP or HEIC file.")
    for photo in listing.photos.shown():
        make_sizes(photo)
    photos.wait_for_selector("#photos>li >> nth=4 >> css=img")
    assert len(ids(listing)) == 5
    expect(photos.locator("#photo-count")).to_have_text("5")


def test_a_photo_is_moved_by_its_buttons_and_keeps_the_focus(photos, listing):
    a, b, c = ids(listing)
    photos.click(f"#earlier-{c}")
    photos.wait_for_selector(f"#photos>li:nth-child(2)[data-id='{c}']")
    assert ids(listing) == [a, c, b]
    expect(photos.locator(f"#earlier-{c}")).to_be_focused()


def test_what_is_dragged_stays_where_it_was_dropped_twice_in_a_row(photos, listing):
    orders = [ids(listing)]
    for _ in range(2):
        photos.hover("#photos>li:first-child .hold")
        photos.mouse.down()
        target = photos.locator("#photos>li:last-child").bounding_box()
        photos.mouse.move(target["x"] + target["width"] * 0.5, target["y"] + 40, steps=8)
        photos.mouse.move(target["x"] + target["width"] * 0.9, target["y"] + 60, steps=8)
        with photos.expect_response("**/photos/"):
            photos.mouse.up()
        orders.append([int(one.get_attribute("data-id")) for one in photos.locator("#photos>li").all()])
        seen = ",".join(map(str, orders[-1]))
        expect(photos.locator("#photos")).to_have_attribute("hx-vals", f'{{"seen": "{seen}"}}')  # the answer is there
        assert ids(listing) == orders[-1] != orders[-2]


def test_a_caption_is_kept_while_photos_arrive(photos, listing, agent):
    first, *_ = ids(listing)
    photos.click(f"#photo-{first} [popovertarget]")
    photos.fill(f"#caption-{first}", "Sea view")
    make_sizes(add_photo(listing, picture_file(9), by=agent))
    photos.evaluate("document.body.dispatchEvent(new Event('uploaded', {bubbles: true}))")
    photos.wait_for_selector("#photos>li >> nth=3")
    expect(photos.locator(f"#caption-{first}")).to_have_value("Sea view")
    photos.click("text=Save caption")
    photos.wait_for_selector(f"#photo-{first} >> text=Sea view")
    photos.wait_for_selector(f"#more-{first}", state="hidden")


def test_a_removed_photo_is_brought_back_by_undo(photos, listing):
    before = ids(listing)
    photos.click(f"#photo-{before[1]} [popovertarget]")
    photos.click(f"#more-{before[1]} >> text=Remove photo")
    photos.wait_for_selector(f"#photo-{before[1]}", state="detached")
    photos.click(".toast >> text=Undo")
    photos.wait_for_selector(f"#photo-{before[1]}")
    assert ids(listing) == before


def test_undo_is_heard_when_the_script_of_the_toast_comes_while_it_is_pressed(photos, listing):
    held, before = [], ids(listing)
    photos.route("**/toasts*.js", lambda route: held.append(route))
    with photos.expect_request("**/toasts*.js"):
        photos.click(f"#photo-{before[1]} [popovertarget]")
        photos.click(f"#more-{before[1]} >> text=Remove photo")
    photos.hover(".toast >> text=Undo")
    photos.mouse.down()
    held[0].continue_()
    photos.evaluate("(address) => import(address)", held[0].request.url)
    photos.mouse.up()
    photos.wait_for_selector(f"#photo-{before[1]}")
    assert ids(listing) == before


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible_in_every_look(photos, scheme):
    photos.evaluate(AXE)
    photos.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    found = {}
    for width in (1440, 900, 390, 320):
        photos.set_viewport_size({"width": width, "height": 900})
        found[width] = photos.evaluate(VIOLATIONS) + photos.evaluate(SIDEWAYS)
    assert not any(found.values()), found
