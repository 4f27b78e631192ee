"""Mails that are on their way: sealed until they left, then only that they did."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.core.outgoing import TO_SEND, MailState, Outgoing


class OutgoingMail(Outgoing):
    """One mail of invitations, sign-in, reminders and messages to customers.

    `sealed` is the whole message, encrypted: links to sign in are secrets. It is emptied when the mail has left.
    """

    lock = 7_404
    sealed = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "mail"
        indexes = [
            models.Index(fields=["at"], name="outgoing_mail_to_send", condition=Q(state__in=TO_SEND)),
            models.Index(fields=["at"], name="outgoing_mail_at"),
        ]

    def __str__(self):
        return f"mail {self.pk}"

    def settle(self, state: MailState, why_not: str = "") -> None:
        """Write down what became of it; what it said is of no use once it has left."""
        super().settle(state, why_not)
        if state == MailState.SENT:
            OutgoingMail.objects.filter(pk=self.pk).update(sealed="")
