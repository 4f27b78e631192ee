"""The demo's websites: there after one run, the same after two, and never asked for anything."""

from datetime import timedelta

import pytest
from django.utils import timezone
from waffle.testutils import override_flag

from apps.core.models import Event
from apps.listings.demo import plan, pool
from apps.listings.demo.build import build_demo
from apps.listings.lookups import ON_MARKET
from apps.website import jobs
from apps.website.breaker import is_open
from apps.website.demo.build import build_websites
from apps.website.demo.plan import ENQUIRIES, SITES
from apps.website.enquiries import jobs as enquiry_jobs
from apps.website.models import DailyNumber, Enquiry, Placement, PlacementPhoto, Polling, Site
from apps.website.panel import rows_for
from apps.website.states import State
from apps.website.sweep import sweep
from tests.factories import SiteFactory

COUNTED = (Site, Placement, PlacementPhoto, DailyNumber, Enquiry, Polling)


@pytest.fixture(autouse=True)
def small_demo(monkeypatch, settings, db):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    monkeypatch.setattr(plan, "UNITS", 14)
    monkeypatch.setattr(pool, "SIZE", (120, 80))
    build_demo()


def counts():
    return {model.__name__: model.objects.count() for model in COUNTED}


def of(reference, initials):
    return Placement.objects.get(listing__listing_id=reference, site__initials=initials)


def test_a_second_run_doubles_nothing_and_sets_right_what_was_done_meanwhile():
    assert build_websites() == {"websites": len(SITES), "enquiries": len(ENQUIRIES)}
    before, events = counts(), Event.objects.count()
    a_day_ago = timezone.now() - timedelta(days=1)
    waiting = Enquiry.objects.filter(answered_at__isnull=True, escalated_at__isnull=True)
    waiting.update(received_at=a_day_ago, asked_at=a_day_ago)
    Placement.objects.filter(state=State.LIVE).update(state=State.FAILED, trouble="?", due_at=timezone.now())
    assert build_websites() == {"websites": 0, "enquiries": 0}
    assert (counts(), Event.objects.count()) == (before, events)
    row = of("DH-5001", "MH")
    assert (row.state, row.trouble, row.due_at, row.shown.key) == (State.LIVE, "", None, "live")
    assert all(one.minutes(timezone.now()) < 15 for one in waiting)


def test_every_screen_has_something_to_show(administrator):
    build_websites()
    row = of("MG-2304", "PD")
    shown = {one.site.initials: one for one in rows_for(row.listing, administrator)}
    assert (shown["MH"].says, shown["PD"].says) == ("Live", "Live, 3 changes not sent yet")
    assert shown["HL"].verb == "fix"
    assert "Permit number" in shown["HL"].trouble
    states = set(Placement.objects.values_list("state", flat=True))
    assert states >= {State.LIVE, State.FAILED, State.CHANGED, State.GONE, State.ABSENT}
    keys = {row.shown.key for row in Placement.objects.filter(due_at__isnull=False)}
    assert keys >= {"behind", "waiting", "leaving"}
    assert not Placement.objects.filter(is_up=True).exclude(listing__standard_status__in=ON_MARKET).exists()
    asked = Enquiry.objects.all()
    assert asked.filter(answered_at__isnull=True, escalated_at__isnull=True).count() == 3
    assert asked.filter(answered_at__isnull=True, escalated_at__isnull=False).count() == 2
    assert asked.filter(customer__isnull=True).count() == 1
    assert DailyNumber.objects.filter(listing=row.listing).dates("day", "day").count() == 90


def test_no_job_asks_anything_of_addresses_that_nobody_has(monkeypatch, administrator):
    build_websites()
    Placement.objects.update(due_at=timezone.now())
    Polling.objects.update(asked_at=None, numbers_at=None)
    asked = []
    monkeypatch.setattr(jobs, "deliver", lambda site, **options: asked.append(site))
    monkeypatch.setattr(jobs, "reconcile", lambda site, **options: asked.append(site))
    monkeypatch.setattr(enquiry_jobs, "enqueue", lambda *words, **options: asked.append(words))
    assert sweep(by=administrator) == {}
    with override_flag("website", active=True):
        for site in Site.objects.all():
            assert not is_open(site)
            jobs.deliver_to_site(site_id=site.pk)
            jobs.reconcile_site(site_id=site.pk)
        enquiry_jobs.ask_sites(timestamp=0)
    assert asked == []


def test_a_site_of_ones_own_with_the_same_mark_stays_as_it_is():
    SiteFactory(name="Our own", initials="MH")
    assert build_websites()["websites"] == len(SITES) - 1
    assert Site.objects.get(initials="MH").name == "Our own"
