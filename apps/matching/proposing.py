"""What somebody who asks about one listing probably looks for: a requirement to start from, not to believe in."""

from dataclasses import dataclass
from decimal import Decimal

from apps.customers.models import Customer
from apps.listings.lookups import PER_YEAR
from apps.listings.models import Listing, Place
from apps.listings.models.place import PlaceLevel
from apps.matching.conditions import SUB_TYPE_UNKNOWN
from apps.matching.models import Requirement

CHEAPEST, DEAREST = Decimal("0.8"), Decimal("1.1")  # of the price they asked about
DIGITS = 2  # of a round amount


@dataclass(frozen=True)
class Proposal:
    """Values for `save_requirement`, and the places that would do."""

    values: dict
    places: list[Place]

    def requirement(self, customer: Customer) -> Requirement:
        """The same as a requirement that is not saved, for `matches_for`."""
        row = Requirement(customer=customer, **self.values)
        row.place_ids = [place.pk for place in self.places]
        return row


def proposal_from(listing: Listing) -> Proposal:
    """About the price, as many bedrooms or one more, the same kind and community. What is unknown is not asked for."""
    values = {
        "property_type": listing.property_type,
        "currency": listing.currency,
        "sub_types": [] if listing.property_sub_type in SUB_TYPE_UNKNOWN else [listing.property_sub_type],
    }
    if listing.list_price:
        price = listing.list_price * (PER_YEAR.get(listing.lease_amount_frequency, 1) if listing.is_lease else 1)
        values["price_min"], values["price_max"] = round_amount(price * CHEAPEST), round_amount(price * DEAREST)
    if listing.bedrooms_total is not None:
        values["bedrooms_min"], values["bedrooms_max"] = listing.bedrooms_total, listing.bedrooms_total + 1
    return Proposal(values, _places(listing))


def round_amount(amount: Decimal) -> Decimal:
    """2,695,000 → 2,700,000: as people name a budget."""
    step = Decimal(10) ** (amount.adjusted() - DIGITS + 1)
    return ((amount / step).to_integral_value() * step).quantize(Decimal(1))


def _places(listing) -> list[Place]:
    """The innermost community it lies in, else the building."""
    inner = {pk: depth for depth, pk in enumerate(listing.place_path)}
    rows = Place.objects.filter(pk__in=inner, level__in=[PlaceLevel.COMMUNITY, PlaceLevel.BUILDING])
    found = sorted(rows, key=lambda place: (place.level == PlaceLevel.COMMUNITY, inner[place.pk]))
    return found[-1:]
