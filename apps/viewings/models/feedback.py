"""What a customer thought of what they saw."""

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from apps.core.history import old_rows
from apps.customers.models import Customer
from apps.viewings.lookups import Reason, Verdict
from apps.viewings.models.viewing import Viewing


@pghistory.track(*old_rows(), model_name="FeedbackHistory")
class Feedback(models.Model):
    """A verdict, the reasons that matching can act on, and one line in the customer's words."""

    viewing = models.ForeignKey(Viewing, on_delete=models.CASCADE, related_name="feedback")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="feedback")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    reasons = ArrayField(models.CharField(max_length=20, choices=Reason.choices), default=list, blank=True)
    line = models.CharField("in a line", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    told_owner_at = models.DateTimeField("the owner was told at", null=True, blank=True)
    told_owner_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "feedback"
        constraints = [
            models.UniqueConstraint(fields=["viewing", "customer"], name="feedback_once"),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="feedback_verdict_known"),
        ]
        indexes = [
            models.Index(fields=["customer", "-at"], name="feedback_of_customer"),
            models.Index(fields=["at"], name="feedback_owner_untold", condition=Q(told_owner_at__isnull=True)),
        ]

    def __str__(self):
        return f"{self.viewing_id} {self.verdict}"

    @property
    def reason_words(self) -> list[str]:
        """The reasons as people say them."""
        return [str(Reason(reason).label) for reason in self.reasons if reason in Reason.values]
