"""Writing down what customers look for."""

from decimal import Decimal

import pytest

from apps.core.models import Event
from apps.core.refusals import Conflict, NotAllowed, Refused
from apps.matching.actions.requirement import look_again, save_requirement, stop_looking
from apps.matching.matches import buyers_for
from apps.matching.models import Requirement
from tests.factories import CustomerFactory, ListingFactory, PlaceFactory, RequirementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer(agent):
    return CustomerFactory(agent=agent, created_by=agent)


def test_what_is_looked_for_is_kept_with_its_places(customer, agent):
    one, other = PlaceFactory(), PlaceFactory()
    values = {
        "price_max": Decimal("2500000"),
        "area_min": Decimal(1250),
        "features_must": ["marina_view", "marina_view"],
        "features_nice": ["marina_view", "pool"],
        "lease_amount_frequency": "Monthly",
        "importance": {"area": "must", "price": "any"},
    }
    row = save_requirement(customer, values, by=agent, places=[one, other])
    assert row.place_ids == row.place_reach == [one.pk, other.pk]
    assert row.area_min_sqm == Decimal("116.1288")
    assert (row.features_must, row.features_nice) == (["marina_view"], ["pool"])
    assert row.lease_amount_frequency == ""
    assert (row.importance["area"], row.importance["price"], row.importance["floor"]) == ("must", "any", "nice")
    row = save_requirement(customer, {"importance": {"places": "nice"}}, by=agent, places=[other], requirement=row)
    assert (row.place_ids, row.place_reach) == ([other.pk], [0])
    verbs = Event.objects.filter(subject_label="customers.customer").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["matching.requirement_added", "matching.requirement_changed"]


def test_two_people_do_not_overwrite_each_other(customer, agent):
    row = save_requirement(customer, {"bedrooms_min": 2}, by=agent)
    opened = row.version
    save_requirement(customer, {"bedrooms_min": 3}, by=agent, requirement=row, version=opened)
    with pytest.raises(Conflict):
        save_requirement(customer, {"bedrooms_min": 1}, by=agent, requirement=row, version=opened)


@pytest.mark.parametrize(
    "values",
    [
        {"price_min": 3, "price_max": 2},
        {"price_max": -1},
        {"bedrooms_min": 3, "bedrooms_max": 2},
        {"area_min": 300, "area_max": 200},
        {"features_must": ["dragons"]},
        {"sub_types": ["Castle"]},
        {"price_tolerance_percent": 80},
    ],
)
def test_nonsense_is_refused_in_words(customer, agent, values):
    with pytest.raises(Refused) as refusal:
        save_requirement(customer, values, by=agent)
    assert refusal.value.sentences
    assert not Requirement.objects.exists()


def test_who_may_not_see_the_customer_may_not_write(customer, other_agent, marketing):
    for person in (other_agent, marketing):
        with pytest.raises(NotAllowed):
            save_requirement(customer, {"bedrooms_min": 2}, by=person)


def test_who_no_longer_looks_is_matched_no_more(agent):
    row = RequirementFactory(customer__agent=agent, customer__created_by=agent)
    listing = ListingFactory()
    stop_looking(row, by=agent)
    assert buyers_for(listing, agent).total == 0
    look_again(row, by=agent)
    assert buyers_for(listing, agent).total == 1


def test_one_customer_with_two_wishes_is_one_buyer(agent):
    listing = ListingFactory()
    first = RequirementFactory(customer__agent=agent, price_max=2_400_000)
    best = RequirementFactory(customer=first.customer)
    buyers = buyers_for(listing, agent)
    assert [match.requirement for match in buyers.named] == [best]
    assert buyers.total == 1
