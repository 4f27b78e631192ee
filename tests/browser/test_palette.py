"""Search and jump to in a real browser, with the keyboard alone, and cards of Today that fail alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import ListingFactory, PlaceFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def signed_in(page, live_server, client, agent, settings):
    """The agent's browser, on Today."""
    gate = PlaceFactory(name="Marina Gate 2")
    for unit in ("2304", "1702"):
        ListingFactory(listing_id=f"MG-{unit}", unit__place=gate, unit__unit_number=unit, created_by=agent)
    client.force_login(agent)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page.goto(f"{live_server.url}/today/", wait_until="networkidle")
    return page


def test_a_unit_is_three_keys_and_its_number_away(signed_in):
    signed_in.keyboard.press("Control+k")
    signed_in.keyboard.type("marina gate 2304")
    hit = signed_in.get_by_role("option", name=re.compile("2304")).first
    expect(hit).to_have_attribute("aria-selected", "true")  # found by the server, marked by the palette's script
    signed_in.keyboard.press("Enter")
    signed_in.wait_for_url(re.compile("/listings/MG-2304/"))
    expect(signed_in.get_by_role("heading", level=1)).to_contain_text("2304")


def test_arrows_walk_and_escape_gives_the_page_back(signed_in):
    with signed_in.expect_response(re.compile(r"/search/\?")):  # what was opened last, asked for on opening
        signed_in.keyboard.press("Control+k")
    typed = signed_in.locator("#palette input[name=q]")
    with signed_in.expect_response(re.compile(r"/search/\?")):
        typed.fill("marina gate")  # at once, so that one answer comes
    options = signed_in.locator("#palette-hits [role=option]")
    signed_in.locator("#hits-listings").wait_for()
    expect(options.first).to_have_attribute("aria-selected", "true")
    signed_in.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(typed).to_have_attribute("aria-activedescendant", options.nth(1).get_attribute("id"))
    signed_in.keyboard.press("Escape")
    expect(signed_in.locator("#palette")).to_be_hidden()


def test_an_answer_after_escape_does_not_open_it_again(signed_in):
    """Answers take their time, and what comes into a closed palette leaves it closed."""
    with signed_in.expect_response(re.compile(r"/search/\?")):
        signed_in.keyboard.press("Control+k")
    waiting = []
    signed_in.route(re.compile(r"/search/\?.*q=marina"), lambda route: waiting.append(route))
    with signed_in.expect_request(re.compile(r"/search/\?.*q=marina")):
        signed_in.locator("#palette input[name=q]").fill("marina gate")
    signed_in.keyboard.press("Escape")
    expect(signed_in.locator("#palette")).to_be_hidden()
    waiting[0].continue_()
    expect(signed_in.locator("#palette-hits [role=option]").first).to_be_attached()  # it has come and settled
    expect(signed_in.locator("#palette-hits.htmx-settling, #palette-hits .htmx-added")).to_have_count(0)
    expect(signed_in.locator("#palette")).to_be_hidden()


def test_the_page_opened_last_is_offered_again(signed_in, live_server):
    signed_in.goto(f"{live_server.url}/listings/MG-1702/", wait_until="networkidle")
    signed_in.goto(f"{live_server.url}/today/", wait_until="networkidle")
    signed_in.keyboard.press("Control+k")
    expect(signed_in.get_by_role("option", name=re.compile("1702"))).to_be_visible()


def test_a_card_that_fails_says_so_and_leaves_the_others(signed_in, live_server):
    signed_in.route("**/today/mandates/", lambda route: route.fulfill(status=500, body="broken"))
    signed_in.goto(f"{live_server.url}/today/", wait_until="networkidle")
    expect(signed_in.locator("#card-mandates")).to_contain_text("Could not load")
    expect(signed_in.locator("#card-stats")).not_to_contain_text("Could not load")
    signed_in.unroute("**/today/mandates/")
    signed_in.locator("#card-mandates").get_by_role("button", name="Try again").click()
    expect(signed_in.locator("#card-mandates .failed")).to_have_count(0)
    expect(signed_in.locator("#card-mandates")).not_to_contain_text("Could not load")
