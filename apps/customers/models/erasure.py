"""The receipt of an erasure: what was blanked and what was kept, and why. It holds nothing of the person."""

from django.conf import settings
from django.db import models

from apps.customers.models.customer import Customer


class Erasure(models.Model):
    """One customer whose data were erased. `blanked` are `[what, count]`, `kept` `[what, count, reason]`.

    `searched_at`: when the job was through that looks for the person's words in every other text and file.
    """

    customer = models.OneToOneField(Customer, on_delete=models.PROTECT, related_name="erasure")
    ground = models.CharField("why", max_length=300)
    blanked = models.JSONField(default=list)
    kept = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    searched_at = models.DateTimeField("every text and file was searched", null=True, blank=True)

    stays_with_customer = True

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self):
        return f"erasure of {self.customer_id}"
