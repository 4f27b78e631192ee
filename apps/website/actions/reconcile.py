"""Reading a site from end to end: what is there, against what should be. Healed by rule, or shown to a person."""

from collections import Counter

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core.events import record
from apps.core.queue import enqueue
from apps.core.refusals import NotAllowed, Refused
from apps.website.actions.deliver import Tally, deliver, lines_to
from apps.website.belonging import belonging
from apps.website.delivery.unchanged import read_settled
from apps.website.models import Placement, Site
from apps.website.states import State, Wanted
from apps.website.sweep import add_what_belongs, take_off_what_ran_out
from apps.website.wordpress import Temporary, Wrong


def reconcile(site: Site, *, by, tell=lambda placement: None) -> Tally:
    """Read everything that was ever put on the site, and bring about what is wanted.

    What a person changed there by hand stays and is shown; what an old backup brought back is sent again; what should
    be off and is up comes off. Nothing that the CRM did not put there is touched.
    """
    began = timezone.now()
    add_what_belongs(site)
    take_off_what_ran_out(site, timezone.localdate())
    as_confirmed = _read_settled(site, tell)
    _make_due(site, began)
    tally = deliver(site, by=by, force=True, tell=tell)
    tally.states += Counter({State.LIVE: as_confirmed})
    if not tally.stopped:
        Site.objects.filter(pk=site.pk).update(reconciled_at=timezone.now())
        record("website.reconciled", site, by=by, **{str(state): count for state, count in tally.states.items()})
    return tally


def why_not_reconcile(site: Site, by) -> list[str]:
    """Why this site may not be compared now."""
    if not by.has_perm("website.retry_placement"):
        return [_("Your role may not compare websites. Ask marketing or a manager.")]
    return [] if site.is_active else [_("%(site)s does not follow the CRM.") % {"site": site}]


def ask_for(site: Site, *, by) -> bool:
    """Ask for the reading of one site now; one that already waits is enough."""
    why_not = why_not_reconcile(site, by)
    if why_not and not by.has_perm("website.retry_placement"):
        raise NotAllowed(*why_not)
    Refused.unless_empty(why_not)
    return _ask(site, by)


def _ask(site: Site, by) -> bool:
    return enqueue("website.reconcile", by=by, queueing_lock=lock_of(site), site_id=site.pk)


def lock_of(site: Site) -> str:
    """By which the job that reads the site is known."""
    return f"website.reconcile-{site.pk}"


def ask_for_all(*, by) -> int:
    """Ask for the reading of each site that follows the CRM; how many."""
    return sum(_ask(site, by) for site in Site.objects.active())


def _read_settled(site, tell) -> int:
    if not site.is_active:
        return 0
    try:
        with lines_to(site) as lines:
            return read_settled(site, lines, tell)
    except (Temporary, Wrong):  # its address is not one that may be asked; the delivery says so
        return 0


def _make_due(site, began) -> int:
    """All that is up, should be up, or once was, and was not read since `began`."""
    once = Q(post_id__isnull=False) | Q(asked_at__isnull=False)
    belongs = Q(wanted=Wanted.FILTER, listing__in=belonging(site).order_by().values("pk"))
    rows = Placement.objects.filter(once | belongs | Q(wanted=Wanted.ON), site=site)
    rows = rows.exclude(state=State.LIVE, due_at__isnull=True, checked_at__gte=began)
    return rows.update(due_at=Coalesce("due_at", timezone.now()))
