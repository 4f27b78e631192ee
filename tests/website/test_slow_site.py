"""One site of five hangs: the others are brought up to date all the same."""

import contextlib
import statistics
import threading
import time

import pytest
from django.db import connections
from django.db.models import Q
from django.utils import timezone
from waffle.testutils import override_flag

from apps.listings.models import Listing
from apps.website.actions.publish import ask, publish
from apps.website.models import Placement, Site
from apps.website.states import State
from tests.listings.conftest import own_media  # noqa: F401 - a fixture
from tests.website.faulty import faulty, production_worker
from tests.website.placed import deliver_all, many_ready, ready_listing
from tests.wordpress.fault_proxy import FaultProxy
from tests.workers import run_jobs

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_media")]
PATIENCE = 240
CHANGES, TURNS = 20, 3


def test_a_site_that_hangs_delays_no_other(wordpress, agent, settings):
    settings.WEBSITE_ALLOW_LOCAL = True
    with contextlib.ExitStack() as ending:
        ending.enter_context(override_flag("website", active=True))
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


@pytest.mark.bench
def test_the_others_finish_as_if_it_were_not_there(wordpress, agent, settings):
    """Four sites with as much work each, with and without a fifth that hangs 30 seconds a call, in turns.

    The worker is the one of production. The sites take a third of a second to answer, as those of others do: what is
    measured is the waiting for a worker, not the speed of PHP on this machine.
    """
    settings.WEBSITE_ALLOW_LOCAL = True
    took = {False: [], True: []}
    with contextlib.ExitStack() as ending:
        sites = [faulty(wordpress, ending.enter_context(FaultProxy(wordpress.port))) for _ in range(5)]
        hung, healthy = sites[0], sites[1:]
        for site in sites:
            fill(site.site, agent)
        for site in healthy:
            site.proxy.rule("slow", seconds=0.33)
        hung.proxy.rule("hang", seconds=30)
        ending.enter_context(production_worker())
        new_prices(healthy, 1_000_000, by=agent)  # the worker has started, PHP is warm
        for number in range(2 * TURNS):
            hangs = bool(number % 2)
            if hangs:
                until_it_hangs(hung, by=agent)
            took[hangs].append(new_prices(healthy, 2_000_000 + number, by=agent))
            if hangs:
                once(lambda: Site.objects.get(pk=hung.site.pk).probe_at)
        hung.proxy.ending.set()
    print("\nwithout:", [f"{one:.1f}" for one in took[False]], "with:", [f"{one:.1f}" for one in took[True]])
    assert statistics.median(took[True]) <= 1.2 * statistics.median(took[False])


def fill(site, by):
    """Put listings on the site, to which their changes go one by one."""
    site.profile.spec |= {"batch": 0}
    site.profile.save()
    for listing in many_ready(by, CHANGES):
        publish(listing, site, by=by)
    deliver_all(site, by)
    Placement.objects.filter(site=site).update(due_at=None)


def new_prices(sites, price, *, by) -> float:
    """How long it takes until the new prices are live on all of these sites."""
    rows = Placement.objects.filter(site__in=[site.site.pk for site in sites])
    began = time.monotonic()
    Listing.objects.filter(placements__in=rows).update(list_price=price)
    for site in sites:
        ask(site.site, by=by)
    once(lambda: not rows.filter(Q(due_at__isnull=False) | Q(claimed_until__isnull=False)).exists())
    seconds = time.monotonic() - began
    assert set(rows.values_list("state", "last_read__meta.crm_price")) == {(State.LIVE, price)}
    return seconds


def until_it_hangs(site, *, by):
    """As in the first moment: nobody knows yet that the site hangs."""
    site.proxy.forget()
    Site.objects.filter(pk=site.site.pk).update(failing_since=None, probe_at=None)
    Placement.objects.filter(site=site.site).update(due_at=timezone.now(), confirmed_digest="")
    ask(site.site, by=by)
    once(lambda: site.proxy.seen)


def once(what):
    """Wait until it is so."""
    deadline = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.05)


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
