"""A new customer, editing one, and the page that compares when two people changed the same fields."""

from functools import partial

from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.core.editing import EditConflict, changed_since
from apps.core.http import go_to, once, refusals_on
from apps.core.refusals import NotAllowed
from apps.customers.actions.consent import set_do_not_contact
from apps.customers.actions.customer import MINE, add_customer, why_not_add
from apps.customers.actions.editing import CONSENTS, current_value, edit_everything
from apps.customers.forms.customer import CustomerForm, EditForm
from apps.customers.lookups import CustomerRole
from apps.customers.policy import why_not_change
from apps.customers.timeline import field_label, timeline
from apps.customers.views.pages import drawer, module_url, visible_customer


@require_http_methods(["GET", "POST"])
@once
def new(request):
    """Add a customer; what is known already (a name, a number) may come in the address."""
    NotAllowed.unless_empty(why_not_add(request.user))
    form = CustomerForm(request.POST or None, by=request.user, initial=_known(request))
    customer = None
    if form.is_valid():
        with refusals_on(form):
            customer = _add(form.cleaned_data, request.user)
    if customer:
        messages.success(request, _("%(name)s is a customer now") % {"name": customer.label})
        return go_to(request, customer.get_absolute_url())
    return drawer(request, "customer_form", _context(form))


def _known(request) -> dict:
    asked = request.GET
    known = {"full_name": asked.get("name", "")[:160], "phones": [(asked.get("phone", "")[:60], "")]}
    known["emails"] = [(asked.get("email", "")[:254], "")]
    if asked.get("role") in CustomerRole.values:
        known["roles"] = [asked["role"]]
    known = {name: value for name, value in known.items() if value not in ("", [("", "")])}
    return known | ({"agent": request.user.pk} if not request.POST else {})


def _add(data, by):
    consents = {channel: data[name] == "yes" for name, channel in CONSENTS.items() if data[name]}
    agent = data.get("agent", MINE)
    customer = add_customer(data | {"consents": consents}, by=by, agent=agent, waiting=agent is None)
    if data["do_not_contact"]:
        customer = set_do_not_contact(customer, True, reason=data["do_not_contact_reason"], by=by)
    return customer


@require_http_methods(["GET", "POST"])
@once
def edit(request, reference):
    """Every field of the customer. What others changed meanwhile is merged, or compared if it collides."""
    customer = visible_customer(request, reference)
    NotAllowed.unless_empty(why_not_change(customer, request.user))
    form = EditForm(request.POST or None, customer=customer, by=request.user)
    words = ""
    if form.is_valid():
        words = _words(customer, form)
        try:
            with refusals_on(form):
                _save(customer, form, request.user)
        except EditConflict as conflict:
            return _compare(request, form, conflict)
    if words and form.is_valid():
        messages.success(request, words)
        return go_to(request, customer.get_absolute_url())
    return drawer(request, "customer_form", _context(form) | {"customer": customer})


def _context(form) -> dict:
    return {
        "form": form,
        "already_url": module_url("customers:already-here"),
        "has_more_errors": any(name in form.errors for name in ("language", "nationality", "campaign", "moving_on")),
        "consents": [form[name] for name in CONSENTS],
        "labels": [_("Mobile"), _("Work"), _("Home"), _("Assistant"), _("Spouse")],
    }


def _save(customer, form, by):
    changes = form.changes()
    if changes:
        data = form.cleaned_data
        said = {"consent_source": data["consent_source"], "reason": data["do_not_contact_reason"]}
        edit_everything(customer, changes, opened=data["opened"], by=by, **said)


def _words(customer, form) -> str:
    others = changed_since(partial(current_value, customer), form.cleaned_data["opened"])
    if not others:
        return _("Changes saved")
    last = next(iter(timeline(customer, kind="changes", limit=1)), None)
    names = ", ".join(sorted(str(form.fields[name].label or field_label(name)).lower() for name in others))
    text = _("Changes saved. %(who)s changed %(names)s meanwhile: both are kept.")
    return text % {"who": last.who if last else _("Somebody"), "names": names}


def _compare(request, form, conflict):
    """409: both values of each field in question, everything typed kept in the form that is sent again.

    It is a page, also out of a drawer: htmx is told to show it instead of the whole body.
    """
    last = next(iter(timeline(conflict.current, kind="changes", limit=1)), None)
    now = partial(current_value, conflict.current)
    context = {
        "customer": conflict.current,
        "form": form,
        "rows": form.compared(conflict, now),
        "last": last,
        "opened": form.opened_after(conflict, now),
    }
    template = "customers/conflict_drawer.html" if request.htmx.target == "drawer" else "customers/conflict.html"
    return render(request, template, context, status=conflict.status)
