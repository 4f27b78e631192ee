"""The owner's report, to read, to print, and as a PDF."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.core.flags import behind_flag
from apps.core.refusals import NotAllowed
from apps.listings.models import Listing
from apps.listings.policy import may_see_owner
from apps.viewings import flags
from apps.viewings.owner_words import owner_of
from apps.viewings.report import report_of
from apps.viewings.report_pdf import pdf_of

LONGEST_STEP = 500


@require_safe
@behind_flag(flags.VIEWINGS)
def report(request, listing_id):
    """One page to print; the next step may be put in one's own words."""
    listing = _listing(request, listing_id)
    step = request.GET.get("next_step", "").replace("\x00", "")[:LONGEST_STEP]
    context = {
        "listing": listing,
        "report": report_of(listing, step),
        "next_step": step,
        "owner_name": _owner_name(request, listing),
        "agent": listing.list_agent or request.user,
    }
    return render(request, "viewings/report.html", context)


@require_safe
@behind_flag(flags.VIEWINGS)
def report_pdf(request, listing_id):
    """The same as a file."""
    listing = _listing(request, listing_id)
    step = request.GET.get("next_step", "").replace("\x00", "")[:LONGEST_STEP]
    agent = listing.list_agent or request.user
    content = pdf_of(
        report_of(listing, step), agency=request.agency, agent=agent, owner_name=_owner_name(request, listing)
    )
    name = slugify(f"{listing.label} report {request.GET.get('day', '')}") or "report"
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _listing(request, listing_id) -> Listing:
    rows = Listing.objects.visible_to(request.user).select_related("unit__place", "list_agent").defer("search_vector")
    listing = get_object_or_404(rows, listing_id=listing_id.replace("\x00", ""))
    if not request.user.has_perm("viewings.view_viewing"):
        raise NotAllowed(_("Your role has no viewings."))
    return listing


def _owner_name(request, listing) -> str:
    owner = owner_of(listing)
    return owner.label if owner and may_see_owner(listing, request.user) else ""
