"""After the viewing, on a phone: what they thought in one tap, the owner told and the next step planned in the next."""

import time
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from waffle.testutils import override_flag

from apps.viewings.models import Feedback
from tests.browser.complaints import complaints_of
from tests.browser.test_photos import AXE, SIDEWAYS, VIOLATIONS
from tests.factories import CustomerFactory, ListingFactory, ViewingFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}
TAPS, SECONDS, THUMB = 2, 10, 44


@pytest.fixture(autouse=True)
def _switched_on():
    with override_flag("viewings", True), override_flag("customers", True), override_flag("matching", True):
        yield


@pytest.fixture
def viewing(agent):
    listing = ListingFactory(created_by=agent, unit__place__name="Marina Gate 2")
    customer = CustomerFactory(full_name="James Whitfield", created_by=agent)
    started = timezone.now() - timedelta(hours=1)
    return ViewingFactory(listing=listing, agent=agent, created_by=agent, customers=[customer], starts_at=started)


@pytest.fixture
def phone(page, live_server, client, agent, settings, viewing):
    """The list of what waits for feedback, on a phone; each tap is counted, an error in the browser fails the test."""
    client.force_login(agent)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page.set_viewport_size(PHONE)
    errors = complaints_of(page)
    page.goto(live_server.url + reverse("viewings:outstanding"), wait_until="networkidle")
    yield page
    assert errors == []


def faults(page) -> list[str]:
    page.emulate_media(reduced_motion="reduce")  # colours are judged, and none is half faded in
    page.evaluate(AXE)
    return page.evaluate(VIOLATIONS) + page.evaluate(SIDEWAYS)


def write_it_down(phone, viewing) -> float:
    """One tap for what they thought, one for the owner; the seconds it took."""
    taps, started = 0, time.monotonic()
    for name in ("Maybe", "I told the owner"):
        button = phone.get_by_role("button", name=name)
        button.wait_for()
        phone.wait_for_load_state("load")  # with its styles, which make it as high as a thumb
        assert button.bounding_box()["height"] >= THUMB
        button.click()
        taps += 1
    phone.get_by_text("The owner is told").wait_for()
    seconds = time.monotonic() - started
    given = Feedback.objects.get()
    assert (given.verdict, given.told_owner_at is not None, taps) == ("maybe", True, TAPS)
    assert viewing.customers.get().tasks.get().title == "Call James Whitfield about Marina Gate 2, " + (
        viewing.listing.unit_number
    )
    print(f"J5: {taps} taps, {seconds:.1f} s")
    return seconds


def test_two_taps_write_it_down_and_tell_the_owner(phone, viewing):
    write_it_down(phone, viewing)


@pytest.mark.bench
def test_writing_it_down_takes_ten_seconds(phone, viewing):
    assert write_it_down(phone, viewing) <= SECONDS


def test_the_pages_of_feedback_hold_for_everybody(phone, viewing):
    assert faults(phone) == []
    phone.goto(phone.url.replace("/feedback/", f"/{viewing.pk}/feedback/"), wait_until="networkidle")
    assert faults(phone) == []
    phone.get_by_role("button", name="Not for them").click()
    phone.get_by_role("button", name="I told the owner").wait_for()
    phone.wait_for_load_state("networkidle")
    assert faults(phone) == []
