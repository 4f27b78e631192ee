"""Saved views of lists: save, rename, share, pin, delete."""

from django.contrib import messages
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.actions import saved_view as actions
from apps.accounts.forms.saved_view import SavedViewForm
from apps.accounts.models import SavedView
from apps.accounts.saved_views import address, may_see
from apps.core.http import go_to, once, refusals_on
from apps.core.lists.asked import read
from apps.core.lists.catalogue import catalogue_of
from apps.core.refusals import NotAllowed, Refused


@require_http_methods(["GET", "POST"])
@once
def new(request):
    """Keep the filters in `query` of the list `list` under a name."""
    asked = {**request.GET.dict(), **request.POST.dict()}
    catalogue = _catalogue(request, asked.get("list", ""))
    form = SavedViewForm(request.POST or None, has_team=bool(request.user.team_id), is_new=True)
    if form.is_valid():
        given = form.cleaned_data
        with refusals_on(form):
            query = _understood(request, catalogue, asked.get("query", ""))
            shared = given.get("for_team", False)
            view = actions.save_view(catalogue.key, given["name"], query, by=request.user, for_team=shared)
            if given["pinned"]:
                actions.pin_view(view, pinned=True, by=request.user)
            messages.success(request, _("View saved"))
            return go_to(request, address(view, catalogue))
    return _form(request, form, _("Save view"), reverse(catalogue.route))


@require_http_methods(["GET", "POST"])
@once
def edit(request, pk):
    """Another name, other readers."""
    view, catalogue = _view(request, pk)
    NotAllowed.unless_empty(actions.why_not_change_view(view, request.user))
    opened = {"name": view.name, "for_team": bool(view.team_id), "version": view.version}
    has_team = bool(view.team_id or view.owner.team_id)
    form = SavedViewForm(request.POST or None, initial=opened, has_team=has_team, is_new=False)
    if form.is_valid():
        given = form.cleaned_data
        with refusals_on(form):
            version, shared = given["version"] or view.version, given.get("for_team", False)
            actions.edit_view(view, given["name"], version=version, by=request.user, for_team=shared)
            messages.success(request, _("View saved"))
            return go_to(request, address(view, catalogue))
    return _form(request, form, _("Rename or share"), address(view, catalogue))


@require_POST
@once
def save(request, pk):
    """Let the view mean the filters on screen."""
    view, catalogue = _view(request, pk)
    query = _understood(request, catalogue, request.POST.get("query", ""))
    actions.change_query(view, query, by=request.user)
    messages.success(request, _("View saved"))
    view.query = query
    return redirect(address(view, catalogue))


@require_POST
@once
def pin(request, pk):
    """Put the view into one's sidebar, or take it out."""
    view, catalogue = _view(request, pk)
    actions.pin_view(view, pinned=bool(request.POST.get("pinned")), by=request.user)
    return redirect(address(view, catalogue))


@require_POST
@once
def remove(request, pk):
    """Delete a view, with a way back."""
    view, catalogue = _view(request, pk)
    actions.remove_view(view, by=request.user)
    undo = reverse("accounts:restore-view", args=[view.pk])
    messages.success(request, _("View deleted"), extra_tags=f"undo:{undo}")
    return redirect(catalogue.route)


@require_POST
@once
def restore(request, pk):
    """Bring a deleted view of one's own back."""
    rows = SavedView.objects.select_related("owner").filter(removed_at__isnull=False)
    view = get_object_or_404(rows, pk=pk, owner=request.user)
    catalogue = _catalogue(request, view.list_key)
    actions.restore_view(view, by=request.user)
    return redirect(address(view, catalogue))


def _view(request, pk):
    view = get_object_or_404(SavedView.objects.visible_to(request.user).select_related("owner"), pk=pk)
    return view, _catalogue(request, view.list_key)


def _catalogue(request, key):
    catalogue = catalogue_of(key, request)
    if not may_see(request, catalogue):
        raise Http404
    return catalogue


def _understood(request, catalogue, query) -> str:
    """The address as the list writes it, so that two spellings of one view are the same."""
    if len(query) > actions.LONGEST_QUERY:
        raise Refused(_("This view has too many filters to be kept. Take some away."))
    return read(catalogue, QueryDict(query), request.user, request.agency).kept


def _form(request, form, heading: str, back: str):
    template = "accounts/view_form.html" if request.htmx.target == "drawer" else "accounts/view_page.html"
    status = Refused.status if form.is_bound else 200
    response = render(request, template, {"form": form, "heading": heading, "back": back}, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response
