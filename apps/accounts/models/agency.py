"""The agency: one row of settings."""

import zoneinfo

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from phonenumbers import SUPPORTED_REGIONS

from apps.core.history import old_rows
from apps.core.models import Versioned
from apps.core.money import Currency, currency_field
from apps.core.units import AreaUnits


def validate_time_zone(name: str) -> None:
    """Refuse a name that is no IANA time zone."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(f"“{name}” is not a time zone. Use a name such as Asia/Dubai.")


class Weekday(models.IntegerChoices):
    """Days as datetime.weekday() counts them."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


class CustomerVisibility(models.TextChoices):
    """Whose customers an agent may see."""

    OWN = "own", "Own customers"
    TEAM = "team", "The team's customers"
    EVERYONE = "everyone", "Everyone's customers"


def validate_region(code: str) -> None:
    """Refuse a text that is no country known to have phones."""
    if code not in SUPPORTED_REGIONS:
        raise ValidationError(f"“{code}” is not a country's code. Use two letters such as AE.")


def default_weekend() -> list[int]:
    """Saturday and Sunday: the UAE's weekend since 2022."""
    return [Weekday.SATURDAY, Weekday.SUNDAY]


@pghistory.track(*old_rows(ignore=["version"]), model_name="AgencyHistory")
class Agency(Versioned):
    """The agency's settings: one row. Defaults are Dubai's."""

    name = models.CharField(max_length=120, default="My agency")
    currency = currency_field(default=Currency.AED)
    area_units = models.CharField(max_length=20, choices=AreaUnits.choices, default=AreaUnits.SQUARE_FEET)
    time_zone = models.CharField(max_length=60, default="Asia/Dubai", validators=[validate_time_zone])
    phone_region = models.CharField(
        "country of phone numbers without a country code", max_length=2, default="AE", validators=[validate_region]
    )
    weekend = ArrayField(models.PositiveSmallIntegerField(choices=Weekday.choices), default=default_weekend)
    customer_visibility = models.CharField(
        max_length=10, choices=CustomerVisibility.choices, default=CustomerVisibility.OWN
    )
    mandate_days = models.PositiveSmallIntegerField(
        default=90, validators=[MinValueValidator(1), MaxValueValidator(730)]
    )
    requires_mfa = models.BooleanField("managers and administrators must use a second factor", default=True)

    class Meta:
        verbose_name_plural = "agency"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="agency_one_row")]

    def __str__(self):
        return self.name

    @classmethod
    def current(cls) -> "Agency":
        """The one row (made with the defaults by the first migration)."""
        return cls.objects.get(pk=1)
