"""Drawers that write down what a customer looks for, each a page too; and accepting what it would take."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import trigger_client_event

from apps.core.flags import behind_flag
from apps.core.http import once
from apps.core.refusals import NotAllowed, Refused
from apps.listings.forms.fields import plain_amount
from apps.listings.views.pages import visible_listing
from apps.matching import flags, relaxing
from apps.matching.actions.requirement import look_again, save_requirement, stop_looking
from apps.matching.forms.places import places_of
from apps.matching.forms.requirement import RequirementForm
from apps.matching.lookups import CriterionName
from apps.matching.models import Requirement
from apps.matching.policy import why_not_change_requirement
from apps.matching.proposing import proposal_from
from apps.matching.views.matches import matches_context
from apps.matching.views.pages import drawer, fragment, visible_customer, visible_requirement

SIZES = ("area_min", "area_max")
LESS_ASKED = ("sub_types", "bathrooms_min", "floor_min", "furnished", "move_in_by")


@behind_flag(flags.MATCHING)
@require_http_methods(["GET", "POST"])
@once
def new(request, reference):
    """One more thing that the customer looks for."""
    customer = visible_customer(request, reference)
    NotAllowed.unless_empty(why_not_change_requirement(customer, request.user))
    return _form(request, customer, None)


@behind_flag(flags.MATCHING)
@require_http_methods(["GET", "POST"])
@once
def edit(request, pk):
    """Change what a customer looks for and how much each part matters; or say that they no longer look."""
    requirement = visible_requirement(request, pk)
    NotAllowed.unless_empty(why_not_change_requirement(requirement.customer, request.user))
    if request.POST.get("close"):
        action = stop_looking if request.POST["close"] == "yes" else look_again
        action(requirement, by=request.user)
        messages.success(request, _("Search closed") if action is stop_looking else _("Search open again"))
        return _done(request, requirement.customer)
    return _form(request, requirement.customer, requirement)


def _form(request, customer, requirement):
    units = {"currency": request.agency.currency, "area_units": request.agency.area_units}
    if requirement:
        units = {"currency": requirement.currency, "area_units": requirement.area_units}
    initial = _initial(requirement) if requirement else _suggested(request, customer)
    form = RequirementForm(request.POST or None, initial=initial, **units)
    if form.is_valid():
        wishes = form.wishes()
        places = wishes.pop("places")
        try:
            version = form.cleaned_data["version"] or 0
            save_requirement(customer, wishes, by=request.user, places=places, requirement=requirement, version=version)
        except Refused as refusal:
            if refusal.status == NotAllowed.status:
                raise
            _say(form, refusal)
        else:
            messages.success(request, _("Search saved"))
            return _done(request, customer)
    ids = form["places"].value()["ids"]
    has_more = requirement and any(getattr(requirement, name) not in (None, "", []) for name in LESS_ASKED)
    context = {
        "customer": customer,
        "requirement": requirement,
        "form": form,
        "places": places_of(ids),
        "has_more": has_more,
        "back": customer.get_absolute_url(),
    }
    return drawer(request, "requirement_form", context)


def _suggested(request, customer) -> dict:
    """An empty form, or what a question about the listing in the address suggests (`?like=MG-2304`)."""
    asked = request.GET.get("like", "")
    like = proposal_from(visible_listing(request, asked)).requirement(customer) if asked else Requirement()
    return _initial(like)


def _initial(requirement) -> dict:
    names = [name for name in RequirementForm.base_fields if name not in ("places", "version")]
    weights = {f"weigh_{name}": requirement.importance_of(name) for name in CriterionName.values}
    version = {"version": requirement.version} if requirement.pk else {}
    values = {name: getattr(requirement, name) for name in names}
    sizes = {name: plain_amount(values[name]) for name in SIZES if values[name] is not None}
    return values | sizes | weights | version | {"places": requirement.place_ids}


def _say(form, refusal):
    """The sentences above the form; an outdated one takes on the present version, so that saving again keeps it."""
    current = getattr(refusal, "current", None)
    if current is not None:
        form.data = form.data.copy()
        form.data["version"] = current.version
    for sentence in refusal.sentences:
        form.add_error(None, sentence)


def _done(request, customer):
    """Close the drawer and let both parts of the customer's page read themselves anew."""
    if not request.htmx:
        return redirect(customer)
    response = HttpResponse(status=204)
    return trigger_client_event(trigger_client_event(response, "requirement-changed"), "closeDialog")


@behind_flag(flags.MATCHING)
@require_POST
@once
def accept(request, pk):
    """Give up what one chip says it would take."""
    requirement = visible_requirement(request, pk)
    version = request.POST.get("version", "")
    version = int(version) if version.isdecimal() and len(version) < 10 else None
    requirement = relaxing.accept(requirement, request.POST.get("step", ""), by=request.user, version=version)
    messages.success(request, _("Search changed"))
    if not request.htmx:
        return redirect(requirement.customer)
    context = matches_context(request, requirement.customer, visible_requirement(request, pk))
    response = fragment(request, "matches", context, customer=requirement.customer, here=_matches_of(requirement))
    return trigger_client_event(response, "search-changed", after="settle")


def _matches_of(requirement) -> str:
    return reverse("matching:matches", args=[requirement.customer.reference]) + f"?requirement={requirement.pk}"
