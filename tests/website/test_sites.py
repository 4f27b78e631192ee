"""Websites: added and edited by administrators, each told why not, the password never seen again."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from waffle.testutils import override_flag

from apps.core.models import Event
from apps.core.refusals import Conflict, NotAllowed, Refused
from apps.website.actions.site import add_site, clean_url, edit_site, make_intake_key
from apps.website.models import Profile, Site
from tests.factories import SiteFactory

pytestmark = pytest.mark.django_db
PASSWORD = "zq7K 9xLw Pm2T vB4n"


@pytest.fixture(autouse=True)
def switched_on():
    with override_flag("website", active=True):
        yield


@pytest.fixture
def profile():
    return Profile.objects.get(slug="companion")


@pytest.fixture
def admin(client, administrator):
    client.force_login(administrator)
    return client


def values(profile, **changes):
    return {
        "name": "Main site",
        "initials": "MS",
        "url": "https://example.com/",
        "username": "crm",
        "profile": profile,
    } | changes


def sent(profile, **changes):
    fields = values(profile, password=PASSWORD, belongs="hand", photo_limit="20", language="en", is_active="on")
    return fields | {"profile": profile.pk, "submission_key": "6f1c1b1e-0000-4000-8000-000000000001"} | changes


def test_a_site_is_added_and_its_password_opens_again(profile, administrator):
    site = add_site(values(profile), f" {PASSWORD} ", by=administrator)
    assert (site.url, site.secret_password()) == ("https://example.com", PASSWORD)
    assert Event.objects.get(verb="website.added").subject_id == site.pk


def test_only_administrators_add_and_edit(profile, manager):
    with pytest.raises(NotAllowed):
        add_site(values(profile), PASSWORD, by=manager)
    with pytest.raises(NotAllowed):
        edit_site(SiteFactory(), {"name": "x"}, version=1, by=manager)
    with pytest.raises(NotAllowed):
        make_intake_key(SiteFactory(), by=manager)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("http://example.com", "must begin with https"),
        ("https://crm:secret@example.com", "in their own fields"),
        ("ftp://example.com", "as people type it"),
        ("example.com", "as people type it"),
        ("http://10.0.0.7", "must begin with https"),
    ],
)
def test_an_address_that_cannot_be_kept_is_told_why(url, sentence):
    with pytest.raises(Refused, match=sentence):
        clean_url(url)


def test_an_address_is_kept_in_one_spelling(settings):
    settings.WEBSITE_ALLOW_LOCAL, settings.WEBSITE_ALLOWED_NETWORKS = True, ["10.0.0.0/8"]
    assert clean_url(" https://Example.COM/shop/?x=1#y ") == "https://example.com/shop"
    assert clean_url("http://127.0.0.1:8080/") == "http://127.0.0.1:8080"
    assert clean_url("http://10.0.0.7") == "http://10.0.0.7"


def test_this_machine_is_refused_where_it_is_not_allowed(settings):
    settings.WEBSITE_ALLOW_LOCAL = False
    for url in ("http://127.0.0.1", "http://localhost"):
        with pytest.raises(Refused):
            clean_url(url)


def test_two_sites_have_no_name_mark_or_address_in_common(profile, administrator):
    add_site(values(profile), PASSWORD, by=administrator)
    for field, other in (
        ("name", {"initials": "X", "url": "https://x.test"}),
        ("initials", {"name": "X", "url": "https://x.test"}),
        ("address", {"name": "X", "initials": "X"}),
    ):
        with pytest.raises(Refused, match=f"has this {field}"):
            add_site(values(profile, **other), PASSWORD, by=administrator)


def test_what_a_form_would_not_take_no_other_door_takes(profile, administrator):
    with pytest.raises(Refused, match="letters and digits"):
        add_site(values(profile, initials="a b"), PASSWORD, by=administrator)
    with pytest.raises(Refused, match="application password"):
        add_site(values(profile), "  ", by=administrator)


def test_another_address_or_user_needs_the_password_again(administrator):
    site = SiteFactory()
    for change in ({"url": "https://attacker.test"}, {"username": "admin"}):
        with pytest.raises(Refused, match="password again"):
            edit_site(Site.objects.get(pk=site.pk), change, version=1, by=administrator)
    edited = edit_site(site, {"url": "https://new.test"}, version=1, by=administrator, password="new one")
    assert (edited.url, edited.secret_password()) == ("https://new.test", "new one")


def test_a_mended_password_ends_the_wait(administrator, django_assert_num_queries):
    site = SiteFactory(failing_since="2026-01-01T00:00Z", probe_at="2030-01-01T00:00Z")
    assert edit_site(site, {}, version=site.version, by=administrator, password="new one").probe_at is None


def test_two_people_do_not_overwrite_each_other(administrator):
    site = SiteFactory()
    edit_site(site, {"name": "First"}, version=1, by=administrator)
    with pytest.raises(Conflict):
        edit_site(Site.objects.get(pk=site.pk), {"name": "Second"}, version=1, by=administrator)


def test_the_page_adds_a_site_once(admin, profile):
    for _ in range(2):
        response = admin.post(reverse("website:new"), sent(profile))
    site = Site.objects.get()
    assert (response.status_code, response["Location"]) == (302, reverse("website:site", args=[site.pk]))
    assert (site.follows_filter, site.filter) == (False, "")


def test_the_page_keeps_which_view_a_site_follows(admin, profile):
    admin.post(reverse("website:new"), sent(profile, belongs="follow:status=Active"))
    assert Site.objects.count() == 0  # no such view
    admin.post(reverse("website:new"), sent(profile, belongs="follow:"))
    assert Site.objects.get().follows_filter


def test_a_refused_form_keeps_what_was_typed_but_the_password(admin, profile):
    response = admin.post(reverse("website:new"), sent(profile, url="http://example.com"))
    assert response.status_code == 422
    assert "must begin with https" in response.text
    assert "Main site" in response.text
    assert PASSWORD not in response.text


def test_the_edit_page_shows_both_when_two_people_save(admin, administrator):
    site = SiteFactory()
    page = admin.get(reverse("website:edit", args=[site.pk])).context["form"]
    edit_site(site, {"name": "Theirs"}, version=1, by=administrator)
    fields = {name: page[name].value() for name in page.fields if page[name].value() is not None}
    fields |= {"name": "Mine", "submission_key": "6f1c1b1e-0000-4000-8000-000000000002"}
    response = admin.post(reverse("website:edit", args=[site.pk]), fields)
    assert (response.status_code, "Theirs" in response.text, "Mine" in response.text) == (409, True, True)


def test_the_key_of_enquiries_is_shown_once(admin):
    site = SiteFactory()
    page = admin.post(reverse("website:key", args=[site.pk]))
    key = page.context["key"]
    site.refresh_from_db()
    assert site.secret_intake_key() == key
    assert key in page.text
    assert page["Cache-Control"] == "no-store"
    for address in ("key", "site", "edit"):
        assert key not in admin.get(reverse(f"website:{address}", args=[site.pk])).text


def test_the_command_adds_a_site(monkeypatch):
    monkeypatch.setenv("WEBSITE_PASSWORD", PASSWORD)
    out = StringIO()
    call_command("website", "add", site="Main site", url="https://example.com", user="crm", stdout=out)
    site = Site.objects.get()
    assert (site.initials, site.profile.slug, site.secret_password()) == ("MS", "companion", PASSWORD)
    assert PASSWORD not in out.getvalue()


def test_the_command_reads_the_password_from_standard_input(monkeypatch):
    monkeypatch.delenv("WEBSITE_PASSWORD", raising=False)
    monkeypatch.setattr("sys.stdin", StringIO(f"{PASSWORD}\n"))
    call_command("website", "add", site="Main site", url="https://example.com", user="crm", stdout=StringIO())
    assert Site.objects.get().secret_password() == PASSWORD


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"url": "http://example.com"}, "must begin with https"),
        ({"profile": "wix"}, "There is no profile “wix”. There are: companion"),
        ({"initials": "a b"}, "letters and digits"),
    ],
)
def test_the_command_says_why_not(monkeypatch, changes, sentence):
    monkeypatch.setenv("WEBSITE_PASSWORD", PASSWORD)
    with pytest.raises(CommandError, match=sentence):
        call_command("website", "add", **({"site": "Main", "url": "https://example.com", "user": "crm"} | changes))
    assert not Site.objects.exists()


def test_a_site_that_is_not_there_is_named_with_those_that_are():
    SiteFactory(name="Main site")
    with pytest.raises(CommandError, match="There are: Main site"):
        call_command("website", "test", site="Mian site")


def test_a_profile_is_written_read_and_refused_with_the_reason(admin, profile):
    spec = profile.spec | {"fields": profile.spec["fields"] | {"meta.crm_price": {"from": "commission"}}}
    fields = {"slug": "ours", "name": "Ours", "submission_key": "6f1c1b1e-0000-4000-8000-000000000003"}
    wrong = admin.post(reverse("website:new-profile"), fields | {"spec": json.dumps(spec)})
    assert (wrong.status_code, "“commission” is no value of a listing" in wrong.text) == (422, True)
    assert admin.post(reverse("website:new-profile"), fields | {"spec": "{,"}).status_code == 422
    assert admin.post(reverse("website:new-profile"), fields | {"spec": json.dumps(profile.spec)}).status_code == 302
    assert Profile.objects.get(slug="ours").spec == profile.spec


def test_what_is_shipped_is_not_edited(admin, profile):
    fields = {"name": "Mine", "spec": "{}", "version": "1", "submission_key": "6f1c1b1e-0000-4000-8000-000000000004"}
    admin.post(reverse("website:profile", args=["companion"]), fields)
    assert Profile.objects.get(slug="companion").name == profile.name
