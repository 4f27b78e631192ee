"""What stands on a website's page: its queue and how fast that goes, what is in trouble, when it was last compared."""

from datetime import timedelta

from django.db.models import Count, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.core.models import Event
from apps.website.actions.reconcile import lock_of
from apps.website.models import Placement, Site
from apps.website.states import State

TROUBLED = [State.FAILED, State.HELD, State.CHANGED, State.GONE]


def figures(site: Site) -> dict:
    """`up`, `waiting` and since when the `oldest`, in `trouble`, `changed` by hand; `confirmed` were read back and
    `sent` changed there in the last hour.
    """
    return Placement.objects.filter(site=site).aggregate(**_counts(""))


def all_figures() -> dict[int, dict]:
    """The same of every website, by key."""
    rows = Site.objects.order_by().values("pk").annotate(**_counts("placements__"))
    return {row.pop("pk"): row for row in rows}


def _counts(to: str) -> dict:
    now = timezone.now()
    hour = now - timedelta(hours=1)
    is_due = Q(**{f"{to}due_at__lte": now})
    return {
        "up": Count(f"{to}pk", filter=Q(**{f"{to}is_up": True})),
        "waiting": Count(f"{to}pk", filter=is_due),
        "oldest": Min(f"{to}due_at", filter=is_due),
        "trouble": Count(f"{to}pk", filter=Q(**{f"{to}state__in": TROUBLED})),
        "changed": Count(f"{to}pk", filter=Q(**{f"{to}state": State.CHANGED})),
        "confirmed": Count(f"{to}pk", filter=Q(**{f"{to}checked_at__gte": hour})),
        "sent": Count(f"{to}pk", filter=Q(**{f"{to}confirmed_at__gte": hour})),
    }


def is_under_way(site: Site) -> bool:
    """Whether the site is being worked off, or is about to be read."""
    waits = ProcrastinateJob.objects.filter(queueing_lock=lock_of(site), status__in=["todo", "doing"])
    return waits.exists() or Placement.objects.under_way().filter(site=site).exists()


def last_compared(site: Site) -> dict | None:
    """When the site was last read from end to end, and in a few words what was found; None before the first time."""
    rows = Event.objects.filter(subject_label=site._meta.label_lower, subject_id=site.pk, verb="website.reconciled")
    event = rows.order_by("-at", "-pk").first()
    if event is None:
        return {"at": site.reconciled_at, "found": None} if site.reconciled_at else None
    return {"at": event.at, "found": _found(event.data)}


def _found(counts: dict) -> list[tuple[str, str]]:
    """(colour of the tag, words) for each state that listings were found in."""
    said = []
    for state, css, one, many in (
        (State.LIVE, "ok", _("%(n)s as it should be"), _("%(n)s as they should be")),
        (State.OFF, "", _("%(n)s off, as wanted"), _("%(n)s off, as wanted")),
        (State.CHANGED, "bad", _("%(n)s changed there by hand"), _("%(n)s changed there by hand")),
        (State.GONE, "bad", _("%(n)s removed there"), _("%(n)s removed there")),
        (State.FAILED, "bad", _("%(n)s failed"), _("%(n)s failed")),
        (State.HELD, "warn", _("%(n)s held back"), _("%(n)s held back")),
    ):
        count = counts.get(state.value, 0)
        if count:
            said.append((css, (one if count == 1 else many) % {"n": count}))
    return said
