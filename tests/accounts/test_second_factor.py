"""The second step of signing in, and who must have one."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth import get_user
from django.core.management import call_command
from django.test import Client

from apps.accounts.actions.person import reset_second_factor
from apps.accounts.models import Agency
from apps.core.encryption import decrypt
from tests.factories import PASSWORD

SET_UP = "/accounts/2fa/"


def code_of(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def second_step(browser, code):
    return browser.post("/accounts/2fa/authenticate/", {"code": code})


@pytest.fixture
def fixed_time(monkeypatch):
    """The middle of a period, so that a code does not run out between two lines of a test."""
    now = time.time() // 30 * 30 + 5
    monkeypatch.setattr("time.time", lambda: now)


def test_with_an_app_the_password_alone_does_not_open(agent, with_app, sign_in):
    with_app(agent)
    browser, answer = sign_in(agent)
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert not get_user(browser).is_authenticated


def test_the_code_of_the_app_opens(agent, with_app, sign_in, fixed_time):
    secret = with_app(agent)
    browser, _ = sign_in(agent)
    assert second_step(browser, code_of(secret))["Location"] == "/today/"
    assert get_user(browser).is_authenticated


def test_a_code_works_once(agent, with_app, sign_in, fixed_time):
    code = code_of(with_app(agent))
    second_step(sign_in(agent)[0], code)
    thief, _ = sign_in(agent)
    assert "each code works once" in second_step(thief, code).content.decode().lower()
    assert not get_user(thief).is_authenticated


def test_guessing_codes_is_limited(agent, with_app, sign_in, fixed_time):
    secret = with_app(agent)
    browser, _ = sign_in(agent)
    for guess in range(5):
        second_step(browser, f"00000{guess}")
    assert "Wait 5 minutes" in second_step(browser, code_of(secret)).content.decode()


def test_a_recovery_code_works_once(agent, with_app, sign_in):
    with_app(agent)
    code = RecoveryCodes.activate(agent).get_unused_codes()[0]
    owner, thief = sign_in(agent)[0], sign_in(agent)[0]
    second_step(owner, code)
    second_step(thief, code)
    assert get_user(owner).is_authenticated
    assert not get_user(thief).is_authenticated


def test_the_database_holds_no_secret_in_clear(agent, with_app):
    secret = with_app(agent)
    kept = Authenticator.objects.get(user=agent).data["secret"]
    assert secret not in kept
    assert decrypt(kept) == secret


def test_a_new_key_takes_over_from_the_old(agent, with_app, settings):
    settings.FIELD_ENCRYPTION_KEYS = ["the-old-key-of-last-year-0123456789"]
    secret = with_app(agent)
    settings.FIELD_ENCRYPTION_KEYS = ["the-new-key-0123456789-0123456789", "the-old-key-of-last-year-0123456789"]
    call_command("renew_secrets")
    settings.FIELD_ENCRYPTION_KEYS = ["the-new-key-0123456789-0123456789"]
    assert decrypt(Authenticator.objects.get(user=agent).data["secret"]) == secret


class TestRequired:
    """Where the agency requires it of managers and administrators."""

    @pytest.fixture(autouse=True)
    def _required(self, password_alone):
        """The rule that the cast is otherwise spared."""
        Agency.objects.update(requires_mfa=True)

    @pytest.mark.parametrize("url", ["/", "/people/", "/profile/", "/accounts/sessions/", "/admin/", "/flags/"])
    def test_nothing_opens_before_it_is_set_up(self, client, administrator, url):
        client.force_login(administrator)
        assert client.get(url)["Location"] == SET_UP

    def test_nothing_is_changed_before_it_is_set_up(self, client, administrator, agent, send):
        client.force_login(administrator)
        assert send(client, f"/people/{agent.pk}/deactivate/")["Location"] == SET_UP
        agent.refresh_from_db()
        assert agent.is_active

    def test_a_part_of_a_page_sends_the_whole_page_there(self, client, manager):
        client.force_login(manager)
        answer = client.get("/profile/", headers={"HX-Request": "true"})
        assert (answer.status_code, answer["HX-Redirect"]) == (200, SET_UP)

    def test_signing_out_is_open(self, client, manager):
        client.force_login(manager)
        client.post("/accounts/logout/")
        assert not get_user(client).is_authenticated

    def test_the_page_says_what_is_missing(self, client, manager):
        client.force_login(manager)
        assert "Your role needs a second step" in client.get(SET_UP).content.decode()

    def test_an_app_opens_everything(self, client, manager, with_app):
        with_app(manager)
        client.force_login(manager)
        assert client.get("/profile/").status_code == 200

    def test_a_passkey_counts(self, client, manager, with_passkey):
        with_passkey(manager)
        client.force_login(manager)
        assert client.get("/profile/").status_code == 200

    def test_recovery_codes_alone_do_not_count(self, client, manager):
        Authenticator.objects.create(user=manager, type=Authenticator.Type.RECOVERY_CODES, data={})
        client.force_login(manager)
        assert client.get("/profile/").status_code == 302

    def test_agents_need_none(self, client, agent):
        client.force_login(agent)
        assert client.get("/profile/").status_code == 200

    def test_the_last_one_cannot_be_turned_off(self, client, manager, with_app):
        with_app(manager)
        client.force_login(manager)
        client.post("/accounts/reauthenticate/", {"password": PASSWORD})
        client.post("/accounts/2fa/totp/deactivate/")
        assert Authenticator.objects.filter(user=manager).exists()

    def test_setting_up_the_app_in_the_pages_opens_the_house(self, client, manager, fixed_time):
        client.force_login(manager)
        client.post("/accounts/reauthenticate/", {"password": PASSWORD})
        secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
        answer = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
        assert answer["Location"] == "/accounts/2fa/recovery-codes/"
        assert client.get("/profile/").status_code == 200


def test_where_the_agency_does_not_require_it_managers_need_none(client, manager):
    client.force_login(manager)
    assert client.get("/profile/").status_code == 200


def test_a_reset_forgets_every_factor_and_session(agent, administrator, with_app, client):
    with_app(agent)
    client.force_login(agent)
    reset_second_factor(agent, by=administrator)
    assert not Authenticator.objects.filter(user=agent).exists()
    assert not get_user(client).is_authenticated


def test_a_sensitive_page_asks_for_the_password_again(client, agent):
    client.force_login(agent)
    assert client.get("/accounts/2fa/totp/activate/")["Location"].startswith("/accounts/reauthenticate/")


def test_strangers_see_no_page_of_the_second_step(db):
    assert Client().get("/accounts/2fa/authenticate/")["Location"] == "/accounts/login/"
