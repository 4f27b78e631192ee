"""Form fields that every app uses: a day, a moment, and text of several lines."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

YEARS = range(1900, 2101)  # others are slips of the hand, and the furthest are in no year at all in another zone


def moment_of(text: str) -> datetime | None:
    """A moment with its zone, as a choice of times sends it; None for anything else."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and timezone.is_aware(moment) and moment.year in YEARS else None


class DayField(forms.DateField):
    """A day between 1900 and 2100, typed or picked; always sent as 2026-11-21 by the browser."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "min": "1900-01-01", "max": "2100-12-31"})

    def validate(self, value):
        super().validate(value)
        if value and value.year not in YEARS:
            sentence = _("The year %(year)s cannot be right. Check the date.")
            raise ValidationError(sentence % {"year": value.year}, code="year")


class TextField(forms.CharField):
    """Text of several lines. Browsers send line ends as CRLF; rows hold LF, so that an untouched text is unchanged."""

    def __init__(self, *, rows: int = 3, **options):
        super().__init__(**options)
        self.widget = forms.Textarea(attrs={"rows": rows})

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")
