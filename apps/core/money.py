"""Currencies (ISO 4217) that an agency may price in, and the column type of an amount of money."""

from django.db import models


class Currency(models.TextChoices):
    """ISO 4217 codes on offer. An amount never travels without one of these."""

    AED = "AED", "UAE dirham"
    BHD = "BHD", "Bahraini dinar"
    EGP = "EGP", "Egyptian pound"
    EUR = "EUR", "Euro"
    GBP = "GBP", "Pound sterling"
    INR = "INR", "Indian rupee"
    JOD = "JOD", "Jordanian dinar"
    KWD = "KWD", "Kuwaiti dinar"
    OMR = "OMR", "Omani rial"
    QAR = "QAR", "Qatari riyal"
    SAR = "SAR", "Saudi riyal"
    USD = "USD", "US dollar"


def currency_field(**options) -> models.CharField:
    """A column for a currency code."""
    return models.CharField(max_length=3, choices=Currency.choices, **options)


def money_field(**options) -> models.DecimalField:
    """A column for an amount of money: never a float, three decimals for dinars and rials."""
    return models.DecimalField(max_digits=15, decimal_places=3, **options)
