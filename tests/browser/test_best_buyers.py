"""Best buyers in a browser: a place is chosen on a slow line, and the address stays the page's own."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from waffle.testutils import override_flag

from tests.browser.complaints import complaints_of
from tests.factories import PlaceFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def asked(transactional_db, page, live_server, client, agent, settings):
    """The page, opened by an agent; an error in the browser fails the test."""
    PlaceFactory(name="Cayan Tower")
    client.force_login(agent)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    errors = complaints_of(page)
    with override_flag("customers", True), override_flag("matching", True):
        page.goto(live_server.url + reverse("matching:best-buyers"), wait_until="networkidle")
        yield page
    assert errors == []


def test_a_place_that_comes_after_the_buyers_is_chosen_all_the_same(asked):
    late, addresses = [], []
    asked.on("framenavigated", lambda frame: addresses.append(frame.url))
    asked.route("**" + reverse("matching:places") + "**", lambda route: late.append(route))
    asked.locator("#id_places").press_sequentially("Cayan")
    asked.get_by_role("option").filter(has_text="Cayan Tower").wait_for()
    with asked.expect_response(lambda answer: "/best-buyers/" in answer.url and "&place=&" not in answer.url):
        asked.get_by_role("option").filter(has_text="Cayan Tower").click()
    late[0].continue_()
    expect(asked.get_by_role("checkbox", name="Cayan Tower")).to_be_checked()
    assert addresses
    assert [one for one in addresses if reverse("matching:best-buyers") not in one] == []
