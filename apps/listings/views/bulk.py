"""Many listings at once: a form that names what will happen to how many, then a report row by row."""

from dataclasses import dataclass

from django import forms
from django.http import Http404
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import trigger_client_event

from apps.accounts.models import User
from apps.core.http import once
from apps.core.refusals import NotAllowed, Refused
from apps.listings.actions.bulk import MOST_ROWS, Outcome, assign_many, move_many
from apps.listings.actions.listing import why_not_assign
from apps.listings.filters import read
from apps.listings.lookups import StandardStatus
from apps.listings.models import Listing

LARGEST = 2**63 - 1
LARGEST_VERSION = 2**31 - 1


class StatusChoice(forms.Form):
    """The status that all are given: one that may follow that of some of them. Deleting is done one by one."""

    status = forms.ChoiceField(label="New status")

    def __init__(self, *args, listings, **options):
        super().__init__(*args, **options)
        possible = [(s, self._label(s, listings)) for s in StandardStatus if s != StandardStatus.DELETE]
        self.fields["status"].choices = [("", _("Choose a status")), *((s, label) for s, label in possible if label)]

    def _label(self, status, listings) -> str:
        fitting = sum(status in listing.next_statuses for listing in listings)
        if fitting in (0, len(listings)):
            return status.label if fitting else ""
        return _("%(status)s (%(some)d of %(all)d)") % {"status": status.label, "some": fitting, "all": len(listings)}


class AgentChoice(forms.Form):
    """Who is responsible for all of them."""

    agent = forms.ModelChoiceField(label="Agent", queryset=User.objects.none(), empty_label=_("Choose an agent"))

    def __init__(self, *args, listings, **options):
        super().__init__(*args, **options)
        self.fields["agent"].queryset = User.objects.agents()


@dataclass(frozen=True)
class Verb:
    """What a bulk form does, and how it says so."""

    form: type[forms.Form]
    heading: str
    button: str


VERBS = {
    "status": Verb(StatusChoice, "Change status", "Change status"),
    "assign": Verb(AgentChoice, "Assign", "Assign listings"),
}


@require_http_methods(["GET", "POST"])
@once
def bulk(request, verb):
    """The form for the listings named by `id`, or for all that the address of a list asks for (`all=1`)."""
    if verb not in VERBS:
        raise Http404
    if verb == "assign":
        NotAllowed.unless_empty(why_not_assign(request.user))
    if request.method == "POST":
        return _act(request, verb)
    listings = _selected(request)
    if not listings:
        raise Refused(_("Nothing is selected. Tick listings first."))
    return _form(request, verb, listings, VERBS[verb].form(listings=listings))


def _act(request, verb):
    opened = _opened(request)
    listings = [listing for listing, _version in opened]
    form = VERBS[verb].form(request.POST, listings=listings)
    if not form.is_valid():
        return _form(request, verb, listings, form)
    if verb == "status":
        outcome = move_many(opened, form.cleaned_data["status"], by=request.user)
    else:
        outcome = assign_many(listings, form.cleaned_data["agent"], by=request.user)
    return _report(request, verb, outcome)


def _selected(request) -> list[Listing]:
    rows = Listing.objects.visible_to(request.user).select_related("list_agent")
    if request.GET.get("all"):
        asked = read(request.GET, request.user, request.agency)
        return list(asked.rows(rows).order_by("-modification_timestamp", "-id")[:MOST_ROWS])
    ids = [int(value) for value in request.GET.getlist("id") if value.isdecimal() and int(value) <= LARGEST]
    return list(rows.filter(pk__in=ids[:MOST_ROWS]).order_by("-modification_timestamp", "-id"))


def _opened(request) -> list[tuple[Listing, int]]:
    """Listings of the fields `row`, each “id:version” as it was when the form was opened."""
    pairs = (value.partition(":") for value in request.POST.getlist("row")[: MOST_ROWS + 1])
    wanted = {int(pk): int(version) for pk, _colon, version in pairs if pk.isdecimal() and version.isdecimal()}
    if any(pk > LARGEST or version > LARGEST_VERSION for pk, version in wanted.items()):
        raise Refused(_("The selection was not understood. Select the listings again."))
    rows = Listing.objects.visible_to(request.user).select_related("list_agent").filter(pk__in=wanted)
    found = [(listing, wanted[listing.pk]) for listing in rows.order_by("pk")]
    if not found:
        raise Refused(_("Nothing is selected. Tick listings first."))
    return found


def _form(request, verb, listings, form):
    context = {"verb": verb, "words": VERBS[verb], "listings": listings, "form": form, "most": MOST_ROWS}
    return _answer(request, "bulk_form", context, Refused.status if form.is_bound else 200)


def _report(request, verb, outcome: Outcome):
    response = _answer(request, "bulk_report", {"words": VERBS[verb], "outcome": outcome}, 200)
    for event in ("listings-changed", "listings-replaced"):
        trigger_client_event(response, event)
    return response


def _answer(request, name, context, status):
    context["part"] = f"listings/{name}.html"
    is_drawer = request.htmx.target == "drawer"
    response = render(request, context["part"] if is_drawer else "listings/bulk.html", context, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response
