"""A note with its next step, and a task."""

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.core.form_fields import DayField, TextField
from apps.customers.lookups import NoteKind


class NoteForm(forms.Form):
    """What a colleague should know: a note, a call or a message; and what comes next, by when."""

    all_optional = True

    kind = forms.ChoiceField(
        label=_("Kind"), choices=NoteKind.choices, initial=NoteKind.NOTE, widget=forms.RadioSelect, required=False
    )
    body = TextField(label=_("Note"), rows=2, max_length=5000)
    next_title = forms.CharField(label=_("What"), max_length=200, required=False)
    next_on = DayField(label=_("When"), required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, auto_id="note_%s", **options)
        hint = {"placeholder": _("Write a note, or log a call"), "data-key": "n", "aria-keyshortcuts": "N"}
        self.fields["body"].widget.attrs |= hint
        self.fields["next_title"].widget.attrs |= {"autocomplete": "off"}

    def clean_kind(self):
        return self.cleaned_data["kind"] or NoteKind.NOTE

    def clean(self):
        data = super().clean()
        if data.get("next_on") and not data.get("next_title"):
            self.add_error("next_title", _("Say what is to be done on that day."))
        if data.get("next_title") and not data.get("next_on") and "next_on" not in self.errors:
            self.add_error("next_on", _("Say by which day."))
        return data

    def next_step(self) -> tuple | None:
        """What comes next and its day, if anything."""
        data = self.cleaned_data
        return (data["next_title"], data["next_on"]) if data.get("next_title") else None


class TaskForm(forms.Form):
    """Something to do by a day, or by a time on it."""

    title = forms.CharField(label=_("What is to be done"), max_length=200)
    due_on = DayField(label=_("By"))
    due_time = forms.TimeField(
        label=_("Time"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    assignee = forms.ModelChoiceField(label=_("Who does it"), queryset=User.objects.none(), empty_label=None)

    def __init__(self, *args, **options):
        super().__init__(*args, auto_id="task_%s", **options)
        self.fields["assignee"].queryset = User.objects.agents()
        self.fields["title"].widget.attrs |= {"autocomplete": "off", "autofocus": True}

    def due_at(self):
        """The moment on the day by which it is due, where a time was given."""
        data = self.cleaned_data
        moment = data["due_time"] and datetime.combine(data["due_on"], data["due_time"])
        return moment and timezone.make_aware(moment)
