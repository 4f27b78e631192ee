"""Saved views: kept, changed, shared with the team, pinned, deleted and brought back."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import SavedView, User
from apps.core.events import record
from apps.core.refusals import NotAllowed, Refused
from apps.core.versions import claim_version

MOST_VIEWS = 40  # of one person in one list
LONGEST_QUERY = 2000


def why_not_change_view(view: SavedView, by: User) -> list[str]:
    """Why this person may not rename, change, share or delete this view; to pin it, seeing it is enough."""
    if view.owner_id == by.pk or (view.team_id and by.has_perm("accounts.change_team_view")):
        return []
    return [_("This is %(owner)s's view. Save it as a new one to change it.") % {"owner": view.owner.short_name}]


def why_not_share_view(by: User) -> list[str]:
    """Why this person may not show a view to the team."""
    return [] if by.team_id else [_("You are in no team, so the view can only be your own.")]


@transaction.atomic
def save_view(list_key: str, name: str, query: str, *, by: User, for_team: bool = False) -> SavedView:
    """Keep the filters of a list under a name."""
    if for_team:
        Refused.unless_empty(why_not_share_view(by))
    if by.saved_views.filter(list_key=list_key, removed_at__isnull=True).count() >= MOST_VIEWS:
        raise Refused(_("You have %(most)s views of this list. Delete one you do not use.") % {"most": MOST_VIEWS})
    view = SavedView(list_key=list_key, query=_checked(query), owner=by, team_id=by.team_id if for_team else None)
    _name(view, name)
    record("view.saved", view, by=by, name=view.name, list=list_key)
    return view


@transaction.atomic
def change_query(view: SavedView, query: str, *, by: User) -> None:
    """Let the view mean other filters."""
    NotAllowed.unless_empty(why_not_change_view(view, by))
    view = SavedView.objects.select_for_update().get(pk=view.pk)
    query = _checked(query)
    if view.query == query:
        return
    old, view.query, view.version = view.query, query, view.version + 1
    view.save(update_fields=["query", "version"])
    record("view.changed", view, by=by, old=old, new=query)


@transaction.atomic
def edit_view(view: SavedView, name: str, *, version: int, by: User, for_team: bool) -> None:
    """Another name; shown to the team of its owner, or to the owner alone."""
    NotAllowed.unless_empty(why_not_change_view(view, by))
    claim_version(view, version)
    view.refresh_from_db()
    if for_team and not view.team_id:
        Refused.unless_empty(why_not_share_view(view.owner))
    view.team_id = (view.team_id or view.owner.team_id) if for_team else None
    _name(view, name)
    if not for_team:
        view.pinned_by.set(view.pinned_by.filter(pk=view.owner_id))
    record("view.edited", view, by=by, name=view.name, shared=for_team)


@transaction.atomic
def pin_view(view: SavedView, *, pinned: bool, by: User) -> None:
    """Keep the view in one's own sidebar, or take it out."""
    if pinned:
        view.pinned_by.add(by)
    else:
        view.pinned_by.remove(by)


@transaction.atomic
def remove_view(view: SavedView, *, by: User) -> None:
    """Delete the view for all who saw it; `restore_view` brings it back."""
    NotAllowed.unless_empty(why_not_change_view(view, by))
    SavedView.objects.filter(pk=view.pk).update(removed_at=timezone.now())
    record("view.removed", view, by=by, name=view.name)


@transaction.atomic
def restore_view(view: SavedView, *, by: User) -> None:
    """Undo a deletion."""
    NotAllowed.unless_empty(why_not_change_view(view, by))
    view.removed_at = None
    _name(view, view.name)
    record("view.restored", view, by=by, name=view.name)


def _checked(query: str) -> str:
    if len(query) > LONGEST_QUERY:
        raise Refused(_("This view has too many filters to be kept. Take some away."))
    return query


def _name(view: SavedView, name: str) -> None:
    view.name = " ".join(name.split())[:60]
    if not view.name:
        raise Refused(_("Enter a name for the view."))
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as error:
        raise Refused(
            _("There is a view “%(name)s” in this list already. Enter another name.") % {"name": view.name}
        ) from error
