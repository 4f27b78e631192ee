"""Changing what a colleague is and may do."""

import pytest
from allauth.account.models import EmailAddress

from apps.accounts.actions.person import change_person
from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.core.models import Event
from apps.core.refusals import Conflict, NotAllowed, Refused
from tests.factories import UserFactory


@pytest.fixture
def form(agent):
    return {
        "full_name": agent.full_name,
        "email": agent.email,
        "role": agent.role,
        "team": agent.team_id,
        "job_title": "",
        "phone": "",
        "version": agent.version,
    }


def test_a_new_role_holds_at_once_and_is_recorded(agent, administrator):
    change_person(agent, {"role": Role.MANAGER}, version=1, by=administrator)
    assert User.objects.get(pk=agent.pk).has_perm("listings.assign_listing")
    assert Event.objects.get(verb="person.role_changed").data == {"old": "Agent", "new": "Manager"}


def test_nobody_changes_their_own_role(administrator):
    UserFactory(role=Role.ADMINISTRATOR)
    with pytest.raises(NotAllowed, match="own role"):
        change_person(administrator, {"role": Role.AGENT}, version=1, by=administrator)


def test_the_last_administrator_keeps_the_role(administrator):
    with pytest.raises(NotAllowed, match="last administrator"):
        change_person(administrator, {"role": Role.AGENT}, version=1, by=User.objects.system())


def test_the_system_user_stays_as_it_is(administrator):
    with pytest.raises(NotAllowed, match="system user"):
        change_person(User.objects.system(), {"role": Role.AGENT}, version=1, by=administrator)


@pytest.mark.parametrize("role", [Role.AGENT, Role.MANAGER, Role.MARKETING, Role.VIEWER])
def test_only_administrators_may(agent, role):
    with pytest.raises(NotAllowed):
        change_person(agent, {"full_name": "Other"}, version=1, by=UserFactory(role=role))


def test_a_new_email_is_the_one_that_signs_in(agent, administrator, sign_in):
    sign_in(agent)
    EmailAddress.objects.get_or_create(user=agent, email=agent.email)
    change_person(agent, {"email": "layla.h@agency.test"}, version=1, by=administrator)
    assert sign_in("layla@agency.test")[1].status_code == 200
    assert sign_in("layla.h@agency.test")[1].status_code == 302


def test_an_email_of_somebody_else_is_refused(agent, other_agent, administrator):
    with pytest.raises(Refused, match="Somebody else signs in"):
        change_person(agent, {"email": other_agent.email}, version=1, by=administrator)


def test_the_second_of_two_editors_sees_both_values_and_keeps_what_they_typed(as_administrator, send, agent, form):
    change_person(agent, {"job_title": "Senior broker"}, version=1, by=User.objects.get(role=Role.ADMINISTRATOR))
    answer = send(as_administrator, f"/people/{agent.pk}/", form | {"job_title": "Team lead"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Senior broker" in page
    assert 'value="Team lead"' in page


def test_saving_again_after_the_comparison_holds(as_administrator, send, agent, form):
    change_person(agent, {"job_title": "Senior broker"}, version=1, by=User.objects.get(role=Role.ADMINISTRATOR))
    version = (
        send(as_administrator, f"/people/{agent.pk}/", form | {"job_title": "Team lead"})
        .context["form"]
        .data["version"]
    )
    assert (
        send(
            as_administrator, f"/people/{agent.pk}/", form | {"job_title": "Team lead", "version": version}
        ).status_code
        == 302
    )
    assert User.objects.get(pk=agent.pk).job_title == "Team lead"


def test_an_old_version_is_a_conflict(agent, administrator):
    change_person(agent, {"phone": "1"}, version=1, by=administrator)
    with pytest.raises(Conflict):
        change_person(agent, {"phone": "2"}, version=1, by=administrator)


def test_django_admin_is_no_way_round(as_administrator, administrator):
    page = f"/admin/accounts/user/{administrator.pk}/change/"
    data = {"full_name": "Tom Becker", "email": administrator.email, "role": "agent", "why": "Fun", "seen_version": 1}
    answer = as_administrator.post(page, data)
    assert "own role" in answer.content.decode()
    assert User.objects.get(pk=administrator.pk).role == Role.ADMINISTRATOR


def test_django_admin_shows_no_password(as_administrator, agent):
    assert agent.password not in as_administrator.get(f"/admin/accounts/user/{agent.pk}/change/").content.decode()


def test_the_list_of_people_asks_few_questions(as_administrator, django_assert_max_num_queries):
    UserFactory.create_batch(20)
    with django_assert_max_num_queries(12):
        assert as_administrator.get("/people/").status_code == 200


def test_the_list_is_for_administrators(client, manager):
    client.force_login(manager)
    assert client.get("/people/").status_code == 403
