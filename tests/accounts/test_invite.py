"""Inviting somebody, and joining by the link."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from apps.accounts.actions.invitation import accept, invite, renew, withdraw
from apps.accounts.models import Invitation, User
from apps.accounts.roles import Role
from apps.core.models import Event
from apps.core.refusals import NotAllowed, Refused
from tests.workers import run_jobs

VALUES = {"email": "Nadia@agency.test", "full_name": "Nadia Khan", "role": Role.AGENT}
JOIN = {"full_name": "Nadia Khan", "password": "sea-view-2304-blue"}


@pytest.fixture
def invitation(administrator):
    return invite(VALUES, by=administrator)


def link(invitation):
    return f"/join/{invitation.token}/"


def test_the_link_sets_a_password_and_signs_in(invitation):
    browser = Client()
    assert browser.post(link(invitation), JOIN)["Location"] == "/today/"
    person = get_user(browser)
    assert (person.email, person.role) == ("nadia@agency.test", Role.AGENT)
    assert person.check_password("sea-view-2304-blue")


def test_the_page_says_who_invites_as_what_and_for_which_email(invitation):
    page = Client().get(link(invitation)).content.decode()
    assert "Tom Becker invited you as Agent" in page
    assert "nadia@agency.test</b>" in page


def test_the_link_works_once(invitation):
    Client().post(link(invitation), JOIN)
    again = Client().post(link(invitation), JOIN | {"password": "somebody-elses-9"})
    assert again.status_code == 410
    assert "already used" in again.content.decode()
    assert User.objects.get(email="nadia@agency.test").check_password("sea-view-2304-blue")


def test_a_link_that_was_sent_again_replaces_the_first(invitation, administrator):
    first = link(invitation)
    renewed = renew(invitation, by=administrator)
    assert Client().get(first).status_code == 410
    assert Client().get(link(renewed)).status_code == 200


def test_a_withdrawn_link_opens_nothing(invitation, administrator):
    withdraw(invitation, by=administrator)
    assert Client().post(link(invitation), JOIN).status_code == 410
    assert not User.objects.filter(email="nadia@agency.test").exists()


def test_a_link_runs_out(invitation):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert "run out" in Client().get(link(invitation)).content.decode()


@pytest.mark.parametrize("token", ["1.1", "1.1:forged", "x", "1.1:" + "a" * 43])
def test_a_forged_link_opens_nothing(invitation, token):
    assert Client().get(f"/join/{token}/").status_code == 410


def test_a_weak_password_is_refused_and_the_link_still_works(invitation):
    answer = Client().post(link(invitation), JOIN | {"password": "password"})
    assert answer.status_code == 422
    assert "at least 10 characters" in answer.content.decode()
    assert Client().post(link(invitation), JOIN).status_code == 302


def test_somebody_who_is_signed_in_becomes_the_invited_person(invitation, agent, client):
    client.force_login(agent)
    client.post(link(invitation), JOIN)
    assert get_user(client).email == "nadia@agency.test"


def test_the_page_sends_the_invitation(as_administrator, send):
    answer = send(as_administrator, "/people/invite/", VALUES | {"job_title": "Broker"})
    assert answer["Location"] == "/people/?view=invited"
    assert Invitation.objects.get().email == "nadia@agency.test"


def test_a_known_email_is_refused_and_nothing_typed_is_lost(as_administrator, send, agent):
    answer = send(as_administrator, "/people/invite/", VALUES | {"email": agent.email})
    assert answer.status_code == 422
    assert "Layla Haddad already has an account" in answer.content.decode()
    assert 'value="Nadia Khan"' in answer.content.decode()


def test_a_second_invitation_of_the_same_email_is_refused(invitation, administrator):
    with pytest.raises(Refused, match="already invited"):
        invite(VALUES, by=administrator)


def test_only_administrators_invite(manager):
    with pytest.raises(NotAllowed):
        invite(VALUES, by=manager)


def test_nobody_is_invited_as_the_system_user(as_administrator, send):
    assert send(as_administrator, "/people/invite/", VALUES | {"role": "system"}).status_code == 422


def test_what_was_done_is_recorded(invitation, administrator):
    person = accept(invitation, full_name="Nadia Khan", password="sea-view-2304-blue")
    assert Event.objects.get(verb="person.invited").by == administrator
    assert Event.objects.get(verb="person.joined").by == person


@pytest.mark.django_db(transaction=True)
def test_the_mail_carries_the_link_and_the_queue_does_not_show_it(administrator, settings):
    from procrastinate.contrib.django.models import ProcrastinateJob

    invitation = invite(VALUES, by=administrator)
    assert invitation.token not in str(ProcrastinateJob.objects.get().args)
    run_jobs()
    assert mail.outbox[0].to == ["nadia@agency.test"]
    assert f"{settings.SITE_URL}/join/{invitation.token}/" in mail.outbox[0].body


def test_the_first_administrator_comes_by_a_command(db, capsys):
    call_command("create_administrator", "first@agency.test")
    path = capsys.readouterr().out.split()[0].split("/join/")[1]
    Client().post(f"/join/{path}", JOIN)
    assert User.objects.get(email="first@agency.test").role == Role.ADMINISTRATOR


@pytest.mark.parametrize(("email", "sentence"), [("nonsense", "not an email"), ("layla@agency.test", "already has")])
def test_the_command_says_why_it_cannot(agent, email, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("create_administrator", email)
