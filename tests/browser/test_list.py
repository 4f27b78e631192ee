"""The listings list in a real browser: searched while typing, sorted, paged, and back again; rows changed in place."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from apps.listings.models import Listing
from tests.browser.complaints import complaints_of
from tests.factories import ListingFactory, PlaceFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REFUSED = "422"  # the browser writes each refused form into its console


@pytest.fixture
def stock(agent):
    marina, lake = (PlaceFactory(name=name) for name in ("Marina Gate", "Lake View"))
    for number in range(30):
        ListingFactory(
            listing_id=f"L-{number:02}",
            unit__place=marina if number % 2 else lake,
            created_by=agent,
            list_price=Decimal(1_000_000 + number),
        )


@pytest.fixture
def listed(page, live_server, client, agent, settings, stock):
    """The list, opened by the agent of its listings; an error in the browser fails the test."""
    client.force_login(agent)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    errors = complaints_of(page)
    page.goto(f"{live_server.url}/listings/", wait_until="networkidle")
    yield page
    assert [error for error in errors if REFUSED not in error] == []


def first_row(page):
    return page.locator("tbody tr").first


def test_the_list_follows_the_typing_and_the_address_follows_the_list(listed):
    listed.keyboard.press("/")
    listed.keyboard.type("marnia")
    listed.wait_for_url(re.compile(r"q=marnia"))
    listed.get_by_text("Showing results for “marina”").wait_for()
    expect(listed.locator("#count")).to_have_text("15 in this view")
    expect(listed.locator("input[name=q]:focus")).to_have_count(1)


def test_letters_typed_while_the_shortcuts_are_loading_are_not_lost(listed):
    listed.route("**/keys*.js", lambda route: (listed.wait_for_timeout(300), route.continue_()))
    listed.keyboard.press("/")
    listed.keyboard.type("lake")
    listed.wait_for_url(re.compile(r"q=lake"))
    expect(listed.locator("#count")).to_have_text("15 in this view")


def test_back_shows_the_list_as_it_was(listed):
    listed.get_by_role("link", name="Price, AED").click()
    listed.wait_for_url(re.compile(r"sort=-price"))
    expect(listed.locator('th[aria-sort="descending"]')).to_have_text("Price, AED")
    first_row(listed).get_by_role("link", name=re.compile("Marina Gate, ")).click()
    listed.wait_for_url(re.compile(r"/listings/L-29/\?sort=-price"))
    listed.go_back(wait_until="networkidle")
    expect(first_row(listed)).to_contain_text("L-29")
    expect(listed.locator('th[aria-sort="descending"]')).to_have_text("Price, AED")


def test_a_view_is_saved_in_the_drawer(listed):
    listed.fill("input[name=q]", "marina")
    listed.wait_for_url(re.compile("q=marina"))
    listed.get_by_role("link", name="Save view").click()
    drawer = listed.locator("#drawer")
    drawer.get_by_label("Name").fill("Towers")
    drawer.get_by_role("button", name="Save view").click()
    expect(listed.get_by_role("navigation", name="Views").locator("[aria-current=page]")).to_contain_text("Towers")


def test_the_next_page_moves_focus_to_the_table(listed):
    listed.get_by_role("link", name="Next").click()
    listed.get_by_text("26 to 30 of 30").wait_for()
    expect(listed.locator("#caption")).to_be_focused()


def test_the_pager_of_a_listing_steps_through_the_list(listed):
    listed.goto(listed.url + "?sort=price", wait_until="networkidle")
    listed.locator("tbody tr").nth(1).locator(".c-name a").click()
    listed.get_by_text("2 of 30").wait_for()
    listed.keyboard.press("]")
    listed.wait_for_url(re.compile(r"/listings/L-02/\?sort=price"))
    expect(listed.get_by_text("3 of 30")).to_be_visible()


def test_a_price_is_changed_in_its_row(listed):
    row = listed.locator("tbody tr", has_text="L-07")
    row.locator(".c-price a").click()
    listed.locator("#inline input[name=list_price]").fill("1.2M")
    listed.get_by_role("button", name="Save price").click()
    row.get_by_text("1,200,000").wait_for()
    expect(listed.locator("#inline")).to_be_hidden()


def test_the_address_stays_the_lists_while_a_row_is_changed(listed):
    listed.get_by_role("link", name="Price, AED").click()
    listed.wait_for_url(re.compile(r"/listings/\?sort=-price$"))
    row = listed.locator("tbody tr", has_text="L-29")
    row.locator(".c-price a").click()
    price = listed.locator("#inline input[name=list_price]")
    price.fill("a lot")
    listed.get_by_role("button", name="Save price").click()
    expect(listed.locator("#inline .err").first).to_be_visible()
    price.fill("1.1M")
    listed.get_by_role("button", name="Save price").click()
    row.get_by_text("1,100,000").wait_for()
    expect(listed).to_have_url(re.compile(r"/listings/\?sort=-price$"))
    expect(row.locator("a.b")).to_have_attribute("href", "/listings/L-29/?sort=-price")


def test_a_status_is_changed_in_its_row(listed):
    row = listed.locator("tbody tr", has_text="L-07")
    row.locator(".c-st a").click()
    listed.locator("#inline").get_by_role("button", name="Pending").click()
    expect(row.locator(".st", has_text="Pending")).to_be_visible()
    assert Listing.objects.get(listing_id="L-07").standard_status == "Pending"


def test_many_are_selected_by_key_and_changed_at_once(listed):
    for key in ("j", "x", "j", "x"):
        listed.keyboard.press(key)
    expect(listed.locator("[data-count]")).to_have_text("2")
    listed.get_by_role("button", name="Change status").click()
    listed.get_by_label("New status").select_option("Pending")
    listed.locator("#drawer").get_by_role("button", name="Change status").click()
    expect(listed.get_by_text("2 listings changed")).to_be_visible()
    assert Listing.objects.filter(standard_status="Pending").count() == 2


def test_all_are_selected_though_the_script_comes_after_the_click(listed):
    held = []
    listed.route("**/select*.js", lambda route: held.append(route))
    with listed.expect_request("**/select*.js"):
        listed.locator(".ck[data-all]").check()
    held[0].continue_()
    expect(listed.locator("[data-count]")).to_have_text("25")


def test_a_filter_is_chosen_and_taken_off_again(listed):
    listed.get_by_role("button", name="Filter", exact=True).click()
    listed.locator("#filters").get_by_role("combobox").fill("lake")
    expect(listed.locator("#filters").get_by_role("combobox")).to_have_attribute("aria-expanded", "true")
    listed.get_by_role("option", name=re.compile("Lake View")).click()
    listed.locator("#filters").get_by_role("button", name="Show listings").click()
    listed.wait_for_url(re.compile(r"place=\d+"))
    expect(listed.locator("#count")).to_have_text("15 in this view")
    listed.get_by_role("link", name="Remove the filter Place").click()
    listed.wait_for_url(re.compile(r"/listings/\??$"))
    expect(listed.locator("#count")).to_have_text("30 in this view")


def test_tabs_open_at_the_chosen_one_on_a_phone_and_the_first_keeps_off_the_edge(listed):
    listed.set_viewport_size({"width": 390, "height": 844})
    listed.reload()
    tabs = listed.locator(".tabs")
    assert tabs.evaluate("row => row.scrollWidth > row.clientWidth")
    assert tabs.evaluate("row => row.scrollLeft") == 0
    last = tabs.locator("a").last.get_attribute("href")
    listed.goto(listed.url.split("?")[0] + last[last.index("?") :])
    box = tabs.locator("[aria-current]").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert tabs.evaluate("row => row.scrollLeft") > 0
