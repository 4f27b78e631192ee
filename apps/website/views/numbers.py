"""How often a listing was looked at and asked about, by day and site."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from apps.core.flags import behind_flag
from apps.core.refusals import NotAllowed
from apps.listings.views.pages import visible_listing
from apps.website import flags
from apps.website.numbers.daily import PERIODS, daily, labels
from apps.website.views.placements import why_not_look


@behind_flag(flags.WEBSITE)
@require_safe
def numbers(request, listing_id):
    """A month by days, or three months by weeks, as a chart and as a table; for htmx the section alone."""
    listing = visible_listing(request, listing_id)
    NotAllowed.unless_empty(why_not_look(request.user))
    asked = request.GET.get("days", "")
    days = int(asked) if asked in {str(one) for one in PERIODS} else min(PERIODS)
    found = daily(listing, days, timezone.localdate())
    context = {
        "listing": listing,
        "found": found,
        "labels": labels(found) if found else [],
        "days": days,
        "periods": PERIODS,
        "part": "website/numbers.html",
    }
    response = render(request, context["part"] if request.htmx else "website/part_page.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response
