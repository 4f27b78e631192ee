"""`manage.py website publish|retry|reconcile`: the same delivery as the jobs', here and now, with its progress."""

import time
from datetime import timedelta

from django.core.management.base import CommandError
from django.db.models import Count
from django.utils import timezone

from apps.accounts.agency_time import agency_time
from apps.accounts.models import User
from apps.core.refusals import Refused
from apps.listings.models import Listing
from apps.website.actions.deliver import BUSY, Tally, deliver
from apps.website.actions.publish import publish, retry_all
from apps.website.actions.reconcile import reconcile
from apps.website.claims import next_turn
from apps.website.models import Placement, Site
from apps.website.states import State
from apps.website.sweep import add_what_belongs, drop_what_never_belonged, take_off_what_ran_out

EVERY = 25  # placements between two lines of progress


def add_delivering(parser) -> None:
    """The options of the three."""
    parser.add_argument("--listing", action="append", default=[], metavar="REFERENCE", help="publish this one")
    parser.add_argument("--wait", type=int, default=600, metavar="SECONDS", help="how long trouble is tried again")


def publish_site(command, site: Site, options) -> None:
    """Everything that belongs on the site, and what was named."""
    by = User.objects.system()
    for listing in _named(options["listing"]):
        try:
            publish(listing, site, by=by)
        except Refused as refusal:
            raise CommandError(f"{listing.listing_id}: {' '.join(refusal.sentences)}") from None
    _work(command, site, options)


def retry_site(command, site: Site, options) -> None:
    """What failed, and what waits for another try."""
    count = retry_all(site, by=User.objects.system())
    Placement.objects.filter(site=site, due_at__gt=timezone.now()).update(due_at=timezone.now())
    Site.objects.filter(pk=site.pk).update(probe_at=None)
    command.stdout.write(f"{count} to try again on {site}.")
    _work(command, site, options)


def reconcile_site(command, site: Site, options) -> None:
    """Read the whole site and compare."""
    tally = reconcile(site, by=User.objects.system(), tell=_Progress(command, site))
    _work(command, site, options, tally)


def _named(references) -> list[Listing]:
    rows = Listing.objects.filter(listing_id__in=references).select_related("unit__place", "list_agent")
    found = {listing.listing_id: listing for listing in rows}
    absent = [reference for reference in references if reference not in found]
    if absent:
        raise CommandError(f"There is no listing {', '.join(absent)}.")
    return list(found.values())


class _Progress:
    """A line for every 25 placements, with how many are left and how fast it goes."""

    def __init__(self, command, site):
        self.command, self.site, self.done, self.began = command, site, 0, time.monotonic()

    def __call__(self, placement):
        self.done += 1
        if self.done % EVERY == 0:
            left = Placement.objects.under_way().filter(site=self.site).count()
            speed = self.done / max(time.monotonic() - self.began, 0.001)
            self.command.stdout.write(f"{self.done} done, {left} left, {speed:.1f} a second")


def _work(command, site, options, before: Tally | None = None) -> None:
    """Deliver until nothing is due; what is put off is waited for, up to the limit."""
    with agency_time():
        today = timezone.localdate()
    add_what_belongs(site)
    take_off_what_ran_out(site, today)
    drop_what_never_belonged(site)
    progress, total, by = _Progress(command, site), before or Tally(), User.objects.system()
    until = timezone.now() + timedelta(seconds=options["wait"])
    while True:
        site.refresh_from_db()
        tally = deliver(site, by=by, tell=progress)
        if tally.stopped == BUSY:
            raise CommandError(f"Somebody else is delivering to {site} now. Look at its page.")
        total.stopped = tally.stopped
        moment = next_turn(site)
        if moment is None or moment > until:
            break
        if tally.stopped:
            command.stdout.write(f"{site}: {tally.stopped} Trying again at {timezone.localtime(moment):%H:%M:%S}.")
        time.sleep(max((moment - timezone.now()).total_seconds(), 0.1))
    _summary(command, site, total)


def _summary(command, site, tally: Tally) -> None:
    counts = dict(Placement.objects.filter(site=site).values_list("state").order_by().annotate(n=Count("pk")))
    waiting = Placement.objects.filter(site=site, due_at__isnull=False).count()
    parts = [f"{counts[state]} {State(state).label.lower()}" for state in State if counts.get(state)]
    command.stdout.write(f"{site}: {', '.join(parts) or 'nothing there'}; {waiting} waiting.")
    for row in Placement.objects.in_trouble().filter(site=site).select_related("listing")[:20]:
        command.stdout.write(f"  {row.listing.listing_id}: {row.trouble}")
    if tally.stopped:
        raise CommandError(f"{site} did not answer at last: {tally.stopped}")
