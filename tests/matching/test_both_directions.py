"""Random pairs: both directions say the same, and an independent slow matcher says so too."""

from decimal import Decimal
from random import Random

import pytest

from apps.listings.models import Listing, Place
from apps.matching import finding
from apps.matching.conditions import fit_of
from apps.matching.for_requirement import MARKETABLE, asked_of
from apps.matching.matches import visible_customers
from apps.matching.models import Requirement
from apps.matching.sides import Offer
from tests.factories import ListingFactory, RequirementFactory
from tests.matching.slow_matcher import judge
from tests.matching.worlds import a_listing, a_requirement, rates, tree

pytestmark = pytest.mark.django_db
ALL = 10_000


def world(seed: int, listings: int, requirements: int):
    rng = Random(seed)
    places = tree(rng)
    for _ in range(listings):
        a_listing(rng, places)
    for _ in range(requirements):
        a_requirement(rng, places)
    return (
        list(Listing.objects.select_related("unit").order_by("pk")),
        list(Requirement.objects.prefetch_related("place_rows").order_by("pk")),
    )


def forwards(requirements) -> dict:
    """(requirement, listing): what is found from the requirement."""
    return {
        (requirement.pk, one.pk): one
        for requirement in requirements
        for one in finding.listings_for(requirement, limit=ALL)
    }


def backwards(listings, user) -> dict:
    """(requirement, listing): what is found from the listing. Each requirement here is another customer's."""
    return {
        (one.pk, listing.pk): one
        for listing in listings
        if listing.standard_status in MARKETABLE
        for one in finding.requirements_for(Offer.of(listing), visible_customers(user), limit=ALL)
    }


def told(found, requirement) -> tuple:
    fits = {str(one.name): fit_of(*found.offs[one.name]).value for one in asked_of(requirement)}
    return found.score, fits


def test_both_directions_and_the_slow_matcher_agree(manager):
    listings, requirements = world(1, 40, 40)
    there, back = forwards(requirements), backwards(listings, manager)
    places, known = Place.objects.in_bulk(), rates()
    disagreements = []
    for listing in listings:
        for requirement in requirements:
            key = (requirement.pk, listing.pk)
            said = judge(requirement, listing, places, known)
            if (key in there) != said.matches or (key in back) != said.matches:
                disagreements.append((key, said, key in there, key in back))
            elif said.matches:
                one, other = told(there[key], requirement), told(back[key], requirement)
                if one != other or one[1] != said.fits or abs(one[0] - said.score) > 0.5:
                    disagreements.append((key, said, one, other))
    assert disagreements == []
    assert len(listings) * len(requirements) == 1600
    assert len(there) > 60


def test_an_asked_listing_that_does_not_fit_is_told_as_it_is(manager):
    """Distances are the same for rows that are shown anyway, fitting or not."""
    listings, requirements = world(7, 12, 12)
    places, known = Place.objects.in_bulk(), rates()
    for requirement in requirements:
        for one in finding.listings_for(requirement, limit=ALL, only=[listing.pk for listing in listings]):
            listing = next(row for row in listings if row.pk == one.pk)
            if listing.property_type == requirement.property_type:
                said = judge(requirement, listing, places, known)
                assert told(one, requirement)[1] == said.fits
                assert abs(one.score - said.score) <= 0.5


BORDERS = [  # price, in a budget of 80,000 to 100,000 with 5 percent: is it near still
    ("105000", True),
    ("105004.99", True),  # a percentage is rounded to a hundredth, then compared
    ("105005", False),
    ("76000", True),
    ("75996.01", True),
    ("75996", False),
]


@pytest.mark.parametrize(("price", "is_near"), BORDERS)
@pytest.mark.parametrize("currency", ["AED", "USD", "EUR"])  # there is no rate for the euro
def test_the_border_of_the_tolerance_is_exact_in_both_directions(price, is_near, currency, manager):
    listing = ListingFactory(list_price=Decimal(price), currency=currency, standard_status="Active")
    wish = RequirementFactory(price_min=80_000, price_max=100_000, currency=currency, price_tolerance_percent=5)
    there, back = forwards([wish]), backwards([listing], manager)
    assert set(there) == set(back) == ({(wish.pk, listing.pk)} if is_near else set())
    if is_near:
        assert told(there[wish.pk, listing.pk], wish) == told(back[wish.pk, listing.pk], wish)
        assert told(there[wish.pk, listing.pk], wish)[1]["price"] == "near"


def test_another_currency_is_compared_at_its_rate_and_without_one_unknown(manager):
    in_dollars = ListingFactory(list_price=Decimal("27229.40"), currency="USD", standard_status="Active")  # 99,999.97
    in_euros = ListingFactory(list_price=Decimal("1"), currency="EUR", standard_status="Active")
    wish = RequirementFactory(price_max=100_000, price_tolerance_percent=0)
    there, back = forwards([wish]), backwards([in_dollars, in_euros], manager)
    said = {pk: told(found, wish)[1]["price"] for (_, pk), found in there.items()}
    assert said == {in_dollars.pk: "fits", in_euros.pk: "unknown"}
    assert {key: told(found, wish) for key, found in there.items()} == {
        key: told(found, wish) for key, found in back.items()
    }
