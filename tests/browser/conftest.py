"""What all browser tests share: patience with a slow machine, and a server that is done before tables are emptied."""

import threading
import time
import urllib.request

import pytest
from playwright.sync_api import Error, expect

PATIENCE = 90_000  # milliseconds; how long anything may take on a machine with more to do than it can
SECONDS_TO_ANSWER = 20  # after the page was closed
TOASTS_LAST = """
const later = window.setTimeout;
window.setTimeout = (act, wait, ...rest) => later(act, wait === 6000 ? 600_000 : wait, ...rest);
"""
"""A toast leaves after six seconds, which a person has and a busy machine may not."""
HTMX_WAITS = f"""
addEventListener("htmx:configRequest", ({{ detail }}) => {{ detail.timeout = {PATIENCE}; }}, true);
"""
"""A page gives an answer up after half a minute, which a person has had enough of and a busy machine may need."""
LISTENING = """
Promise.all([...document.querySelectorAll('script[type=module][src]')].map((script) => import(script.src)))
  .then((scripts) => Promise.all(scripts.map((script) => script.begun)))
  .then(() => {})
"""
"""Done when the page's scripts have run, each once, and what they load for it: a quiet network may only mean that they
are there and not read."""


@pytest.fixture(scope="session", autouse=True)
def _patient_expectations():
    expect.set_options(timeout=PATIENCE)


@pytest.fixture
def page(page):
    """A page that waits long, whose keys answer once it is opened, with toasts that stay until they are pressed."""
    page.set_default_timeout(PATIENCE)
    page.add_init_script(TOASTS_LAST)
    page.add_init_script(HTMX_WAITS)
    open_address = page.goto

    def goto(address, **how):
        answer = open_address(address, **how)
        try:
            page.evaluate(LISTENING)
        except Error:  # the page went on to another, or read itself again
            page.wait_for_load_state("networkidle")
            page.evaluate(LISTENING)
        return answer

    page.goto = goto
    return page


@pytest.fixture(autouse=True)
def _every_answer_is_out(request, transactional_db):
    """Closing a page leaves its last requests running: wait for them, lest they meet tables that are being emptied."""
    server = request.getfixturevalue("live_server") if "live_server" in request.fixturenames else None
    yield
    if server:
        # Whoever stood in line before this has a thread once it is answered.
        urllib.request.urlopen(server.url + "/healthz", timeout=PATIENCE / 1000).close()  # noqa: S310 (our own server)
    deadline = time.monotonic() + SECONDS_TO_ANSWER
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(max(0, deadline - time.monotonic()))
