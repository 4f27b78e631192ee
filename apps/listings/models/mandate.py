"""What allows the agency to act for the owner (mandate) and to advertise (permit): rows with dates."""

from datetime import date

import pghistory
from django.db import models
from django.db.models import F, Q

from apps.core.history import old_rows
from apps.listings.lookups import ListingAgreement
from apps.listings.models.listing import Listing
from apps.listings.triggers import refresh_mandate_until, refresh_permit_until


@pghistory.track(*old_rows(), model_name="MandateHistory")
class Mandate(models.Model):
    """The owner's agreement with the agency (Dubai: Form A), valid from its first to its last day, both included."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="mandates")
    listing_agreement = models.CharField(
        max_length=30, choices=ListingAgreement.choices, default=ListingAgreement.EXCLUSIVE_SELL
    )
    number = models.CharField("contract number", max_length=60, blank=True)
    listing_contract_date = models.DateField("signed on")
    expiration_date = models.DateField("ends on")

    class Meta:
        ordering = ["-expiration_date", "-id"]
        triggers = [refresh_mandate_until()]
        indexes = [models.Index(fields=["expiration_date"], name="mandate_expiration")]
        constraints = [
            models.CheckConstraint(
                condition=Q(expiration_date__gte=F("listing_contract_date")), name="mandate_ends_after_start"
            )
        ]

    def __str__(self):
        return f"{self.get_listing_agreement_display()} until {self.expiration_date}"

    def is_valid_on(self, day: date) -> bool:
        """Whether the agency holds the mandate on that day."""
        return self.listing_contract_date <= day <= self.expiration_date


@pghistory.track(*old_rows(), model_name="PermitHistory")
class Permit(models.Model):
    """The authority's permit to advertise (Dubai: Trakheesi). Valid to `expiration_date`, included."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="permits")
    number = models.CharField("permit number", max_length=60)
    authority = models.CharField(max_length=60, default="Trakheesi")
    issued_on = models.DateField(null=True, blank=True)
    expiration_date = models.DateField("ends on", null=True, blank=True)

    class Meta:
        ordering = ["-expiration_date", "-id"]
        triggers = [refresh_permit_until()]
        indexes = [
            models.Index(fields=["number"], name="permit_number"),
            models.Index(fields=["expiration_date"], name="permit_expiration"),
        ]

    def __str__(self):
        return self.number

    def is_valid_on(self, day: date) -> bool:
        """Whether advertising is allowed on that day; a permit without an end date is not known to be valid."""
        started = self.issued_on is None or self.issued_on <= day
        return started and self.expiration_date is not None and day <= self.expiration_date
