"""Delivering to one site: claim, plan from the rows now, send outside any transaction, read back, confirm."""

from collections import Counter
from dataclasses import dataclass, field

from django.utils import timezone

from apps.website.breaker import note_answer, pause
from apps.website.claims import alone_with, claim, release, take_up_orphans
from apps.website.delivery.outcome import put_off
from apps.website.delivery.plan import Kind, plans_for
from apps.website.delivery.round import Round, SiteDown
from apps.website.models import Placement, Site
from apps.website.wordpress import Client, Temporary, Wrong

ROUND, READ_ROUND = 25, 100
CLAIMED_AT_ONCE = 200  # most placements that are due need nothing: they are looked at by the hundred


BUSY = "busy"


@dataclass
class Tally:
    """How many placements a delivery settled, by the state that each ended in; why it stopped, if it did."""

    states: Counter = field(default_factory=Counter)
    stopped: str = ""

    @property
    def total(self) -> int:
        """How many were settled."""
        return self.states.total()


def deliver(site: Site, *, by, only=None, force=False, until=None, tell=lambda placement: None) -> Tally:
    """Bring about what is due at the site, until nothing is due, the site stops answering, or the clock is `until`.

    `only` are keys of placements. With `force`, what was confirmed before is read again. Somebody else at work on the
    site: nothing is done here.
    """
    tally = Tally()

    def settled(placement):
        tally.states[placement.state] += 1
        tell(placement)

    with alone_with(site) as is_alone:
        if not is_alone:
            tally.stopped = BUSY
            return tally
        take_up_orphans(site)
        try:
            with Client(site) as client:
                rounds = Round(site, client, by=by, force=force, tell=settled)
                tally.stopped = _until_nothing_is_due(rounds, only, until)
        except (Temporary, Wrong) as trouble:  # its address is not one that may be asked
            pause(site)
            tally.stopped = trouble.sentence
        if tally.total and not tally.stopped:
            note_answer(site)
    return tally


def _until_nothing_is_due(rounds: Round, only, until) -> str:
    """Round after round; why it had to stop, if it had to."""
    site = rounds.site
    while until is None or timezone.now() < until:
        keys = claim(site, CLAIMED_AT_ONCE, only)
        if not keys:
            break
        try:
            _work_off(rounds, site, keys, rounds.force)
        except SiteDown as down:
            _leave_alone(site, keys, down.trouble)
            return down.trouble.sentence
    return ""


def _work_off(rounds: Round, site, keys, force) -> None:
    plans = plans_for(site, keys, force=force)
    plans.sort(key=lambda plan: plan.kind != Kind.NOTHING)
    quick = [plan for plan in plans if plan.kind == Kind.NOTHING]
    rounds.run(quick)
    slow, size = plans[len(quick) :], READ_ROUND if force else ROUND
    for start in range(0, len(slow), size):
        rounds.run(slow[start : start + size])


def _leave_alone(site, keys, trouble) -> None:
    """Put the site aside; what it was asked last is told why, the rest waits as it did."""
    pause(site, trouble.retry_after)
    unsettled = Placement.objects.filter(pk__in=keys, claimed_until__isnull=False)
    first = unsettled.order_by("priority", "pk").first()
    if first is not None:
        put_off(first, trouble.sentence, site.probe_at)
    release(keys)
