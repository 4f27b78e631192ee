"""Fields and records that must not be seen, planted and then looked for behind every door, as every role."""

from functools import cache
from itertools import product

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings
from django.urls import NoReverseMatch, reverse

from tests.canaries import Nest, plant, said
from tests.url_expectations import EXPECTED
from tests.walk import parameters_of, patterns
from tests.walk_requests import arguments, asked
from tests.walk_world import World, build

pytestmark = pytest.mark.django_db
ACTORS = ("anonymous", "viewer", "marketing", "owner", "other", "manager", "administrator")
LISTINGS = ("listing", "draft", "deleted")
# What people type into searches, and what links carry: words that every canary begins with.
SOUGHT = (
    {},
    {"q": "kanari", "text": "kanari", "name": "kanari", "full_name": "kanari", "number": "50990", "to": "Hold"},
    {"q": "50990", "phone": "50990", "number": "050990", "kind": "notes", "list": "customers"},
)
# Pages of one's own account, pictures, and figures for machines: no customer is spoken of there.
OF_NO_CUSTOMER = ("account_", "mfa_", "usersessions_", "healthz", "readyz", "admin:jsi18n", "listings:photo_file")
# Whoever was given the secret address reads that agent's calendar, signed in or not; no other door leads to it.
BY_SECRET = ("viewings:calendar-feed",)
# Earlier values and arguments of jobs stand in histories that no screen shows for every row: seen by nobody is right.
OF_HISTORY = 8


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """Built once; each request is undone, and all of it at the end."""
    folder = {"location": str(tmp_path_factory.mktemp("media"))}
    disk = {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": folder}}
    with django_db_blocker.unblock(), override_settings(STORAGES=settings.STORAGES | disk), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def nest(world) -> Nest:
    return plant(world)


def addresses(world: World, nest: Nest):
    """(name, address, query) of every door, with each row that holds a canary in its parameters."""
    for name, pattern in patterns():
        if name.startswith(OF_NO_CUSTOMER + BY_SECRET) or "GET" not in EXPECTED.get(name, {}):
            continue  # what is only sent to shows nothing; test_every_url.py holds that each address has its row
        for kwargs in _each_row(name, parameters_of(pattern), world, nest):
            try:
                address = reverse(name, kwargs=kwargs)
            except NoReverseMatch:
                continue
            for query in SOUGHT if not kwargs else SOUGHT[:1]:
                yield name, address, {**query, **asked(name, world)}


def _each_row(name, parameters, world, nest):
    if not parameters:
        return [{}]
    values = {one: _values(name, one, world, nest) for one in parameters}
    return [dict(zip(values, chosen, strict=True)) for chosen in product(*values.values())]


def _values(name, parameter, world, nest) -> list:
    if parameter in ("reference", "other"):
        return list(nest.references.values())[: 2 if parameter == "other" else None]
    if parameter == "listing_id":
        return [getattr(world, row).listing_id for row in LISTINGS]
    own_rows = nest.keys.get(name.partition(":")[0], []) if parameter == "pk" else []
    if own_rows:
        return own_rows
    if name.endswith(":export"):
        return ["csv", "xlsx"]
    try:
        return [arguments(name, [parameter], world)[parameter]]
    except (KeyError, AttributeError, StopIteration):
        return ["customer"] if parameter == "kind" else [1]


def seen_by(actor, world, nest) -> tuple[dict[str, str], list[str]]:
    """By token, the first address at which an actor read it; and addresses that broke."""
    browser, found, broken = world.browser(actor), {}, []
    for name, address, query in addresses(world, nest):
        if actor in ("anonymous", "administrator", "manager") and any(query.get(key) for key in ("q", "number")):
            continue  # they may see all, or nothing; which words they look for makes no difference
        if name.startswith("admin:") and actor not in ("viewer", "administrator"):
            continue  # whoever is no administrator is refused alike; test_every_url.py asks each of them
        with transaction.atomic():
            response = browser.get(address, query)
            text = said(response)
            transaction.set_rollback(True)
        if response.status_code >= 500:
            broken.append(f"{response.status_code} {address}")
        for canary in nest.canaries:
            if canary.sings_in(text):
                found.setdefault(canary.token, address)
    return found, broken


def test_an_amount_is_told_from_a_time(nest):
    (commission,) = (canary for canary in nest.canaries if canary.where == "commission")
    assert commission.sings_in("of 8.73 %") and commission.sings_in("8.7300")
    assert not commission.sings_in("10:41:58.730412") and not commission.sings_in("8.7301")


def test_there_are_enough_canaries(nest):
    assert len(nest.canaries) >= 40
    assert len({canary.token for canary in nest.canaries}) == len(nest.canaries)


@pytest.fixture(scope="module")
def found(world, nest):
    """What an actor read, asked for once."""
    return cache(lambda actor: seen_by(actor, world, nest))


@pytest.mark.parametrize("actor", ACTORS)
def test_nobody_sees_what_the_role_may_not(actor, nest, found):
    tokens, broken = found(actor)
    leaks = [
        f"{canary.where} at {tokens[canary.token]}"
        for canary in nest.canaries
        if canary.token in tokens and actor not in canary.seen_by
    ]
    assert leaks == []
    assert broken == []


def test_each_canary_sings_for_those_who_may_hear_it(nest, found):
    """A canary that nobody ever sees would prove nothing."""
    silent = [
        canary.where
        for canary in nest.canaries
        if canary.seen_by and not any(canary.token in found(actor)[0] for actor in canary.seen_by)
    ]
    assert len(silent) <= OF_HISTORY, silent
