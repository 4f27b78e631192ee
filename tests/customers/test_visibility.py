"""Which customers a person may know of: by role, and by the agency's setting."""

import pytest
from django.utils import timezone

from apps.accounts.models import Agency
from apps.customers.models import Customer
from tests.factories import CustomerFactory, TeamFactory, UserFactory


@pytest.fixture
def customers(agent, other_agent):
    """One of each agent: mine, a colleague's of my team, a stranger's, one who waits, one of nobody."""
    stranger = UserFactory(full_name="Far Away", team=TeamFactory(name="Far"))
    return {
        "mine": CustomerFactory(agent=agent),
        "team": CustomerFactory(agent=other_agent),
        "far": CustomerFactory(agent=stranger),
        "waiting": CustomerFactory(agent=None, waiting_since=timezone.now()),
        "waiting far": CustomerFactory(agent=None, waiting_since=timezone.now(), team=stranger.team),
        "nobody's": CustomerFactory(agent=None),
    }


@pytest.mark.parametrize(
    ("setting", "seen"),
    [
        ("own", {"mine", "waiting"}),
        ("team", {"mine", "team", "waiting"}),
        ("everyone", {"mine", "team", "far", "waiting", "waiting far", "nobody's"}),
    ],
)
def test_an_agent_sees_as_far_as_the_agency_says(setting, seen, customers, agent):
    Agency.objects.update(customer_visibility=setting)
    visible = set(Customer.objects.visible_to(agent))
    assert {name for name, customer in customers.items() if customer in visible} == seen


def test_managers_and_administrators_see_all(customers, manager, administrator):
    for person in (manager, administrator):
        assert Customer.objects.visible_to(person).count() == len(customers)


def test_marketing_viewers_and_those_who_left_see_nobody(customers, marketing, viewer, manager):
    manager.is_active = False
    for person in (marketing, viewer, manager):
        assert not Customer.objects.visible_to(person).exists()


def test_merged_and_erased_customers_are_gone_for_everybody(customers, manager):
    mine, team = customers["mine"], customers["team"]
    Customer.objects.filter(pk=mine.pk).update(merged_into=team)
    Customer.objects.filter(pk=customers["far"].pk).update(erased_at=timezone.now())
    assert not {mine, customers["far"]} & set(Customer.objects.visible_to(manager))
