"""Forms of imports: the file, and how its columns are read."""

import calendar
import re

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.imports.models import ImportRun
from apps.imports.understanding.survey import Column, Survey
from apps.imports.vocabularies import Subject


class UploadForm(forms.Form):
    """A file, what is in it, and whose it is."""

    subject = forms.ChoiceField(label=_("What is in the file?"), choices=Subject.choices, widget=forms.RadioSelect)
    file = forms.FileField(label=_("File"))
    source = forms.CharField(
        label=_("Source"),
        max_length=100,
        required=False,
        help_text=_("Whose list this is, such as “Bayut”. The next file of the same source changes these rows."),
    )

    def __init__(self, *args, subjects: list[Subject], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = [(each.value, each.label) for each in subjects]
        if len(subjects) == 1:
            self.fields["subject"].widget = forms.HiddenInput()

    def clean_source(self):
        return self.cleaned_data["source"].replace("\x00", "").strip()


class MatchForm(forms.Form):
    """What each column is, how dates are written, and what holds for every row."""

    source = forms.CharField(label=_("Source"), max_length=100)

    def __init__(self, run: ImportRun, found: Survey, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].initial = run.source
        self.words = found.mapping.vocabulary
        ours = sorted(self.words.fields.values(), key=lambda field: field.label)
        choices = [("", _("Keep, do not use")), *((field.name, field.label) for field in ours)]
        self.columns = sorted(found.columns.values(), key=lambda c: (bool(c.field), c.confidence, not c.filled))
        self._questions = found.date_questions
        for number, column in enumerate(self.columns):
            self.fields[f"column-{number}"] = forms.ChoiceField(
                label=column.name, choices=choices, required=False, initial=column.field
            )
        for number, column in enumerate(self._questions):
            self.fields[f"date-{number}"] = self._date_field(column)
        for name in self.words.said_once:
            if not any(c.field == name and c.filled for c in self.columns):
                self.fields[name] = self._constant_field(name, found)

    def rows(self) -> list[tuple[Column, forms.BoundField]]:
        """Each column with its select, unmatched first."""
        return [(column, self[f"column-{number}"]) for number, column in enumerate(self.columns)]

    def date_fields(self) -> list[forms.BoundField]:
        """The questions about dates."""
        return [self[f"date-{number}"] for number in range(len(self._questions))]

    def constant_fields(self) -> list[forms.BoundField]:
        """What holds for every row."""
        return [self[name] for name in self.words.said_once if name in self.fields]

    def clean(self):
        cleaned = super().clean()
        taken: dict[str, str] = {}
        for number, column in enumerate(self.columns):
            name = cleaned.get(f"column-{number}")
            if name and name in taken and not self.words.fields[name].several:
                sentence = _("“%(one)s” and “%(two)s” are both the %(field)s. Choose one.")
                values = {"one": taken[name], "two": column.name, "field": self.words.label(name).lower()}
                self.add_error(f"column-{number}", sentence % values)
            elif name:
                taken[name] = column.name
        return cleaned

    def choices(self) -> dict:
        """What was chosen, as `actions.run.match` takes it: only what differs from what was understood."""
        data = self.cleaned_data
        columns = {
            column.name: data[f"column-{number}"]
            for number, column in enumerate(self.columns)
            if data[f"column-{number}"] != column.field
        }
        dates = {c.name: data[f"date-{n}"] for n, c in enumerate(self._questions) if data.get(f"date-{n}")}
        constants = {name: data[name] for name in self.words.said_once if data.get(name)}
        return {"columns": columns, "dates": dates, "constants": constants, "source": data["source"].strip()}

    def _date_field(self, column: Column) -> forms.Field:
        example = column.dates.example
        choices = [
            ("dmy", _("Day first: %s") % _spelled(example, 0)),
            ("mdy", _("Month first: %s") % _spelled(example, 1)),
        ]
        label = _("Dates in “%s”") % column.name
        return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, required=True)

    def _constant_field(self, name: str, found: Survey) -> forms.Field:
        choices = [("", _("Not said")), *self.words.choices.lookups[name].choices]
        initial = found.mapping.constants.get(name, "")
        return forms.ChoiceField(label=self.words.label(name), choices=choices, required=False, initial=initial)


def _spelled(example: str, day_at: int) -> str:
    """An example such as 5/8/2024 with the month in letters: `day_at` is 0 where the day stands first, else 1."""
    parts = [part for part in re.split(r"[-/. ]", example) if part]
    if len(parts) < 3 or not all(part.isdecimal() for part in parts[:2]):
        return example
    day, month = int(parts[day_at]), int(parts[1 - day_at])
    return f"{example} = {day} {calendar.month_abbr[month]}" if 1 <= month <= 12 else example
