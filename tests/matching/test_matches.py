"""What fits, in both directions, with its reasons."""

from decimal import Decimal

import pytest

from apps.listings.lookups import StandardStatus
from apps.matching.matches import buyers_for, matches_for
from tests.factories import ListingFactory, PlaceFactory, RequirementFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def marina(db):
    dubai = PlaceFactory(level="city", name="Dubai")
    return PlaceFactory(level="community", name="Dubai Marina", parent=dubai)


def texts(match) -> dict[str, str]:
    return {reason.text: reason.tone for reason in match.reasons}


def test_a_listing_that_fits_says_why(agent, marina):
    gate = PlaceFactory(name="Marina Gate 2", parent=marina)
    unit = UnitFactory(place=gate, entry_level=23, view="Full marina", parking_total=2)
    listing = ListingFactory(unit=unit)
    wanted = RequirementFactory(
        customer__agent=agent,
        price_min=2_000_000,
        price_max=2_500_000,
        bedrooms_min=2,
        bedrooms_max=3,
        floor_min=15,
        features_must=["marina_view", "parking_2"],
        places=[marina],
    )
    [match] = matches_for(wanted, agent)
    assert match.listing == listing
    assert match.score == 100
    assert texts(match) == {
        "In budget": "ok",
        "Full marina view": "ok",
        "2 parking bays": "ok",
        "Floor 23": "ok",
        "2 bedrooms": "ok",
        "Dubai Marina": "ok",
    }
    assert match.reasons[0].text == "In budget"
    buyers = buyers_for(listing, agent)
    assert [(one.requirement, one.score) for one in buyers.named] == [(wanted, 100)]


def test_near_misses_are_shown_as_such(agent):
    ListingFactory(list_price=2_550_000, unit__bedrooms_total=1)
    wanted = RequirementFactory(price_max=2_500_000, bedrooms_min=2)
    [match] = matches_for(wanted, agent)
    assert texts(match) == {"2% over budget": "warn", "1 bedroom short": "warn"}
    assert 40 < match.score < 80


def test_a_must_that_it_lacks_stands_before_wishes_that_it_lacks(agent):
    ListingFactory(unit=UnitFactory(view="Beach", bedrooms_total=1, parking_total=1, entry_level=2))
    wanted = RequirementFactory(
        price_max=2_500_000,
        bedrooms_min=2,
        floor_min=15,
        features_nice=["marina_view", "parking_2"],
        nices=["floor"],
    )
    [match] = matches_for(wanted, agent)
    assert [reason.text for reason in match.reasons][1] == "1 bedroom short"


def test_beyond_a_near_miss_a_must_keeps_it_out_and_a_wish_does_not(agent):
    ListingFactory(list_price=2_700_000)
    wanted = RequirementFactory(price_max=2_500_000)
    assert matches_for(wanted, agent) == []
    wanted.importance = {"price": "nice"}
    assert texts(matches_for(wanted, agent)[0]) == {"8% over budget": "no"}


def test_an_empty_field_is_unknown_never_no(agent, marina):
    unit = UnitFactory(place=None, bedrooms_total=None, bathrooms_total_integer=None, living_area=None)
    ListingFactory(unit=unit, list_price=None)
    names = ("price", "places", "bedrooms", "bathrooms", "area", "floor", "furnished", "move_in")
    wanted = RequirementFactory(
        price_max=2_500_000,
        bedrooms_min=2,
        bathrooms_min=2,
        area_min=1000,
        floor_min=10,
        furnished="Furnished",
        move_in_by="2027-01-15",
        features_must=["marina_view", "parking_1", "balcony"],
        places=[marina],
        musts=list(names),
        nices=[],
    )
    [match] = matches_for(wanted, agent)
    assert match.score == 50
    assert {reason.tone for reason in match.reasons} == {"ask"}
    assert "floor unknown: ask" in texts(match)
    assert "Balcony unknown: ask" in texts(match)


def test_a_known_community_may_hold_the_wanted_building(agent, marina):
    gate = PlaceFactory(name="Marina Gate 2", parent=marina)
    other = PlaceFactory(name="The Torch", parent=marina)
    vague = ListingFactory(unit__place=marina)
    ListingFactory(unit__place=other)
    wanted = RequirementFactory(places=[gate])
    assert [match.listing for match in matches_for(wanted, agent)] == [vague]
    assert texts(matches_for(wanted, agent)[0]) == {"building unknown: ask": "ask"}
    assert [one.requirement for one in buyers_for(vague, agent).named] == []
    wanted.customer.agent = agent
    wanted.customer.save()
    assert [one.requirement for one in buyers_for(vague, agent).named] == [wanted]


def test_prices_meet_in_currency_and_per_year(agent):
    rent = {"property_type": "Residential Lease", "currency": "USD", "lease_amount_frequency": "Monthly"}
    ListingFactory(**rent, list_price=3_000)  # AED 132,210 a year
    near = RequirementFactory(property_type="Residential Lease", price_max=130_000)
    assert texts(matches_for(near, agent)[0]) == {"2% over budget": "warn"}
    far = RequirementFactory(property_type="Residential Lease", price_max=Decimal(120_000))
    assert matches_for(far, agent) == []


def test_only_what_is_on_offer_matches(agent):
    ListingFactory(standard_status=StandardStatus.CLOSED)
    ListingFactory(standard_status=StandardStatus.ACTIVE_UNDER_CONTRACT)
    soon = ListingFactory(standard_status=StandardStatus.COMING_SOON)
    [match] = matches_for(RequirementFactory(), agent)
    assert match.listing == soon
    assert texts(match) == {"Coming soon": "warn"}


def test_others_customers_are_counted_not_named(agent, other_agent):
    listing = ListingFactory()
    mine = RequirementFactory(customer__agent=agent)
    RequirementFactory(customer__agent=other_agent)
    RequirementFactory(customer__agent=other_agent)
    buyers = buyers_for(listing, agent)
    assert [match.requirement for match in buyers.named] == [mine]
    assert (buyers.others, buyers.total) == (2, 3)
