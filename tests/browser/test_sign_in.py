"""Signing in with a passkey, and the pages about people, in a real browser under the real Content-Security-Policy."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from apps.accounts.actions.invitation import invite
from apps.accounts.roles import Role
from tests.browser.complaints import complaints_of
from tests.factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = next((Path(__file__).parent.parent / "vendor").glob("axe-core-*/axe.min.js")).read_text()
VIOLATIONS = "axe.run().then((answer) => answer.violations.map((one) => one.id))"
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth ? ['sideways scroll'] : []"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def browser_page(page):
    """A page whose errors (a broken CSP among them) fail the test."""
    errors = complaints_of(page)
    yield page
    assert errors == []


@pytest.fixture
def house(live_server):
    """The address by name, because a passkey belongs to a name and never to a number."""
    return live_server.url.replace("127.0.0.1", "localhost")


def sign_in(page, house, person):
    page.goto(f"{house}/accounts/login/")
    page.fill("[name=login]", person.email)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


def forget_the_session(page):
    """Leave the site before the cookies go: the menu's counts, asked for without them, answer 401 on the console."""
    page.goto("about:blank")
    page.context.clear_cookies()


def faults(page, url):
    """What axe and the smallest phone find on a page in both themes."""
    page.goto(url, wait_until="networkidle")
    page.evaluate(AXE)
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for width in (1440, 320):
            page.set_viewport_size({"width": width, "height": 900})
            found += page.evaluate(VIOLATIONS) + page.evaluate(SIDEWAYS)
    return found


def test_a_passkey_is_added_and_signs_in_without_a_password(browser_page, house, agent):
    device = browser_page.context.new_cdp_session(browser_page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    sign_in(browser_page, house, agent)
    browser_page.goto(f"{house}/accounts/2fa/webauthn/add/")
    browser_page.fill("[name=password]", PASSWORD)
    browser_page.click("text=Confirm >> nth=-1")
    browser_page.wait_for_url("**/webauthn/add/")  # with the script that asks the device
    browser_page.fill("[name=name]", "Office laptop")
    browser_page.click("#mfa_webauthn_add")
    browser_page.wait_for_url("**/recovery-codes/")
    forget_the_session(browser_page)
    browser_page.goto(f"{house}/accounts/login/")
    browser_page.click("#passkey_login")
    browser_page.wait_for_url(lambda url: "/accounts/" not in url)
    browser_page.goto(f"{house}/accounts/2fa/")
    expect(browser_page.locator("b", has_text="Office laptop")).to_be_visible()


def test_a_device_without_a_passkey_says_so_in_a_sentence(browser_page, house, db):
    device = browser_page.context.new_cdp_session(browser_page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    browser_page.goto(f"{house}/accounts/login/")
    browser_page.click("#passkey_login")
    expect(browser_page.get_by_text("The passkey was not used")).to_be_visible()


def test_pages_before_sign_in_are_accessible(browser_page, house, administrator):
    invitation = invite({"email": "n@agency.test", "full_name": "Nadia", "role": Role.AGENT}, by=administrator)
    pages = ["accounts/login/", "accounts/password/reset/", "accounts/inactive/", f"join/{invitation.token}/"]
    assert {path: faults(browser_page, f"{house}/{path}") for path in pages} == {path: [] for path in pages}


def test_pages_about_people_are_accessible(browser_page, house, administrator, agent):
    invite({"email": "n@agency.test", "full_name": "Nadia", "role": Role.AGENT}, by=administrator)
    sign_in(browser_page, house, administrator)
    pages = [
        "people/",
        "people/?view=invited",
        f"people/{agent.pk}/",
        "people/invite/",
        "agency/",
        "profile/",
        "flags/",
    ]
    pages += ["flags/listings_map/", "accounts/2fa/", "accounts/sessions/", "accounts/password/change/"]
    assert {path: faults(browser_page, f"{house}/{path}") for path in pages} == {path: [] for path in pages}
