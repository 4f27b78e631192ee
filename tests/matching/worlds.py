"""Random listings and requirements that meet each other often: small ranges, blanks, edges exactly hit."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from apps.matching.features import FEATURES
from apps.matching.lookups import CriterionName
from apps.matching.models import ExchangeRate
from tests.factories import ListingFactory, PlaceFactory, RequirementFactory, UnitFactory

KINDS = ("Apartment", "Studio", "Penthouse", "Villa", "Townhouse", "Office", "Other")
CURRENCIES = ("AED", "AED", "AED", "USD", "SAR", "EUR")  # there is no rate for the euro
FREQUENCIES = ("Annually", "Monthly", "Quarterly", "Weekly", "")
SAID = (
    "Full marina view from the balcony", "Two parking bays, gym and pool", "Maid's room; built-in wardrobes", "",
    "Bright home near the metro, sea views", "Private garden and study", "Renovated, chiller free, pets welcome",
)  # fmt: skip
VIEWS = ("", "", "Full marina", "Partial marina", "Sea and palm", "Park", "Burj Khalifa")
DAY = date(2027, 1, 1)


def maybe(rng: Random, value, empty=None, share=0.25):
    return empty if rng.random() < share else value


def tree(rng: Random) -> list:
    """Countries, cities, communities in communities, and buildings."""
    country = PlaceFactory(level="country", name="Emirates")
    cities = [PlaceFactory(level="city", parent=country) for _ in range(2)]
    communities = [PlaceFactory(level="community", parent=city) for city in cities for _ in range(2)]
    inner = [PlaceFactory(level="community", parent=communities[0])]
    buildings = [PlaceFactory(parent=one) for one in [*communities, *inner, cities[1]] for _ in range(2)]
    return [country, *cities, *communities, *inner, *buildings]


def a_listing(rng: Random, places: list):
    is_lease = rng.random() < 0.4
    unit = UnitFactory(
        place=maybe(rng, rng.choice(places), share=0.1),
        property_sub_type=rng.choice(KINDS),
        bedrooms_total=maybe(rng, rng.randint(0, 5)),
        bathrooms_total_integer=maybe(rng, rng.randint(1, 4)),
        living_area=maybe(rng, Decimal(rng.randrange(500, 2000, 50))),
        living_area_units=rng.choice(("Square Feet", "Square Feet", "Square Meters")),
        entry_level=maybe(rng, rng.randint(0, 30)),
        parking_total=maybe(rng, rng.randint(0, 3)),
        view=rng.choice(VIEWS),
    )
    return ListingFactory(
        unit=unit,
        property_type="Residential Lease" if is_lease else "Residential",
        standard_status=rng.choice(("Active", "Active", "Active", "Coming Soon", "Pending", "Closed")),
        list_price=maybe(rng, Decimal(rng.randrange(70_000, 130_000, 500)), share=0.15),
        currency=rng.choice(CURRENCIES),
        lease_amount_frequency=rng.choice(FREQUENCIES) if is_lease else "",
        furnished=rng.choice(("", "Furnished", "Partially", "Unfurnished", "Negotiable")),
        availability_date=maybe(rng, DAY + timedelta(days=rng.randint(-40, 60)), share=0.5),
        occupant_type=rng.choice(("", "Vacant", "Tenant")),
        title=rng.choice(SAID),
        public_remarks=rng.choice(SAID),
    )


def a_requirement(rng: Random, places: list):
    is_lease = rng.random() < 0.4
    names = [name.value for name in CriterionName]
    musts = rng.sample(names, rng.randint(0, 6))
    features = [feature.key for feature in rng.sample(FEATURES, rng.randint(0, 4))]
    cut = rng.randint(0, len(features))
    low = Decimal(rng.randrange(60_000, 110_000, 1000))
    return RequirementFactory(
        property_type="Residential Lease" if is_lease else "Residential",
        price_min=maybe(rng, low, share=0.6),
        price_max=maybe(rng, low + rng.randrange(0, 40_000, 1000)),
        currency=rng.choice(CURRENCIES),
        lease_amount_frequency=rng.choice(FREQUENCIES) if is_lease else "",
        price_tolerance_percent=rng.choice((0, 5, 5, 10, 50)),
        bedrooms_min=maybe(rng, rng.randint(0, 3), share=0.4),
        bedrooms_max=maybe(rng, rng.randint(3, 5), share=0.6),
        bathrooms_min=maybe(rng, rng.randint(1, 3), share=0.6),
        area_min=maybe(rng, Decimal(rng.randrange(500, 1200, 50)), share=0.6),
        area_max=maybe(rng, Decimal(rng.randrange(1200, 2400, 50)), share=0.7),
        area_units=rng.choice(("Square Feet", "Square Feet", "Square Meters")),
        floor_min=maybe(rng, rng.randint(1, 25), share=0.6),
        furnished=rng.choice(("", "", "Furnished", "Partially", "Unfurnished")),
        sub_types=rng.choice(([], ["Apartment"], ["Apartment", "Penthouse"], ["Villa", "Townhouse"], ["Office"])),
        features_must=features[:cut],
        features_nice=features[cut:],
        move_in_by=maybe(rng, DAY + timedelta(days=rng.randint(-20, 40)), share=0.6),
        musts=musts,
        nices=[name for name in names if name not in musts and rng.random() < 0.7],
        places=rng.sample(places, rng.choice((0, 0, 1, 1, 2, 3))),
    )


def rates() -> dict:
    return {row.currency: row.in_aed for row in ExchangeRate.objects.all()}
