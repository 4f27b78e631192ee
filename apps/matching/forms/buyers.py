"""A home that is not listed yet, in the handful of facts that its owner tells."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.units import to_square_metres
from apps.listings.forms.fields import AreaField, BedroomsField, CountField, MoneyField
from apps.listings.lookups import PropertySubType, PropertyType
from apps.matching.forms.places import PlacesField
from apps.matching.sides import Offer


class OwnerForm(forms.Form):
    """What an owner would offer."""

    all_optional = True
    property_type = forms.ChoiceField(
        label=_("To be"),
        choices=[(PropertyType.RESIDENTIAL, _("Sold")), (PropertyType.RESIDENTIAL_LEASE, _("Let"))],
        initial=PropertyType.RESIDENTIAL,
        widget=forms.RadioSelect,
    )
    places = PlacesField(label=_("Where"), required=False)
    price = MoneyField(label=_("Price"), required=False)
    bedrooms = BedroomsField(label=_("Bedrooms"), most=30, required=False)
    bathrooms = CountField(label=_("Bathrooms"), most=30, required=False)
    area = AreaField(label=_("Size"), required=False)
    sub_type = forms.ChoiceField(
        label=_("Type"), choices=[("", _("Not set")), *PropertySubType.choices], required=False
    )

    def __init__(self, *args, currency, area_units, **options):
        super().__init__(*args, **options)
        self.currency, self.area_units = currency, area_units
        self.fields["price"].currency = currency

    def offer(self) -> Offer:
        """The home as matching sees it; what is wrong is left out, and what is not said is unknown."""
        data = self.cleaned_data
        place = next(iter(data.get("places") or []), None)
        size = data.get("area")
        return Offer(
            property_type=data.get("property_type") or PropertyType.RESIDENTIAL,
            price=data.get("price"),
            currency=self.currency,
            frequency="Annually" if data.get("property_type") == PropertyType.RESIDENTIAL_LEASE else "",
            sub_type=data.get("sub_type") or "",
            bedrooms=data.get("bedrooms"),
            bathrooms=data.get("bathrooms"),
            area=None if size is None else to_square_metres(size, self.area_units),
            place_path=list(place.path) if place else [],
            area_name=place.name if place else "",
        )
