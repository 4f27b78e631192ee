"""A forgotten password, and the pages of allauth that we kept."""

import re

import pytest
from django.contrib.auth import get_user
from django.core import mail
from django.test import Client
from django.urls import reverse

from apps.accounts.auth_urls import urlpatterns
from tests.factories import PASSWORD
from tests.workers import run_jobs

NEW = "sea-view-2304-blue"


def ask(email):
    return Client().post("/accounts/password/reset/", {"email": email})


def mailed_link(person):
    """The path in the mail that a forgetful person gets."""
    ask(person.email)
    run_jobs()
    return re.search(r"http://\S+?(/accounts/\S+)", mail.outbox[-1].body)[1]


@pytest.fixture
def link(agent, transactional_db):
    return mailed_link(agent)


def choose(link, password=NEW):
    browser = Client()
    form = browser.get(link, follow=True).redirect_chain[-1][0]
    return browser.post(form, {"password1": password}, follow=True)


def test_the_link_sets_a_new_password(link, agent, sign_in):
    assert "Your password is changed" in choose(link).content.decode()
    assert get_user(sign_in(agent, password=NEW)[0]).is_authenticated
    assert not get_user(sign_in(agent, password=PASSWORD)[0]).is_authenticated


def test_the_link_works_once(link):
    choose(link)
    again = Client().get(link, follow=True)
    assert "This link no longer works" in again.content.decode()


@pytest.mark.django_db(transaction=True)
def test_every_session_ends_with_the_old_password(agent, sign_in):
    browser, _ = sign_in(agent)
    choose(mailed_link(agent))
    assert not get_user(browser).is_authenticated


def test_a_reset_ends_the_wait_after_wrong_passwords(agent, sign_in, link):
    for _ in range(5):
        sign_in(agent, password="wrong", ip="127.0.0.1")
    choose(link)
    assert get_user(sign_in(agent, password=NEW, ip="127.0.0.1")[0]).is_authenticated


@pytest.mark.django_db(transaction=True)
def test_an_unknown_email_gets_the_same_page_and_no_mail():
    assert ask("nobody@agency.test")["Location"] == "/accounts/password/reset/done/"
    run_jobs()
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_a_deactivated_person_gets_no_link(agent):
    type(agent).objects.update(is_active=False)
    ask(agent.email)
    run_jobs()
    assert mail.outbox == []


PLAIN = sorted(
    one.name
    for one in urlpatterns
    if "<" not in str(one.pattern) and "key" not in str(one.pattern) and "download" not in one.name
)


@pytest.mark.parametrize("name", PLAIN)
@pytest.mark.parametrize("is_signed_in", [True, False])
def test_no_page_is_left_in_the_librarys_own_look(client, agent, with_app, name, is_signed_in):
    with_app(agent)
    if is_signed_in:
        client.force_login(agent)
        client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    answer = client.get(reverse(name), follow=True)
    origins = {template.origin.name for template in answer.templates if template.origin}
    assert not [origin for origin in origins if "/allauth/" in origin]
