"""Who looks after a customer: the first who takes a waiting one, or whom a manager names."""

import pytest
from django.utils import timezone

from apps.core.refusals import NotAllowed, Refused
from apps.customers.actions.assignment import assign, take
from apps.customers.models import Customer
from tests.factories import CustomerFactory, TeamFactory


@pytest.fixture
def waiting(agent):
    return CustomerFactory(created_by=agent, agent=None, waiting_since=timezone.now())


def test_the_first_who_takes_a_waiting_customer_has_them(waiting, agent, other_agent):
    assert waiting in Customer.objects.visible_to(agent)
    taken = take(waiting, by=agent)
    assert (taken.agent, taken.team, taken.waiting_since) == (agent, agent.team, None)
    with pytest.raises(Refused, match="Layla took this customer already"):
        take(waiting, by=other_agent)


def test_a_viewer_takes_nobody(waiting, viewer):
    with pytest.raises(NotAllowed):
        take(waiting, by=viewer)


def test_only_a_manager_gives_a_customer_away(waiting, agent, other_agent, manager):
    with pytest.raises(NotAllowed):
        assign(waiting, other_agent, by=agent)
    assert assign(waiting, other_agent, by=manager).agent == other_agent


def test_nobody_is_given_to_who_has_left(waiting, manager, viewer):
    with pytest.raises(Refused):
        assign(waiting, viewer, by=manager)


def test_the_customers_of_an_agent_who_changes_teams_go_along(agent):
    customer = CustomerFactory(agent=agent)
    agent.team = TeamFactory(name="Downtown")
    agent.save()
    customer.refresh_from_db()
    assert customer.team == agent.team
