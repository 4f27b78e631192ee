"""Fields that read what people type: amounts of money, areas, texts."""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from apps.core.money import Currency

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
HOW_TO_TYPE = "Enter it with commas for thousands and a point for decimals, such as 2,450,000 or 2.45M."


def parse_money(text: str) -> tuple[Decimal, str]:
    """The amount and the currency code (may be empty) in what a person typed: "AED 2,450,000", "2.45M", "2450000".

    Raises ValidationError with the sentence to show when it is no amount, or could be read in two ways: 4.650.000.
    """
    match = AMOUNT.fullmatch(SPACES.sub(" ", text).strip())
    digits = match["digits"].strip() if match else ""
    if not (GROUPED.fullmatch(digits) or PLAIN.fullmatch(digits)):
        raise ValidationError(f"“{text.strip()[:40]}” is not a clear amount. {HOW_TO_TYPE}", code="unclear")
    amount = Decimal(re.sub(r"[, ']", "", digits)) * MULTIPLIERS[(match["unit"] or "").lower()]
    if amount > LARGEST_AMOUNT:
        raise ValidationError("The amount is larger than 999,999,999,999. Check the zeros.", code="too_large")
    if amount != amount.quantize(Decimal("0.001")):
        raise ValidationError(f"“{text.strip()[:40]}” has more than three decimals. {HOW_TO_TYPE}", code="unclear")
    return amount, (match["code"] or match["code_after"] or "").upper()


class MoneyField(forms.CharField):
    """An amount more than 0 as a Decimal, or None; its currency is the listing's, `currency` on the field."""

    currency = Currency.AED

    def __init__(self, **options):
        super().__init__(**{"max_length": 60, **options})
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def clean(self, value):
        text = super().clean(value)
        return self.to_amount(text) if text else None

    def to_amount(self, text: str) -> Decimal:
        """What was typed as a Decimal; a ValidationError where it is unclear, 0, or names another currency."""
        amount, code = parse_money(text)
        if amount <= 0:
            raise ValidationError("The amount must be more than 0.", code="not_positive")
        if code and code != self.currency:
            sentence = f"This amount is in {code}, the listing is priced in {self.currency}. Enter {self.currency}."
            raise ValidationError(sentence, code="other_currency")
        return amount

    def prepare_value(self, value):
        return plain_amount(value) if isinstance(value, Decimal) else value


def plain_amount(value: Decimal) -> str:
    """An amount for an input: 2,450,000 or 17.20."""
    return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"


class AreaField(forms.DecimalField):
    """An area, in whatever unit stands beside it. Thousands may be grouped by commas."""

    def __init__(self, **options):
        super().__init__(**{"max_digits": 12, "decimal_places": 2, "min_value": Decimal("0.01"), **options})
        self.widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value):
        text = SPACES.sub("", value) if isinstance(value, str) else value
        if isinstance(text, str) and re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", text):
            text = text.replace(",", "")
        return super().to_python(text)


class CountField(forms.IntegerField):
    """A small whole number typed without spin buttons."""

    def __init__(self, *, most: int = 200, **options):
        super().__init__(**{"min_value": 0, "max_value": most, **options})
        self.widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})


class BedroomsField(CountField):
    """Bedrooms; the word Studio is 0."""

    def to_python(self, value):
        is_studio = isinstance(value, str) and value.strip().lower() == "studio"
        return 0 if is_studio else super().to_python(value)

    def prepare_value(self, value):
        return "Studio" if value == 0 else value
