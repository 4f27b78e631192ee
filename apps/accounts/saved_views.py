"""Saved views on screen: the tabs of a list with their counts, what may be saved now, and the pins of the sidebar."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.urls import reverse

from apps.accounts.actions.saved_view import why_not_change_view
from apps.accounts.models import SavedView
from apps.core.flags import is_offered
from apps.core.lists.asked import Asked, read
from apps.core.lists.catalogue import Catalogue, catalogue_of
from apps.core.lists.page import counts_of, view_counts

BUILT_IN_FIRST = 2  # built-in views before the saved ones


@dataclass(frozen=True)
class Tab:
    """A view above the list; its count comes later, by its key."""

    key: str
    label: str
    url: str
    is_current: bool
    title: str = ""


@dataclass(frozen=True)
class Saving:
    """What can be done about the view on screen. `view` is the saved view it came from, if any."""

    query: str
    new_url: str
    is_new: bool
    view: SavedView | None = None
    may_save: bool = False
    why_not: str = ""

    @property
    def may_change(self) -> bool:
        """Whether the saved view may be renamed, shared or deleted."""
        return self.view is not None and not self.why_not

    @property
    def is_pinned(self) -> bool:
        """Whether it stands in this person's sidebar."""
        return self.view is not None and self.view.is_pinned


def saved_views(request) -> list[SavedView]:
    """All that this person may see, of every list, with `is_pinned`; read once for each request."""
    if not hasattr(request, "_saved_views"):
        pins = SavedView.pinned_by.through.objects.filter(savedview=OuterRef("pk"), user=request.user.pk)
        rows = SavedView.objects.visible_to(request.user).annotate(is_pinned=Exists(pins))
        request._saved_views = list(rows.prefetch_related("owner"))  # a join for nobody's views takes twice as long
    return request._saved_views


def address(view: SavedView, catalogue: Catalogue) -> str:
    """Where the list is shown as the view says."""
    query = f"{view.query}&view={view.pk}" if view.query else f"view={view.pk}"
    return f"{reverse(catalogue.route)}?{query}"


def tabs(request, asked: Asked) -> dict:
    """For a list's page: `tabs`, `view_label`, and `saving`."""
    catalogue = asked.catalogue
    mine = [view for view in saved_views(request) if view.list_key == catalogue.key]
    current = next((view for view in mine if view.pk == asked.saved), None)
    built_in = asked.view()
    url = reverse(catalogue.route)
    fixed = [
        Tab(one.key, one.label, f"{url}?{one.querystring}" if one.querystring else url, not current and one == built_in)
        for one in catalogue.views
    ]
    kept = [
        Tab(f"view-{one.pk}", one.name, address(one, catalogue), one == current, _whose(one, request.user))
        for one in mine
    ]
    return {
        "tabs": fixed[:BUILT_IN_FIRST] + kept + fixed[BUILT_IN_FIRST:],
        "view_label": current.name if current else built_in.label,
        "saving": _saving(request, asked, current, built_in.querystring),
    }


def tab_counts(request, catalogue: Catalogue) -> list[tuple[str, str]]:
    """Key and count of each tab, for the answer that is laid beside them."""
    mine = [view for view in saved_views(request) if view.list_key == catalogue.key]
    asked = [read(catalogue, QueryDict(view.query), request.user, request.agency) for view in mine]
    counts = counts_of(asked)
    saved = [(f"view-{view.pk}", count) for view, count in zip(mine, counts, strict=True)]
    return view_counts(catalogue, request.user, request.agency) + saved


def pins(request) -> list[dict]:
    """The views in this person's sidebar; those of lists that are switched off or not allowed are left out."""
    if not request.user.is_authenticated:
        return []
    pinned = [view for view in saved_views(request) if view.is_pinned]
    return [{"label": view.name, "url": url} for view, url in reachable(request, pinned)]


def reachable(request, views: Iterable[SavedView]) -> list[tuple[SavedView, str]]:
    """Those of the views whose list this person has, each with its address."""
    views = list(views)
    catalogues = {key: catalogue_of(key, request) for key in {view.list_key for view in views}}
    return [
        (view, address(view, catalogues[view.list_key]))
        for view in views
        if may_see(request, catalogues[view.list_key])
    ]


def may_see(request, catalogue: Catalogue | None) -> bool:
    """Whether this person has that list; not if it is no list any more."""
    return catalogue is not None and is_offered(catalogue, request)


def _saving(request, asked, current, built_in_query) -> Saving:
    query = asked.kept
    new_url = f"{reverse('accounts:new-view')}?{urlencode({'list': asked.catalogue.key, 'query': query})}"
    if current is None:
        return Saving(query, new_url, is_new=query != built_in_query)
    why_not = " ".join(why_not_change_view(current, request.user))
    is_changed = query != current.query
    return Saving(query, new_url, is_changed, current, may_save=is_changed and not why_not, why_not=why_not)


def _whose(view, user) -> str:
    if view.team_id is None:
        return ""
    return "Shared with the team" if view.owner_id == user.pk else f"Shared by {view.owner.short_name}"
