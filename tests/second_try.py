"""Tests that drive a browser or a real WordPress get a second try, and each that needed it is named at the end.

Why, and why no other tests: docs/decisions/0021. `-p no:rerunfailures` gives them one try, to hunt with.
"""

import pytest

LINES_SHOWN = 25


def pytest_collection_modifyitems(config, items):
    if not config.pluginmanager.hasplugin("rerunfailures"):
        return
    for item in items:
        if item.get_closest_marker("browser") or "wordpress_farm" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_terminal_summary(terminalreporter):
    """How each first try ended, so that none passes unseen."""
    for report in terminalreporter.stats.get("rerun", ()):
        terminalreporter.write_sep("=", f"NEEDED A SECOND TRY, find out why: {report.nodeid}", yellow=True, bold=True)
        for line in report.longreprtext.splitlines()[-LINES_SHOWN:]:
            terminalreporter.write_line(line)
