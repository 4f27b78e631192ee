"""Small changes of a customer: stage, responsible agent, and taking one whom nobody looks after."""

from django.contrib import messages
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.forms.agents import AgentForm
from apps.core.http import go_to, once, refusals_on
from apps.core.refusals import NotAllowed
from apps.customers.actions.assignment import assign as assign_to
from apps.customers.actions.assignment import take as take_over
from apps.customers.actions.assignment import why_not_assign
from apps.customers.actions.stage import set_stage
from apps.customers.models import Customer
from apps.customers.views.pages import drawer, visible_customer


@require_POST
@once
def stage(request, reference):
    """Give the customer another stage than the page showed (`was`)."""
    customer = visible_customer(request, reference)
    said = request.POST
    customer = set_stage(customer, said.get("stage", ""), by=request.user, was=said.get("was"))
    words = _("%(name)s: %(stage)s") % {"name": customer.label, "stage": customer.get_stage_display()}
    messages.success(request, words)
    return go_to(request, customer.get_absolute_url())


@require_http_methods(["GET", "POST"])
@once
def assign(request, reference):
    """Give the customer to another agent. Who then may see them is no longer this person's business."""
    customer = visible_customer(request, reference)
    NotAllowed.unless_empty(why_not_assign(request.user))
    form = AgentForm(request.POST or None, initial={"agent": customer.agent_id})
    if form.is_valid():
        with refusals_on(form):
            assign_to(customer, form.cleaned_data["agent"], by=request.user)
    if form.is_bound and form.is_valid():
        messages.success(request, _("%(agent)s is responsible now") % {"agent": form.cleaned_data["agent"]})
        is_seen = Customer.objects.visible_to(request.user).filter(pk=customer.pk).exists()
        return go_to(request, customer.get_absolute_url() if is_seen else "/customers/")
    return drawer(request, "agent_form", {"customer": customer, "form": form})


@require_POST
@once
def take(request, reference):
    """Look after a customer whom nobody took yet."""
    customer = take_over(visible_customer(request, reference), by=request.user)
    messages.success(request, _("%(name)s is your customer now") % {"name": customer.label})
    return go_to(request, customer.get_absolute_url())
