"""The agency's settings and one's own profile."""

import pytest

from apps.accounts.actions.agency import edit_agency
from apps.accounts.actions.person import edit_profile
from apps.accounts.models import Agency, User
from apps.core.models import Event
from apps.core.refusals import NotAllowed

SETTINGS = {
    "version": 1,
    "name": "Marina & Co.",
    "currency": "OMR",
    "area_units": "Square Meters",
    "time_zone": "Asia/Muscat",
    "phone_region": "OM",
    "weekend": ["4", "5"],
    "customer_visibility": "team",
    "mandate_days": "60",
}
PROFILE = {"version": 1, "full_name": "Layla Haddad", "phone": "+971 50 000", "theme": "dark", "language": "ar"}


def test_every_setting_is_on_the_page(as_administrator, send):
    assert send(as_administrator, "/agency/", SETTINGS)["Location"] == "/agency/"
    agency = Agency.current()
    assert (agency.currency, agency.area_units, agency.time_zone) == ("OMR", "Square Meters", "Asia/Muscat")
    assert (agency.weekend, agency.customer_visibility, agency.mandate_days) == ([4, 5], "team", 60)
    assert agency.phone_region == "OM" and not agency.requires_mfa


def test_a_change_is_recorded_with_its_fields(administrator):
    edit_agency({"mandate_days": 60, "currency": "AED"}, version=1, by=administrator)
    assert Event.objects.get(verb="agency.edited").data == {"fields": ["mandate_days"]}


@pytest.mark.parametrize(
    ("field", "value"),
    [("mandate_days", "0"), ("time_zone", "Mars/Base"), ("name", ""), ("currency", "XXX"), ("phone_region", "XX")],
)
def test_nonsense_is_refused_and_what_was_typed_stays(as_administrator, send, field, value):
    answer = send(as_administrator, "/agency/", SETTINGS | {field: value})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "Asia/Muscat" in answer.content.decode()
    assert Agency.current().version == 1


def test_the_second_administrator_sees_both_values_and_loses_no_typing(as_administrator, administrator, send):
    edit_agency({"mandate_days": 120}, version=1, by=administrator)
    answer = send(as_administrator, "/agency/", SETTINGS)
    assert answer.status_code == 409
    difference = next(row for row in answer.context["conflict"] if row.label == "Length of a mandate")
    assert (difference.theirs, difference.ours) == ("120", "60")
    assert 'value="60"' in answer.content.decode()


def test_saving_again_after_the_comparison_holds(as_administrator, administrator, send):
    edit_agency({"mandate_days": 120}, version=1, by=administrator)
    version = send(as_administrator, "/agency/", SETTINGS).context["form"].data["version"]
    send(as_administrator, "/agency/", SETTINGS | {"version": version})
    assert Agency.current().mandate_days == 60


def test_a_double_click_saves_once(as_administrator):
    form = SETTINGS | {"submission_key": "7b0c0f0e-8a53-4a55-9a3e-0f3a4a6f1c11"}
    answers = [as_administrator.post("/agency/", form).status_code for _ in range(5)]
    assert answers == [302] * 5
    assert Event.objects.filter(verb="agency.edited").count() == 1


def test_the_settings_are_for_administrators(client, manager, send):
    client.force_login(manager)
    assert client.get("/agency/").status_code == 403
    assert send(client, "/agency/", SETTINGS).status_code == 403
    assert Agency.current().currency == "AED"


def test_a_profile_is_changed_by_the_person_alone(agent, other_agent):
    with pytest.raises(NotAllowed):
        edit_profile(agent, {"theme": "dark"}, version=1, by=other_agent)


def test_the_profile_sets_look_language_and_keys(client, agent, send):
    client.force_login(agent)
    assert send(client, "/profile/", PROFILE)["Location"] == "/profile/"
    agent.refresh_from_db()
    assert (agent.theme, agent.language, agent.single_key_shortcuts) == ("dark", "ar", False)


def test_the_page_follows_the_profile(client, agent):
    User.objects.filter(pk=agent.pk).update(theme="dark", language="ar", single_key_shortcuts=False)
    client.force_login(agent)
    page = client.get("/profile/").content.decode()
    assert '<html lang="ar" dir="rtl" data-theme="dark" data-shortcuts="off">' in page


def test_a_profile_cannot_change_role_or_email(client, agent, send):
    client.force_login(agent)
    send(client, "/profile/", PROFILE | {"role": "administrator", "email": "other@agency.test"})
    agent.refresh_from_db()
    assert (agent.role, agent.email) == ("agent", "layla@agency.test")


def test_times_are_in_the_agencys_zone(client, agent, as_administrator):
    User.objects.update(last_seen_at="2025-11-21T20:30:00Z")
    Agency.objects.update(time_zone="Asia/Karachi")
    assert "22 November 2025, 01:30" in as_administrator.get(f"/people/{agent.pk}/").content.decode()
