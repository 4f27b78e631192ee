"""Which listing was sent to whom, by whom and how."""

from django.conf import settings
from django.db import models

from apps.customers.lookups import Channel
from apps.customers.models import Customer
from apps.listings.models import Listing
from apps.matching.triggers import note_sending


class Sending(models.Model):
    """One listing told to one customer once. Rows are only added."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="sendings")
    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="sendings")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    text = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = [note_sending()]
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["customer", "listing", "at"], name="sending_customer"),
            models.Index(fields=["listing", "-at"], name="sending_listing"),
        ]

    def __str__(self):
        return f"{self.listing_id} {self.get_channel_display()}"
