"""Each form about people, sent two hundred times with the key it was shown with, has one effect."""

import threading
import uuid

import pytest
from django.db import connection
from django.test import Client

from apps.accounts.actions.invitation import invite
from apps.accounts.actions.person import deactivate
from apps.accounts.models import Invitation, User
from apps.accounts.roles import Role
from apps.core.models import Event

TIMES = 200
SETTINGS = {
    "version": 1,
    "name": "Marina & Co.",
    "currency": "OMR",
    "area_units": "Square Meters",
    "time_zone": "Asia/Muscat",
    "customer_visibility": "team",
    "mandate_days": "60",
    "phone_region": "OM",
}


@pytest.fixture
def forms(administrator, agent, other_agent, with_app):
    """Verb → address and fields of the form that does it."""
    values = {"full_name": "Nadia Khan", "role": Role.AGENT}
    first, second = (invite(values | {"email": f"{n}@agency.test"}, by=administrator) for n in (1, 2))
    deactivate(other_agent, by=administrator)
    with_app(agent)
    person = {"full_name": "Layla H", "email": agent.email, "role": "manager", "version": 1}
    me = {"version": 1, "full_name": "Tom B", "theme": "dark", "language": "en"}
    Event.objects.all().delete()
    return {
        "person.invited": ("/people/invite/", values | {"email": "nadia@agency.test"}),
        "person.invited_again": (f"/people/invitations/{first.pk}/renew/", {}),
        "person.invitation_withdrawn": (f"/people/invitations/{second.pk}/withdraw/", {}),
        "person.changed": (f"/people/{agent.pk}/", person),
        "person.deactivated": (f"/people/{agent.pk}/deactivate/", {}),
        "person.reactivated": (f"/people/{other_agent.pk}/reactivate/", {}),
        "person.sessions_ended": (f"/people/{agent.pk}/end-sessions/", {}),
        "person.second_factor_reset": (f"/people/{agent.pk}/reset-second-step/", {}),
        "person.profile_edited": ("/profile/", me),
        "agency.edited": ("/agency/", SETTINGS),
        "flag.switched": ("/flags/listings_map/", {"version": 1, "state": "everyone"}),
    }


VERBS = [
    "person.invited",
    "person.invited_again",
    "person.invitation_withdrawn",
    "person.changed",
    "person.deactivated",
    "person.reactivated",
    "person.sessions_ended",
    "person.second_factor_reset",
    "person.profile_edited",
    "agency.edited",
    "flag.switched",
]


@pytest.mark.parametrize("verb", VERBS)
def test_a_replayed_form_has_one_effect(as_administrator, forms, verb):
    address, fields = forms[verb]
    fields = fields | {"submission_key": str(uuid.uuid4())}
    answers = {as_administrator.post(address, fields).status_code for _ in range(TIMES)}
    assert answers == {302}
    assert Event.objects.filter(verb=verb).count() == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_who_open_one_invitation_at_once_make_one_person(administrator):
    values = {"full_name": "Nadia Khan", "role": Role.AGENT, "email": "nadia@agency.test"}
    address = f"/join/{invite(values, by=administrator).token}/"
    answers = []

    def join():
        answer = Client().post(address, {"full_name": "Nadia Khan", "password": "sea-view-2304-blue"})
        answers.append(answer.status_code)
        connection.close()

    threads = [threading.Thread(target=join) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.count(302) == 1
    assert User.objects.filter(email="nadia@agency.test").count() == 1
    assert Invitation.objects.get().accepted_as.email == "nadia@agency.test"
