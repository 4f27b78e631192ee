"""The form of the phone page: who calls, what they want, which listings, what was said, what comes next."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.core.form_fields import DayField, TextField, moment_of
from apps.matching.forms.requirement import WishForm

MOST_PICKS = 12
NEAR = ((0, _("Today")), (1, _("Tomorrow")), (3, _("In 3 days")), (7, _("In a week")))
MANY = ("places", "features_must", "tick")


@dataclass(frozen=True)
class Pick:
    """A listing that was ticked, and when it is to be shown (None: the caller is interested, no time yet)."""

    listing: int
    slot: datetime | None


class CallForm(WishForm):
    """Everything on the page. Ticked listings and their slots are read by `picks`."""

    draft = forms.UUIDField(widget=forms.HiddenInput)
    number = forms.CharField(
        label=_("Number, name or e-mail"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),  # a number stays a number between Arabic words
    )
    customer = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    requirement = forms.CharField(label=_("Looking for"), max_length=19, required=False)
    full_name = forms.CharField(label=_("Name"), max_length=160, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    note = TextField(label=_("What was said"), rows=4, max_length=5000, required=False)
    next_title = forms.CharField(label=_("Next step"), max_length=200, required=False)
    # Any day is taken: the page may have been opened before midnight, when "today" was another.
    next_day = forms.DateField(label=_("By"), required=False, widget=forms.RadioSelect)
    next_due = DayField(label=_("or another day"), required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["next_day"].widget.choices = _near_days()

    def wishes(self) -> dict:
        names = WishForm.base_fields
        return {name: value for name, value in super().wishes().items() if name in names or name not in self.fields}

    @property
    def is_empty(self) -> bool:
        said = {name: self.cleaned_data.get(name) for name in WishForm.base_fields if name != "property_type"}
        return not any(value or value == 0 for value in said.values())

    def picks(self) -> list[Pick]:
        """What was ticked, in the order of the page."""
        ticked = [key for key in _many(self.data, "tick") if key.isdecimal() and len(key) < 19][:MOST_PICKS]
        return [Pick(int(key), moment_of(self.data.get(f"slot-{key}", ""))) for key in dict.fromkeys(ticked)]

    def clean_next_due(self):
        due = self.cleaned_data["next_due"]
        if due and due < timezone.localdate():
            raise forms.ValidationError(_("That day is over. Choose today or later."))
        return due

    def clean(self):
        data = super().clean()
        data["due"] = data.get("next_due") or data.get("next_day")
        if data["due"] and not data.get("next_title"):
            self.add_error("next_title", _("Say what is to be done by then, or leave the day empty."))
        return data


def shown_again(fields: dict[str, list[str]], **options) -> CallForm:
    """The form with what was typed before, and without complaints about it."""
    initial = {name: values if name in MANY else values[0] for name, values in fields.items() if values}
    ids = [*fields.get("places", []), *fields.get("place", [])]
    initial["places"] = {"ids": [key for key in ids if key.isdecimal()], "text": initial.get("place_text", "")}
    return CallForm(initial=initial, **options)


def _near_days() -> list[tuple[str, str]]:
    today = timezone.localdate()
    return [(str(today + timedelta(days=ahead)), label) for ahead, label in NEAR]


def _many(data, name) -> list[str]:
    return data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
