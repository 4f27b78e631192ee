"""Adding or renewing what allows the agency to act and to advertise: mandate and permit."""

from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.core.http import once, refusals_on
from apps.core.refusals import NotAllowed
from apps.listings.actions.mandate import add_mandate, add_permit
from apps.listings.forms.changes import MandateForm, PermitForm, renewed
from apps.listings.policy import why_not_change
from apps.listings.views.pages import refused_form, saved, visible_listing


@require_http_methods(["GET", "POST"])
@once
def mandate(request, listing_id):
    """Enter the owner's signed mandate; one that still runs is followed by the next."""
    listing = visible_listing(request, listing_id)
    NotAllowed.unless_empty(why_not_change(listing, request.user))
    last = listing.mandates.first()
    form = MandateForm(request.POST or None, initial=renewed(last, timezone.localdate(), request.agency.mandate_days))
    if form.is_valid():
        with refusals_on(form):
            add_mandate(listing, form.save(commit=False), by=request.user)
    if form.is_bound and form.is_valid():
        messages.success(request, _("Mandate saved"))
        return saved(request, listing)
    context = {"listing": listing, "form": form, "last": last}
    return refused_form(request, "mandate", context)


@require_http_methods(["GET", "POST"])
@once
def permit(request, listing_id):
    """Enter the permit to advertise, or the next one."""
    listing = visible_listing(request, listing_id)
    NotAllowed.unless_empty(why_not_change(listing, request.user))
    last = listing.permits.first()
    form = PermitForm(request.POST or None, initial={"number": last.number if last else ""})
    if form.is_valid():
        with refusals_on(form):
            add_permit(listing, form.save(commit=False), by=request.user)
    if form.is_bound and form.is_valid():
        messages.success(request, _("Permit saved"))
        return saved(request, listing)
    context = {"listing": listing, "form": form, "last": last}
    return refused_form(request, "permit", context)
