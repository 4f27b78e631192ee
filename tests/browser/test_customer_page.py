"""The customer's page in a browser: a note two keys away, a phone line with its warning, a task done and undone."""

import pytest
from playwright.sync_api import expect
from waffle.testutils import override_flag

from apps.customers.models import Note, Phone
from tests.factories import CustomerFactory, EmailAddressFactory, RequirementFactory, TaskFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def james(transactional_db, agent):
    james = CustomerFactory(full_name="James Whitfield", agent=agent, created_by=agent)
    TaskFactory(customer=james, title="Send plans", created_by=agent)
    twin = CustomerFactory(full_name="Helen Whitfield", agent=agent, created_by=agent)
    Phone.objects.create(customer=twin, e164="+971501234567")
    return james


@pytest.fixture
def opened(page, live_server, client, agent, james, settings):
    """James's page, opened by his agent; an error in the browser fails the test."""
    client.force_login(agent)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    with override_flag("customers", active=True):
        page.goto(live_server.url + james.get_absolute_url(), wait_until="networkidle")
        yield page
    assert errors == []


def test_a_note_is_two_keys_away_and_saved_by_the_keyboard(opened):
    opened.keyboard.press("n")
    expect(opened.locator("#note_body")).to_be_focused()
    opened.keyboard.type("Wants a third bedroom")
    opened.keyboard.press("Control+Enter")
    expect(opened.locator(".tl .note")).to_have_text("Wants a third bedroom")
    expect(opened.locator("#note_body")).to_have_value("")
    assert Note.objects.get().body == "Wants a third bedroom"


def test_a_long_address_stays_within_its_column(opened, james):
    EmailAddressFactory(customer=james, address="james.and.helen.whitfield.of.london@a-long-name.example")
    opened.reload(wait_until="networkidle")
    link, column = opened.locator(".contact a[href^=mailto]").bounding_box(), opened.locator(".about").bounding_box()
    assert link["x"] + link["width"] <= column["x"] + column["width"]


def test_a_second_phone_warns_who_has_it_already(opened, james):
    opened.locator(".contact a[href$='/edit/']").click()
    drawer = opened.locator("#drawer")
    drawer.locator("[data-more]").first.click()
    opened.keyboard.type("050 123 4567")
    expect(drawer.locator(".already").filter(has_text="Helen Whitfield")).to_be_visible()
    opened.keyboard.press("Control+Enter")
    expect(opened.locator(".contact")).to_contain_text("050 123 4567")
    assert [phone.e164 for phone in james.phones.all()] == ["+971501234567"]


def test_a_task_is_done_and_undone(opened, james):
    opened.locator("#next-step .tick").click()
    expect(opened.locator("#next-step")).to_contain_text("Nothing planned.")
    opened.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(opened.locator("#next-step")).to_contain_text("Send plans")
    james.refresh_from_db()
    assert james.next_task_title == "Send plans"


def test_what_they_look_for_is_changed_in_the_drawer_twice(opened, james):
    RequirementFactory(customer=james, bedrooms_min=2, bedrooms_max=2)
    with override_flag("matching", active=True):
        opened.reload(wait_until="networkidle")
        wanted, drawer = opened.locator("#looking-for"), opened.locator("#drawer")
        for bedrooms, words in (("3", "2 or 3"), ("5", "2 to 5")):
            wanted.get_by_role("link", name="Change what is looked for").click()
            drawer.locator("[name=bedrooms_max]").fill(bedrooms)
            drawer.locator(".df .p").click()
            expect(wanted).to_contain_text(words)
            expect(drawer).to_be_hidden()
