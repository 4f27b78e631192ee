"""What was asked and where it stood over time, and what people noted."""

from django.conf import settings
from django.db import models

from apps.core.money import currency_field, money_field
from apps.listings.lookups import StandardStatus
from apps.listings.models.listing import Listing


class PriceChange(models.Model):
    """One asking price, from when it was set. The first has no `old_price`."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="price_changes")
    old_price = money_field(null=True, blank=True)
    new_price = money_field(null=True, blank=True)
    currency = currency_field()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["listing", "at"], name="price_change_listing")]

    def __str__(self):
        return f"{self.old_price} → {self.new_price} {self.currency}"


class StatusChange(models.Model):
    """One step of a listing's status."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="status_changes")
    old_status = models.CharField(max_length=25, choices=StandardStatus.choices, blank=True)
    new_status = models.CharField(max_length=25, choices=StandardStatus.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["listing", "at"], name="status_change_listing")]

    def __str__(self):
        return f"{self.old_status} → {self.new_status}"


class Note(models.Model):
    """Something a colleague should know about a listing."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="notes")
    body = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["listing", "-at"], name="note_listing")]

    def __str__(self):
        return self.body[:60]
