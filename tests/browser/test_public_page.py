"""A property's page on the agency's own site, as visitors see it and ask there."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.wordpress.test_public_page import publish, upload

pytestmark = pytest.mark.browser
AXE = next((Path(__file__).parent.parent / "vendor").glob("axe-core-*/axe.min.js")).read_text()
RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"
VIOLATIONS = f"axe.run(document, {RULES}).then((answer) => answer.violations.map((one) => one.id))"


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


VISITOR = "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0"  # without "Headless", which is a robot's


def views(site):
    days = site.call("GET", "/wp-json/realestatecrm/v1/numbers", user=site.admin).json()["days"]
    return sum(day["views"] for day in days)


def is_told(response):
    return response.url.endswith("/v1/view")


@pytest.mark.browser_context_args(user_agent=VISITOR)
def test_a_look_at_the_page_counts_and_a_second_does_not(page, wordpress):
    made = publish(wordpress)
    with page.expect_response(is_told):
        page.goto(made["link"])
    assert views(wordpress) == 1
    with page.expect_response(is_told):
        page.reload()
    assert views(wordpress) == 1


def test_a_browser_that_nobody_sits_at_counts_for_nothing(page, wordpress):
    assert "Headless" in page.evaluate("navigator.userAgent")
    with page.expect_response(is_told):
        page.goto(publish(wordpress)["link"])
    assert views(wordpress) == 0


@pytest.mark.browser_context_args(user_agent=VISITOR)
def test_a_page_out_of_a_cache_counts(page, wordpress):
    made = publish(wordpress)
    kept = wordpress.call("GET", made["link"].removeprefix(wordpress.url)).text
    page.route(made["link"], lambda route: route.fulfill(body=kept, content_type="text/html"))
    with page.expect_response(is_told):
        page.goto(made["link"])
    assert views(wordpress) == 1


@pytest.mark.browser_context_args(user_agent=VISITOR)
def test_a_page_made_ready_ahead_counts_when_it_is_shown(page, wordpress):
    """What browsers do with a page behind: it is hidden, and says so when it is shown."""
    made = publish(wordpress)
    page.add_init_script(
        "let shown = false;"
        "Object.defineProperty(document, 'visibilityState', {get: () => shown ? 'visible' : 'hidden'});"
        "window.show = () => { shown = true; document.dispatchEvent(new Event('visibilitychange')); };"
    )
    told = []
    page.on("request", lambda request: told.append(request.url) if is_told(request) else None)
    page.goto(made["link"])
    assert told == []
    with page.expect_response(is_told):
        page.evaluate("show()")
    page.evaluate("show()")
    assert (len(told), views(wordpress)) == (1, 1)


@pytest.mark.parametrize("width", [1440, 390])
def test_the_page_can_be_read_by_everybody(page, wordpress, width):
    photos = [upload(wordpress, name) for name in ("one", "two", "three")]
    made = publish(wordpress, crm_photos=photos, crm_floor_plans=photos[:1])
    page.set_viewport_size({"width": width, "height": 900})
    for address in (made["link"], f"{wordpress.url}/listings/"):
        page.goto(address)
        page.evaluate(AXE)
        assert page.evaluate(VIOLATIONS) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


CANVAS = "iframe[name=editor-canvas]"


def test_who_writes_a_page_finds_the_property_by_its_title(page, wordpress):
    publish(wordpress)
    body = {"title": "This week", "status": "draft", "content": "<!-- wp:realestatecrm/property /-->"}
    draft = wordpress.call("POST", "/wp-json/wp/v2/pages", body, user=wordpress.admin).json()
    wordpress.php(
        "$seen = ['welcomeGuide' => false, 'enableChoosePatternModal' => false];"
        "update_user_meta(1, 'wp_persisted_preferences', ['core/edit-post' => $seen, 'core' => $seen]);"
    )
    page.goto(f"{wordpress.url}/wp-login.php")
    expect(page.get_by_label("Username or Email Address")).to_be_focused()  # WordPress takes the focus after 200 ms
    page.get_by_label("Username or Email Address").fill(wordpress.admin.login)
    page.get_by_label("Password", exact=True).fill(wordpress.admin.login)
    page.get_by_role("button", name="Log In").click()
    page.wait_for_url("**/wp-admin/")
    page.goto(f"{wordpress.url}/wp-admin/post.php?post={draft['id']}&action=edit")
    page.locator(f"{CANVAS}, .block-editor-writing-flow").first.wait_for()
    canvas = page.frame_locator(CANVAS) if page.locator(CANVAS).count() else page  # a frame of its own since 6.3
    canvas.locator(".wp-block").get_by_text("There is no property to show here yet").click()
    page.get_by_label("Which property").fill("gate")
    page.get_by_role("option", name="Marina Gate").click()
    expect(canvas.locator(".crm-price")).to_have_text("AED 2,450,000")
