"""Fields that read what people type: amounts of money, areas, texts."""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from apps.core.money import SPACES, Currency, parse_money


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
            raise ValidationError(_("The amount must be more than 0."), code="not_positive")
        if code and code != self.currency:
            sentence = _("This amount is in %(other)s, the listing is priced in %(ours)s. Enter %(ours)s.")
            raise ValidationError(sentence % {"other": code, "ours": self.currency}, code="other_currency")
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
