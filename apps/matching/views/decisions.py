"""What a customer says to one listing: asked in its row, taken back by Undo."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from apps.core.flags import behind_flag
from apps.core.http import once
from apps.core.refusals import NotAllowed, Refused
from apps.listings.views.pages import visible_listing
from apps.matching import flags
from apps.matching.actions import decision
from apps.matching.actions.decision import why_not_decide
from apps.matching.forms.sending import DismissForm
from apps.matching.lookups import DismissReason
from apps.matching.views.pages import fragment, visible_requirement


@behind_flag(flags.MATCHING)
@require_http_methods(["GET", "POST"])
@once
def dismiss(request, pk, listing_id):
    """Ask why not, in the row; a reason takes the row away until what was wrong changes."""
    requirement = visible_requirement(request, pk)
    listing = visible_listing(request, listing_id)
    NotAllowed.unless_empty(why_not_decide(requirement, request.user))
    if request.method == "GET":
        context = {"requirement": requirement, "reasons": DismissReason.choices}
        return fragment(request, "dismiss", context, customer=requirement.customer, listing=listing)
    form = DismissForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Say what was wrong: too dear, too small, too far, or something else."))
    reason, line = form.cleaned_data["reason"], form.cleaned_data["line"]
    decision.dismiss(requirement, listing, reason, by=request.user, line=line)
    undo = reverse("matching:take_back", args=[requirement.pk, listing.listing_id])
    sentence = _("%(listing)s stays away: %(reason)s") % {
        "listing": listing.label,
        "reason": DismissReason(reason).label.lower(),
    }
    messages.success(request, sentence, extra_tags=f"undo:{undo}")
    if not request.htmx:
        return redirect(requirement.customer)
    return HttpResponse(render_to_string("components/toasts_oob.html", request=request))


@behind_flag(flags.MATCHING)
@require_POST
@once
def take_back(request, pk, listing_id):
    """Undo: the listing is matched as if nobody had said anything."""
    requirement = visible_requirement(request, pk)
    decision.take_back(requirement, visible_listing(request, listing_id), by=request.user)
    messages.success(request, _("Taken back"))
    return redirect(f"{requirement.customer.get_absolute_url()}?requirement={requirement.pk}")
