"""Teams: made, renamed, and removed while empty."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from apps.accounts.models import Invitation, Team, User
from apps.core.events import record
from apps.core.refusals import NotAllowed, Refused


def why_not_manage_teams(by: User) -> list[str]:
    """Why this person may not make or change teams."""
    return [] if by.has_perm("accounts.manage_people") else [_("Only an administrator may change teams.")]


def why_not_remove_team(team: Team) -> list[str]:
    """Why this team has to stay."""
    members = team.members.count() + Invitation.objects.filter(team=team).count()
    return [_("%(team)s has members or invitations. Give them another team first.") % {"team": team}] if members else []


@transaction.atomic
def add_team(name: str, *, by: User) -> Team:
    """Make a team; names are unique."""
    NotAllowed.unless_empty(why_not_manage_teams(by))
    team = _save(Team(name=name.strip()))
    record("team.added", team, by=by, name=team.name)
    return team


@transaction.atomic
def rename_team(team: Team, name: str, *, by: User) -> None:
    """Give a team another name."""
    NotAllowed.unless_empty(why_not_manage_teams(by))
    team = Team.objects.select_for_update().get(pk=team.pk)
    old, team.name = team.name, name.strip()
    if team.name != old:
        _save(team)
        record("team.renamed", team, by=by, old=old, new=team.name)


@transaction.atomic
def remove_team(team: Team, *, by: User) -> None:
    """Remove a team that nobody is in."""
    NotAllowed.unless_empty(why_not_manage_teams(by))
    team = Team.objects.select_for_update().get(pk=team.pk)
    Refused.unless_empty(why_not_remove_team(team))
    record("team.removed", team, by=by, name=team.name)
    team.delete()


def _save(team: Team) -> Team:
    if not team.name:
        raise Refused(_("Enter a name for the team."))
    try:
        with transaction.atomic():
            team.save()
    except IntegrityError as error:
        raise Refused(_("There is a team %(name)s already. Enter another name.") % {"name": team.name}) from error
    return team
