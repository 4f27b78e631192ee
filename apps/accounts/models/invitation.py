"""Invitations: the only way in for somebody new."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from apps.accounts.models.person import Team
from apps.accounts.roles import Role

VALID_FOR = timedelta(days=7)


def _signer() -> signing.Signer:
    return signing.Signer(salt="accounts.invitation")


class InvitationQuerySet(models.QuerySet):
    """Invitations as the people page lists them."""

    def waiting(self):
        """Sent, and neither accepted nor withdrawn; the link may have run out."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def by_token(self, token: str) -> "Invitation | None":
        """The invitation that a link belongs to, whatever its state; None for a forged or replaced link."""
        try:
            pk, issue = _signer().unsign(token).split(".")
        except (signing.BadSignature, ValueError):
            return None
        return self.filter(pk=pk, issue=issue).first()


class Invitation(models.Model):
    """A seat offered to somebody by e-mail, with the role and team that it comes with.

    The link's token is never stored: it is this row's id and issue, signed with SECRET_KEY, so a copy of the database
    opens no door. Sending again raises the issue and kills the older link.
    """

    email = models.EmailField()
    full_name = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=[c for c in Role.choices if c[0] != Role.SYSTEM])
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    job_title = models.CharField(max_length=80, blank=True)
    issue = models.PositiveSmallIntegerField(default=1)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_as = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="invitation"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"), condition=Q(accepted_at=None, withdrawn_at=None), name="invitation_waiting_once"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_as__isnull=True)
                | Q(accepted_at__isnull=False, accepted_as__isnull=False),
                name="invitation_accepted_as_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.full_name} ({self.email})"

    @property
    def token(self) -> str:
        """What the link carries."""
        return _signer().sign(f"{self.pk}.{self.issue}")

    @property
    def has_expired(self) -> bool:
        """Whether the link is too old to be used."""
        return self.expires_at <= timezone.now()
