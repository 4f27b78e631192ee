"""How often a listing was looked at and asked about on a site, day by day; and how far a site was asked for it."""

from django.db import models

from apps.listings.models import Listing
from apps.website.models.site import Site


class DailyNumber(models.Model):
    """The site's own count of one day in its own time zone; the last word of the site counts. `enquiries` is for
    administrators, who compare it with those that arrived: days of two zones cannot be added up.
    """

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="numbers")
    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="numbers")
    day = models.DateField()
    views = models.PositiveIntegerField(default=0)
    enquiries = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-day", "-id"]
        verbose_name = "daily numbers"
        verbose_name_plural = "daily numbers"
        constraints = [models.UniqueConstraint(fields=["site", "listing", "day"], name="daily_number_once")]
        indexes = [
            models.Index(fields=["listing", "day"], include=["views", "enquiries"], name="daily_number_of_listing"),
            models.Index(fields=["day"], name="daily_number_by_day"),
        ]

    def __str__(self):
        return f"{self.listing_id} {self.day}: {self.views}"


class Polling(models.Model):
    """How far the CRM has read a site's own queue of enquiries and its numbers, and what was wrong last time."""

    site = models.OneToOneField(Site, on_delete=models.CASCADE, related_name="polling")
    enquiries_after = models.BigIntegerField(default=0)
    asked_at = models.DateTimeField(null=True, blank=True)
    numbers_at = models.DateTimeField(null=True, blank=True)
    numbers_day = models.DateField(null=True, blank=True)
    pushed_at = models.DateTimeField("last sent something at", null=True, blank=True)
    trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "polling of a site"
        verbose_name_plural = "polling of sites"

    def __str__(self):
        return str(self.site)
