"""Signing in by e-mail and password."""

import pytest
from django.contrib.auth import get_user
from django.test import Client

from apps.accounts.models import User

pytestmark = pytest.mark.django_db


def signed_in(browser):
    return get_user(browser).is_authenticated


def test_email_and_password_open_the_first_page(agent, sign_in):
    browser, answer = sign_in(agent)
    assert (answer.status_code, answer["Location"]) == (302, "/today/")
    assert signed_in(browser)


def test_the_email_may_be_typed_in_capitals(agent, sign_in):
    browser, _ = sign_in("LAYLA@Agency.test")
    assert signed_in(browser)


def test_a_wrong_password_is_one_sentence_and_the_email_stays(agent, sign_in):
    _, answer = sign_in(agent, password="wrong")
    assert "Email or password is not right" in answer.content.decode()
    assert 'value="layla@agency.test"' in answer.content.decode()
    assert "wrong" not in answer.content.decode()


def test_an_unknown_email_gets_the_same_sentence(db, sign_in):
    _, answer = sign_in("nobody@agency.test")
    assert "Email or password is not right" in answer.content.decode()


def test_a_wrong_password_names_the_error_in_the_title(agent, sign_in):
    _, answer = sign_in(agent, password="wrong")
    assert "<title>Error: Sign in" in answer.content.decode()


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("/listings/?q=marina", "/listings/?q=marina"),
        ("https://evil.example/", "/today/"),
        ("//evil.example", "/today/"),
    ],
)
def test_the_way_on_after_sign_in_stays_in_the_house(agent, sign_in, wanted, given):
    _, answer = sign_in(agent, next=wanted)
    assert answer["Location"] == given


def test_keep_me_signed_in_decides_how_long_the_cookie_lives(agent, sign_in):
    _, kept = sign_in(agent)
    _, short = sign_in(agent, remember="")
    assert kept.cookies["sessionid"]["max-age"] == 14 * 24 * 3600
    assert not short.cookies["sessionid"]["max-age"]


def test_a_deactivated_person_with_the_right_password_is_told_whom_to_ask(agent, sign_in):
    type(agent).objects.update(is_active=False)
    browser, answer = sign_in(agent)
    assert answer["Location"] == "/accounts/inactive/"
    assert "Ask an administrator" in browser.get("/accounts/inactive/").content.decode()
    assert not signed_in(browser)


def test_every_page_asks_for_a_sign_in(client, db):
    assert client.get("/people/")["Location"] == "/accounts/login/?next=/people/"


def test_a_part_of_a_page_answers_401_so_that_the_page_can_ask(client, db):
    assert client.get("/people/", headers={"HX-Request": "true"}).status_code == 401


def test_nobody_signs_up(client, db):
    assert client.post("/accounts/signup/", {"email": "x@y.test", "password1": "long-enough-17"}).status_code != 200
    assert not User.objects.filter(email="x@y.test").exists()


def test_django_admin_has_no_door_of_its_own(client, db):
    assert client.get("/admin/login/?next=/admin/")["Location"].startswith("/accounts/login/")


def test_signing_out_ends_the_session(agent, sign_in):
    browser, _ = sign_in(agent)
    assert browser.post("/accounts/logout/")["Location"] == "/accounts/login/"
    assert not signed_in(browser)


def test_the_system_user_cannot_sign_in(db, sign_in):
    browser, _ = sign_in("system@realestatecrm.invalid", password="!")
    assert not signed_in(browser)


def test_other_devices_are_signed_out_on_request(agent, sign_in):
    here, _ = sign_in(agent)
    there, _ = sign_in(agent)
    here.post("/accounts/sessions/")
    assert signed_in(here)
    assert not signed_in(there)


def test_a_changed_password_signs_out_other_devices(agent, sign_in):
    here, _ = sign_in(agent)
    there, _ = sign_in(agent)
    here.post("/accounts/password/change/", {"oldpassword": "a-long-test-password", "password1": "another-long-one-7"})
    assert signed_in(here)
    assert not signed_in(there)


def test_the_sign_in_page_has_nothing_inline(db):
    answer = Client().get("/accounts/login/")
    page = answer.content.decode()
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert not [tag for tag in page.split("<script")[1:] if "src=" not in tag.split(">")[0] and "json" not in tag]
