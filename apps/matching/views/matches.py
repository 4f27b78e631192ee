"""A customer's page: what they look for, and what fits it."""

from dataclasses import dataclass

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.core.flags import behind_flag
from apps.listings.models import Listing
from apps.matching import flags
from apps.matching.for_requirement import MARKETABLE
from apps.matching.forms.places import PlacesField, places_of
from apps.matching.matches import Match, count_matches, matches_for
from apps.matching.policy import why_not_change_requirement, why_not_send
from apps.matching.relaxing import what_would_it_take
from apps.matching.views.pages import asked_search, fragment, searches_of, visible_customer
from apps.matching.views.words import looking_for as in_words
from apps.matching.views.words import title
from apps.viewings.models import Viewing

BEST = 3
FEW = 5
SHOWN = 25


@dataclass
class Row:
    """One match as a row: with the next viewing, and who sent it first."""

    match: Match
    viewing: Viewing | None = None

    @property
    def listing(self):
        """What is offered."""
        return self.match.listing


@behind_flag(flags.MATCHING)
@require_safe
def looking_for(request, reference):
    """The left block: budget on the market, facts, areas, musts; several searches as tabs."""
    customer = visible_customer(request, reference)
    searches = searches_of(request, customer)
    requirement = asked_search(request, searches)
    page = customer.get_absolute_url()
    context = {
        "requirement": requirement,
        "requirements": [
            {"requirement": one, "title": title(one), "page": f"{page}?requirement={one.pk}"} for one in searches
        ],
        "shown": in_words(requirement) if requirement else None,
        "may_change": not why_not_change_requirement(customer, request.user),
    }
    return fragment(request, "looking_for", context, customer=customer)


@behind_flag(flags.MATCHING)
@require_safe
def matches(request, reference):
    """What fits, the best first, with what to do about each; near misses are told apart by their reasons."""
    customer = visible_customer(request, reference)
    requirement = asked_search(request, searches_of(request, customer))
    return fragment(request, "matches", matches_context(request, customer, requirement), customer=customer)


def matches_context(request, customer, requirement) -> dict:
    """Context of `matching/matches.html`."""
    found = matches_for(requirement, request.user, limit=SHOWN) if requirement else []
    total = count_matches(requirement) if len(found) == SHOWN else len(found)
    rows = [Row(match) for match in found]
    _add_viewings(rows, customer, request.user)
    unsent = [row.listing.listing_id for row in rows if row.match.first_sending is None][:BEST]
    return {
        "customer": customer,
        "requirement": requirement,
        "rows": rows,
        "total": total,
        "among": _on_offer(requirement) if requirement else 0,
        "steps": what_would_it_take(requirement) if requirement and len(found) <= FEW else [],
        "may_change": not why_not_change_requirement(customer, request.user),
        "may_send": not why_not_send(customer, request.user),
        "best": "&".join(f"listing={reference}" for reference in unsent),
        "best_count": len(unsent),
    }


def _on_offer(requirement) -> int:
    """How many listings of that kind are on offer."""
    offered = Listing.objects.filter(property_type=requirement.property_type, standard_status__in=MARKETABLE)
    return offered.count()


def _add_viewings(rows, customer, user):
    shown = [row.listing.pk for row in rows]
    coming = Viewing.objects.visible_to(user).happening().filter(customers=customer, listing__in=shown, done_at=None)
    coming = coming.filter(ends_at__gte=timezone.now())
    by_listing = {viewing.listing_id: viewing for viewing in coming.order_by("-starts_at")}
    for row in rows:
        row.viewing = by_listing.get(row.listing.pk)


@behind_flag(flags.MATCHING)
@require_safe
def places(request):
    """The places chosen so far with one more, while somebody fills in where it may be."""
    chosen = PlacesField.widget().value_from_datadict(request.GET, {}, "places")
    bound = {"label": _("Areas"), "value": {"text": ""}}
    context = {"bound": bound, "chosen": places_of(chosen["ids"]), "refocus": True}
    return render(request, "matching/places.html", context)
