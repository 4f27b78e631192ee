"""Switching flags."""

from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import Flag, FlagState, Team, User
from apps.core.events import record
from apps.core.flags import DECLARED
from apps.core.refusals import NotAllowed, Refused
from apps.core.versions import claim_version


def why_not_switch_flags(by: User) -> list[str]:
    """Why this person may not switch flags."""
    return [] if by.has_perm("accounts.switch_flags") else [_("Only an administrator may switch flags.")]


def flag_row(name: str) -> Flag:
    """The row of a declared flag, made switched off when it is first asked for."""
    if name not in DECLARED:
        raise LookupError(f"The flag {name} is not declared.")
    return Flag.objects.get_or_create(name=name, defaults={"everyone": False})[0]


@transaction.atomic
def switch_flag(
    flag: Flag,
    state: FlagState,
    *,
    version: int,
    by: User,
    percent: Decimal | None = None,
    people: Iterable[User] = (),
    teams: Iterable[Team] = (),
) -> Flag:
    """Put the switch into `state`. `percent` (above 0, below 100) is for SHARE, `people` and `teams` are for CHOSEN."""
    NotAllowed.unless_empty(why_not_switch_flags(by))
    people, teams = list(people), list(teams)
    if state == FlagState.SHARE and not (percent and 0 < percent < 100):
        raise Refused(_("Enter a share between 0.1 and 99.9 percent."))
    if state == FlagState.CHOSEN and not people and not teams:
        raise Refused(_("Choose at least one person or team, or switch the flag off."))
    claim_version(flag, version)
    old = flag.state
    flag.everyone = {FlagState.OFF: False, FlagState.EVERYONE: True}.get(state)
    flag.percent = percent if state == FlagState.SHARE else None
    flag.users.set(people if state == FlagState.CHOSEN else [])
    flag.teams.set(teams if state == FlagState.CHOSEN else [])
    flag.save()
    record("flag.switched", flag, by=by, flag=flag.name, old=old.value, new=state.value, to=_to(flag, people, teams))
    return flag


def _to(flag: Flag, people: list[User], teams: list[Team]) -> str:
    if flag.state == FlagState.SHARE:
        return f"{flag.percent}%"
    return ", ".join(str(chosen) for chosen in [*people, *teams]) if flag.state == FlagState.CHOSEN else ""
