"""Every URL as every role, found by walking the site map: what comes of it, and what it leaves in the database."""

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from tests.url_expectations import ACTORS, EXPECTED
from tests.walk import REFUSALS, ask, digest, parameters_of, patterns
from tests.walk_requests import arguments, asked, sent
from tests.walk_world import World, build

pytestmark = pytest.mark.django_db
PATTERNS = dict(patterns())
METHODS = ("GET", "POST")
NOT_OF_ONE = ("listings:export", "listings:bulk")
OF_A_LISTING = [
    name
    for name in EXPECTED
    if name.startswith("listings:") and parameters_of(PATTERNS[name]) and name not in NOT_OF_ONE
]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """Built once for the whole walk; each request is undone, and all of it at the end."""
    folder = {"location": str(tmp_path_factory.mktemp("media"))}
    disk = {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": folder}}
    with django_db_blocker.unblock(), override_settings(STORAGES=settings.STORAGES | disk), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def before(world):
    return digest()


def test_each_address_has_a_row_and_each_row_an_address():
    assert set(EXPECTED) == set(PATTERNS)


@pytest.mark.parametrize("name", EXPECTED)
def test_each_role_gets_what_the_table_says(name, world: World, before):
    kwargs = arguments(name, parameters_of(PATTERNS[name]), world)
    for method, actor in ((method, actor) for method in METHODS for actor in ACTORS):
        fields = asked(name, world) if method == "GET" else sent(name, kwargs, world)
        came, changed = ask(world.browser(actor), method, name, kwargs, fields, before)
        row = EXPECTED[name].get(method)
        expected = {row[ACTORS.index(actor)]} if row else REFUSALS
        assert came in expected, f"{method} as {actor}: {came}, not {expected}"
        assert not changed or came not in REFUSALS, f"{method} as {actor} was refused and changed {changed}"


@pytest.mark.parametrize("name", OF_A_LISTING)
@pytest.mark.parametrize(("row", "actors"), [("draft", ["viewer"]), ("deleted", ACTORS[1:])])
def test_a_listing_that_may_not_be_known_is_not_there(name, row, actors, world: World, before):
    kwargs = arguments(name, parameters_of(PATTERNS[name]), world, row)
    for method, actor in ((method, actor) for method in EXPECTED[name] for actor in actors):
        fields = asked(name, world) if method == "GET" else sent(name, kwargs, world)
        came, changed = ask(world.browser(actor), method, name, kwargs, fields, before)
        assert (came, changed) == ("none", []), f"{method} as {actor}"
