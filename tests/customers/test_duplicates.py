"""Records that look like one person: found, told apart, and told to those who may know."""

import pytest

from apps.accounts.models import Agency
from apps.core.refusals import NotAllowed
from apps.customers.actions.duplicates import dismiss, refresh_pairs, take_back
from apps.customers.actions.merge import default_choices, merge
from apps.customers.duplicates import already_here, find_pairs, look_alikes, visible_pairs
from apps.customers.models import Customer, DuplicatePair
from apps.matching.models import RequirementPlace
from tests.factories import CustomerFactory, EmailAddressFactory, PhoneFactory, PlaceFactory, RequirementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(agent):
    left = CustomerFactory(full_name="Omar Al Farsi", agent=agent)
    right = CustomerFactory(full_name="عمر الفارسي", agent=agent)
    return left, right


def with_phone(*customers, e164="+971501234567"):
    for customer in customers:
        PhoneFactory(customer=customer, e164=e164)


def pairs(**how):
    return {(pair.left_id, pair.right_id): set(pair.likeness) for pair in find_pairs(**how)}


def test_the_same_phone_and_a_name_in_two_scripts(pair):
    with_phone(*pair)
    assert pairs() == {(pair[0].pk, pair[1].pk): {"phone", "name"}}


def test_the_same_phone_of_two_whose_names_differ(agent):
    left, right = CustomerFactory(full_name="Omar Al Farsi"), CustomerFactory(full_name="Sara Lindqvist")
    with_phone(left, right)
    assert pairs() == {(left.pk, right.pk): {"phone"}}


def test_the_same_e_mail_without_tags(pair):
    EmailAddressFactory(customer=pair[0], address="omar@mail.test")
    EmailAddressFactory(customer=pair[1], address="Omar+flats@Mail.test")
    assert pairs() == {(pair[0].pk, pair[1].pk): {"email", "name"}}


def test_a_similar_name_and_the_same_building(pair):
    building = PlaceFactory()
    for customer in pair:
        RequirementPlace.objects.create(requirement=RequirementFactory(customer=customer), place=building)
    assert pairs() == {(pair[0].pk, pair[1].pk): {"name", "building"}}
    assert pairs(touching=[pair[1].pk]) == pairs()


def test_a_similar_name_alone_is_not_enough(pair):
    assert pairs() == {}


def test_a_switchboard_makes_nobody_one(agent):
    with_phone(*(CustomerFactory() for _ in range(21)))
    assert pairs() == {}


def test_the_list_is_kept_and_forgets_what_is_not_alike_any_more(pair):
    with_phone(*pair)
    assert refresh_pairs() == 1
    pair[1].phones.all().delete()
    assert refresh_pairs([pair[1].pk]) == 0
    assert not DuplicatePair.objects.exists()


def test_a_pair_that_was_told_apart_stays_apart_until_taken_back(pair, agent):
    with_phone(*pair)
    refresh_pairs()
    dismiss(*pair, by=agent)
    refresh_pairs()
    assert look_alikes(pair[0], agent) == []
    assert visible_pairs(agent).filter(dismissed_at=None).count() == 0
    take_back(*pair, by=agent)
    assert [one.customer for one in look_alikes(pair[0], agent)] == [pair[1]]


def test_a_merged_pair_is_on_the_list_no_more(pair, agent):
    with_phone(*pair)
    refresh_pairs()
    left, right = pair
    merge(left, right, default_choices(left, right), versions=(1, 1), by=agent)
    assert not visible_pairs(agent).exists()
    assert look_alikes(Customer.objects.get(pk=left.pk), agent) == []


def test_a_pair_is_seen_by_those_who_see_both(pair, agent, other_agent, manager):
    left, right = pair
    with_phone(*pair)
    Customer.objects.filter(pk=right.pk).update(agent=other_agent)
    refresh_pairs()
    assert visible_pairs(manager).count() == 1
    assert not visible_pairs(agent).exists()
    assert look_alikes(left, agent) == []
    assert [one.words for one in look_alikes(left, manager)] == ["same phone, similar name"]
    with pytest.raises(NotAllowed):
        dismiss(left, Customer.objects.get(pk=right.pk), by=agent)


def test_the_warning_names_ones_own_customer_and_of_others_the_colleague_alone(pair, agent, other_agent):
    left, right = pair
    with_phone(*pair)
    Customer.objects.filter(pk=right.pk).update(agent=other_agent)
    found = already_here(["050 123 45 67"], [], agent)
    assert (found.customers, found.colleagues, found.has_nobody) == ([left], ["Omar Farouk"], False)
    Agency.objects.update(customer_visibility="everyone")
    assert set(already_here(["050 123 45 67"], [], agent).customers) == {left, right}


def test_a_part_of_a_number_finds_nobody(pair, agent):
    with_phone(*pair)
    assert not already_here(["050 123 45", "+97150", "0"], ["omar", "@"], agent)
