"""What customers say to listings: kept with what was seen, so that a dismissed listing comes back when it changes."""

import pytest

from apps.core.models import Event
from apps.core.refusals import NotAllowed, Refused
from apps.listings.actions.price import set_price
from apps.matching.actions.decision import dismiss, mark_interested, take_back
from apps.matching.actions.requirement import save_requirement
from apps.matching.matches import buyers_for, matches_for
from apps.matching.models import Decision
from tests.factories import ListingFactory, RequirementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def wanted(agent):
    return RequirementFactory(customer__agent=agent, customer__created_by=agent, price_max=2_500_000)


@pytest.fixture
def listing(agent):
    return ListingFactory(list_agent=agent, list_price=2_400_000)


def found(requirement, agent):
    return [match.listing for match in matches_for(requirement, agent)]


def test_too_dear_stays_away_until_the_price_falls(wanted, listing, agent):
    dismiss(wanted, listing, "too_dear", by=agent, line="We found a cheaper one")
    assert found(wanted, agent) == []
    assert buyers_for(listing, agent).total == 0
    set_price(listing, 2_450_000, version=listing.version, by=agent)
    assert found(wanted, agent) == []
    set_price(listing, 2_390_000, version=listing.version, by=agent)
    assert found(wanted, agent) == [listing]
    assert buyers_for(listing, agent).total == 1


def test_too_dear_comes_back_with_a_higher_budget(wanted, listing, agent):
    dismiss(wanted, listing, "too_dear", by=agent)
    wanted = save_requirement(wanted.customer, {"price_max": 2_700_000}, by=agent, requirement=wanted)
    assert found(wanted, agent) == [listing]


@pytest.mark.parametrize(
    ("reason", "change"),
    [("too_small", {"bedrooms_total": 3}), ("too_small", {"living_area": 1500}), ("too_far", {"place": None})],
)
def test_another_reason_waits_for_its_own_change(wanted, listing, agent, reason, change):
    dismiss(wanted, listing, reason, by=agent)
    set_price(listing, 2_000_000, version=listing.version, by=agent)
    assert found(wanted, agent) == []
    for name, value in change.items():
        setattr(listing.unit, name, value)
    listing.unit.save()
    assert found(wanted, agent) == [listing]


def test_another_reason_stays_until_it_is_taken_back(wanted, listing, agent):
    dismiss(wanted, listing, "other", by=agent, line="The lobby smells")
    set_price(listing, 1_000_000, version=listing.version, by=agent)
    assert found(wanted, agent) == []
    take_back(wanted, listing, by=agent)
    assert found(wanted, agent) == [listing]


def test_the_last_word_counts_and_both_timelines_tell_it(wanted, listing, agent):
    dismiss(wanted, listing, "too_small", by=agent)
    mark_interested(wanted, listing, by=agent)
    assert Decision.objects.get().verdict == "interested"
    [match] = matches_for(wanted, agent)
    assert match.decision.verdict == "interested"
    for subject in (wanted.customer, listing):
        label = subject._meta.label_lower
        verbs = Event.objects.filter(subject_label=label, subject_id=subject.pk).order_by("pk").values_list("verb")
        assert [verb for (verb,) in verbs] == ["matching.dismissed", "matching.interested"]
    told = Event.objects.filter(subject_label="listings.listing").first().data
    assert wanted.customer.full_name not in str(told)


def test_what_was_liked_and_is_gone_stays_and_is_marked(wanted, listing, agent):
    mark_interested(wanted, listing, by=agent)
    type(listing).objects.filter(pk=listing.pk).update(standard_status="Active Under Contract")
    [match] = matches_for(wanted, agent)
    assert ("Under contract", "no") in [(reason.text, reason.tone) for reason in match.reasons]
    assert match.score == 66


def test_a_dismissal_needs_its_reason(wanted, listing, agent):
    with pytest.raises(Refused):
        dismiss(wanted, listing, "ugly", by=agent)


def test_others_customers_cannot_be_decided_for(wanted, listing, other_agent, viewer):
    for person in (other_agent, viewer):
        with pytest.raises(NotAllowed):
            dismiss(wanted, listing, "too_dear", by=person)
    assert not Decision.objects.exists()
