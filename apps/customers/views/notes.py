"""Notes, calls and messages, each with the next step if there is one."""

from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apps.core.http import go_to, once, refusals_on
from apps.core.refusals import Refused
from apps.customers.actions.note import NextStep
from apps.customers.actions.note import add_note as write
from apps.customers.forms.notes import NoteForm
from apps.customers.views.detail import entries, rail
from apps.customers.views.pages import visible_customer


@require_POST
@once
def add(request, reference):
    """Write it down; htmx gets the timeline with it, a plain form goes back to the customer's page."""
    customer = visible_customer(request, reference)
    form = NoteForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            step = form.next_step()
            step = NextStep(*step) if step else None
            write(customer, form.cleaned_data["kind"], form.cleaned_data["body"], next_step=step, by=request.user)
    is_saved = form.is_valid()
    if not request.htmx:
        if not is_saved:
            raise Refused(*(error for errors in form.errors.values() for error in errors))
        messages.success(request, _("Note saved"))
        return go_to(request, customer.get_absolute_url())
    if is_saved:
        customer.refresh_from_db()
    is_full = "full" in request.GET
    context = {"customer": customer} | (rail(request, customer) | (entries(request, customer) if is_full else {}))
    if not is_saved:
        context["note_form"] = form
    context["is_fresh"] = is_saved
    return render(request, "customers/timeline.html", context, status=200 if is_saved else Refused.status)
