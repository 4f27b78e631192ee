"""Two records that look like one person, as the nightly search found them, and what people said about it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.customers.models.customer import Customer


class Likeness(models.TextChoices):
    """What two records have in common."""

    PHONE = "phone", _("same phone")
    EMAIL = "email", _("same e-mail")
    NAME = "name", _("similar name")
    BUILDING = "building", _("same building")


class DuplicatePair(models.Model):
    """Two customers that may be one, each pair once. `dismissed_at`: somebody said that they are not the same."""

    left = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    right = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    likeness = ArrayField(models.CharField(max_length=10, choices=Likeness.choices), default=list)
    score = models.PositiveSmallIntegerField(default=0)
    found_at = models.DateTimeField()
    dismissed_at = models.DateTimeField(null=True, blank=True)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    # What two records had in common is found again; a merge moves none of it.
    stays_with_customer = True

    class Meta:
        ordering = ["-score", "-id"]
        indexes = [
            models.Index(fields=["score", "id"], condition=Q(dismissed_at=None), name="duplicate_to_look_at"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["left", "right"], name="duplicate_pair_once"),
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="duplicate_pair_in_order"),
        ]

    def __str__(self):
        return f"{self.left_id} and {self.right_id}"
