"""Drawers of the listing's page, each a page too: price, status, agent, owner's consent, once more on the market."""

from django.contrib import messages
from django.http import HttpResponseBadRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.forms.agents import AgentForm
from apps.core.http import go_to, once, refusals_on
from apps.core.refusals import Conflict, NotAllowed
from apps.listings.actions.editing import edit
from apps.listings.actions.listing import assign, relist, why_not_assign, why_not_take_on, why_twice_on_market
from apps.listings.actions.price import set_price, why_price_surprises
from apps.listings.actions.status import move, why_not_move
from apps.listings.forms.changes import PriceForm, RelistForm, StatusForm
from apps.listings.lookups import StandardStatus
from apps.listings.policy import why_not_change
from apps.listings.views.pages import refused_form, saved, visible_listing
from apps.matching.views.listing import say_price_saved


@require_http_methods(["GET", "POST"])
@once
def price(request, listing_id):
    """Ask another price; one that surprises is asked again beside what was typed."""
    listing = visible_listing(request, listing_id)
    NotAllowed.unless_empty(why_not_change(listing, request.user))
    opened = {"version": listing.version, "list_price": listing.list_price}
    form = PriceForm(request.POST or None, initial=opened, listing=listing)
    surprises = []
    if form.is_valid():
        amount, confirmed = form.cleaned_data["list_price"], form.cleaned_data["confirmed"]
        surprises = [] if confirmed else why_price_surprises(listing, amount)
        for sentence in surprises:
            form.add_error("list_price", sentence)
    outdated = None
    if form.is_bound and form.is_valid():
        version, reason = form.cleaned_data["version"], form.cleaned_data["reason"]
        try:
            set_price(listing, amount, version=version, by=request.user, reason=reason, confirmed=confirmed)
        except Conflict as conflict:
            outdated = conflict
        else:
            say_price_saved(request, listing)
            return saved(request, listing)
    context = {"listing": listing, "form": form, "asks_confirmation": bool(surprises)}
    return refused_form(request, "price", context, outdated)


@require_http_methods(["GET", "POST"])
@once
def status(request, listing_id):
    """Give the listing its next status; the drawer asks for the reason and, on closing, for the price."""
    listing = visible_listing(request, listing_id)
    NotAllowed.unless_empty(why_not_change(listing, request.user))
    wanted = request.POST.get("status") or request.GET.get("to", "")
    if wanted not in StandardStatus.values:
        return HttpResponseBadRequest("Choose a status.")
    opened = {"version": listing.version, "status": wanted}
    form = StatusForm(request.POST or None, initial=opened, listing=listing, status=wanted)
    outdated = None
    if form.is_valid():
        given = {"reason": form.cleaned_data["reason"], "close_price": form.cleaned_data.get("close_price")}
        try:
            with refusals_on(form):
                move(listing, wanted, version=form.cleaned_data["version"], by=request.user, **given)
        except Conflict as conflict:
            outdated = conflict
    if form.is_bound and form.is_valid() and outdated is None:
        return _moved(request, listing)
    why_not = why_not_move(listing, wanted, request.user)
    context = {"listing": listing, "form": form, "wanted": StandardStatus(wanted), "why_not": why_not}
    return refused_form(request, "status", context, outdated)


def _moved(request, listing):
    if listing.standard_status == StandardStatus.DELETE:
        messages.success(request, _("%(reference)s deleted") % {"reference": listing.listing_id})
        return go_to(request, reverse("listings:list"))
    label = listing.get_standard_status_display()
    messages.success(request, _("%(reference)s is now %(status)s") % {"reference": listing.listing_id, "status": label})
    return saved(request, listing)


@require_http_methods(["GET", "POST"])
@once
def agent(request, listing_id):
    """Give the listing to another agent."""
    listing = visible_listing(request, listing_id)
    NotAllowed.unless_empty(why_not_assign(request.user))
    form = AgentForm(request.POST or None, initial={"agent": listing.list_agent_id})
    if form.is_valid():
        assign(listing, form.cleaned_data["agent"], by=request.user)
        messages.success(request, _("%(agent)s is responsible now") % {"agent": form.cleaned_data["agent"]})
        return saved(request, listing)
    context = {"listing": listing, "form": form}
    return refused_form(request, "agent", context)


@require_POST
@once
def consent(request, listing_id):
    """Write down that the owner agrees to publish, or no longer does."""
    listing = visible_listing(request, listing_id)
    agrees = request.POST.get("agrees") == "yes"
    version = request.POST.get("version", "")
    changes = {"internet_entire_listing_display_yn": agrees}
    edit(listing, changes, version=int(version) if version.isdecimal() else 0, by=request.user)
    messages.success(request, _("Owner's consent saved"))
    return saved(request, listing)


@require_http_methods(["GET", "POST"])
@once
def again(request, listing_id):
    """Put the listing's unit on the market again, as a new draft."""
    listing = visible_listing(request, listing_id)
    NotAllowed.unless_empty(why_not_take_on(request.user))
    purpose = listing.property_type if listing.has_ended else listing.other_property_type
    form = RelistForm(request.POST or None, initial={"property_type": purpose})
    draft, doubts = None, []
    if form.is_valid():
        purpose, confirmed = form.cleaned_data["property_type"], form.cleaned_data["confirmed"]
        doubts = [] if confirmed else why_twice_on_market(listing.unit, purpose)
        with refusals_on(form):
            draft = relist(listing, purpose, by=request.user, confirmed=confirmed)
    if draft:
        messages.success(request, _("%(reference)s is a draft now") % {"reference": draft.listing_id})
        return saved(request, draft)
    context = {"listing": listing, "form": form, "asks_confirmation": bool(doubts)}
    return refused_form(request, "again", context)
