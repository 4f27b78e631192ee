"""The rates that central banks keep; floating currencies have none until an administrator enters one."""

from decimal import Decimal

from django.db import migrations
from django.utils import timezone

CBUAE = "Central Bank of the UAE: 3.6725 dirhams to the US dollar"
PEGS = {
    "AED": ("1", "Rates are told in dirhams"),
    "USD": ("3.6725", CBUAE),
    "SAR": ("0.97933333", "Saudi Central Bank: 3.75 to the US dollar. " + CBUAE),
    "QAR": ("1.00892857", "Qatar Central Bank: 3.64 to the US dollar. " + CBUAE),
    "BHD": ("9.76728723", "Central Bank of Bahrain: 0.376 to the US dollar. " + CBUAE),
    "OMR": ("9.55136541", "Central Bank of Oman: 0.3845 to the US dollar. " + CBUAE),
    "JOD": ("5.17983075", "Central Bank of Jordan: 0.709 to the US dollar. " + CBUAE),
}


def add_rates(apps, schema_editor):
    ExchangeRate = apps.get_model("matching", "ExchangeRate")
    for currency, (in_aed, source) in PEGS.items():
        values = {"in_aed": Decimal(in_aed), "source": source, "as_of": timezone.localdate()}
        ExchangeRate.objects.get_or_create(currency=currency, defaults=values)


class Migration(migrations.Migration):
    dependencies = [("matching", "0001_requirements_and_decisions")]
    operations = [migrations.RunPython(add_rates, migrations.RunPython.noop)]
