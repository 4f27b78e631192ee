"""What a unit of each currency is worth, by which prices and budgets in two currencies are compared."""

import pghistory
from django.db import models
from django.utils import timezone

from apps.core.history import old_rows
from apps.core.models import Versioned
from apps.core.money import currency_field


@pghistory.track(*old_rows(ignore=["version"]), model_name="ExchangeRateHistory")
class ExchangeRate(Versioned):
    """One currency in dirhams. A currency without a row has no rate: prices in it are unknown, never too dear."""

    currency = currency_field(unique=True)
    in_aed = models.DecimalField("dirhams for one", max_digits=18, decimal_places=8)
    source = models.CharField(max_length=200, help_text="Who says so: a central bank's peg, or whose rate.")
    as_of = models.DateField("as of", default=timezone.localdate)

    class Meta:
        ordering = ["currency"]
        constraints = [models.CheckConstraint(condition=models.Q(in_aed__gt=0), name="exchange_rate_positive")]

    def __str__(self):
        return f"1 {self.currency} = AED {self.in_aed.normalize():f}"
