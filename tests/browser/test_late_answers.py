"""Answers that come late: after the next letter, after the choice, after the field was left."""

import re

import pytest
from playwright.sync_api import expect
from waffle.testutils import override_flag

from tests.browser.complaints import complaints_of
from tests.factories import ListingFactory, PlaceFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def places(transactional_db):
    """Two buildings, of which the first is the nearest until the last word is typed."""
    marina = PlaceFactory(level="community", name="Dubai Marina")
    return {name: PlaceFactory(name=name, parent=marina) for name in ("Marina Gate", "Marina Gate Two")}


@pytest.fixture
def agents_page(page, live_server, client, agent, settings):
    """The agent's browser; an error in it fails the test."""
    client.force_login(agent)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    errors = complaints_of(page)
    yield page
    assert errors == []


class Held:
    """Requests whose address fits, held back until they are let go."""

    def __init__(self, page, address):
        self.page, self.address, self.routes = page, re.compile(address), []
        page.route(self.address, lambda route: self.routes.append(route))

    def once_asked(self, act):
        """Do it, and come back when it was asked for."""
        with self.page.expect_request(self.address):
            act()

    def let_go(self):
        """Let the answers come, and come back when they are on the page."""
        expect(self.page.locator("#busy.htmx-request")).to_have_count(1)
        for route in self.routes:
            route.continue_()
        expect(self.page.locator("#busy.htmx-request")).to_have_count(0)


@pytest.fixture
def take_on(agents_page, live_server, places):
    agents_page.goto(f"{live_server.url}/listings/new/", wait_until="networkidle")
    return agents_page


def test_enter_waits_for_the_answer_to_the_last_letter(take_on, places):
    field = take_on.locator("#id_place_text")
    field.fill("Marina Gate")
    best = take_on.locator("#places [aria-selected=true]")
    expect(best).to_have_attribute("data-value", str(places["Marina Gate"].pk))
    held = Held(take_on, r"/places/\?.*Gate(\+|%20)Two")
    held.once_asked(lambda: field.fill("Marina Gate Two"))
    take_on.keyboard.press("Enter")
    expect(take_on.locator("#id_place")).to_have_value("")
    held.let_go()
    expect(take_on.locator("#id_place")).to_have_value(str(places["Marina Gate Two"].pk))


def test_letters_typed_before_the_script_of_the_field_came_are_asked_for_again(agents_page, live_server, places):
    scripts = Held(agents_page, r"/combobox[^/]*\.js$")
    scripts.once_asked(lambda: agents_page.goto(f"{live_server.url}/listings/new/"))
    field = agents_page.locator("#id_place_text")
    field.fill("Marina Gate")
    expect(agents_page.locator("#places [role=option]").first).to_be_visible()
    held = Held(agents_page, r"/places/\?.*Gate(\+|%20)Two")
    held.once_asked(lambda: field.fill("Marina Gate Two"))
    with agents_page.expect_request(held.address):  # the script's own question
        scripts.routes[0].continue_()
    agents_page.keyboard.press("Enter")
    held.let_go()
    expect(agents_page.locator("#id_place")).to_have_value(str(places["Marina Gate Two"].pk))


@pytest.mark.parametrize("keys", [["Escape"], ["ArrowDown", "Enter"]], ids=["left", "chosen"])
def test_an_answer_after_that_opens_nothing(take_on, keys):
    field = take_on.locator("#id_place_text")
    field.fill("Marina")
    expect(take_on.locator("#places [role=option]").first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")  # its script is there too, and hears keys
    held = Held(take_on, r"/places/\?")
    held.once_asked(lambda: field.fill("Marina Gate"))
    for key in keys:
        take_on.keyboard.press(key)
    expect(take_on.locator("#places [role=option]")).to_have_count(0)
    held.let_go()
    expect(take_on.locator("#places [role=option]")).to_have_count(0)


def test_of_two_quick_clicks_the_second_is_answered(agents_page, live_server, agent):
    first, second = (ListingFactory(created_by=agent) for _ in range(2))
    agents_page.goto(f"{live_server.url}/listings/", wait_until="networkidle")
    asks = [agents_page.locator(f'#list a[href="/listings/{one.listing_id}/price/"]').first for one in (first, second)]
    held = Held(agents_page, f"/listings/{first.listing_id}/price/")
    held.once_asked(asks[0].click)
    with agents_page.expect_event("requestfailed", lambda request: first.listing_id in request.url):
        asks[1].click()
    expect(agents_page.locator(f'#inline form[action*="{second.listing_id}"]')).to_be_visible()


@pytest.fixture
def booking(agents_page, live_server, agent):
    listing = ListingFactory(created_by=agent)
    with override_flag("viewings", True), override_flag("customers", True):
        agents_page.goto(f"{live_server.url}/viewings/new/?listing={listing.listing_id}", wait_until="networkidle")
        yield agents_page


def test_no_time_is_chosen_while_the_free_ones_are_asked_for_again(booking):
    held = Held(booking, r"/viewings/new/slots/")
    held.once_asked(lambda: booking.locator("#id_minutes").select_option("60"))
    expect(booking.locator("#slots")).to_have_css("pointer-events", "none")
    held.let_go()
    expect(booking.locator("#slots")).to_have_css("pointer-events", "auto")
    time = booking.locator("#slots label").nth(1)
    time.click()
    expect(time.locator("input")).to_be_checked()


def test_typing_on_replaces_the_question_and_is_no_error(agents_page, live_server, agent):
    for name in ("Marina Gate", "Lake View"):
        ListingFactory(unit__place__name=name, created_by=agent)
    agents_page.goto(f"{live_server.url}/listings/", wait_until="networkidle")
    field = agents_page.locator("input[name=q]").first
    held = Held(agents_page, r"/listings/\?q=la$")
    held.once_asked(lambda: field.fill("la"))
    field.fill("lake")
    expect(agents_page).to_have_url(re.compile("q=lake"))
    expect(agents_page.locator("#count")).to_have_text("1 in this view")


def test_what_is_typed_the_moment_a_field_comes_is_asked(agents_page, live_server, agent, places):
    ListingFactory(unit__place=places["Marina Gate"], created_by=agent)
    agents_page.goto(f"{live_server.url}/listings/", wait_until="networkidle")
    agents_page.evaluate(
        """() => new MutationObserver((changes, observer) => {
            const field = document.querySelector("#filters [role=combobox]");
            if (!field) return;
            observer.disconnect();
            field.focus();
            document.execCommand("insertText", false, "Marina");
        }).observe(document.getElementById("filters"), { childList: true, subtree: true })"""
    )
    agents_page.get_by_role("button", name="Filter", exact=True).click()
    expect(agents_page.get_by_role("option", name=re.compile("Marina Gate Two"))).to_be_visible()
