"""What a customer looks for: the handful of fields of a phone call, and the whole of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.form_fields import DayField
from apps.core.units import AreaUnits
from apps.customers.lookups import Payment
from apps.listings.forms.fields import AreaField, BedroomsField, CountField, MoneyField
from apps.listings.lookups import Furnished, PropertySubType, PropertyType
from apps.matching.features import FEATURES
from apps.matching.forms.places import PlacesField
from apps.matching.lookups import CriterionName, Importance

PURPOSES = [(PropertyType.RESIDENTIAL, _("Buy")), (PropertyType.RESIDENTIAL_LEASE, _("Rent"))]
FURNISHINGS = [("", _("Not set")), *[choice for choice in Furnished.choices if choice[0] != Furnished.NEGOTIABLE]]
PAYMENTS = [(Payment.UNKNOWN, _("Not set")), (Payment.CASH, _("Cash")), (Payment.MORTGAGE, _("Mortgage"))]
CHOICES = [(feature.key, feature.label) for feature in FEATURES]
IN_ORDER = (("price_min", "price_max"), ("bedrooms_min", "bedrooms_max"), ("area_min", "area_max"))


class WishForm(forms.Form):
    """What somebody says on the phone."""

    all_optional = True
    property_type = forms.ChoiceField(
        label=_("Wants to"), choices=PURPOSES, initial=PropertyType.RESIDENTIAL, widget=forms.RadioSelect
    )
    price_min = MoneyField(label=_("Budget from"), required=False)
    price_max = MoneyField(label=_("Budget to"), required=False)
    bedrooms_min = BedroomsField(label=_("Bedrooms from"), most=30, required=False)
    bedrooms_max = BedroomsField(label=_("Bedrooms to"), most=30, required=False)
    area_min = AreaField(label=_("Size from"), required=False)
    places = PlacesField(label=_("Areas"), required=False)
    features_must = forms.MultipleChoiceField(
        label=_("Must have"), choices=CHOICES, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, currency, area_units, **options):
        super().__init__(*args, **options)
        self.currency, self.area_units = currency, area_units
        self.area_unit = AreaUnits(area_units).label
        for name in ("price_min", "price_max"):
            self.fields[name].currency = currency

    def clean(self):
        data = super().clean()
        for low, high in IN_ORDER:
            if data.get(low) is not None and data.get(high) is not None and data[low] > data[high]:
                self.add_error(high, _("This is less than where it starts. Swap the two, or leave one empty."))
        return data

    def wishes(self) -> dict:
        """The fields of a requirement, as understood; those that are wrong are left out."""
        data = {
            name: value for name, value in self.cleaned_data.items() if name in self.fields and not _is_weight(name)
        }
        return data | {"currency": self.currency, "area_units": self.area_units}

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said that narrows the choice."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "property_type"}
        return not any(value or value == 0 for value in said.values())


class RequirementForm(WishForm):
    """The whole requirement, with how much each part matters."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    price_tolerance_percent = CountField(label=_("Tolerance, %"), most=50, required=False)
    area_max = AreaField(label=_("Size to"), required=False)
    bathrooms_min = CountField(label=_("Bathrooms from"), most=30, required=False)
    floor_min = CountField(label=_("Floor from"), most=200, required=False)
    furnished = forms.ChoiceField(label=_("Furnishing"), choices=FURNISHINGS, required=False)
    sub_types = forms.MultipleChoiceField(
        label=_("Type"), choices=PropertySubType.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    features_nice = forms.MultipleChoiceField(
        label=_("Nice to have"), choices=CHOICES, required=False, widget=forms.CheckboxSelectMultiple
    )
    move_in_by = DayField(label=_("Moving in by"), required=False)
    payment = forms.ChoiceField(label=_("Paying"), choices=PAYMENTS, required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for name, label in CriterionName.choices:
            field = forms.ChoiceField(label=label, choices=Importance.choices, required=False, widget=forms.RadioSelect)
            self.fields[f"weigh_{name}"] = field

    def clean(self):
        data = super().clean()
        both = set(data.get("features_must", [])) & set(data.get("features_nice", []))
        data["features_nice"] = [key for key in data.get("features_nice", []) if key not in both]
        return data

    def wishes(self) -> dict:
        data = super().wishes()
        del data["version"]
        data["payment"] = data.get("payment") or Payment.UNKNOWN
        if data.get("price_tolerance_percent") is None:
            data.pop("price_tolerance_percent", None)
        weights = {name: self.cleaned_data.get(f"weigh_{name}") for name in CriterionName.values}
        data["importance"] = {name: weight for name, weight in weights.items() if weight}
        return data


def _is_weight(name: str) -> bool:
    return name.startswith("weigh_")
