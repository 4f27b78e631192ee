"""Wanting a listing on a site, or off it. The rest follows: the delivery brings it about and says what it found."""

import math
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core.events import record
from apps.core.queue import enqueue
from apps.core.refusals import NotAllowed, Refused
from apps.website.belonging import why_not_shown
from apps.website.claims import next_turn
from apps.website.models import Placement, Proposal, Site
from apps.website.payload import why_incomplete
from apps.website.policy import why_not_touch
from apps.website.states import State, Wanted

GO_OFF_FIRST, USUAL = 0, 1
SWEPT_EVERY = timedelta(minutes=1)


def why_not_publish(listing, site: Site, by) -> list[str]:
    """Why the listing may not be put on this site now: the right, the site, what websites and the profile need."""
    why_not = why_not_touch(listing, by)
    if why_not:
        return why_not
    if not site.is_active:
        return [_("%(site)s does not follow the CRM. Ask an administrator to switch it on.") % {"site": site}]
    is_there = Placement.objects.filter(site=site, listing=listing, post_id__isnull=False)
    held = Proposal.objects.holding().filter(post__site=site, found_listing=listing)
    if held.exists() and not is_there.exists():
        return [
            _("A post on %(site)s may be this listing. Decide about it on the website's page first.") % {"site": site}
        ]
    return why_not_shown(listing) + why_incomplete(listing, site)


@transaction.atomic
def publish(listing, site: Site, *, by) -> Placement:
    """Want the listing on the site, whatever the site's filter says."""
    NotAllowed.unless_empty(why_not_touch(listing, by))
    Refused.unless_empty(why_not_publish(listing, site, by))
    placement = _want(listing, site, Wanted.ON, by=by)
    record("website.published", listing, by=by, new=site.name)
    return placement


@transaction.atomic
def withdraw(listing, site: Site, *, by) -> Placement:
    """Want the listing off the site, whatever the site's filter says."""
    NotAllowed.unless_empty(why_not_touch(listing, by))
    placement = _want(listing, site, Wanted.OFF, by=by)
    record("website.withdrawn", listing, by=by, new=site.name)
    return placement


@transaction.atomic
def follow(listing, site: Site, *, by) -> Placement:
    """Let the site's filter decide again."""
    NotAllowed.unless_empty(why_not_touch(listing, by))
    placement = _want(listing, site, Wanted.FILTER, by=by)
    record("website.follows", listing, by=by, new=site.name)
    return placement


@transaction.atomic
def update_now(placement: Placement, *, by) -> None:
    """Do not wait for the sweep: bring the placement about at once."""
    NotAllowed.unless_empty(why_not_touch(placement.listing, by))
    row = Placement.objects.select_for_update().get(pk=placement.pk)
    _make_due(row)
    ask(row.site, by=by)


@transaction.atomic
def check_now(placement: Placement, *, by) -> None:
    """Read the site again, although nothing changed here."""
    NotAllowed.unless_empty(why_not_touch(placement.listing, by))
    _make_due(Placement.objects.select_for_update().get(pk=placement.pk))
    enqueue("website.check", by=by, queueing_lock=f"website.check-{placement.pk}", placement_id=placement.pk)


@transaction.atomic
def retry(placement: Placement, *, by) -> None:
    """Try again what failed; what was removed by hand is put there again."""
    why_not = [] if by.has_perm("website.retry_placement") else why_not_touch(placement.listing, by)
    NotAllowed.unless_empty(why_not)
    row = Placement.objects.select_for_update().get(pk=placement.pk)
    if row.state == State.GONE:
        row.is_up, row.state = False, State.OFF
    _make_due(row)
    _ask_at_once([row.site_id], by=by)


@transaction.atomic
def retry_all(site: Site | None, *, by) -> int:
    """Try everything again that failed, of one site or of all; how many that is. Nothing that changed there by hand."""
    if not by.has_perm("website.retry_placement"):
        raise NotAllowed(_("Your role may not try websites again. Ask marketing or a manager."))
    rows = Placement.objects.filter(state__in=[State.FAILED, State.HELD], site__is_active=True)
    rows = rows.filter(site=site) if site else rows
    sites = set(rows.order_by().values_list("site", flat=True))
    count = rows.update(due_at=timezone.now(), attempts=0)
    _ask_at_once(sites, by=by)
    return count


def ask(site: Site, *, by) -> bool:
    """Ask for the delivery to the site; one that already waits is enough."""
    return enqueue("website.deliver", by=by, queueing_lock=f"website.deliver-{site.pk}", site_id=site.pk)


def _ask_at_once(sites: Iterable[int], *, by) -> None:
    """A person wants to see it now: sites that were left alone are tried too."""
    Site.objects.filter(pk__in=sites).update(probe_at=None)
    for site in Site.objects.filter(pk__in=sites):
        ask(site, by=by)


def ask_again(site: Site, *, by) -> bool:
    """Ask for the delivery when the next turn comes, if that is before the sweep would ask for it."""
    moment, now = next_turn(site), timezone.now()
    if moment is None or moment > now + SWEPT_EVERY:
        return False
    if moment <= now:
        return ask(site, by=by)
    # A lock of its own: what is asked for meanwhile does not wait for it.
    lock, seconds = f"website.deliver_again-{site.pk}", math.ceil((moment - now).total_seconds())
    return enqueue("website.deliver", by=by, queueing_lock=lock, schedule_in={"seconds": seconds}, site_id=site.pk)


def _want(listing, site, wanted, *, by) -> Placement:
    Placement.objects.get_or_create(listing=listing, site=site, defaults={"wanted": wanted})
    row = Placement.objects.select_for_update().get(listing=listing, site=site)
    if row.state == State.LINKED:
        if wanted != Wanted.OFF:
            raise Refused(_("It is linked with a post that was made by hand. Compare them, then let the site follow."))
        row.state = State.LIVE
    row.wanted = wanted
    row.priority = GO_OFF_FIRST if wanted == Wanted.OFF else USUAL
    if wanted == Wanted.ON and row.state == State.GONE:
        row.is_up, row.state = False, State.OFF
    _make_due(row)
    ask(site, by=by)
    return row


def _make_due(row) -> None:
    row.due_at, row.attempts = timezone.now(), 0
    row.save(update_fields=["wanted", "priority", "due_at", "attempts", "is_up", "state"])
