"""Notes for colleagues."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apps.core.http import once
from apps.core.refusals import Refused
from apps.listings.actions.note import add_note
from apps.listings.forms.note import NoteForm
from apps.listings.timeline import timeline
from apps.listings.views.pages import addresses, visible_listing


@require_POST
@once
def add(request, listing_id):
    """Write a note; htmx gets the timeline with it, a plain form goes back to the activity page."""
    listing = visible_listing(request, listing_id)
    form = NoteForm(request.POST)
    body = form.cleaned_data["body"] if form.is_valid() else request.POST.get("body", "")
    if form.errors and body.strip():
        raise Refused(_("The note is longer than 5,000 characters. Shorten it."))
    add_note(listing, body, by=request.user)
    if request.htmx:
        context = {
            "at": addresses(listing),
            "entries": timeline(listing),
            "note_form": NoteForm(),
            "is_fresh": True,
        }
        return render(request, "listings/timeline.html", context)
    messages.success(request, _("Note saved"))
    return redirect("listings:activity", listing.listing_id)
