"""The sweep: what runs out comes off, what belongs comes on, what is forgotten is found; nothing else is asked."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.accounts.models import Agency, User
from apps.listings.models import Listing
from apps.website.actions.deliver import deliver
from apps.website.models import Placement, Site
from apps.website.states import State, Wanted
from apps.website.sweep import add_what_belongs, sweep
from tests.factories import ListingFactory, PlacementFactory, SiteFactory
from tests.listings.conftest import own_media  # noqa: F401 - a fixture
from tests.website.placed import put, ready_listing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_media")]


def asked_sites() -> list[int]:
    jobs = ProcrastinateJob.objects.filter(task_name="website.deliver")
    return sorted(job.args["site_id"] for job in jobs)


@pytest.mark.parametrize(("moment", "is_up"), [("2026-11-21T19:59", True), ("2026-11-21T20:01", False)])
def test_a_mandate_ends_at_the_agencys_midnight(fake, site, agent, monkeypatch, moment, is_up):
    Agency.objects.update(time_zone="Asia/Dubai")
    listing = ready_listing(agent)
    placement = put(listing, site, agent)
    last_day = date(2026, 11, 21)
    listing.mandates.update(listing_contract_date=last_day - timedelta(days=30), expiration_date=last_day)
    listing.permits.update(expiration_date=last_day + timedelta(days=30))
    Placement.objects.update(due_at=None, checked_at=None)
    now = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    sweep(by=agent)
    deliver(site, by=agent)
    placement.refresh_from_db()
    assert placement.is_up == is_up
    assert (fake.posts[placement.post_id]["status"] == "publish") == is_up


def test_nothing_is_asked_when_nothing_is_due(site, agent):
    PlacementFactory(site=site, listing=ready_listing(agent), state=State.LIVE, is_up=True)
    Placement.objects.update(due_at=None)
    assert sweep(by=agent) == {}
    assert asked_sites() == []


def test_each_site_has_its_own_delivery_and_one_that_is_down_none(site, agent):
    down = SiteFactory(probe_at=timezone.now() + timedelta(seconds=30))
    for one in (site, down):
        PlacementFactory(site=one, wanted=Wanted.ON, due_at=timezone.now())
    sweep(by=agent)
    assert asked_sites() == [site.pk]


def test_a_site_that_is_down_is_tried_again_after_a_minute(site, agent):
    Site.objects.update(probe_at=timezone.now() - timedelta(seconds=1))
    PlacementFactory(site=site, wanted=Wanted.ON, due_at=timezone.now())
    sweep(by=agent)
    assert asked_sites() == [site.pk]


def test_what_a_killed_worker_had_claimed_is_found(site, agent):
    claimed = timezone.now() - timedelta(minutes=11)
    PlacementFactory(site=site, wanted=Wanted.ON, claimed_until=claimed + timedelta(minutes=10))
    Placement.objects.update(due_at=None)
    sweep(by=agent)
    assert asked_sites() == [site.pk]


def test_what_is_not_in_the_filter_loses_its_turn(agent):
    site = SiteFactory(follows_filter=True, filter="type=Residential+Lease")
    ListingFactory()
    assert Placement.objects.get().due_at is not None
    sweep(by=agent)
    assert Placement.objects.get().due_at is None
    assert asked_sites() == []
    Site.objects.filter(pk=site.pk).update(filter="type=Residential")
    Listing.objects.update(title="x")
    sweep(by=agent)
    assert asked_sites() == [site.pk]


def test_a_new_filter_finds_what_was_there_before(agent):
    for _ in range(3):
        ListingFactory()
    site = SiteFactory(follows_filter=True, filter="status=Active")
    assert add_what_belongs(site) == 3
    assert add_what_belongs(site) == 0


def test_many_rows_that_need_nothing_are_put_aside_without_asking_the_site(fake, site, agent):
    put(ready_listing(agent), site, agent)
    fake.calls.clear()
    Listing.objects.update(private_remarks="Keys at the desk")
    sweep(by=User.objects.system())
    deliver(site, by=agent)
    assert not fake.calls
    assert not Placement.objects.filter(due_at__isnull=False).exists()


def test_a_clock_that_was_set_back_keeps_nothing_waiting(site, agent):
    Site.objects.update(probe_at=timezone.now() + timedelta(days=1))
    rows = [PlacementFactory(site=site, wanted=Wanted.ON) for _ in range(2)]
    Placement.objects.filter(pk=rows[0].pk).update(due_at=timezone.now() + timedelta(days=1))
    Placement.objects.filter(pk=rows[1].pk).update(due_at=None, claimed_until=timezone.now() + timedelta(days=1))
    sweep(by=agent)
    assert asked_sites() == [site.pk]
    assert Placement.objects.due().get() == rows[0]
