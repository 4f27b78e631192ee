"""J1 whole in a real browser: from the list to a page on a real WordPress, “live, checked 14:30”, counted."""

import re
import time

import pytest
from waffle.testutils import override_flag

from apps.core.encryption import encrypt
from apps.listings.actions.photo import make_sizes
from apps.listings.models import Listing, Photo
from apps.website.actions.deliver import deliver
from apps.website.models import Placement, Profile
from apps.website.profiles.shipped import bring_up_to_date
from apps.website.states import State
from apps.website.sweep import sweep
from tests.browser.test_take_on import clicks, gate, listings, pictures, type_listing  # noqa: F401 - fixtures
from tests.factories import SiteFactory
from tests.listings.conftest import own_media  # noqa: F401 - a fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_media")]
CLICKS, SECONDS = 3, 90


@pytest.fixture
def site(wordpress, settings):
    """A real site that publishes by itself what is Active."""
    settings.WEBSITE_ALLOW_LOCAL = True
    bring_up_to_date(Profile)
    user = wordpress.users["editor"]
    with override_flag("website", active=True):
        yield SiteFactory(
            name="Marina Homes",
            initials="MH",
            url=wordpress.url,
            username=user.login,
            password=encrypt(user.password),
            profile=Profile.objects.get(slug="companion"),
            follows_filter=True,
            filter="status=Active",
        )


def work(site, by):
    """What the worker does: the sizes of photos, the sweep, the delivery."""
    for photo in Photo.objects.filter(state="Processing"):
        make_sizes(photo)
    sweep(by=by)
    deliver(site, by=by)


def take_on_until_live(page, site, photos, agent, record_property) -> float:
    """From the list to a page on the site that says so; the seconds until the CRM calls it live."""
    started = time.monotonic()
    page.click("text=New listing")
    page.wait_for_url("**/listings/new/")
    page.wait_for_selector("#id_place_text:focus")
    type_listing(page)
    page.set_input_files("#id_photos", photos)
    page.click("text=Save draft")
    page.wait_for_url("**/listings/MG-2304/")
    page.click("[form=activate]")
    page.wait_for_selector("h1 ~ .st.green")
    work(site, agent)
    page.wait_for_selector("#websites >> text=/Live, checked \\d\\d:\\d\\d/")
    seconds, pressed = time.monotonic() - started, clicks(page)
    record_property("clicks", pressed)
    record_property("seconds", round(seconds, 1))
    print(f"\nJ1 whole: {pressed} clicks, {seconds:.1f} s, {len(photos)} photos, live on a real WordPress")
    placement = Placement.objects.get(listing=Listing.objects.get(listing_id="MG-2304"))
    assert placement.state == State.LIVE
    assert page.get_attribute("#websites a[target=_blank]", "href") == placement.link
    assert pressed == CLICKS
    page.goto(placement.link)
    text = page.inner_text("body")
    assert re.search(r"2,450,000", text) and "2" in text
    assert page.locator("main img, article img, .crm-property img").count() >= len(photos)
    return seconds


def test_a_new_listing_is_live_in_three_clicks(site, listings, gate, pictures, agent, record_property):  # noqa: F811
    take_on_until_live(listings, site, pictures, agent, record_property)


@pytest.mark.bench
def test_a_new_listing_is_live_in_a_minute_and_a_half(site, listings, gate, pictures, agent, record_property):  # noqa: F811
    assert take_on_until_live(listings, site, pictures, agent, record_property) < SECONDS
