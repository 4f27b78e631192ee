"""Every page of the site map in a real browser: accessible in every look, no sideways scroll, nothing against CSP."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Error

from tests.browser.complaints import complaints_of
from tests.url_expectations import EXPECTED
from tests.walk import parameters_of, patterns
from tests.walk_requests import arguments, asked
from tests.walk_world import build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = next((Path(__file__).parent.parent / "vendor").glob("axe-core-*/axe.min.js")).read_text()
RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}"
VIOLATIONS = (
    f"axe.run(document, {RULES})"
    ".then((answer) => answer.violations.map((one) => one.id + ' ' + one.nodes[0].html.slice(0, 120)))"
)
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth ? ['sideways scroll'] : []"
ASTRAY = """[...document.querySelectorAll('[hx-target="#drawer"], [hx-target="#modal"]')].filter((link) => {
  for (let at = link; at; at = at.parentElement) {
    if (at !== link && at.getAttribute("hx-disinherit") === "*") return false;
    if (at.hasAttribute("hx-swap")) return at.getAttribute("hx-swap") !== "innerHTML";
  }
  return false;
}).map((link) => "opens nothing: " + link.outerHTML.slice(0, 120))"""
"""What opens in a dialog, but is swapped as something around it says: nothing would open, or no dialog be left."""
WIDTHS = (1440, 900, 390, 320)
PATTERNS = dict(patterns())
# The database's own site is Django's; fragments and files are no pages.
SCREENS = [
    name
    for name, row in EXPECTED.items()
    if not name.startswith("admin:") and row.get("GET") and row["GET"][-1] == "page"
]


@pytest.fixture
def world(transactional_db, tmp_path, settings):
    """One row of each kind, committed, so that the browser's server sees it."""
    folder = {"location": str(tmp_path)}
    disk = {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": folder}}
    settings.STORAGES = settings.STORAGES | disk
    return build()


@pytest.fixture
def browser_page(page, live_server, world, settings):
    """The administrator's browser, with what the console complained of."""
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": world.sessions["administrator"], "url": live_server.url}
    page.context.add_cookies([cookie])
    page.complaints = complaints_of(page)
    return page


def addresses(world):
    """Each screen with its address; the list in each of its three layouts."""
    for name in SCREENS:
        kwargs = arguments(name, parameters_of(PATTERNS[name]), world)
        query = asked(name, world)
        ending = "?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else ""
        yield name, reverse(name, kwargs=kwargs) + ending
    for layout in ("gallery", "map"):
        yield f"listings:list as {layout}", f"{reverse('listings:list')}?layout={layout}"


def is_whole_page(page, url) -> bool:
    """Open the address; whether a person would see a page there and not a fragment or a file."""
    page.complaints.clear()
    answer = page.goto(url, wait_until="networkidle")
    return answer.headers.get("content-type", "").startswith("text/html") and bool(page.query_selector("main, form"))


def faults(page) -> list[str]:
    """What axe and the narrow widths find in one page, in both themes."""
    complaints = list(page.complaints)  # before axe, whose own measuring sets styles
    page.evaluate(AXE)
    found = page.evaluate(ASTRAY)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found += [f"{scheme} {width}: {fault}" for fault in page.evaluate(VIOLATIONS) + page.evaluate(SIDEWAYS)]
    return complaints + found


def test_every_page_is_accessible_in_every_look_and_never_scrolls_sideways(browser_page, live_server, world):
    looked_at, found = 0, {}
    for name, address in addresses(world):
        browser_page.set_viewport_size({"width": 1440, "height": 900})
        try:
            whole = is_whole_page(browser_page, live_server.url + address)
        except Error as error:
            if "Download is starting" not in error.message:
                raise
            continue  # a file, not a page
        if whole:
            looked_at += 1
            found[name] = faults(browser_page)
    assert looked_at >= 30
    assert [f"{name}: {fault}" for name, faults_of_it in found.items() for fault in faults_of_it] == []
