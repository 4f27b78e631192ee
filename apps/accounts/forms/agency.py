"""The agency's settings as a form."""

import zoneinfo
from functools import cache

from django import forms
from phonenumbers import SUPPORTED_REGIONS, country_code_for_region

from apps.accounts.actions.agency import AGENCY_FIELDS
from apps.accounts.models import Agency, Weekday
from apps.core.money import Currency

# Zones where our agencies work come first; every other is offered below them.
NEAR = ["Asia/Dubai", "Asia/Muscat", "Asia/Qatar", "Asia/Riyadh", "Asia/Kuwait", "Asia/Bahrain", "Africa/Cairo"]


@cache
def zone_choices() -> list:
    """IANA time zones, the near ones first."""
    far = sorted(name for name in zoneinfo.available_timezones() if "/" in name and not name.startswith("Etc/"))
    return [("Near", [(n, n) for n in NEAR]), ("All", [(n, n) for n in [*far, "UTC"] if n not in NEAR])]


@cache
def region_choices() -> list:
    """Countries by the code that begins their phone numbers, the near ones first."""
    near = ["AE", "BH", "EG", "KW", "OM", "QA", "SA"]
    far = sorted(SUPPORTED_REGIONS - set(near))
    return [
        (name, [(code, f"{code}, +{country_code_for_region(code)}") for code in codes])
        for name, codes in (("Near", near), ("All", far))
    ]


class AgencyForm(forms.ModelForm):
    """Every setting of product.md's trade rules that a person decides."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    currency = forms.ChoiceField(choices=[(code, f"{code}, {name}") for code, name in Currency.choices])
    time_zone = forms.ChoiceField(choices=zone_choices)
    phone_region = forms.ChoiceField(choices=region_choices, label="Phone numbers are of")
    weekend = forms.TypedMultipleChoiceField(
        choices=Weekday.choices, coerce=int, required=False, label="Days off", widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Agency
        fields = AGENCY_FIELDS
        widgets = {"area_units": forms.RadioSelect, "customer_visibility": forms.RadioSelect}
        labels = {
            "name": "Name of the agency",
            "area_units": "Unit of area",
            "phone_region": "Phone numbers are of",
            "customer_visibility": "Agents see",
            "mandate_days": "Length of a mandate",
            "requires_mfa": "Managers and administrators need a second step to sign in",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
