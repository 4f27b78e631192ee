"""The page of all components, in a real browser: accessible in every look, and its behaviours hold by keyboard."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.complaints import complaints_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = next((Path(__file__).parent.parent / "vendor").glob("axe-core-*/axe.min.js")).read_text()
RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"
VIOLATIONS = f"axe.run(document, {RULES}).then((answer) => answer.violations.map((one) => one.id))"
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth ? ['sideways scroll'] : []"
WIDTHS = {"desktop": 1440, "rail": 900, "phone": 390, "smallest": 320}


@pytest.fixture
def components(page, live_server, client, administrator, settings):
    """The page `/ui/`, opened by an administrator; an error in the browser (a broken CSP among them) fails the test."""
    client.force_login(administrator)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    errors = complaints_of(page)
    page.goto(f"{live_server.url}/ui/", wait_until="networkidle")
    yield page
    assert errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_look_is_accessible_and_never_scrolls_sideways(components, scheme):
    components.evaluate(AXE)
    components.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    found = {}
    for name, width in WIDTHS.items():
        components.set_viewport_size({"width": width, "height": 900})
        found[name] = components.evaluate(VIOLATIONS) + components.evaluate(SIDEWAYS)
    assert not any(found.values()), found


def test_a_drawer_takes_focus_and_gives_it_back(components):
    components.click("text=Drawer")
    expect(components.locator("#demo-price")).to_be_focused()
    components.keyboard.press("Escape")
    components.wait_for_selector("#demo-drawer", state="hidden")
    expect(components.get_by_role("button", name="Drawer", exact=True)).to_be_focused()


def test_a_drawer_asks_before_it_loses_what_was_typed(components):
    components.click("text=Drawer")
    components.fill("#demo-price", "2400000")
    components.keyboard.press("Escape")
    expect(components.get_by_text("Close and lose what you typed?")).to_be_visible()
    assert components.input_value("#demo-price") == "2400000"
    components.click("text=Discard changes")
    components.wait_for_selector("#demo-drawer", state="hidden")


def test_a_menu_is_walked_with_arrow_keys(components):
    components.click("[popovertarget=demo-menu]")
    expect(components.locator("#demo-menu").get_by_text("Edit").first).to_be_focused()
    components.keyboard.press("ArrowDown")
    expect(components.locator("#demo-menu").get_by_text("Change status")).to_be_focused()
    components.keyboard.press("Escape")
    expect(components.locator("[popovertarget=demo-menu]")).to_be_focused()


def test_rows_are_walked_and_ticked_by_keyboard(components):
    for key in ("j", "j", "x", "j", "Shift+X"):
        components.keyboard.press(key)
    expect(components.locator("[data-count]")).to_have_text("2")
    expect(components.locator(".bulk")).to_be_visible()
    components.keyboard.press("Escape")
    components.wait_for_selector(".bulk", state="hidden")


def test_single_letters_are_letters_inside_fields(components):
    components.click("#id_reason")
    components.keyboard.type("jx?")
    assert components.input_value("#id_reason") == "jx?"
    assert not components.is_visible("#keys")


def test_single_letters_can_be_switched_off(components):
    components.evaluate("document.documentElement.dataset.shortcuts = 'off'")
    components.keyboard.press("?")
    components.wait_for_timeout(300)
    assert not components.is_visible("#keys")


def test_the_list_of_keys_names_what_they_do(components):
    components.keyboard.press("?")
    components.wait_for_selector("#keys[open]")
    assert "Search or jump to" in components.inner_text("#keys")
