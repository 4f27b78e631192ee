"""One site of five hangs: the others are brought up to date all the same."""

import contextlib
import threading
import time

import pytest
from django.db import connections

from apps.website.actions.publish import publish
from apps.website.models import Placement
from apps.website.states import State
from tests.listings.conftest import own_media  # noqa: F401 - a fixture
from tests.website.faulty import faulty
from tests.website.placed import ready_listing
from tests.wordpress.fault_proxy import FaultProxy
from tests.workers import run_jobs

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_media")]
PATIENCE = 120


def test_a_site_that_hangs_delays_no_other(wordpress, agent, settings):
    settings.WEBSITE_ALLOW_LOCAL = True
    with contextlib.ExitStack() as ending:
        sites = [faulty(wordpress, ending.enter_context(FaultProxy(wordpress.port))) for _ in range(5)]
        hung = sites[0]
        hung.proxy.rule("hang", seconds=10 * PATIENCE)
        for site in sites:  # the hung one first, so that it has its worker before the others
            publish(ready_listing(agent), site.site, by=agent)
        worker = threading.Thread(target=work)
        worker.start()
        try:
            assert {row.site_id for row in once_live(4)} == {site.site.pk for site in sites[1:]}
            assert hung.proxy.seen == [] or {seen.fault for seen in hung.proxy.seen} == {"hang"}
        finally:
            hung.proxy.ending.set()
            worker.join()
    assert not Placement.objects.get(site=hung.site).is_up


def work():
    """The jobs of all sites, two at a time, as a worker with the usual settings does them."""
    try:
        run_jobs(concurrency=2)
    finally:
        connections.close_all()


def once_live(count):
    """The placements that are live, once there are so many."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        live = list(Placement.objects.filter(state=State.LIVE))
        if len(live) >= count:
            return live
        time.sleep(0.05)
    raise AssertionError("The other sites did not finish.")
