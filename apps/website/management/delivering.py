"""`manage.py website publish|retry|reconcile`: the same delivery as the jobs', here and now, with its progress."""

import time
from datetime import timedelta

from django.core.management.base import CommandError
from django.db.models import Count
from django.utils import timezone

from apps.accounts.models import User
from apps.core.refusals import Refused
from apps.listings.models import Listing
from apps.website.actions.deliver import BUSY, Tally, deliver
from apps.website.actions.publish import publish, retry_all
from apps.website.actions.reconcile import reconcile
from apps.website.claims import alone_with, next_turn
from apps.website.models import Placement, Site
from apps.website.states import State
from apps.website.sweep import add_what_belongs, drop_what_never_belonged, take_off_what_ran_out

EVERY = 2  # seconds between two lines of progress
LOOK_AGAIN = 0.5  # seconds, while a job delivers to the site


def add_delivering(parser) -> None:
    """The options of the three."""
    parser.add_argument("--listing", action="append", default=[], metavar="REFERENCE", help="publish this one")
    parser.add_argument("--wait", type=int, default=600, metavar="SECONDS", help="how long trouble is tried again")


def publish_site(command, site: Site, options) -> None:
    """Everything that belongs on the site, and what was named."""
    by = User.objects.system()
    named = _named(options["listing"])
    for listing in named:
        try:
            publish(listing, site, by=by)
        except Refused as refusal:
            raise CommandError(f"{listing.listing_id}: {' '.join(refusal.sentences)}") from None
    _work(command, site, options)
    _say_where(command, site, named)


def retry_site(command, site: Site, options) -> None:
    """What failed, and what waits for another try."""
    count = retry_all(site, by=User.objects.system())
    Placement.objects.filter(site=site, due_at__gt=timezone.now()).update(due_at=timezone.now())
    Site.objects.filter(pk=site.pk).update(probe_at=None)
    command.stdout.write(f"{count} to try again on {site}.")
    _work(command, site, options)


def reconcile_site(command, site: Site, options) -> None:
    """Read the whole site and compare."""
    by, progress = User.objects.system(), _Progress(command, site)
    turn = _Turn(command, site, options["wait"])
    tally = reconcile(site, by=by, tell=progress)
    while tally.stopped == BUSY:
        turn.wait()
        tally = reconcile(site, by=by, tell=progress)
    _work(command, site, options, tally)


def _named(references) -> list[Listing]:
    rows = Listing.objects.filter(listing_id__in=references).select_related("unit__place", "list_agent")
    found = {listing.listing_id: listing for listing in rows}
    absent = [reference for reference in references if reference not in found]
    if absent:
        raise CommandError(f"There is no listing {', '.join(absent)}.")
    return list(found.values())


class _Progress:
    """A line every few seconds, with how many are left and how fast it goes."""

    def __init__(self, command, site):
        self.command, self.site, self.done = command, site, 0
        self.began = self.told = time.monotonic()

    def __call__(self, placement):
        self.done += 1
        now = time.monotonic()
        if now - self.told >= EVERY:
            self.told = now
            speed = self.done / max(now - self.began, 0.001)
            self.command.stdout.write(f"{self.done} done, {_left(self.site)} left, {speed:.1f} a second")


class _Turn:
    """Waiting while a job delivers to the site: one at a time does, and what it brings about need not be done here."""

    def __init__(self, command, site, seconds):
        self.command, self.site, self.told = command, site, None
        self.until = time.monotonic() + seconds

    def wait(self):
        """Until nobody delivers to the site, with a line whenever fewer are left."""
        while time.monotonic() < self.until:
            left = _left(self.site)
            if left != self.told:
                self.command.stdout.write(f"A job delivers to {self.site} now; waiting for it, {left} left.")
                self.told = left
            time.sleep(LOOK_AGAIN)
            with alone_with(self.site) as is_alone:
                if is_alone:
                    return
        raise CommandError(f"A job still delivers to {self.site}. Its page shows how far it is.")


def _left(site) -> int:
    return Placement.objects.under_way().filter(site=site).count()


def _work(command, site, options, before: Tally | None = None) -> None:
    """Deliver until nothing is due; what is put off is waited for, up to the limit."""
    add_what_belongs(site)
    take_off_what_ran_out(site, timezone.localdate())
    drop_what_never_belonged(site)
    progress, by = _Progress(command, site), User.objects.system()
    turn, until = _Turn(command, site, options["wait"]), timezone.now() + timedelta(seconds=options["wait"])
    while True:
        site.refresh_from_db()
        tally = deliver(site, by=by, tell=progress)
        if tally.stopped == BUSY:
            turn.wait()
            continue
        moment = next_turn(site)
        if moment is None or moment > until:
            break
        if tally.stopped:
            command.stdout.write(f"{site}: {tally.stopped} Trying again at {_clock(moment)}.")
        time.sleep(max((moment - timezone.now()).total_seconds(), 0.1))
    _summary(command, site)
    stopped = tally.stopped or (before.stopped if before else "")
    if stopped:
        raise CommandError(f"{site} did not answer at last: {stopped}")
    if moment:
        raise CommandError(f"{site} is not done: the next try is at {_clock(moment)}, later than --wait allows.")


def _clock(moment) -> str:
    return f"{timezone.localtime(moment):%H:%M:%S}"


def _summary(command, site) -> None:
    counts = dict(Placement.objects.filter(site=site).values_list("state").order_by().annotate(n=Count("pk")))
    waiting = Placement.objects.filter(site=site, due_at__isnull=False).count()
    parts = [f"{counts[state]} {State(state).label.lower()}" for state in State if counts.get(state)]
    command.stdout.write(f"{site}: {', '.join(parts) or 'nothing there'}; {waiting} waiting.")
    for row in Placement.objects.in_trouble().filter(site=site).select_related("listing")[:20]:
        command.stdout.write(f"  {row.listing.listing_id}: {row.trouble}")


def _say_where(command, site, named) -> None:
    """Each listing that was named, with its address; ends with 1 where one of them is not live."""
    not_live = []
    for row in Placement.objects.filter(site=site, listing__in=named).select_related("listing"):
        if row.state == State.LIVE and row.is_idle:
            command.stdout.write(f"{row.listing.listing_id}: live, checked {_clock(row.checked_at)[:5]}, {row.link}")
        else:
            not_live.append(row.listing.listing_id)
    if not_live:
        raise CommandError(f"Not live on {site}: {', '.join(not_live)}.")
