"""A form that remembers what it was opened with, and the page that compares when two people changed the same fields."""

from django import forms
from django.core import signing
from django.utils.translation import gettext as _

from apps.core.editing import canonical

THEIRS = "theirs"
NOT_SENT_AGAIN = {"csrfmiddlewaretoken", "submission_key", "version", "opened"}


class OpenedForm(forms.Form):
    """Fields of one row, named as those of the row. `version` and `opened` (signed) say what it was opened with.

    `keep_<field>` answers a conflict: mine or theirs. A subclass names its `salt` and calls `open_with` at the end of
    its `__init__`.
    """

    salt = ""
    version = forms.IntegerField(widget=forms.HiddenInput)
    opened = forms.CharField(widget=forms.HiddenInput)

    def open_with(self, row, values: dict) -> None:
        """Take on the row and its values by field, which later are told apart from other people's changes."""
        self.row = row
        snapshot = {name: canonical(value) for name, value in values.items()}
        self.initial |= {"version": row.version, "opened": self._signed(snapshot)}

    def clean_opened(self) -> dict[str, str]:
        """The canonical values by field when the form was opened."""
        try:
            carried = signing.loads(self.cleaned_data["opened"], salt=self.salt)
        except signing.BadSignature:
            carried = {}
        if carried.get("row") != self.row.pk:
            raise forms.ValidationError(_("This form was not opened here. Open the edit page again."))
        return carried["values"]

    def values(self) -> dict:
        """What was entered, by field of the row."""
        return {name: self.cleaned_data[name] for name in self.cleaned_data["opened"] if name in self.cleaned_data}

    def changes(self) -> dict:
        """What this person changed since the form was opened, by field; what they gave up for others' is left out."""
        opened = self.cleaned_data["opened"]
        changed = {name: value for name, value in self.values().items() if canonical(value) != opened.get(name)}
        return {name: value for name, value in changed.items() if self.data.get(f"keep_{name}") != THEIRS}

    def opened_after(self, conflict, value_of) -> str:
        """`opened` for the page that compares: the fields it compares as they are now, all others as they were.

        The others must stay: what was typed there is sent again, and only against what it was opened with can it be
        told from somebody else's change.
        """
        now = {name: canonical(value_of(name)) for name in conflict.fields}
        return self._signed(self.cleaned_data["opened"] | now)

    def sent(self) -> list[tuple[str, str]]:
        """Every name and value that must be sent again; the answers to an earlier conflict are asked anew."""
        return [
            (name, value)
            for name, values in self.data.lists()
            for value in values
            if name not in NOT_SENT_AGAIN and not name.startswith("keep_")
        ]

    def readable(self, name: str, value) -> str:
        """A field's value as people read it: choices by their label. `value` is a Python value or canonical."""
        field = self.fields[name]
        spelled = canonical(value)
        if isinstance(field, forms.BooleanField):
            return "Yes" if spelled == "yes" else "No"
        choices = {str(key): label for key, label in getattr(field, "choices", ())}
        return ", ".join(str(choices.get(one, one)) for one in spelled.split("\n")) if choices else spelled

    def compared(self, conflict, value_of) -> list[dict]:
        """For each field that two people changed: its label, mine, theirs, and what it was when I opened the page."""
        opened = self.cleaned_data["opened"]
        return [
            {
                "name": name,
                "label": self.fields[name].label,
                "mine": self.readable(name, self.cleaned_data[name]),
                "theirs": self.readable(name, value_of(name)),
                "was": self.readable(name, opened.get(name, "")),
            }
            for name in conflict.fields
        ]

    def _signed(self, snapshot: dict[str, str]) -> str:
        return signing.dumps({"row": self.row.pk, "values": snapshot}, salt=self.salt, compress=True)
