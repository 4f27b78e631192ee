"""What somebody changed on a site by hand, field by field, with both ways out."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.core.flags import behind_flag
from apps.core.http import go_to, once
from apps.core.refusals import NotAllowed
from apps.listings.views.pages import visible_listing
from apps.website import flags
from apps.website.actions.differences import differences, push_ours, take_theirs
from apps.website.adopting.following import start_following, why_not_follow
from apps.website.models import Placement
from apps.website.policy import why_not_touch
from apps.website.states import State
from apps.website.views.placements import why_not_look


@behind_flag(flags.WEBSITE)
@require_http_methods(["GET", "POST"])
@once
def compare(request, listing_id, pk):
    """Ours, theirs and last sent of each field; push ours or take theirs."""
    listing = visible_listing(request, listing_id)
    NotAllowed.unless_empty(why_not_look(request.user))
    rows = Placement.objects.select_related("site__profile", "listing__unit__place", "listing__list_agent")
    placement = get_object_or_404(rows, listing=listing, site=pk)
    if request.method == "POST":
        return _settle(request, placement)
    context = {
        "listing": listing,
        "site": placement.site,
        "placement": placement,
        "differences": differences(placement),
        "may_touch": not why_not_touch(listing, request.user),
        "act_url": reverse("website:differences", args=[listing.listing_id, pk]),
        "is_linked": placement.state == State.LINKED,
        "why_not_follow": why_not_follow(placement, request.user) if placement.state == State.LINKED else [],
        "part": "website/differences.html",
    }
    response = render(request, context["part"] if request.htmx else "website/part_page.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _settle(request, placement):
    push, take = request.POST.get("push", ""), request.POST.get("take", "")
    if request.POST.get("do") == "follow":
        start_following(placement, by=request.user)
        messages.success(request, _("%(site)s follows this listing from now on") % {"site": placement.site})
    elif push:
        push_ours(placement, list(placement.theirs) if push == "*" else [push], by=request.user)
        waits = _("Ours is sent once %(site)s follows this listing")
        words = waits if placement.state == State.LINKED else _("Ours is being sent to %(site)s")
        messages.success(request, words % {"site": placement.site})
    elif take:
        take_theirs(placement, take, by=request.user)
        messages.success(request, _("Taken over from %(site)s") % {"site": placement.site})
    else:
        raise Http404
    return go_to(request, placement.listing.get_absolute_url())
