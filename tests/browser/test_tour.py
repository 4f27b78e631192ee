"""Planning a tour: stops are added and reordered beside a form that keeps what is typed, and follow its time."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect
from waffle.testutils import override_flag

from apps.viewings.models import Viewing
from tests.browser.complaints import complaints_of
from tests.factories import CustomerFactory, ListingFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def towers(transactional_db, agent):
    CustomerFactory(full_name="James Whitfield", agent=agent, created_by=agent)
    return [ListingFactory(unit__place__name=name, created_by=agent) for name in ("Cayan Tower", "Marina Gate")]


@pytest.fixture
def tour(towers, page, live_server, client, agent, settings):
    """The page of a new tour, opened by an agent; an error in the browser fails the test."""
    client.force_login(agent)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    errors = complaints_of(page)
    with override_flag("customers", True), override_flag("viewings", True):
        page.goto(live_server.url + reverse("viewings:tour"), wait_until="networkidle")
        yield page
    assert errors == []


def choose(page, field, text, words):
    """Type into a field that suggests, and take the suggestion with these words."""
    page.locator(field).press_sequentially(text)
    page.get_by_role("option").filter(has_text=words).click()


def add(page, name):
    choose(page, "#id_listing_text", name, name)
    page.get_by_role("button", name="Add stop").click()
    expect(page.locator("#plan").get_by_role("link", name=name).first).to_be_visible()


def test_what_is_typed_stays_while_stops_come_and_go(tour, towers):
    day = timezone.localdate() + timedelta(days=3)
    choose(tour, "#id_customer_text", "Whitfield", "James Whitfield")
    tour.fill("#id_day", day.isoformat())
    tour.fill("#id_time", "15:00")
    tour.get_by_label("Owner").uncheck()
    add(tour, "Cayan Tower")
    add(tour, "Marina Gate")
    expect(tour.locator("#id_listing_text")).to_have_value("")
    expect(tour.locator("#plan time").first).to_have_text("15:00")
    tour.get_by_role("link", name="Earlier").click()
    expect(tour.locator("#plan b").first).to_contain_text("Marina Gate")
    expect(tour.locator("#id_customer_text")).to_have_value("James Whitfield")
    expect(tour.get_by_label("Owner")).not_to_be_checked()
    tour.get_by_role("button", name="Book tour").click()
    expect(tour.locator("#toasts")).to_contain_text("Tour booked: 2 viewings")
    first, second = Viewing.objects.order_by("starts_at")
    assert (first.listing, second.listing) == (towers[1], towers[0])
    assert timezone.localtime(first.starts_at).hour == 15


def test_the_stops_follow_the_time_of_the_first(tour):
    add(tour, "Cayan Tower")
    tour.fill("#id_time", "16:30")
    tour.locator("#id_time").blur()
    expect(tour.locator("#plan time")).to_have_text("16:30")
