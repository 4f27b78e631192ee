"""Jobs about enquiries and numbers: the clock of answers, and asking sites that cannot call out."""

from django.utils import timezone
from procrastinate.contrib.django import app

from apps.core.flags import idle_without
from apps.core.queue import enqueue, job
from apps.website.breaker import is_open
from apps.website.enquiries import polling
from apps.website.enquiries.actions.enquiry import pass_on_late
from apps.website.flags import WEBSITE
from apps.website.models import Polling, Site
from apps.website.wordpress import Client, Trouble


@app.periodic(cron="* * * * *")
@job("website.pass_on_enquiries", queueing_lock="website.pass_on_enquiries")
@idle_without(WEBSITE)
def pass_on_enquiries(timestamp: int, *, by) -> None:
    """Let the team see what nobody answered within a quarter of an hour; each once."""
    pass_on_late(timezone.now(), by=by)


@app.periodic(cron="* * * * *")
@job("website.ask_sites", queueing_lock="website.ask_sites")
@idle_without(WEBSITE)
def ask_sites(timestamp: int, *, by) -> None:
    """Ask for a job of its own for each site that is to be read now, so that a slow one keeps nobody waiting."""
    now = timezone.now()
    for site in Site.objects.active().filter(failing_since__isnull=True):
        if not is_open(site, now):
            continue
        state = polling.polling_of(site)
        if polling.is_due(state, now) or polling.are_numbers_due(state, now):
            enqueue("website.ask_site", by=by, queueing_lock=f"website.ask_site.{site.pk}", site_id=site.pk)


@job("website.ask_site")
@idle_without(WEBSITE)
def ask_site(site_id: int, *, by) -> None:
    """Read enquiries and numbers of one site. Trouble is kept for people to read; the next time comes by itself."""
    site = Site.objects.active().select_related("profile").filter(pk=site_id).first()
    if site is None:
        return
    state, now = polling.polling_of(site), timezone.now()
    Polling.objects.filter(pk=state.pk).update(trouble="", asked_at=now)
    try:
        with Client(site) as client:
            if polling.is_due(state, now):
                polling.read_enquiries(site, client, by=by)
            if polling.are_numbers_due(state, now):
                polling.read_numbers(site, client)
    except Trouble as error:
        Polling.objects.filter(pk=state.pk).update(trouble=error.sentence[:300])
