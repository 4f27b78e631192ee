"""Sold and withdrawn listings come off their sites through a bad line, and that was read there.

Small here, with workers that are killed. With CRM_WITHDRAWN (how many) and CRM_WITHDRAWN_SITES at full size and in real
time: the worker of production, its clock and its pauses, and all of it within five minutes.
"""

import contextlib
import os
import time

import pytest
from django.db.models import Q
from django.utils import timezone

from apps.listings.models import Listing
from apps.website.actions.publish import publish, withdraw
from apps.website.models import Placement
from apps.website.states import State
from tests.listings.conftest import own_media  # noqa: F401 - a fixture
from tests.website.faulty import HOLD, ODDS, faulty, production_worker, work_off
from tests.website.placed import deliver_all, many_ready
from tests.wordpress.fault_proxy import FaultProxy

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_media")]
IN_REAL_TIME = "CRM_WITHDRAWN" in os.environ
LISTINGS = int(os.environ.get("CRM_WITHDRAWN", "9"))
SITES = int(os.environ.get("CRM_WITHDRAWN_SITES", "1"))
WITHIN = 300  # seconds
STARTS = 60  # seconds that a worker has for its start, before the clock runs


@pytest.fixture
def sites(wordpress_farm, settings, db):
    settings.WEBSITE_ALLOW_LOCAL = True
    with contextlib.ExitStack() as ending:
        made = []
        for number in range(SITES):
            wordpress = wordpress_farm.site(f"faulty{number}" if number else "main")
            wordpress.restore("fresh")
            made.append(faulty(wordpress, ending.enter_context(FaultProxy(wordpress.port))))
        yield made


@pytest.fixture
def listings(sites, agent):
    found = many_ready(agent, LISTINGS)
    for site in sites:
        for listing in found:
            publish(listing, site.site, by=agent)
        deliver_all(site.site, agent)
    assert set(Placement.objects.values_list("state", flat=True)) == {State.LIVE}
    return found


def take_off(sites, listings, by) -> None:
    """A third is withdrawn by the switch, a third is sold, a third leaves the market by a bulk save."""
    switched, sold, bulk = listings[::3], listings[1::3], listings[2::3]
    Listing.objects.filter(pk__in=[one.pk for one in bulk]).update(standard_status="Withdrawn")
    for listing in sold:
        listing.standard_status = "Closed"
        listing.save()
    for site in sites:
        for listing in switched:
            withdraw(listing, site.site, by=by)


def wait_until_all_are_off(worker) -> float:
    began = time.monotonic()
    while Placement.objects.filter(Q(is_up=True) | Q(due_at__isnull=False) | Q(claimed_until__isnull=False)).exists():
        assert worker.poll() is None and time.monotonic() - began < 4 * WITHIN
        time.sleep(0.5)
    return time.monotonic() - began


def in_real_time(sites, listings, by) -> float:
    hold = HOLD | {"timeout": 35}
    with production_worker() as worker:
        time.sleep(STARTS)
        for number, site in enumerate(sites):
            site.proxy.chances(seed=31 + number, seconds=hold, **ODDS)
        take_off(sites, listings, by)
        return wait_until_all_are_off(worker)


def test_what_is_withdrawn_comes_off_through_a_bad_line(sites, listings, agent):
    asked_at = timezone.now()
    if IN_REAL_TIME:
        seconds = in_real_time(sites, listings, agent)
        print(f"\n{len(listings)} listings off {len(sites)} sites after {seconds:.0f} s")
        assert seconds < WITHIN
    else:
        for number, site in enumerate(sites):
            site.proxy.chances(seed=31 + number, seconds=HOLD, **ODDS)
        take_off(sites, listings, agent)
        assert work_off(sites, kills=2, seed=8, requests_between=(1, 2)) > 0
    for site in sites:
        faults = {name: site.proxy.count(fault=name) for name in sorted({seen.fault for seen in site.proxy.seen})}
        print(f"  {site.site}: {len(site.proxy.seen)} requests, faults {faults}")
        site.proxy.calm()
        assert {ours: [post.status for post in posts] for ours, posts in site.posts().items()} == {
            listing.pk: ["trash"] for listing in listings
        }
        for row in Placement.objects.filter(site=site.site):
            assert (row.shown.key, row.is_up) == ("off", False)
            assert row.checked_at > asked_at
            assert site.wordpress.call("GET", f"/?p={row.post_id}&post_type=crm_property").status == 404
