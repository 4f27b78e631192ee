"""A listing's websites, on its page: their state, and the switch of each."""

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from apps.core.flags import behind_flag
from apps.core.http import once
from apps.core.refusals import NotAllowed
from apps.listings.views.pages import visible_listing
from apps.website import flags
from apps.website.actions.publish import check_now, follow, publish, retry, update_now, withdraw
from apps.website.models import Placement, Site
from apps.website.panel import mended_at, rows_for

SAID = {
    "publish": gettext_lazy("It is being sent to %(site)s"),
    "withdraw": gettext_lazy("It comes off %(site)s"),
    "follow": gettext_lazy("The filter of %(site)s decides"),
    "update": gettext_lazy("%(site)s is being updated"),
    "check": gettext_lazy("%(site)s is being read"),
    "retry": gettext_lazy("It is tried again on %(site)s"),
}
ON_PLACEMENT = {"update": update_now, "check": check_now, "retry": retry}


@behind_flag(flags.WEBSITE)
@require_safe
def panel(request, listing_id):
    """Each website with its state; asked for again every two seconds while something is under way."""
    listing = visible_listing(request, listing_id)
    NotAllowed.unless_empty(why_not_look(request.user))
    return _panel(request, listing)


@behind_flag(flags.WEBSITE)
@require_POST
@once
def act(request, listing_id, pk):
    """One switch for a listing and a site: publish, take off, follow the filter, update at once."""
    listing = visible_listing(request, listing_id)
    NotAllowed.unless_empty(why_not_look(request.user))
    site = get_object_or_404(Site.objects.select_related("profile"), pk=pk)
    verb = request.POST.get("do", "")
    if verb == "publish":
        publish(listing, site, by=request.user)
    elif verb == "withdraw":
        withdraw(listing, site, by=request.user)
    elif verb == "follow":
        follow(listing, site, by=request.user)
    elif verb in ON_PLACEMENT:
        ON_PLACEMENT[verb](get_object_or_404(Placement, listing=listing, site=site), by=request.user)
    else:
        raise Http404
    messages.success(request, SAID[verb] % {"site": site})
    return _panel(request, listing) if request.htmx else redirect(listing)


def why_not_look(user) -> list[str]:
    """Why this person sees no websites."""
    return [] if user.has_perm("website.view_site") else [_("Your role does not see websites.")]


def _panel(request, listing):
    prefetch_related_objects([listing], "mandates", "permits")
    rows = rows_for(listing, request.user)
    for row in rows:
        row.act_url = reverse("website:act", args=[listing.listing_id, row.site.pk])
        if row.placement:
            row.fix_url = mended_at(listing, row.placement)
            row.compare_url = reverse("website:differences", args=[listing.listing_id, row.site.pk])
    context = {
        "listing": listing,
        "rows": rows,
        "attention": sum(row.needs_attention for row in rows),
        "looks_again": min((row.looks_again for row in rows if row.looks_again), default=0),
        "part": "website/panel.html",
    }
    response = render(request, context["part"] if request.htmx else "website/part_page.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response
