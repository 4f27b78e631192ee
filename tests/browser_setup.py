"""Where the browser tests find Chromium, and what is said when there is none."""

import os
import shutil
from pathlib import Path

import pytest

ARGUMENTS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
OWN = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/Chromium.app/Contents/MacOS/Chromium")
START_MILLISECONDS = 120_000  # Playwright's own half a minute is little for a machine that starts a site beside it
REMEDY = "Install it (apt install chromium, or .venv/bin/playwright install chromium), or name it in CRM_CHROMIUM."


def chromium() -> str | None:
    """The browser to drive: CRM_CHROMIUM, else an installed one, else Playwright's own; None when there is none."""
    named = os.environ.get("CRM_CHROMIUM")
    if named:
        return named if os.access(named, os.X_OK) else None
    return shutil.which("/usr/bin/chromium") or _playwrights_own()


def _playwrights_own() -> str | None:
    folder = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    places = [folder] if folder else ["~/.cache/ms-playwright", "~/Library/Caches/ms-playwright"]
    found = [match for place in places for pattern in OWN for match in Path(place).expanduser().glob(pattern)]
    return str(sorted(found)[-1]) if found else None


@pytest.fixture(scope="session")
def base_url():
    """None: tests name whole addresses. Ours, because pytest-playwright's own is declared in a way pytest warns of."""
    return None


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    how = {"executable_path": chromium(), "args": ARGUMENTS, "timeout": START_MILLISECONDS}
    return {**browser_type_launch_args, **how}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Leave measurements out unless asked for; skip browser tests without a browser, or refuse when they are due."""
    wanted = config.getoption("markexpr")
    if "bench" not in wanted:
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("bench")])
        items[:] = [item for item in items if not item.get_closest_marker("bench")]
    browser = [item for item in items if item.get_closest_marker("browser")]
    if not browser:
        return
    # Last, because Playwright leaves its event loop running, in which no test can start a job worker of its own.
    items[:] = [item for item in items if not item.get_closest_marker("browser")] + browser
    if chromium():
        # Playwright's loop runs in the thread of the test, which Django takes for a view that must not block.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        return
    if os.environ.get("CRM_BROWSER_REQUIRED"):
        raise pytest.UsageError(f"{len(browser)} browser tests must run and there is no Chromium. {REMEDY}")
    config.stash[SKIPPED] = len(browser)
    for item in browser:
        item.add_marker(pytest.mark.skip(reason="no Chromium here"))


SKIPPED = pytest.StashKey[int]()


def pytest_terminal_summary(terminalreporter, config):
    """One loud line, so that a green run without a browser is not taken for a full one."""
    count = config.stash.get(SKIPPED, 0)
    if count:
        sentence = f"{count} BROWSER TESTS WERE SKIPPED: there is no Chromium here. {REMEDY}"
        terminalreporter.write_line(sentence, red=True, bold=True)
