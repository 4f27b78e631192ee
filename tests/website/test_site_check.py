"""Testing a website: each thing that stands in the way is said in a sentence. A real WordPress, and one that lies."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from waffle.testutils import override_flag

from apps.core.encryption import encrypt
from apps.website.models import Profile
from apps.website.site_check import Kind, check_site, is_fit
from tests.factories import SiteFactory
from tests.tiny_server import Said, tiny_server

pytestmark = pytest.mark.django_db
INDEX = {"name": "Main", "namespaces": ["wp/v2"], "authentication": {"application-passwords": {}}}
USER = {
    "id": 1,
    "username": "crm",
    "roles": ["editor"],
    "capabilities": {"publish_posts": True, "edit_others_posts": True, "upload_files": True},
}


@pytest.fixture(autouse=True)
def this_machine_is_allowed(settings):
    settings.WEBSITE_ALLOW_LOCAL = True


@pytest.fixture
def on_wordpress(wordpress):
    user = wordpress.users["editor"]
    return SiteFactory(url=wordpress.url, username=user.login, password=encrypt(user.password))


@pytest.fixture
def server():
    with tiny_server() as server:
        yield server


def said(value, **more) -> Said:
    return Said(body=json.dumps(value).encode(), **more)


def bad(findings) -> str:
    return " ".join(finding.sentence for finding in findings if finding.kind == Kind.BAD)


def found(server, *answers):
    server.say(*answers)
    return check_site(SiteFactory(url=server.url))


def test_a_site_as_it_should_be_has_nothing_to_mend(on_wordpress):
    findings = check_site(on_wordpress)
    assert [finding.sentence for finding in findings if finding.kind != Kind.OK] == []
    text = " ".join(finding.sentence for finding in findings)
    for words in ("its REST API is on", "Signed in as editor (editor)", "Companion plugin", "fields of the profile",
                  "25 changes at once", "clock is right", "up to 8 MB"):  # fmt: skip
        assert words in text


def test_a_wrong_password_is_not_taken_for_a_stranger(on_wordpress):
    on_wordpress.password = encrypt("wrong")
    assert "does not accept the user or the application password" in bad(check_site(on_wordpress))


def test_a_user_with_too_small_a_role_is_told_which_it_needs(on_wordpress, wordpress):
    user = wordpress.users["contributor"]
    on_wordpress.username, on_wordpress.password = user.login, encrypt(user.password)
    assert "needs a user with the role Editor" in bad(check_site(on_wordpress))


def test_a_site_without_the_companion_is_told_to_install_it(wordpress_farm):
    bare = wordpress_farm.site("bare", companion=False)
    user = bare.users["editor"]
    site = SiteFactory(url=bare.url, username=user.login, password=encrypt(user.password))
    assert "companion plugin is missing" in bad(check_site(site))
    site.profile = Profile.objects.get(slug="posts")
    assert is_fit(check_site(site))


def test_a_kind_of_site_that_is_not_there_is_told(on_wordpress):
    on_wordpress.profile = Profile.objects.get(slug="estatik")
    said = bad(check_site(on_wordpress))
    assert "Estatik is not switched on there" in said and "does not show this kind of post" in said


def test_fields_that_would_be_lost_are_named(on_wordpress):
    profile = on_wordpress.profile
    profile.spec = profile.spec | {"fields": profile.spec["fields"] | {"meta.colour": {"constant": "red"}}}
    assert "no place for: meta.colour" in bad(check_site(on_wordpress))


def test_a_site_that_nobody_runs():
    assert "cannot be reached" in bad(check_site(SiteFactory(url="http://127.0.0.1:9")))


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (Said(body=b"<!DOCTYPE html><p>Hello", type="text/html"), "a page instead of data"),
        (Said(body=b""), "answered with nothing"),
        (Said(body=b'{"name": '), "cannot be read"),
        (Said(404, b"<h1>Not found", type="text/html"), "REST API is not there"),
        (Said(403, b"<h1>mod_security", type="text/html"), "A firewall"),
        (Said(503, b"<h1>Maintenance", {"Retry-After": "600"}, "text/html"), "closed for maintenance"),
        (Said(500, b"<p>critical error", type="text/html"), "critical error"),
        (Said(502, b"<p>Bad gateway", type="text/html"), "failed (502)"),
        (Said(429, b"{}", {"Retry-After": "7"}), "slow down"),
        (Said(301, b"", {"Location": "https://www.example.com/wp-json/"}), "sends the CRM on to https://www.example.com"),
        (Said(body=b"[]"), "something that WordPress does not say"),
        (said({"code": "rest_disabled", "message": "off"}, status=401), "REST API is not there"),
    ],
)  # fmt: skip
def test_what_answers_instead_of_wordpress_is_said(server, answer, sentence):
    assert sentence in bad(found(server, answer))


def test_switched_off_application_passwords_are_said(server):
    index = INDEX | {"authentication": []}
    assert "Application passwords are off" in bad(found(server, said(index), said(USER), Said(404, b"{}")))


def test_a_user_without_rights_is_told_which(server):
    user = USER | {"capabilities": {"publish_posts": True, "edit_others_posts": True}}
    findings = found(server, said(INDEX | {"namespaces": ["wp/v2"]}), said(user), Said(404, b"{}"))
    assert "may not add photos" in bad(findings)


def test_a_site_by_another_name_and_warnings_before_answers_are_said(server):
    index = Said(
        body=b"<br />\n<b>Warning</b>: x in <b>y</b><br />\n" + json.dumps(INDEX | {"url": "https://b.test"}).encode()
    )
    findings = found(server, index, said(USER), Said(404, b"{}"))
    text = " ".join(finding.sentence for finding in findings if finding.kind == Kind.WARN)
    assert "calls itself https://b.test" in text


def test_a_clock_that_is_off_is_said(server):
    server.say(
        said(INDEX),
        said(USER),
        said({"schema": {"properties": {}}}),
        Said(404, b"{}", {"Date": "Mon, 01 Jan 2024 00:00:00 GMT"}),
    )
    findings = check_site(SiteFactory(url=server.url, profile=Profile.objects.get(slug="posts")))
    assert any("clock is off" in finding.sentence for finding in findings)


def test_the_page_says_what_was_found_to_those_who_may_retry(client, marketing, server):
    server.say(Said(503, b"x"))
    site = SiteFactory(url=server.url)
    client.force_login(marketing)
    with override_flag("website", active=True):
        page = client.post(reverse("website:test", args=[site.pk]))
    assert "closed for maintenance" in page.text
    assert "Nothing can be published here yet" in page.text


def test_the_command_says_what_was_found(on_wordpress):
    out = StringIO()
    call_command("website", "test", site=on_wordpress.name, stdout=out)
    assert f"Listings can be published on {on_wordpress.name}." in out.getvalue()


def test_the_command_fails_where_nothing_can_be_published():
    with pytest.raises(CommandError, match="Nothing can be published"):
        call_command("website", "test", site=SiteFactory().name, stdout=StringIO())
