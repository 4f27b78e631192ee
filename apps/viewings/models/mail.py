"""The outbox: which mail about which viewing is to reach whom, and what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.core.outgoing import TO_SEND, Outgoing
from apps.customers.models import Customer
from apps.viewings.lookups import MailAbout, MailTo
from apps.viewings.models.feedback import Feedback
from apps.viewings.models.viewing import Viewing


class ViewingMail(Outgoing):
    """One mail, written down with the change it tells of and sent by a job.

    It holds no address and no text: both are read when it leaves, so it tells the truth of that moment, and nothing
    of a person stays here when their data is erased.
    """

    viewing = models.ForeignKey(Viewing, on_delete=models.CASCADE, related_name="mails")
    sequence = models.PositiveIntegerField()
    about = models.CharField(max_length=12, choices=MailAbout.choices)
    to = models.CharField(max_length=10, choices=MailTo.choices)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    feedback = models.ForeignKey(Feedback, on_delete=models.CASCADE, null=True, blank=True, related_name="mails")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    lock = 7_403

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["viewing", "sequence", "about", "to", "customer", "user", "feedback"],
                name="viewing_mail_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(customer__isnull=False) ^ Q(user__isnull=False), name="viewing_mail_for_somebody"
            ),
        ]
        indexes = [
            models.Index(
                fields=["at"],
                name="viewing_mail_to_send",
                condition=Q(state__in=TO_SEND),
            )
        ]

    def __str__(self):
        return f"{self.about} {self.viewing_id} {self.to}"
