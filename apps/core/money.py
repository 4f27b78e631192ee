"""Currencies (ISO 4217) that an agency may price in, the column type of an amount, and amounts as people type them."""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


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


LARGEST_AMOUNT = Decimal("999999999999")
MULTIPLIERS = {"": 1, "k": 1_000, "m": 1_000_000, "mn": 1_000_000, "million": 1_000_000, "b": 1_000_000_000}
CODES = "|".join(Currency.values)
AMOUNT = re.compile(
    rf"(?P<code>{CODES})?\s*(?P<digits>\d[\d.,' ]*)\s*(?P<unit>k|mn|million|m|b)?\s*(?P<code_after>{CODES})?",
    re.IGNORECASE,
)
GROUPED = re.compile(r"\d{1,3}((,\d{3})+|( \d{3})+|('\d{3})+)(\.\d{1,3})?")
PLAIN = re.compile(r"\d+(\.\d{1,3})?")
SPACES = re.compile(r"[\s\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
HOW_TO_TYPE = gettext_lazy("Enter it with commas for thousands and a point for decimals, such as 2,450,000 or 2.45M.")


def parse_money(text: str) -> tuple[Decimal, str]:
    """The amount and the currency code (may be empty) in what a person typed: "AED 2,450,000", "2.45M", "2450000".

    Raises ValidationError with the sentence to show when it is no amount, or could be read in two ways: 4.650.000.
    """
    match = AMOUNT.fullmatch(SPACES.sub(" ", text).strip())
    digits = match["digits"].strip() if match else ""
    if not (GROUPED.fullmatch(digits) or PLAIN.fullmatch(digits)):
        sentence = _("“%(text)s” is not a clear amount.") % {"text": text.strip()[:40]}
        raise ValidationError(f"{sentence} {HOW_TO_TYPE}", code="unclear")
    amount = Decimal(re.sub(r"[, ']", "", digits)) * MULTIPLIERS[(match["unit"] or "").lower()]
    if amount > LARGEST_AMOUNT:
        raise ValidationError(_("The amount is larger than 999,999,999,999. Check the zeros."), code="too_large")
    if amount != amount.quantize(Decimal("0.001")):
        sentence = _("“%(text)s” has more than three decimals.") % {"text": text.strip()[:40]}
        raise ValidationError(f"{sentence} {HOW_TO_TYPE}", code="unclear")
    return amount, (match["code"] or match["code_after"] or "").upper()
