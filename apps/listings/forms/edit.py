"""The edit page's form: it carries what it was opened with, so that two people's changes can be told apart."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _

from apps.core.edit_forms import OpenedForm
from apps.core.editing import canonical
from apps.listings.actions.editing import current_value
from apps.listings.forms.fields import MoneyField, plain_amount
from apps.listings.forms.listing import ListingForm, changeable_fields
from apps.listings.forms.place import AsWritten
from apps.listings.models import Place

SALT = "listings.edit"


class EditForm(OpenedForm, ListingForm):
    """A listing's fields as this person may see and change them."""

    salt = SALT
    confirmed = forms.BooleanField(label="The price is right", required=False)

    def __init__(self, *args, listing, by, **options):
        kept = changeable_fields(listing, by)
        values = {name: current_value(listing, name) for name in kept}
        super().__init__(*args, initial={"currency": listing.currency} | _shown(values), **options)
        self.open_with(listing, values)
        for name in set(ListingForm.base_fields) - set(kept):
            del self.fields[name]

    def clean_list_price(self):
        price = self.cleaned_data["list_price"]
        if price is None and self.row.list_price is not None:
            raise forms.ValidationError(_("A price cannot be taken away, only changed. Enter the price."))
        return price

    def values(self) -> dict:
        values = super().values()
        if isinstance(values.get("place"), AsWritten):
            values["unparsed_address"] = values["place"].address
            values["place"] = None
        return values

    def readable(self, name: str, value) -> str:
        field = self.fields[name]
        if name == "place":
            is_key = isinstance(value, str) and value.isdecimal()
            place = Place.objects.filter(pk=value).first() if is_key else value
            return place.full_name if isinstance(place, Place) else str(place or "")
        spelled = canonical(value)
        if isinstance(field, MoneyField) and spelled:
            return f"{field.currency} {plain_amount(Decimal(spelled))}"
        return super().readable(name, value)


def _shown(values: dict) -> dict:
    """Initial values of the inputs: numbers without trailing zeros, yes and no as words."""
    shown = dict(values)
    for name in ("living_area", "commission_percent"):
        if shown.get(name) is not None:
            shown[name] = f"{shown[name].normalize():f}"
    shown["new_construction_yn"] = {True: "yes", False: "no"}.get(values.get("new_construction_yn"), "")
    return shown
