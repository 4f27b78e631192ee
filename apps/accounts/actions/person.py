"""Changing what a colleague is and may do, and letting them in or not."""

from collections.abc import Mapping

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.core.events import record
from apps.core.refusals import NotAllowed, Refused
from apps.core.versions import claim_version

ROLES_ON_OFFER = [choice for choice in Role.choices if choice[0] != Role.SYSTEM]
PERSON_FIELDS = frozenset({"full_name", "email", "job_title", "phone", "team", "role"})
OWN_FIELDS = frozenset({"full_name", "phone", "theme", "language", "single_key_shortcuts"})
LAST_ADMINISTRATOR = "{name} is the last administrator. Make somebody else an administrator first."


def why_not_manage(person: User, by: User) -> list[str]:
    """Why `by` may not change this person's place in the agency."""
    if not by.has_perm("accounts.manage_people"):
        return [_("Only an administrator may manage people.")]
    if person.role == Role.SYSTEM:
        return [_("The system user acts for the software. It cannot be changed.")]
    return []


def why_not_change_role(person: User, by: User) -> list[str]:
    """Why this person's role cannot be changed by `by`."""
    if person.pk == by.pk:
        return [_("Nobody changes their own role. Ask another administrator.")]
    return why_not_manage(person, by) or _why_not_lose_administrator(person)


def why_not_deactivate(person: User, by: User) -> list[str]:
    """Why this person cannot be kept out."""
    if not person.is_active:
        return [_("%(person)s is already deactivated.") % {"person": person}]
    if person.pk == by.pk:
        return [_("Nobody deactivates their own account. Ask another administrator.")]
    return why_not_manage(person, by) or _why_not_lose_administrator(person)


@transaction.atomic
def change_person(person: User, changes: Mapping, *, version: int, by: User) -> User:
    """Set fields of PERSON_FIELDS; `version` is the one the form was opened with. Returns the person as now."""
    NotAllowed.unless_empty(why_not_manage(person, by))
    _lock_administrators()
    claim_version(person, version)
    person.refresh_from_db()
    old_role = person.get_role_display()
    changed = {name for name in PERSON_FIELDS & changes.keys() if getattr(person, name) != changes[name]}
    if "role" in changed:
        NotAllowed.unless_empty(why_not_change_role(person, by))
    if "email" in changed:
        _refuse_taken_email(person, changes["email"])
        EmailAddress.objects.filter(user=person).delete()  # allauth's copy, made again from the person's own row
    for name in changed:
        setattr(person, name, changes[name])
    if changed:
        person.save(update_fields=changed)
        record("person.changed", person, by=by, fields=sorted(changed))
    if "role" in changed:
        record("person.role_changed", person, by=by, old=old_role, new=person.get_role_display())
    return person


@transaction.atomic
def deactivate(person: User, *, by: User) -> None:
    """Keep this person out from this moment on: every session of theirs ends. Their work stays where it is."""
    _lock_administrators()
    person.refresh_from_db()
    Refused.unless_empty(why_not_deactivate(person, by))
    person.is_active = False
    person.version += 1
    person.save(update_fields=["is_active", "version"])
    _end_every_session(person)
    record("person.deactivated", person, by=by)


@transaction.atomic
def reactivate(person: User, *, by: User) -> None:
    """Let this person sign in again. No session of before comes back."""
    NotAllowed.unless_empty(why_not_manage(person, by))
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.is_active:
        raise Refused(_("%(person)s is already active.") % {"person": person})
    person.is_active = True
    person.version += 1
    person.save(update_fields=["is_active", "version"])
    record("person.reactivated", person, by=by)


@transaction.atomic
def end_sessions(person: User, *, by: User) -> None:
    """Sign this person out on every device."""
    NotAllowed.unless_empty(why_not_manage(person, by))
    _end_every_session(person)
    record("person.sessions_ended", person, by=by)


@transaction.atomic
def reset_second_factor(person: User, *, by: User) -> None:
    """Forget this person's authenticator app, passkeys and recovery codes, and sign them out everywhere."""
    NotAllowed.unless_empty(why_not_manage(person, by))
    if not Authenticator.objects.filter(user=person).delete()[0]:
        raise Refused(_("%(person)s has no second step to reset.") % {"person": person})
    _end_every_session(person)
    record("person.second_factor_reset", person, by=by)


@transaction.atomic
def edit_profile(person: User, changes: Mapping, *, version: int, by: User) -> User:
    """Set fields of OWN_FIELDS on one's own row; `version` is the one the form was opened with."""
    if person.pk != by.pk:
        raise NotAllowed(_("A profile is changed by the person whose it is."))
    claim_version(person, version)
    person.refresh_from_db()
    changed = {name for name in OWN_FIELDS & changes.keys() if getattr(person, name) != changes[name]}
    for name in changed:
        setattr(person, name, changes[name])
    if changed:
        person.save(update_fields=changed)
        record("person.profile_edited", person, by=by, fields=sorted(changed))
    return person


def _why_not_lose_administrator(person: User) -> list[str]:
    is_one = person.is_active and person.role == Role.ADMINISTRATOR
    if is_one and not User.objects.administrators().exclude(pk=person.pk).exists():
        return [LAST_ADMINISTRATOR.format(name=person)]
    return []


def _lock_administrators() -> None:
    """Two administrators who demote each other at once would leave none: the second waits here for the first."""
    list(User.objects.administrators().order_by("pk").select_for_update().values_list("pk"))


def _refuse_taken_email(person: User, email: str) -> None:
    if User.objects.filter(email__iexact=email).exclude(pk=person.pk).exists():
        raise Refused(_("Somebody else signs in as %(email)s. Enter another email.") % {"email": email})


def _end_every_session(person: User) -> None:
    sessions = UserSession.objects.filter(user=person)
    Session.objects.filter(session_key__in=sessions.values("session_key")).delete()
    sessions.delete()
    # Also ends sessions that no row tells of, and keeps ended whatever a backup or a race might bring back.
    User.objects.filter(pk=person.pk).update(session_epoch=F("session_epoch") + 1)
