"""Jobs of websites: delivering to each, sweeping once a minute, reconciling at night. None while the flag is off."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.retry import RetryStrategy

from apps.core.flags import idle_without
from apps.core.queue import enqueue, job
from apps.website.actions.deliver import BUSY, deliver
from apps.website.actions.publish import ask_again
from apps.website.actions.reconcile import ask_for_all, reconcile
from apps.website.breaker import is_open
from apps.website.flags import WEBSITE
from apps.website.models import Placement, Site
from apps.website.sweep import sweep

AT_MOST = timedelta(seconds=50)  # then the next job of the site goes on, so that no worker belongs to one site
THOROUGH_EVERY = 10  # minutes
NEVER_AGAIN = RetryStrategy(max_attempts=0)  # the rows say what is due; the sweep asks again


@job("website.deliver", retry=NEVER_AGAIN)
@idle_without(WEBSITE)
def deliver_to_site(site_id: int, *, by) -> None:
    """Bring about what is due at one site."""
    site = Site.objects.active().select_related("profile").filter(pk=site_id).first()
    if site is None or not is_open(site):
        return
    if deliver(site, by=by, until=timezone.now() + AT_MOST).stopped != BUSY:
        ask_again(site, by=by)


@job("website.check", retry=NEVER_AGAIN)
@idle_without(WEBSITE)
def check_placement(placement_id: int, *, by) -> None:
    """Read one listing on one site, although nothing changed here."""
    placement = Placement.objects.select_related("site__profile").filter(pk=placement_id, site__is_active=True).first()
    if placement is None or not is_open(placement.site):
        return
    if deliver(placement.site, by=by, only=[placement.pk], force=True).stopped == BUSY:
        enqueue("website.check", by=by, schedule_in={"seconds": 5}, placement_id=placement_id)


@app.periodic(cron="* * * * *")
@job("website.sweep", queueing_lock="website.sweep")
@idle_without(WEBSITE)
def sweep_sites(timestamp: int, *, by) -> None:
    """Find what was forgotten, dropped, or has run out, and hand it to its site."""
    sweep(by=by, is_thorough=timestamp // 60 % THOROUGH_EVERY == 0)


@app.periodic(cron="40 3 * * *")
@job("website.reconcile_all", queueing_lock="website.reconcile_all")
@idle_without(WEBSITE)
def reconcile_sites(timestamp: int, *, by) -> None:
    """Ask for the nightly reading of each site."""
    ask_for_all(by=by)


@job("website.reconcile", retry=NEVER_AGAIN)
@idle_without(WEBSITE)
def reconcile_site(site_id: int, *, by) -> None:
    """Read one site from end to end and compare it with what should be there."""
    site = Site.objects.active().select_related("profile").filter(pk=site_id).first()
    if site is not None and is_open(site):
        reconcile(site, by=by)
