"""Many listings at once: another status, another agent."""

from django import forms
from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.accounts.forms.agents import AgentOfManyForm
from apps.core.http import once
from apps.core.lists.bulk_door import Verb
from apps.core.lists.bulk_door import bulk as bulk_door
from apps.listings.actions.bulk import assign_many, move_many
from apps.listings.actions.listing import why_not_assign
from apps.listings.listing_list import LISTINGS
from apps.listings.lookups import StandardStatus


class StatusChoice(forms.Form):
    """The status that all are given: one that may follow that of some of them. Deleting is done one by one."""

    status = forms.ChoiceField(label="New status")

    def __init__(self, *args, rows, **options):
        super().__init__(*args, **options)
        possible = [(s, self._label(s, rows)) for s in StandardStatus if s != StandardStatus.DELETE]
        self.fields["status"].choices = [("", _("Choose a status")), *((s, label) for s, label in possible if label)]

    def _label(self, status, listings) -> str:
        fitting = sum(status in listing.next_statuses for listing in listings)
        if fitting in (0, len(listings)):
            return status.label if fitting else ""
        return _("%(status)s (%(some)d of %(all)d)") % {"status": status.label, "some": fitting, "all": len(listings)}


def _move(opened, chosen, *, by):
    return move_many(opened, chosen["status"], by=by)


def _assign(opened, chosen, *, by):
    return assign_many([listing for listing, _version in opened], chosen["agent"], by=by)


VERBS = {
    "status": Verb(StatusChoice, "Change status", "Change status", _move),
    "assign": Verb(AgentOfManyForm, "Assign", "Assign listings", _assign, why_not_assign),
}


@require_http_methods(["GET", "POST"])
@once
def bulk(request, verb):
    """The form for the listings named by `id`, or for all that the address of a list asks for (`all=1`)."""
    if verb not in VERBS:
        raise Http404
    return bulk_door(request, LISTINGS, VERBS[verb], related="list_agent")
