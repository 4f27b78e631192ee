"""What is clicked about websites: a listing's panel says what it did, its menu stays where it is, an answer closes."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect
from waffle.testutils import override_flag

from apps.website.models import Enquiry
from apps.website.states import State, Wanted
from tests.factories import CustomerFactory, ListingFactory, PlacementFactory, SiteFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOK_AGAIN = """
(() => {
  const panel = document.querySelector("#websites");
  return htmx.ajax("GET", panel.getAttribute("hx-get"), { source: panel, target: panel, swap: "morph:outerHTML" });
})()
"""
"""What the panel does by itself every now and then; done when what came is in its place."""


@pytest.fixture
def signed_in(page, live_server, client, agent, settings):
    client.force_login(agent)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    with override_flag("website", active=True), override_flag("customers", active=True):
        yield page


@pytest.fixture
def panel(signed_in, live_server, agent):
    """The websites of a listing that is live on one, on its page."""
    placement = PlacementFactory(
        listing=ListingFactory(created_by=agent, list_agent=agent),
        site=SiteFactory(name="Marina Homes"),
        wanted=Wanted.ON,
        state=State.LIVE,
        is_up=True,
        post_id=7,
        checked_at=timezone.now(),
    )
    signed_in.goto(live_server.url + placement.listing.get_absolute_url(), wait_until="networkidle")
    return signed_in.locator("#websites")


@pytest.fixture
def answer(signed_in, live_server, agent):
    """The drawer in which an enquiry is answered."""
    customer = CustomerFactory(full_name="James Whitfield", agent=agent, created_by=agent)
    enquiry = Enquiry.objects.create(
        their_id="1",
        site=SiteFactory(),
        customer=customer,
        listing=ListingFactory(created_by=agent, list_agent=agent),
        name="James Whitfield",
        phone="+971501234567",
        text="Is it available?",
        asked_at=timezone.now(),
        received_at=timezone.now(),
        agent=agent,
    )
    signed_in.goto(live_server.url + reverse("enquiries:detail", args=[enquiry.pk]), wait_until="networkidle")
    signed_in.get_by_role("link", name="Answer", exact=True).locator("visible=true").click()
    return signed_in.locator("#drawer")


def test_the_panel_says_at_once_what_it_did(panel, page):
    panel.get_by_role("button", name="More for Marina Homes").click()
    panel.get_by_role("button", name="Take off the site").click()
    expect(page.locator("#toasts")).to_contain_text("It comes off Marina Homes")


def test_the_menu_of_a_site_stays_while_the_panel_would_look_again(panel, page):
    panel.get_by_role("button", name="More for Marina Homes").click()
    menu = panel.locator(".menu")
    expect(menu.locator("button").first).to_be_focused()  # its keys answer
    place = menu.bounding_box()
    page.evaluate(LOOK_AGAIN)
    expect(menu).to_be_visible()
    assert menu.bounding_box() == place


def test_another_prepared_text_is_not_taken_for_typing(answer):
    chosen = answer.locator(".seg [aria-current]")
    first = chosen.inner_text()
    answer.locator(".seg a:not([aria-current])").first.click()
    expect(chosen).not_to_have_text(first)
    answer.get_by_role("button", name="Cancel").click()
    expect(answer).to_be_hidden()


def test_an_answer_that_was_written_down_is_not_asked_about(answer, page):
    answer.get_by_label("WhatsApp").check()
    answer.get_by_role("button", name="Send answer").click()
    expect(answer.get_by_role("link", name="Open WhatsApp")).to_be_focused()
    page.keyboard.press("Escape")
    expect(answer).to_be_hidden()
