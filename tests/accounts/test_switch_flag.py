"""Flags: for whom they are on, and who switches them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches

from apps.accounts.actions.flag import flag_row, switch_flag
from apps.accounts.checks import overdue_flags
from apps.accounts.models import FlagState, Team
from apps.core import flags
from apps.core.models import Event
from apps.core.navigation import MenuItem, menu_for
from apps.core.refusals import Conflict, NotAllowed, Refused
from tests.factories import UserFactory

NAME = "tests_flag"


@pytest.fixture(autouse=True)
def _declared(monkeypatch):
    monkeypatch.setattr(flags, "DECLARED", dict(flags.DECLARED))
    monkeypatch.setattr("apps.accounts.actions.flag.DECLARED", flags.DECLARED)
    monkeypatch.setattr("apps.accounts.views.settings.DECLARED", flags.DECLARED)
    flags.declare(NAME, meaning="For tests.", owner="Tests", remove_by=date(2030, 1, 31))


@pytest.fixture
def is_on(rf):
    """Whether the flag is on for this person, read afresh."""

    def is_on(person):
        caches["process"].clear()
        request = rf.get("/")
        request.user = person
        return flags.is_on(NAME, request)

    return is_on


@pytest.fixture
def switch(administrator):
    def switch(state, **values):
        row = flag_row(NAME)
        return switch_flag(row, state, version=row.version, by=administrator, **values)

    return switch


def test_a_declared_flag_is_off_until_it_is_switched(agent, is_on):
    assert not is_on(agent)


def test_on_for_everyone(agent, switch, is_on):
    switch(FlagState.EVERYONE)
    assert is_on(agent)


def test_on_for_chosen_people_alone(agent, other_agent, switch, is_on):
    switch(FlagState.CHOSEN, people=[agent])
    assert is_on(agent)
    assert not is_on(other_agent)


def test_on_for_a_team(agent, viewer, switch, is_on):
    switch(FlagState.CHOSEN, teams=[Team.objects.get(name="Marina")])
    assert is_on(agent)
    assert not is_on(viewer)


def test_a_share_is_about_that_many_people_and_always_the_same(switch, is_on):
    people = UserFactory.create_batch(200)
    switch(FlagState.SHARE, percent=Decimal("30"))
    first = [is_on(person) for person in people]
    assert 30 <= sum(first) <= 90
    assert [is_on(person) for person in people] == first


def test_a_stranger_sees_only_what_everyone_sees(switch, is_on, db):
    switch(FlagState.SHARE, percent=Decimal("99.9"))
    assert not is_on(AnonymousUser())


def test_switching_off_forgets_the_chosen(agent, switch, is_on):
    switch(FlagState.CHOSEN, people=[agent])
    switch(FlagState.OFF)
    assert not is_on(agent)
    assert not flag_row(NAME).users.exists()


def test_what_was_switched_is_recorded(switch, agent):
    switch(FlagState.CHOSEN, people=[agent])
    data = Event.objects.get(verb="flag.switched").data
    assert data == {"flag": NAME, "old": "off", "new": "chosen", "to": "Layla Haddad"}


@pytest.mark.parametrize(
    ("state", "values"), [(FlagState.CHOSEN, {}), (FlagState.SHARE, {}), (FlagState.SHARE, {"percent": Decimal("0")})]
)
def test_a_position_without_what_it_needs_is_refused(switch, state, values):
    with pytest.raises(Refused):
        switch(state, **values)


def test_the_second_of_two_switches_is_told(switch, administrator):
    row = flag_row(NAME)
    switch(FlagState.EVERYONE)
    with pytest.raises(Conflict):
        switch_flag(row, FlagState.OFF, version=1, by=administrator)


def test_only_administrators_switch(manager):
    with pytest.raises(NotAllowed):
        switch_flag(flag_row(NAME), FlagState.EVERYONE, version=1, by=manager)


def test_the_page_shows_and_switches(as_administrator, send, agent, is_on):
    assert "For tests." in as_administrator.get("/flags/").content.decode()
    form = {"version": 1, "state": "chosen", "people": [agent.pk]}
    assert send(as_administrator, f"/flags/{NAME}/", form)["Location"] == "/flags/"
    assert is_on(agent)


def test_the_page_says_what_is_missing_and_keeps_the_choice(as_administrator, send):
    answer = send(as_administrator, f"/flags/{NAME}/", {"version": 1, "state": "share", "percent": ""})
    assert answer.status_code == 422
    assert "between 0.1 and 99.9" in answer.content.decode()


def test_the_second_of_two_switches_keeps_what_was_chosen(as_administrator, send, switch, agent):
    switch(FlagState.EVERYONE)
    answer = send(as_administrator, f"/flags/{NAME}/", {"version": 1, "state": "chosen", "people": [agent.pk]})
    assert (answer.status_code, answer.context["form"].data["version"]) == (409, 2)
    assert "switched it meanwhile: Everyone" in answer.content.decode()


def test_a_flag_that_nobody_declared_has_no_page(as_administrator):
    assert as_administrator.get("/flags/unknown/").status_code == 404


def test_past_its_day_a_flag_is_a_warning():
    def warnings(day):
        return [warning.id for warning in overdue_flags(day) if NAME in warning.msg]

    assert (warnings(date(2030, 1, 31)), warnings(date(2030, 2, 1))) == ([], ["accounts.W001"])


def test_past_its_day_the_page_warns(as_administrator, monkeypatch):
    overdue = flags.FlagDeclaration("tests_old", "Old.", "Tests", date.today() - timedelta(days=1))
    flags.DECLARED["tests_old"] = overdue
    assert "Late, was due" in as_administrator.get("/flags/").content.decode()


def test_a_menu_line_under_a_flag_comes_with_the_flag(rf, agent, switch, monkeypatch):
    line = MenuItem("New part", "accounts:profile", "flag", "listings.view_listing", flag=NAME)
    monkeypatch.setattr("apps.core.navigation._items", [line])
    request = rf.get("/")
    request.user = agent
    assert menu_for(request) == []
    switch(FlagState.EVERYONE)
    caches["process"].clear()
    assert [item.label for item in menu_for(request)] == ["New part"]


def test_of_two_menu_lines_with_one_letter_the_first_has_the_key(rf, agent, monkeypatch):
    lines = [MenuItem(label, "accounts:profile", "flag", "listings.view_listing") for label in ("Today", "Tasks")]
    monkeypatch.setattr("apps.core.navigation._items", lines)
    request = rf.get("/")
    request.user = agent
    assert [item.letter for item in menu_for(request)] == ["t", ""]
