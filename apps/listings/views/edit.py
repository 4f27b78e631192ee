"""The edit page, and the page that compares when two people changed the same fields."""

from functools import partial

from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.core.editing import EditConflict, changed_since
from apps.core.http import once, refusals_on
from apps.core.refusals import NotAllowed, Refused
from apps.listings.actions.editing import current_value, edit
from apps.listings.actions.place import add_building
from apps.listings.forms.edit import EditForm
from apps.listings.forms.place import NewBuilding
from apps.listings.policy import why_not_edit_text
from apps.listings.timeline import field_label, timeline
from apps.listings.views.pages import saved, visible_listing
from apps.listings.views.places import additions


@require_http_methods(["GET", "POST"])
@once
def edit_page(request, listing_id):
    """Every field that this person may change. What others changed meanwhile is merged, or compared if it collides."""
    listing = visible_listing(request, listing_id)
    NotAllowed.unless_empty(why_not_edit_text(listing, request.user))
    form = EditForm(request.POST or None, listing=listing, by=request.user)
    words = _("Changes saved")
    if form.is_valid():
        words = _words(listing, changed_since(partial(current_value, listing), form.cleaned_data["opened"]))
        try:
            with refusals_on(form):
                _save(form, listing, request.user)
        except EditConflict as conflict:
            return _compare(request, form, conflict)
    if form.is_bound and form.is_valid():
        messages.success(request, words)
        return saved(request, listing)
    return _show(request, form, listing)


def _save(form, listing, by):
    changes = form.changes()
    if isinstance(changes.get("place"), NewBuilding):
        changes["place"] = add_building(changes["place"].address, by=by)
    if changes:
        data = form.cleaned_data
        confirmed = data.get("confirmed", False)
        edit(listing, changes, version=data["version"], by=by, opened=data["opened"], confirmed=confirmed)


def _words(listing, others) -> str:
    if not others:
        return _("Changes saved")
    last = next(iter(timeline(listing, kind="changes")), None)
    names = ", ".join(field_label(name).lower() for name in sorted(others))
    said = {"who": last.who if last else _("Somebody"), "fields": names}
    return _("Changes saved. %(who)s changed %(fields)s meanwhile: both are kept.") % said


def _compare(request, form, conflict):
    """409: both values of each field in question, everything typed kept in the form that is sent again."""
    last = next(iter(timeline(conflict.current, kind="changes")), None)
    now = partial(current_value, conflict.current)
    context = {
        "listing": conflict.current,
        "form": form,
        "rows": form.compared(conflict, now),
        "last": last,
        "opened": form.opened_after(conflict, now),
    }
    return render(request, "listings/conflict.html", context, status=conflict.status)


def _show(request, form, listing):
    typed = form["place"].value()["text"] if "place" in form.errors else ""
    surprises = form.is_bound and any("last price" in error for error in form.non_field_errors())
    context = {
        "form": form,
        "listing": listing,
        "doubts": form.fields["place"].doubts if "place" in form.fields else [],
        "additions": additions(typed, request.user) if typed else [],
        "asks_confirmation": surprises,
    }
    return render(request, "listings/edit.html", context, status=Refused.status if form.is_bound else 200)
