"""Reading a site from end to end: what is there, against what should be. Healed by rule, or shown to a person."""

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core.events import record
from apps.core.queue import enqueue
from apps.core.refusals import NotAllowed, Refused
from apps.website.actions.deliver import Tally, deliver
from apps.website.belonging import belonging
from apps.website.models import Placement, Site
from apps.website.states import Wanted
from apps.website.sweep import add_what_belongs


def reconcile(site: Site, *, by, tell=lambda placement: None) -> Tally:
    """Read everything that was ever put on the site, and bring about what is wanted.

    What a person changed there by hand stays and is shown; what an old backup brought back is sent again; what should
    be off and is up comes off. Nothing that the CRM did not put there is touched.
    """
    add_what_belongs(site)
    _make_due(site)
    tally = deliver(site, by=by, force=True, tell=tell)
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


def _make_due(site) -> int:
    """All that is up, should be up, or once was."""
    once = Q(post_id__isnull=False) | Q(asked_at__isnull=False)
    belongs = Q(wanted=Wanted.FILTER, listing__in=belonging(site).order_by().values("pk"))
    rows = Placement.objects.filter(once | belongs | Q(wanted=Wanted.ON), site=site)
    return rows.update(due_at=Coalesce("due_at", timezone.now()))
