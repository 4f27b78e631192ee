"""Inviting somebody, and what becomes of the invitation."""

from collections.abc import Mapping

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.accounts import mail
from apps.accounts.models import Agency, Invitation, User
from apps.accounts.models.invitation import VALID_FOR
from apps.core.events import record
from apps.core.refusals import NotAllowed, Refused

ALREADY_INVITED = gettext_lazy("%(email)s is already invited. Send that invitation again instead.")


def why_not_invite(by: User) -> list[str]:
    """Why this person may not invite anybody."""
    return [] if by.has_perm("accounts.manage_people") else [_("Only an administrator may invite people.")]


def why_not_change(invitation: Invitation) -> list[str]:
    """Why this invitation can be neither sent again nor withdrawn."""
    if invitation.accepted_at:
        return [_("%(full_name)s has already joined.") % {"full_name": invitation.full_name}]
    return [_("This invitation was withdrawn. Invite them anew.")] if invitation.withdrawn_at else []


def why_not_accept(invitation: Invitation | None) -> list[str]:
    """Why the holder of this link cannot join by it."""
    if invitation is None or invitation.withdrawn_at:
        return [_("This link is no longer valid. Ask your administrator for a new invitation.")]
    if invitation.accepted_at:
        return [_("This link was already used. Sign in with your email and password.")]
    if invitation.has_expired:
        return [_("This link has run out. Ask your administrator to send the invitation again.")]
    return []


@transaction.atomic
def invite(values: Mapping, *, by: User, send: bool = True) -> Invitation:
    """Offer a seat, and send the link by mail unless `send` is false.

    `values`: email, full_name, role, and if wanted team and job_title.
    """
    NotAllowed.unless_empty(why_not_invite(by))
    invitation = Invitation(**values, invited_by=by, expires_at=timezone.now() + VALID_FOR)
    invitation.email = invitation.email.lower()
    _refuse_known(invitation.email)
    try:
        with transaction.atomic():
            invitation.save()
    except IntegrityError as error:
        raise Refused(ALREADY_INVITED % {"email": invitation.email}) from error
    record("person.invited", invitation, by=by, role=invitation.get_role_display())
    if send:
        _send(invitation, by)
    return invitation


@transaction.atomic
def renew(invitation: Invitation, *, by: User) -> Invitation:
    """Send a new link; the older one no longer works."""
    NotAllowed.unless_empty(why_not_invite(by))
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    Refused.unless_empty(why_not_change(invitation))
    invitation.issue += 1
    invitation.expires_at = timezone.now() + VALID_FOR
    invitation.save(update_fields=["issue", "expires_at"])
    record("person.invited_again", invitation, by=by)
    _send(invitation, by)
    return invitation


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User) -> None:
    """Take the offer back: the link no longer works."""
    NotAllowed.unless_empty(why_not_invite(by))
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    Refused.unless_empty(why_not_change(invitation))
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    record("person.invitation_withdrawn", invitation, by=by)


@transaction.atomic
def accept(invitation: Invitation, *, full_name: str, password: str) -> User:
    """Make the person whom the invitation names. It is their own act: nobody else knows the password."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    Refused.unless_empty(why_not_accept(invitation))
    _refuse_known(invitation.email, but=invitation)
    person = User(
        email=invitation.email,
        full_name=full_name,
        role=invitation.role,
        team=invitation.team,
        job_title=invitation.job_title,
    )
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Refused(*error.messages) from error
    person.set_password(password)
    person.save()
    invitation.accepted_at, invitation.accepted_as = timezone.now(), person
    invitation.save(update_fields=["accepted_at", "accepted_as"])
    record("person.joined", person, by=person, role=person.get_role_display())
    return person


def _refuse_known(email: str, but: Invitation | None = None) -> None:
    person = User.objects.filter(email__iexact=email).first()
    if person:
        hint = _("They can sign in.") if person.is_active else _("Reactivate them instead.")
        raise Refused(
            _("%(person)s already has an account with %(email)s. %(hint)s")
            % {"person": person, "email": email, "hint": hint}
        )
    waiting = Invitation.objects.waiting().filter(email__iexact=email)
    if (waiting.exclude(pk=but.pk) if but else waiting).exists():
        raise Refused(ALREADY_INVITED % {"email": email})


def _send(invitation: Invitation, by: User) -> None:
    link = mail.site_address(reverse("accounts:accept-invitation", args=[invitation.token]))
    context = {"agency": Agency.current(), "invitation": invitation, "link": link, "days": VALID_FOR.days}
    mail.enqueue_template(invitation.email, "accounts/email/invitation", context, by=by)
