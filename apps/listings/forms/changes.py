"""Short forms of the drawers: price, status, agent, mandate, permit, once more on the market."""

from datetime import timedelta

from django import forms

from apps.core.form_fields import DayField, TextField
from apps.listings.actions.mandate import why_not_run
from apps.listings.actions.status import ASKS_REASON
from apps.listings.forms.fields import MoneyField
from apps.listings.lookups import ListingAgreement, PropertyType, StandardStatus
from apps.listings.models import Mandate, Permit


class PriceForm(forms.Form):
    """A new asking price; `confirmed` is offered once a price surprises."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    list_price = MoneyField(label="Price")
    reason = forms.CharField(
        label="Reason", max_length=300, required=False, help_text="Colleagues read it in the price history."
    )
    confirmed = forms.BooleanField(label="The price is right", required=False)

    def __init__(self, *args, listing, **options):
        super().__init__(*args, **options)
        field = self.fields["list_price"]
        field.currency, field.label = listing.currency, f"Price, {listing.currency}"


class StatusForm(forms.Form):
    """The next status, with the reason that the owner asks for later and the price a closed listing fetched."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    status = forms.ChoiceField(choices=StandardStatus.choices, widget=forms.HiddenInput)
    close_price = MoneyField(label="Closing price")
    reason = TextField(label="Reason", rows=2, max_length=300, required=False)

    def __init__(self, *args, listing, status, **options):
        super().__init__(*args, **options)
        if status == StandardStatus.CLOSED:
            field = self.fields["close_price"]
            field.currency, field.label = listing.currency, f"Closing price, {listing.currency}"
            self.initial.setdefault("close_price", listing.list_price)
        else:
            del self.fields["close_price"]
        if status in ASKS_REASON:
            self.fields["reason"].help_text = "Colleagues and the owner ask later."


class MandateForm(forms.ModelForm):
    """The owner's signed mandate."""

    listing_contract_date = DayField(label="Signed on")
    expiration_date = DayField(label="Ends on")
    listing_agreement = forms.ChoiceField(label="Mandate", choices=ListingAgreement.choices)

    class Meta:
        model = Mandate
        fields = ["listing_contract_date", "expiration_date", "listing_agreement", "number"]

    def clean(self):
        data = super().clean()
        signed, ends = data.get("listing_contract_date"), data.get("expiration_date")
        for sentence in why_not_run(signed, ends) if signed and ends else []:
            self.add_error("expiration_date", sentence)
        return data


class PermitForm(forms.ModelForm):
    """The authority's permit to advertise."""

    issued_on = DayField(label="Issued on", required=False)
    expiration_date = DayField(label="Ends on")

    class Meta:
        model = Permit
        fields = ["number", "expiration_date", "issued_on", "authority"]


class RelistForm(forms.Form):
    """Put the unit on the market again; `confirmed` is offered when it is open for the same purpose."""

    property_type = forms.ChoiceField(label="Put it on the market for", choices=PropertyType.choices)
    confirmed = forms.BooleanField(label="List it twice", required=False)


def renewed(mandate: Mandate | None, today, mandate_days: int) -> dict:
    """Initial values of the next mandate: from the day after the last one, of the agency's usual length."""
    start = mandate.expiration_date + timedelta(days=1) if mandate and mandate.expiration_date >= today else today
    agreement = mandate.listing_agreement if mandate else ListingAgreement.EXCLUSIVE_SELL
    return {
        "listing_contract_date": start,
        "expiration_date": start + timedelta(days=mandate_days),
        "listing_agreement": agreement,
    }
