"""J2 in a real browser: a buyer phones, and one page and one save do the rest. Clicks and seconds are counted."""

import time

import pytest
from waffle.testutils import override_flag

from apps.customers.models import Customer, Note
from apps.matching.models import Requirement
from apps.viewings.models import Viewing
from tests.browser.complaints import complaints_of
from tests.factories import CustomerFactory, ListingFactory, PhoneFactory, PlaceFactory, RequirementFactory, UnitFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CLICKS, SECONDS = 3, 60
COUNT_CLICKS = """
addEventListener("pointerdown", () => { sessionStorage.clicks = Number(sessionStorage.clicks ?? 0) + 1; }, true);
"""
"""What a hand does: a press on a label is two click events, its own and its field's."""
PHONE = {"width": 390, "height": 844}


def clicks(page) -> int:
    return page.evaluate("Number(sessionStorage.clicks ?? 0)")


@pytest.fixture
def marina(transactional_db, agent):
    """A community with two apartments on the market, and a customer who phones."""
    marina = PlaceFactory(level="community", name="Dubai Marina")
    for number, price in (("2304", 2_450_000), ("1801", 2_390_000)):
        unit = UnitFactory(place=PlaceFactory(name=f"Gate {number}", parent=marina), unit_number=number)
        ListingFactory(unit=unit, listing_id=f"MG-{number}", list_price=price, created_by=agent)
    caller = CustomerFactory(full_name="James Whitfield", created_by=agent)
    PhoneFactory(customer=caller, e164="+971507654321")
    RequirementFactory(customer=caller, price_max=2_500_000, bedrooms_min=2, places=[marina])
    return marina


@pytest.fixture
def call(marina, page, live_server, client, agent, settings):
    """The phone page, opened by an agent, with clicks counted; an error in the browser fails the test."""
    client.force_login(agent)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page.add_init_script(COUNT_CLICKS)
    errors = complaints_of(page)
    with (
        override_flag("customers", active=True),
        override_flag("matching", active=True),
        override_flag("viewings", active=True),
    ):
        page.goto(f"{live_server.url}/call/", wait_until="networkidle")
        yield page
    assert [error for error in errors if "422" not in error] == []


def take_the_call(page):
    """A known caller, three clicks: tick, pick a time, save."""
    page.keyboard.type("050 765 4321", delay=15)
    page.wait_for_selector("#who b:has-text('James Whitfield')")
    page.wait_for_selector("[name=tick]")
    page.locator("[name=tick]").first.click()
    page.locator(".day label").nth(1).click()
    page.fill("#id_note", "Wants to see it this week")
    page.locator("button[form=call].p >> visible=true").click()
    page.wait_for_url("**/customers/**", wait_until="networkidle")


@pytest.mark.parametrize("size", [None, PHONE], ids=["desktop", "phone"])
def test_a_call_of_somebody_known_takes_three_clicks_and_one_save(call, size):
    if size:
        call.set_viewport_size(size)
    take_the_call(call)
    assert clicks(call) == CLICKS
    assert Viewing.objects.get().customers.get().full_name == "James Whitfield"
    assert Note.objects.get().body == "Wants to see it this week"
    assert Requirement.objects.count() == 1


@pytest.mark.bench
@pytest.mark.parametrize("size", [None, PHONE], ids=["desktop", "phone"])
def test_a_call_of_somebody_known_takes_a_minute(call, size):
    if size:
        call.set_viewport_size(size)
    started = time.perf_counter()
    take_the_call(call)
    taken = time.perf_counter() - started
    print(f"J2: {clicks(call)} clicks, {taken:.1f} s")
    assert taken < SECONDS


def test_somebody_new_is_taken_by_the_keyboard_alone(call):
    call.keyboard.type("+44 7700 900 142", delay=15)
    call.wait_for_selector("#who:has-text('New')")
    call.keyboard.press("Tab")
    call.keyboard.type("Aisha Rahman")
    call.focus("#id_price_max")
    call.keyboard.type("2.5M")
    call.wait_for_selector("[name=tick]")
    call.locator("[name=tick]").first.focus()
    call.keyboard.press("Space")
    call.wait_for_selector(".day")
    call.locator(".day input").last.focus()
    call.keyboard.press("ArrowLeft")  # the last time there is: the first may be over before it is saved
    call.keyboard.press("Control+Enter")
    call.wait_for_url("**/customers/**", wait_until="networkidle")
    assert clicks(call) == 0
    assert Customer.objects.get(full_name="Aisha Rahman").phones.get().e164 == "+447700900142"
    assert Viewing.objects.count() == 1


def test_what_was_typed_waits_after_the_page_is_left(call, live_server):
    call.keyboard.type("050 111 2222", delay=15)
    call.fill("#id_note", "Looks for two bedrooms")
    call.goto(f"{live_server.url}/call/", wait_until="networkidle")
    call.click(".ban a")
    call.wait_for_url("**/call/?draft=**", wait_until="networkidle")
    assert call.input_value("#id_number") == "050 111 2222"
    assert call.input_value("#id_note") == "Looks for two bedrooms"
