"""Delivering to one site: claim, plan from the rows now, send outside any transaction, read back, confirm."""

import time
from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from apps.website.breaker import note_answer, pause
from apps.website.claims import alone_with, release, take_up_orphans
from apps.website.delivery.ahead import Ahead, as_it_is_now
from apps.website.delivery.lines import Lines
from apps.website.delivery.outcome import put_off, turned_away
from apps.website.delivery.round import Round
from apps.website.delivery.work import SiteDown
from apps.website.models import Placement, Site
from apps.website.wordpress import Client, Temporary, Wrong

QUICK = 2  # seconds
TURNED_AWAY = 300  # seconds until a site that takes nothing from us is asked again
BUSY, CHANGED = "busy", "changed"


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
        tally.stopped = CHANGED
        while tally.stopped == CHANGED:
            tally.stopped = _with_client(site, only, until, by=by, force=force, tell=settled)
            site = as_it_is_now(site) if tally.stopped == CHANGED else site
    return tally


def lines_to(site: Site) -> Lines:
    """Connections to the site. Trouble, where its address is not one that may be asked."""
    return Lines(lambda: Client(site), one=bool(site.failing_since))


def _with_client(site, only, until, **options) -> str:
    if not site.is_active:
        return _("%(site)s does not follow the CRM any more.") % {"site": site}
    try:
        with lines_to(site) as lines:
            return _until_nothing_is_due(Round(site, lines, **options), only, until)
    except (Temporary, Wrong) as trouble:  # its address is not one that may be asked
        pause(site)
        return trouble.sentence


def _until_nothing_is_due(rounds: Round, only, until) -> str:
    """Round after round; why it had to stop, if it had to."""
    ahead = Ahead(rounds.site, only=only, until=until, force=rounds.force)
    rounds.coming = lambda: ahead.plans
    while plans := ahead.take():
        rounds.lines.meanwhile = ahead.prepare
        began = time.monotonic()
        try:
            rounds.run(plans)
        except SiteDown as down:
            release(ahead.keys)
            _leave_alone(rounds.site, [plan.placement.pk for plan in plans], down.trouble)
            return down.trouble.sentence
        ahead.went(time.monotonic() - began < QUICK)
    if ahead.is_changed:
        return CHANGED
    if rounds.has_heard:
        note_answer(rounds.site)
    return ""


def _leave_alone(site, keys, trouble) -> None:
    """Put the site aside; what it was asked last is told why, the rest waits as it did."""
    is_wrong = isinstance(trouble, Wrong)
    pause(site, TURNED_AWAY if is_wrong else trouble.retry_after)
    unsettled = Placement.objects.filter(pk__in=keys, claimed_until__isnull=False)
    first = unsettled.order_by("priority", "pk").first()
    if first is not None and is_wrong:
        turned_away(first, trouble, site.probe_at)
    elif first is not None:
        put_off(first, trouble.sentence, site.probe_at)
    release(keys)
