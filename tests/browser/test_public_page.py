"""A property's page on the agency's own site, as visitors see it and ask there."""

import pytest
from playwright.sync_api import expect

from tests.wordpress.test_public_page import publish, upload

pytestmark = pytest.mark.browser


def test_a_visitor_sees_the_figures_and_asks(page, wordpress):
    photos = [upload(wordpress, name) for name in ("one", "two", "three")]
    made = publish(wordpress, crm_photos=photos)
    page.goto(made["link"])
    assert page.locator(".crm-price").inner_text() == "AED 2,450,000"
    assert page.locator(".crm-photo").count() == 3
    expect(page.locator(".crm-photo").first).to_have_js_property("complete", True)
    assert page.evaluate("document.querySelector('.crm-photo').naturalWidth") > 0
    page.get_by_label("Name", exact=True).fill("Aïsha Khan")
    page.get_by_role("textbox", name="Telephone").fill("+971 50 123 4567")
    page.get_by_label("Your question").fill("Is it still there?")
    page.get_by_label("I agree to be contacted").check()
    page.get_by_role("button", name="Send enquiry").click()
    page.get_by_text("Thank you. We have your enquiry").wait_for()
    [enquiry] = wordpress.call("GET", "/wp-json/realestatecrm/v1/enquiries", user=wordpress.admin).json()["enquiries"]
    assert (enquiry["name"], enquiry["listing"]["post"]) == ("Aïsha Khan", made["id"])


@pytest.mark.browser_context_args(user_agent="Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0")  # not a robot's
def test_a_look_at_the_page_counts(page, wordpress):
    made = publish(wordpress)
    with page.expect_response(lambda response: response.url.endswith("/v1/view")):
        page.goto(made["link"])
    said = wordpress.call("GET", "/wp-json/realestatecrm/v1/numbers", user=wordpress.admin).json()
    assert [(day["post"], day["views"]) for day in said["days"]] == [(made["id"], 1)]
