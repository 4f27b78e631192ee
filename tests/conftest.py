"""The fixed cast: each test that needs people takes them from here."""

import pytest

from apps.accounts.roles import Role
from tests.factories import TeamFactory, UserFactory


@pytest.fixture
def team(db):
    return TeamFactory(name="Marina")


@pytest.fixture
def agent(team):
    return UserFactory(full_name="Layla Haddad", email="layla@agency.test", role=Role.AGENT, team=team)


@pytest.fixture
def other_agent(team):
    return UserFactory(full_name="Omar Farouk", email="omar@agency.test", role=Role.AGENT, team=team)


@pytest.fixture
def manager(team):
    return UserFactory(full_name="Priya Nair", email="priya@agency.test", role=Role.MANAGER, team=team)


@pytest.fixture
def marketing(db):
    return UserFactory(full_name="Sofia Rossi", email="sofia@agency.test", role=Role.MARKETING)


@pytest.fixture
def viewer(db):
    return UserFactory(full_name="Yousef Al Amiri", email="yousef@agency.test", role=Role.VIEWER)


@pytest.fixture
def administrator(db):
    return UserFactory(full_name="Tom Becker", email="tom@agency.test", role=Role.ADMINISTRATOR)
