"""The take-on page: what a website needs in sight, the rest folded."""

from datetime import date

from django import forms
from django.utils.translation import gettext as _

from apps.core.form_fields import DayField
from apps.listings.actions.editing import LISTING_FIELDS, UNIT_FIELDS
from apps.listings.actions.mandate import default_expiration, why_not_run
from apps.listings.actions.owner import OWNER_FIELDS
from apps.listings.forms.listing import ListingForm
from apps.listings.lookups import ListingAgreement, PropertyType
from apps.listings.models import Mandate, Permit, Unit

SOMETHING = ("place", "unit_number", "title", "unparsed_address", "list_price", "owner_name", "owner_phone")
ANOTHER_UNIT = "another"


class TakeOnForm(ListingForm):
    """A listing with its first mandate and permit. Nothing is required; what is typed must be right."""

    mandate_signed = DayField(label="Mandate signed on", required=False)
    mandate_ends = DayField(label="Mandate ends on", required=False)
    listing_agreement = forms.ChoiceField(label="Mandate", choices=ListingAgreement.choices, required=False)
    mandate_number = forms.CharField(label="Contract number", max_length=60, required=False)
    permit_number = forms.CharField(label="Permit number", max_length=60, required=False)
    permit_ends = DayField(label="Permit ends on", required=False)
    same_unit = forms.CharField(required=False, max_length=20)
    list_twice = forms.BooleanField(label="List it twice", required=False)

    def clean(self):
        data = super().clean()
        signed, ends = data.get("mandate_signed"), data.get("mandate_ends")
        if ends and not signed and "mandate_signed" not in self.errors:
            self.add_error("mandate_signed", _("Enter the day on which the owner signed the mandate."))
        for sentence in why_not_run(signed, ends) if signed and ends else []:
            self.add_error("mandate_ends", sentence)
        if data.get("permit_ends") and not data.get("permit_number"):
            self.add_error("permit_number", _("Enter the permit's number."))
        return data

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed by which the draft could be told from others."""
        return not any(self.cleaned_data.get(name) for name in SOMETHING)

    def new_unit(self, place) -> Unit:
        """An unsaved unit of what was typed."""
        return Unit(place=place, **self._typed_of(UNIT_FIELDS - {"place"}))

    def facts_of_known_unit(self) -> dict:
        """What was typed about a unit that is here already: never its address, and no default as if it were typed."""
        facts = self._typed_of((UNIT_FIELDS | OWNER_FIELDS) - {"place", "unit_number", "unparsed_address"})
        if "property_sub_type" not in self.changed_data:
            facts.pop("property_sub_type", None)
        if "living_area" not in facts:
            facts.pop("living_area_units", None)
        return facts

    def terms(self) -> dict:
        """What was typed about the listing, by field of LISTING_FIELDS."""
        return {"property_type": PropertyType.RESIDENTIAL} | self._typed_of(LISTING_FIELDS)

    def owner(self) -> dict:
        """What was typed about the owner, by field of OWNER_FIELDS."""
        return self._typed_of(OWNER_FIELDS)

    def mandate(self) -> Mandate | None:
        """The unsaved mandate, from the day it was signed; without an end it runs the agency's usual length."""
        signed: date | None = self.cleaned_data["mandate_signed"]
        if not signed:
            return None
        is_lease = self.cleaned_data["property_type"] == PropertyType.RESIDENTIAL_LEASE
        usual = ListingAgreement.EXCLUSIVE_LEASE if is_lease else ListingAgreement.EXCLUSIVE_SELL
        return Mandate(
            listing_agreement=self.cleaned_data["listing_agreement"] or usual,
            number=self.cleaned_data["mandate_number"],
            listing_contract_date=signed,
            expiration_date=self.cleaned_data["mandate_ends"] or default_expiration(signed),
        )

    def permit(self) -> Permit | None:
        """The unsaved permit."""
        number = self.cleaned_data["permit_number"]
        return Permit(number=number, expiration_date=self.cleaned_data["permit_ends"]) if number else None

    def _typed_of(self, names) -> dict:
        values = {name: self.cleaned_data.get(name) for name in names}
        return {name: value for name, value in values.items() if value is not None and value != ""}
