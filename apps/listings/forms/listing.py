"""The fields of a listing and its unit, as take-on and edit pages show them."""

from django import forms
from django.utils.translation import gettext as _

from apps.core.form_fields import DayField, TextField
from apps.core.money import Currency
from apps.core.units import AreaUnits
from apps.customers.actions.contacts import why_not_phone
from apps.customers.phones import FEWEST_DIGITS, only_digits, tidy
from apps.listings import policy
from apps.listings.actions.editing import TEXT_FIELDS
from apps.listings.actions.owner import OWNER_FIELDS
from apps.listings.forms.fields import AreaField, BedroomsField, CountField, MoneyField
from apps.listings.forms.place import PlaceField
from apps.listings.lookups import (
    DevelopmentStatus,
    FeeFrequency,
    Furnished,
    OccupantType,
    OwnershipType,
    PropertySubType,
    PropertyType,
)

YES_NO = [("", "Not set"), ("yes", "Yes"), ("no", "No")]


def not_set(choices) -> list:
    """The choices of a lookup with the empty one first."""
    return [("", "Not set"), *choices]


def to_bool(value: str) -> bool | None:
    """The answer of a YES_NO choice."""
    return {"yes": True, "no": False}.get(value)


class ListingForm(forms.Form):
    """Every fact, term and text. Names are those of the models, so that cleaned data are changes for the actions."""

    all_optional = True

    place = PlaceField(label="Building or place", required=False)
    unit_number = forms.CharField(label="Unit number", max_length=40, required=False)
    property_type = forms.ChoiceField(
        label="Sale or rent",
        choices=PropertyType.choices,
        initial=PropertyType.RESIDENTIAL,
        widget=forms.RadioSelect,
        required=False,
    )
    bedrooms_total = BedroomsField(label="Bedrooms", most=50, required=False)
    bathrooms_total_integer = CountField(label="Bathrooms", most=50, required=False)
    living_area = AreaField(label="Size", required=False)
    living_area_units = forms.ChoiceField(label="Size is in", choices=AreaUnits.choices, required=False)
    list_price = MoneyField(label="Price", required=False)

    property_sub_type = forms.ChoiceField(
        label="Type", choices=PropertySubType.choices, initial=PropertySubType.APARTMENT, required=False
    )
    entry_level = forms.IntegerField(label="Floor", min_value=-10, max_value=200, required=False)
    stories_total = CountField(label="Floors in the building", required=False)
    year_built = forms.IntegerField(label="Year built", min_value=1800, max_value=2100, required=False)
    parking_total = CountField(label="Parking bays", most=100, required=False)
    view = forms.CharField(label="View", max_length=120, required=False)
    furnished = forms.ChoiceField(label="Furnishing", choices=not_set(Furnished.choices), required=False)
    occupant_type = forms.ChoiceField(label="Occupancy", choices=not_set(OccupantType.choices), required=False)
    availability_date = DayField(label="Available from", required=False)
    ownership_type = forms.ChoiceField(label="Tenure", choices=not_set(OwnershipType.choices), required=False)
    association_fee = MoneyField(label="Service charge", required=False)
    association_fee_frequency = forms.ChoiceField(
        label="Service charge is", choices=not_set(FeeFrequency.choices), required=False
    )
    new_construction_yn = forms.TypedChoiceField(
        label="New construction", choices=YES_NO, coerce=to_bool, empty_value=None, required=False
    )
    development_status = forms.ChoiceField(
        label="Building is", choices=not_set(DevelopmentStatus.choices), required=False
    )
    unparsed_address = forms.CharField(label="Address as written", max_length=300, required=False)
    postal_code = forms.CharField(label="Postal code", max_length=20, required=False)

    title = forms.CharField(label="Title", max_length=300, required=False)
    public_remarks = TextField(label="Description", rows=5, max_length=20000, required=False)
    private_remarks = TextField(
        label="Notes for colleagues", max_length=20000, required=False, help_text="Never on a website."
    )
    showing_instructions = TextField(
        label="Keys and access", rows=2, max_length=2000, required=False, help_text="Such as “Office, hook 14”."
    )

    currency = forms.ChoiceField(label="Currency", choices=Currency.choices, required=False)
    lease_amount_frequency = forms.ChoiceField(label="Rent is", choices=not_set(FeeFrequency.choices), required=False)
    commission_percent = forms.DecimalField(
        label="Commission, %", min_value=0, max_value=100, max_digits=5, decimal_places=2, required=False
    )
    internet_entire_listing_display_yn = forms.BooleanField(label="The owner agrees to publish", required=False)
    owner_name = forms.CharField(label="Owner's name", max_length=160, required=False)
    owner_phone = forms.CharField(label="Owner's phone", max_length=40, required=False)
    owner_email = forms.EmailField(label="Owner's e-mail", required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.widget.attrs.setdefault("autocomplete", "off")
            if isinstance(field, MoneyField):
                field.currency = self._currency()

    def _currency(self) -> str:
        code = self.data.get("currency") if self.is_bound else ""
        return code if code in Currency.values else self.initial.get("currency") or Currency.AED

    def clean_owner_phone(self):
        phone = self.cleaned_data["owner_phone"].strip()
        if phone and len(only_digits(tidy(phone))) < FEWEST_DIGITS:
            raise forms.ValidationError(why_not_phone(phone))
        return phone

    def clean_lease_amount_frequency(self):
        chosen = self.cleaned_data["lease_amount_frequency"]
        if self.cleaned_data.get("property_type") != PropertyType.RESIDENTIAL_LEASE:
            return ""
        return chosen or FeeFrequency.ANNUALLY

    def clean(self):
        data = super().clean()
        floor, floors = data.get("entry_level"), data.get("stories_total")
        if floor is not None and floors and floor > floors:
            sentence = _("Floor %(floor)s is above the building's %(floors)s floors. Check both.")
            self.add_error("entry_level", sentence % {"floor": floor, "floors": floors})
        return data


def changeable_fields(listing, by) -> list[str]:
    """Names of the fields that this person may see and change on this listing."""
    if policy.why_not_change(listing, by):
        return [name for name in ListingForm.base_fields if name in TEXT_FIELDS]
    hidden = hidden_fields(listing, by)
    return [name for name in ListingForm.base_fields if name not in hidden]


def hidden_fields(listing, by) -> list[str]:
    """Fields of this listing that this person must not see."""
    hidden = []
    if not policy.may_see_owner(listing, by):
        hidden += OWNER_FIELDS
    if not policy.may_see_commission(listing, by):
        hidden.append("commission_percent")
    if not by.has_perm("listings.view_private_remarks"):
        hidden.append("private_remarks")
    return hidden
