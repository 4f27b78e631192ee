"""Form fields that every app uses: a day, and text of several lines."""

from django import forms
from django.core.exceptions import ValidationError


class DayField(forms.DateField):
    """A day between 1900 and 2100, typed or picked; always sent as 2026-11-21 by the browser."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "min": "1900-01-01", "max": "2100-12-31"})

    def validate(self, value):
        super().validate(value)
        if value and not 1900 <= value.year <= 2100:
            raise ValidationError(f"The year {value.year} cannot be right. Check the date.", code="year")


class TextField(forms.CharField):
    """Text of several lines. Browsers send line ends as CRLF; rows hold LF, so that an untouched text is unchanged."""

    def __init__(self, *, rows: int = 3, **options):
        super().__init__(**options)
        self.widget = forms.Textarea(attrs={"rows": rows})

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")
