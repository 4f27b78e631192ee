"""The edit page's form: it carries what it was opened with, so that two people's changes can be told apart."""

from decimal import Decimal

from django import forms
from django.core import signing

from apps.listings.actions.editing import canonical, current_value
from apps.listings.forms.fields import MoneyField, plain_amount
from apps.listings.forms.listing import ListingForm, changeable_fields
from apps.listings.forms.place import AsWritten
from apps.listings.models import Place
from apps.listings.timeline import field_label

SALT = "listings.edit"
MINE, THEIRS = "mine", "theirs"


class EditForm(ListingForm):
    """A listing's fields as this person may see and change them.

    `version` and `opened` (signed, and only of those fields) say what the form was opened with. `keep_<field>` answers
    a conflict: mine or theirs.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    opened = forms.CharField(widget=forms.HiddenInput)
    confirmed = forms.BooleanField(label="The price is right", required=False)

    def __init__(self, *args, listing, by, **options):
        kept = changeable_fields(listing, by)
        values = {name: current_value(listing, name) for name in kept}
        snapshot = {name: canonical(value) for name, value in values.items()}
        own = {"version": listing.version, "opened": _signed(listing, snapshot), "currency": listing.currency}
        super().__init__(*args, initial=own | _shown(values), **options)
        self.listing = listing
        for name in set(ListingForm.base_fields) - set(kept):
            del self.fields[name]

    def clean_opened(self) -> dict[str, str]:
        """The canonical values by field when the form was opened."""
        try:
            carried = signing.loads(self.cleaned_data["opened"], salt=SALT)
        except signing.BadSignature:
            carried = {}
        if carried.get("listing") != self.listing.pk:
            raise forms.ValidationError("This form was not opened here. Open the edit page again.")
        return carried["values"]

    def clean_list_price(self):
        price = self.cleaned_data["list_price"]
        if price is None and self.listing.list_price is not None:
            raise forms.ValidationError("A price cannot be taken away, only changed. Enter the price.")
        return price

    def changes(self) -> dict:
        """What this person changed since the form was opened, by field; what they gave up for others' is left out."""
        opened = self.cleaned_data["opened"]
        values = {name: self.cleaned_data[name] for name in opened if name in self.cleaned_data}
        if isinstance(values.get("place"), AsWritten):
            values["unparsed_address"] = values["place"].address
            values["place"] = None
        changed = {name: value for name, value in values.items() if canonical(value) != opened[name]}
        return {name: value for name, value in changed.items() if self.data.get(f"keep_{name}") != THEIRS}

    def opened_after(self, conflict) -> str:
        """`opened` for the page that compares: the fields it compares as they are now, all others as they were.

        The others must stay: what was typed there is sent again, and only against what it was opened with can it be
        told from somebody else's change.
        """
        now = {name: canonical(current_value(conflict.current, name)) for name in conflict.fields}
        return _signed(self.listing, self.cleaned_data["opened"] | now)


def _signed(listing, snapshot: dict[str, str]) -> str:
    return signing.dumps({"listing": listing.pk, "values": snapshot}, salt=SALT, compress=True)


def _shown(values: dict) -> dict:
    """Initial values of the inputs: numbers without trailing zeros, yes and no as words."""
    shown = dict(values)
    for name in ("living_area", "commission_percent"):
        if shown.get(name) is not None:
            shown[name] = f"{shown[name].normalize():f}"
    shown["new_construction_yn"] = {True: "yes", False: "no"}.get(values.get("new_construction_yn"), "")
    return shown


def readable(form: forms.Form, name: str, value) -> str:
    """A field's value as people read it on the page that compares two: choices by their label, places in full.

    `value` is a Python value or its canonical spelling.
    """
    field = form.fields[name]
    if name == "place":
        is_key = isinstance(value, str) and value.isdecimal()
        place = Place.objects.filter(pk=value).first() if is_key else value
        return place.full_name if isinstance(place, Place) else str(place or "")
    spelled = canonical(value)
    choices = dict(getattr(field, "choices", ()))
    if isinstance(field, forms.BooleanField):
        return "Yes" if spelled == "yes" else "No"
    if isinstance(field, MoneyField) and spelled:
        return f"{field.currency} {plain_amount(Decimal(spelled))}"
    if spelled in choices:
        return str(choices[spelled])
    return spelled


def conflict_rows(form: EditForm, current, names: list[str]) -> list[dict]:
    """For each field that two people changed: its label, mine, theirs, and what it was when I opened the page."""
    opened = form.cleaned_data["opened"]
    return [
        {
            "name": name,
            "label": form.fields[name].label or field_label(name),
            "mine": readable(form, name, form.cleaned_data[name]),
            "theirs": readable(form, name, current_value(current, name)),
            "was": readable(form, name, opened[name]),
        }
        for name in names
    ]
