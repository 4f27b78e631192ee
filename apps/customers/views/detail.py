"""The customer's page: who it is, what fits, what is next and what happened."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from apps.customers.forms.notes import NoteForm
from apps.customers.lookups import OWNERS, Channel
from apps.customers.models import Customer
from apps.customers.timeline import KINDS, PAGE, timeline
from apps.customers.views.pages import (
    MATCHING,
    VIEWINGS,
    frame,
    has_module,
    latest_consents,
    next_steps,
    panel,
    visible_customer,
)
from apps.listings.models import Listing

IN_RAIL = 6
OWNED = 6


@require_safe
def detail(request, reference):
    """Contact and requirements, matches, next step and the last events; without matching, all that happened."""
    try:
        customer = visible_customer(request, reference)
    except Http404:
        survivor = _merged_into(request, reference)
        if survivor is None:
            raise
        return redirect(survivor)
    if not has_module(request, MATCHING):
        return _timeline(request, customer)
    context = frame(request, customer, "matches") | _about(request, customer) | rail(request, customer)
    context["matches_url"] = panel(request, MATCHING, "matching:matches", customer)
    return render(request, "customers/detail.html", context)


@require_safe
def viewings(request, reference):
    """The customer's viewings, which the viewings module shows."""
    customer = visible_customer(request, reference)
    if not has_module(request, VIEWINGS):
        raise Http404
    context = frame(request, customer, "viewings") | _about(request, customer) | rail(request, customer)
    context["viewings_url"] = panel(request, VIEWINGS, "viewings:of-customer", customer)
    return render(request, "customers/viewings.html", context)


@require_safe
def timeline_page(request, reference):
    """Everything that happened, filtered by kind, a page at a time."""
    return _timeline(request, visible_customer(request, reference))


def _timeline(request, customer):
    if request.htmx.target == "timeline":
        response = render(request, "customers/timeline.html", {"customer": customer} | entries(request, customer))
    else:
        context = frame(request, customer, "timeline") | _about(request, customer) | entries(request, customer)
        response = render(request, "customers/timeline_page.html", context | {"tasks": next_steps(customer)})
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def entries(request, customer: Customer) -> dict:
    """Context of `customers/timeline.html` with its filters, by the address: `kind`, `before`."""
    kind = request.GET.get("kind", "all")
    kind = kind if kind in KINDS else "all"
    before = request.GET.get("before", "")
    is_key = before.isdecimal() and len(before) < 19
    found = timeline(customer, kind=kind, before=int(before) if is_key else None, limit=PAGE + 1)
    return {
        "entries": found[:PAGE],
        "before": found[PAGE - 1].pk if len(found) > PAGE else None,
        "kind": kind,
        "kinds": KINDS,
        "note_form": note_form(request),
    }


def rail(request, customer: Customer) -> dict:
    """Context of `customers/rail.html`: what is next, and the last that happened."""
    found = timeline(customer, limit=IN_RAIL + 1)
    return {
        "tasks": next_steps(customer),
        "entries": found[:IN_RAIL],
        "has_more_entries": len(found) > IN_RAIL,
        "note_form": note_form(request),
    }


def note_form(request) -> NoteForm | None:
    """The composer, for those who may write."""
    return NoteForm() if request.user.has_perm("customers.change_customer") else None


def _about(request, customer) -> dict:
    """Context of `customers/about.html`: what they look for, how to reach them, what they own."""
    latest = latest_consents(customer)
    return {
        "looking_for_url": panel(request, MATCHING, "matching:looking-for", customer),
        "consents": [(channel.label, latest.get(channel)) for channel in Channel],
        "asked": bool(latest),
        "owned": _owned(request, customer),
    }


def _owned(request, customer) -> list:
    """Listings of the units that the customer owns, the latest first."""
    if not any(role in OWNERS for role in customer.roles):
        return []
    rows = Listing.objects.visible_to(request.user).filter(unit__owner=customer).select_related("unit__place")
    return list(rows.defer("search_vector").order_by("-pk")[:OWNED])


def _merged_into(request, reference) -> Customer | None:
    """The customer that this one was merged into, where this person may see it."""
    merged = Customer.objects.filter(reference=reference.replace("\x00", ""), merged_into__isnull=False)
    return Customer.objects.visible_to(request.user).filter(pk__in=merged.values("merged_into")).first()
