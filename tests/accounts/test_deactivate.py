"""Keeping somebody out, and letting them in again."""

import threading

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from apps.accounts.actions.person import deactivate, end_sessions, reactivate
from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.core.models import Event
from apps.core.refusals import NotAllowed, Refused
from tests.factories import UserFactory


def test_every_session_ends_at_once(agent, administrator, sign_in):
    phone, laptop = sign_in(agent)[0], sign_in(agent)[0]
    deactivate(agent, by=administrator)
    for browser in (phone, laptop):
        assert browser.get("/profile/")["Location"].startswith("/accounts/login/")
    assert not UserSession.objects.filter(user=agent).exists()
    assert not Session.objects.exists()


def test_a_session_that_no_list_knows_ends_too(agent, administrator, client):
    client.force_login(agent)
    assert not UserSession.objects.exists()
    deactivate(agent, by=administrator)
    assert client.get("/profile/").status_code == 302


def test_reactivating_revives_no_session(agent, administrator, client, sign_in):
    client.force_login(agent)
    known = sign_in(agent)[0]
    deactivate(agent, by=administrator)
    reactivate(agent, by=administrator)
    assert not get_user(client).is_authenticated
    assert not get_user(known).is_authenticated


def test_a_reactivated_person_signs_in_again(agent, administrator, sign_in):
    deactivate(agent, by=administrator)
    reactivate(agent, by=administrator)
    assert get_user(sign_in(agent)[0]).is_authenticated


def test_ending_sessions_leaves_the_account_open(agent, administrator, sign_in):
    browser = sign_in(agent)[0]
    end_sessions(agent, by=administrator)
    assert not get_user(browser).is_authenticated
    assert get_user(sign_in(agent)[0]).is_authenticated


def test_the_last_administrator_cannot_be_deactivated(administrator):
    with pytest.raises(Refused, match="last administrator"):
        deactivate(administrator, by=User.objects.system())


def test_nobody_deactivates_themselves(administrator):
    UserFactory(role=Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="own account"):
        deactivate(administrator, by=administrator)


def test_a_manager_may_not(agent, manager):
    with pytest.raises((NotAllowed, Refused), match="Only an administrator"):
        deactivate(agent, by=manager)


def test_the_button_on_the_page_does_it_once(as_administrator, send, agent):
    send(as_administrator, f"/people/{agent.pk}/deactivate/")
    send(as_administrator, f"/people/{agent.pk}/deactivate/")
    assert not User.objects.get(pk=agent.pk).is_active
    assert Event.objects.filter(verb="person.deactivated").count() == 1


def test_the_page_is_closed_to_others(client, manager, agent, send):
    client.force_login(manager)
    assert send(client, f"/people/{agent.pk}/deactivate/").status_code == 403
    assert User.objects.get(pk=agent.pk).is_active


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_deactivate_each_other_leave_one(administrator):
    other = UserFactory(role=Role.ADMINISTRATOR)
    refusals = []

    def act(person, by):
        try:
            deactivate(User.objects.get(pk=person.pk), by=User.objects.get(pk=by.pk))
        except Refused as refusal:
            refusals.append(refusal)
        finally:
            connection.close()

    pairs = [(administrator, other), (other, administrator)]
    threads = [threading.Thread(target=act, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refusals) == 1
    assert User.objects.administrators().count() == 1


def test_a_stranger_at_the_address_changes_nothing(agent):
    assert Client().post(f"/people/{agent.pk}/deactivate/").status_code == 302
    assert User.objects.get(pk=agent.pk).is_active
