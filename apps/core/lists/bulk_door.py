"""The door of every bulk verb: a form that names what will happen to how many rows, then a report row by row."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.http import trigger_client_event

from apps.core.lists.asked import read
from apps.core.lists.bulk import MOST_ROWS, NOTHING, Outcome, opened, selected
from apps.core.lists.catalogue import Catalogue
from apps.core.lists.context import addresses
from apps.core.refusals import NotAllowed, Refused


@dataclass(frozen=True)
class Verb:
    """What a bulk form does, and how it says so: `act(opened rows, what was chosen, by)`."""

    form: type[forms.Form]
    heading: str
    button: str
    act: Callable[..., Outcome]
    why_not: Callable[..., list[str]] = lambda by: []


def bulk(request, catalogue: Catalogue, verb: Verb, *, related: str):
    """The form for the rows named by `id`, or for all that the address of a list asks for (`all=1`).

    Forms are given `rows`; the template `<key>/_bulk_row.html` says which row is which.
    """
    NotAllowed.unless_empty(verb.why_not(request.user))
    if request.method == "POST":
        return _act(request, catalogue, verb, related)
    rows = selected(read(catalogue, request.GET, request.user, request.agency), request.GET, related)
    if not rows:
        raise Refused(NOTHING)
    return _form(request, catalogue, verb, rows, verb.form(rows=rows))


def _act(request, catalogue, verb, related):
    chosen = opened(catalogue.visible_to(request.user).select_related(related), request.POST)
    rows = [row for row, _version in chosen]
    form = verb.form(request.POST, rows=rows)
    if not form.is_valid():
        return _form(request, catalogue, verb, rows, form)
    outcome = verb.act(chosen, form.cleaned_data, by=request.user)
    response = _answer(request, catalogue, verb, "report", {"outcome": outcome}, 200)
    for event in ("changed", "replaced"):
        trigger_client_event(response, f"{catalogue.key}-{event}")
    return response


def _form(request, catalogue, verb, rows, form):
    context = {"selected": rows, "form": form, "most": MOST_ROWS}
    return _answer(request, catalogue, verb, "form", context, Refused.status if form.is_bound else 200)


def _answer(request, catalogue, verb, name, context, status):
    context |= {
        "words": verb,
        "catalogue": catalogue,
        "urls": addresses(catalogue),
        "row_template": f"{catalogue.key}/_bulk_row.html",
        "part": f"lists/bulk_{name}.html",
    }
    is_drawer = request.htmx.target == "drawer"
    response = render(request, context["part"] if is_drawer else "lists/bulk.html", context, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response
