"""What somebody who asks about a listing probably looks for, and what else fits: saved by one click."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.core.flags import behind_flag
from apps.core.http import once
from apps.core.refusals import NotAllowed
from apps.listings.views.pages import visible_listing
from apps.matching import flags
from apps.matching.actions.decision import mark_interested
from apps.matching.actions.requirement import save_requirement
from apps.matching.for_requirement import MARKETABLE
from apps.matching.matches import matches_for
from apps.matching.models import Requirement
from apps.matching.policy import why_not_change_requirement, why_not_send
from apps.matching.proposing import proposal_from
from apps.matching.views.pages import fragment, visible_customer
from apps.matching.views.words import beds, budget

OTHERS = 5
TICKED = 3


@behind_flag(flags.MATCHING)
@require_http_methods(["GET", "POST"])
@once
def like(request, reference, listing_id):
    """The search that a customer's question about a listing suggests; a POST saves it."""
    customer, listing = visible_customer(request, reference), visible_listing(request, listing_id)
    NotAllowed.unless_empty(why_not_change_requirement(customer, request.user))
    proposal, known = proposal_from(listing), _same_kind(customer, listing, request.user)
    if request.method == "POST" and known is None:
        known = save_requirement(customer, proposal.values, by=request.user, places=proposal.places)
        if listing.standard_status in MARKETABLE:
            mark_interested(known, listing, by=request.user)
        messages.success(request, _("Search saved"))
    if request.method == "POST" and not request.htmx:
        return redirect(customer)
    requirement = known or proposal.requirement(customer)
    places = list(known.places.all()) if known else proposal.places
    found = matches_for(requirement, request.user, limit=OTHERS + 1)
    context = {
        "requirement": known,
        "words": [word for word in (_purpose(requirement), beds(requirement), budget(requirement), *places) if word],
        "matches": [match for match in found if match.listing.pk != listing.pk][:OTHERS],
        "is_offered": listing.standard_status in MARKETABLE,
        "ticked": TICKED,
        "may_send": not why_not_send(customer, request.user),
    }
    return fragment(request, "like", context | {"asked": listing}, customer=customer, here=request.path)


def _same_kind(customer, listing, user) -> Requirement | None:
    """What they look for already, to buy or to rent as this listing is."""
    rows = Requirement.objects.visible_to(user).open().filter(customer=customer, property_type=listing.property_type)
    return rows.select_related("customer").prefetch_related("places").order_by("-modified_at", "-pk").first()


def _purpose(requirement) -> str:
    return _("Rent") if requirement.is_lease else _("Buy")
