"""Tries are limited per account and address; an office behind one address shares no lock."""

import pytest
from django.contrib.auth import get_user

from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
WAIT = "Wait 5 minutes or reset the password"


def guess(sign_in, person, times, **at):
    for _ in range(times):
        _, answer = sign_in(person, password="wrong", **at)
    return answer


def test_after_five_wrong_passwords_even_the_right_one_waits(agent, sign_in):
    guess(sign_in, agent, 5)
    browser, answer = sign_in(agent)
    assert WAIT in answer.content.decode()
    assert 'value="layla@agency.test"' in answer.content.decode()
    assert not get_user(browser).is_authenticated


def test_a_colleague_behind_the_same_address_still_gets_in(agent, other_agent, sign_in):
    guess(sign_in, agent, 30)
    browser, _ = sign_in(other_agent)
    assert get_user(browser).is_authenticated


def test_the_person_still_gets_in_from_another_address(agent, sign_in):
    guess(sign_in, agent, 5, ip="203.0.113.7")
    browser, _ = sign_in(agent, ip="10.0.0.1")
    assert get_user(browser).is_authenticated


def test_right_passwords_do_not_use_up_tries(agent, sign_in):
    for _ in range(12):
        browser, _ = sign_in(agent)
    assert get_user(browser).is_authenticated


def test_one_account_cannot_be_guessed_from_many_addresses(agent, sign_in, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed_account": "8/1h/key"}
    for number in range(8):
        sign_in(agent, password="wrong", ip=f"203.0.113.{number}")
    _, answer = sign_in(agent, ip="198.51.100.1")
    assert WAIT in answer.content.decode()


def test_one_address_cannot_guess_at_many_accounts(agent, sign_in, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed": "5/5m/key,8/5m/ip"}
    for number in range(8):
        sign_in(f"person{number}@agency.test", password="wrong", ip="203.0.113.7")
    _, answer = sign_in(agent, ip="203.0.113.7")
    assert WAIT in answer.content.decode()


def test_behind_a_proxy_the_address_comes_from_its_header(agent, sign_in, settings, client):
    settings.ALLAUTH_TRUSTED_CLIENT_IP_HEADER = "Fly-Client-IP"
    form = {"login": agent.email, "password": "wrong"}
    for _ in range(5):
        client.post("/accounts/login/", form, headers={"Fly-Client-IP": "203.0.113.7"})
    right = form | {"password": PASSWORD}
    assert WAIT in client.post("/accounts/login/", right, headers={"Fly-Client-IP": "203.0.113.7"}).content.decode()
    assert client.post("/accounts/login/", right, headers={"Fly-Client-IP": "10.0.0.1"}).status_code == 302


def test_a_header_that_nobody_vouches_for_changes_nothing(agent, client):
    form = {"login": agent.email, "password": "wrong"}
    for number in range(6):
        answer = client.post("/accounts/login/", form, headers={"X-Forwarded-For": f"203.0.113.{number}"})
    assert WAIT in answer.content.decode()
