"""Comparing two records of one person, merging them, and taking it back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from apps.core.http import once
from apps.core.refusals import Conflict, NotAllowed, Refused
from apps.customers import compare as comparing
from apps.customers.actions import merge as actions
from apps.customers.models import Customer, Merge


@require_http_methods(["GET", "POST"])
@once
def compare(request, reference, other):
    """Both records in two columns; a POST merges the right one into the left, each field as chosen."""
    visible = Customer.objects.visible_to(request.user).select_related("agent").prefetch_related("phones", "emails")
    left, right = (get_object_or_404(visible, reference=one.replace("\x00", "")) for one in (reference, other))
    NotAllowed.unless_empty(actions.why_not_merge(left, right, request.user))
    choices = comparing.choices_in(request.POST, left, right)
    outdated = None
    if request.method == "POST":
        try:
            versions = _versions(request.POST)
            done = actions.merge(left, right, choices, versions=versions, by=request.user)
        except Conflict as conflict:
            outdated = conflict
        else:
            undo = reverse("customers:undo_merge", args=[done.pk])
            said = _("%(right)s is part of %(left)s now") % {"right": right.reference, "left": left.reference}
            messages.success(request, said, extra_tags=f"undo:{undo}")
            return redirect(left.get_absolute_url())
    rows = comparing.rows(left, right, choices)
    context = {
        "left": left,
        "right": right,
        "sides": [left, right],
        "rows": rows,
        "differences": sum(row.differs for row in rows),
        "belongings": comparing.belongings(left, right),
        "outdated": outdated.sentences if outdated else [],
    }
    return render(request, "customers/compare.html", context, status=outdated.status if outdated else 200)


def _versions(posted) -> tuple[int, int]:
    given = [posted.get(name, "") for name in ("left_version", "right_version")]
    return tuple(int(one) if one.isdecimal() and len(one) < 10 else 0 for one in given)


@require_POST
@once
def undo(request, pk):
    """Make two of one again."""
    visible = Customer.objects.visible_to(request.user)
    done = get_object_or_404(Merge.objects.select_related("winner", "loser").filter(winner__in=visible), pk=pk)
    try:
        undone = actions.undo_merge(done, by=request.user)
    except Refused as refusal:
        if refusal.status != Refused.status:
            raise
        for sentence in refusal.sentences:
            messages.error(request, sentence)
        return redirect(done.winner.get_absolute_url())
    messages.success(request, _("%(loser)s is apart again") % {"loser": undone.loser.reference})
    if undone.kept_fields:
        names = ", ".join(undone.kept_fields)
        messages.warning(request, _("Kept as it was changed since: %(names)s") % {"names": names})
    return redirect(undone.winner.get_absolute_url())
