"""The fixed cast: each test that needs people takes them from here."""

from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.db import connection
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from apps.accounts.models import Agency
from apps.accounts.roles import Role
from tests import second_try, wordpress_setup
from tests.browser_setup import (  # noqa: F401 - pytest finds hooks and fixtures here
    base_url,
    browser_type_launch_args,
    pytest_collection_modifyitems,
    pytest_terminal_summary,
)
from tests.factories import TeamFactory, UserFactory

# The same examples in each run, however slow the machine; `--hypothesis-profile=default` looks for new ones.
hypothesis_settings.register_profile(
    "repeatable", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("repeatable")


def pytest_configure(config):
    config.pluginmanager.register(wordpress_setup)
    config.pluginmanager.register(second_try)


@pytest.fixture
def password_alone(db):
    """The cast signs in without a second factor; tests/accounts/test_second_factor.py turns the rule on."""
    Agency.objects.update(requires_mfa=False)


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
def manager(team, password_alone):
    return UserFactory(full_name="Priya Nair", email="priya@agency.test", role=Role.MANAGER, team=team)


@pytest.fixture
def marketing(db):
    return UserFactory(full_name="Sofia Rossi", email="sofia@agency.test", role=Role.MARKETING)


@pytest.fixture
def viewer(db):
    return UserFactory(full_name="Yousef Al Amiri", email="yousef@agency.test", role=Role.VIEWER)


@pytest.fixture
def administrator(password_alone):
    return UserFactory(full_name="Tom Becker", email="tom@agency.test", role=Role.ADMINISTRATOR)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """A database that is used again (--reuse-db) is as the last transactional test left it: empty but for jobs."""
    with django_db_blocker.unblock():
        _add_first_rows()
        _forget_jobs()


@pytest.fixture
def db(db):
    """A transactional test empties all tables after it; give the next one the rows that migrations made."""
    _add_first_rows()


@pytest.fixture
def transactional_db(transactional_db):
    """The same, and no job of an earlier test."""
    _add_first_rows()
    _forget_jobs()


def _add_first_rows():
    import_module("apps.accounts.migrations.0002_first_rows").add_rows(apps, None)
    import_module("apps.matching.migrations.0002_pegged_rates").add_rates(apps, None)
    import_module("apps.website.migrations.0004_shipped_profiles").add_profiles(apps, None)


def _forget_jobs():
    """Django empties only the tables of models that it manages."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


@pytest.fixture(autouse=True)
def _marked_tests_have_the_first_rows_too(request):
    marker = request.node.get_closest_marker("django_db")
    if marker:
        request.getfixturevalue("transactional_db" if marker.kwargs.get("transaction") else "db")


@pytest.fixture(autouse=True)
def _fresh_process(monkeypatch):
    """Flags are cached in the process, and a request leaves its language behind; no test sees another's.

    What is cached stays until the test ends: on a slow machine ten seconds pass between two counts of queries.
    """
    caches["process"].clear()
    monkeypatch.setattr(LocMemCache, "_has_expired", lambda self, key: self._expire_info.get(key, -1) == -1)
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _seen_by_nobody(monkeypatch):
    """When somebody was last seen is written once in five minutes; tests that count queries see the other requests."""
    monkeypatch.setattr("apps.accounts.middleware.LastSeenMiddleware.see", lambda *args: None)


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """Hashing a password slowly is the point in production, and half of the time of a test with three people."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
