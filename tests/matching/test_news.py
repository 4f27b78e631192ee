"""Whom a change of a listing concerns, and what it would take where little fits."""

from decimal import Decimal

import pytest

from apps.core.refusals import Refused
from apps.listings.actions.price import set_price
from apps.matching.actions.decision import dismiss
from apps.matching.matches import buyers_for, matches_for
from apps.matching.news import Change, News, whom_it_now_fits
from apps.matching.relaxing import accept, what_would_it_take
from apps.matching.sides import Offer
from tests.factories import CustomerFactory, ListingFactory, PlaceFactory, RequirementFactory, UnitFactory

pytestmark = pytest.mark.django_db


def looking(agent, **wishes):
    return RequirementFactory(customer=CustomerFactory(agent=agent, created_by=agent), created_by=agent, **wishes)


def test_a_price_drop_names_whom_it_fits_now(agent, other_agent):
    listing = ListingFactory(list_agent=agent, list_price=2_600_000)
    already = looking(agent, price_max=2_700_000)
    said_dear = looking(agent, price_max=2_650_000)
    dismiss(said_dear, listing, "too_dear", by=agent)
    newly = looking(agent, price_max=2_400_000)
    too_low = looking(agent, price_max=2_000_000)
    looking(other_agent, price_max=2_400_000)
    set_price(listing, 2_450_000, version=listing.version, by=agent)
    fits = whom_it_now_fits(listing, Change(News.PRICE, Decimal(2_600_000)), agent)
    named = {match.requirement for match in fits.buyers.named}
    assert named == {said_dear, newly}
    assert already not in named and too_low not in named
    assert (fits.total, fits.buyers.others, fits.said_too_dear) == (3, 1, 1)


def test_a_rise_concerns_nobody_and_a_new_listing_everybody_it_fits(agent):
    listing = ListingFactory(list_price=2_450_000)
    wanted = looking(agent, price_max=2_450_000)
    looking(agent, price_max=1_000_000)
    assert whom_it_now_fits(listing, Change(News.PRICE, 2_000_000), agent).total == 0
    fits = whom_it_now_fits(listing, Change(News.BACK), agent)
    assert [match.requirement for match in fits.buyers.named] == [wanted]


def test_best_buyers_for_a_unit_that_is_not_listed(agent):
    unit = UnitFactory(view="Full marina")
    unit.refresh_from_db()
    best = looking(agent, bedrooms_min=2, features_must=["marina_view"], places=[unit.place])
    looking(agent, bedrooms_min=4)
    buyers = buyers_for(Offer.of_unit(unit, "Residential", 2_000_000), agent)
    assert [(match.requirement, match.score) for match in buyers.named] == [(best, 100)]
    assert buyers.named[0].listing is None


def test_what_it_would_take_counts_each_single_step(agent):
    dubai = PlaceFactory(level="city")
    marina, towers = (PlaceFactory(level="community", parent=dubai, name=name) for name in ("Dubai Marina", "JLT"))
    wanted = looking(agent, price_max=2_000_000, bedrooms_min=2, price_tolerance_percent=0, places=[marina])
    ListingFactory(unit__place=marina, list_price=2_000_000)
    ListingFactory.create_batch(2, unit__place=marina, list_price=2_090_000)
    ListingFactory.create_batch(3, unit__place=towers, list_price=1_900_000)
    ListingFactory(unit__place=marina, unit__bedrooms_total=0, list_price=1_900_000)
    said = {one.key: (one.label, one.gain) for one in what_would_it_take(wanted)}
    assert said == {
        f"place:{towers.pk}": ("also JLT", 3),
        "budget+5": ("+5% budget", 2),
        "budget+10": ("+10% budget", 2),
        "bedrooms-1": ("1 bedroom fewer", 1),
    }
    assert next(iter(said)) == f"place:{towers.pk}"
    for key, count in (("budget+5", 3), (f"place:{towers.pk}", 6)):
        wanted = accept(wanted, key, by=agent)
        assert len(matches_for(wanted, agent)) == count
    assert wanted.price_max == 2_100_000
    with pytest.raises(Refused):
        accept(wanted, "floor", by=agent)


def test_a_feature_that_can_be_missed_becomes_a_wish(agent):
    ListingFactory(unit__view="Park", unit__parking_total=1)
    wanted = looking(agent, features_must=["sea_view", "parking_2"])
    assert matches_for(wanted, agent) == []
    assert [one.label for one in what_would_it_take(wanted)] == ["without: sea view", "without: 2 parking bays"]
    wanted = accept(wanted, "feature:sea_view", by=agent)
    assert wanted.features_nice == ["sea_view"]
    assert len(matches_for(wanted, agent)) == 1
