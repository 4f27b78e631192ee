"""The real WordPress for tests: `wordpress` is a site with the companion, as new for each test; `wordpress_farm` starts
others. Where PHP, MariaDB or the core are missing, tests that ask for one are skipped, and one loud line says so."""

import os

import pytest

from tests.wordpress import core
from tests.wordpress.farm import Farm
from tests.wordpress.fault_proxy import FaultProxy

SKIPPED = pytest.StashKey[tuple]()


@pytest.fixture(scope="session")
def wordpress_farm():
    """All sites of this run. `wordpress_farm.site("second")`, `wordpress_farm.site("bare", companion=False)`."""
    with Farm() as farm:
        yield farm


@pytest.fixture
def wordpress(wordpress_farm):
    """A site with the companion, emptied of what earlier tests left there. No notice of PHP's in it goes unseen."""
    site = wordpress_farm.site("main")
    site.restore("fresh")
    before = len(site.complaints())
    yield site
    complaints = [line for line in site.complaints()[before:].splitlines() if "realestatecrm-companion" in line]
    assert complaints == []


@pytest.fixture
def faults(wordpress):
    """A proxy in front of that site, through which things go wrong: `faults.rule("lost", times=1)`; see faults.py."""
    with FaultProxy(wordpress.port) as proxy:
        yield proxy


def pytest_collection_modifyitems(config, items):
    """Skip what needs a site where none can be started, or refuse when it must run."""
    wanting = [item for item in items if "wordpress_farm" in getattr(item, "fixturenames", ())]
    absent = core.missing() if wanting else ""
    if not absent:
        return
    if os.environ.get("CRM_WORDPRESS_REQUIRED"):
        raise pytest.UsageError(f"{len(wanting)} WordPress tests must run and there is no {absent}: {core.DEBIAN}.")
    config.stash[SKIPPED] = (len(wanting), absent)
    for item in wanting:
        item.add_marker(pytest.mark.skip(reason="no WordPress here"))


def pytest_terminal_summary(terminalreporter, config):
    """One loud line, so that a green run without WordPress is not taken for a full one."""
    count, absent = config.stash.get(SKIPPED, (0, ""))
    if count:
        sentence = f"{count} WORDPRESS TESTS WERE SKIPPED: missing {absent}. Install {core.DEBIAN}."
        terminalreporter.write_line(sentence, red=True, bold=True)
