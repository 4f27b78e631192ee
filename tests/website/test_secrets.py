"""The application password and the key of enquiries are found nowhere, whatever is done with a site, and goes wrong."""

import base64
import io
import json
import logging

import pytest
import sentry_sdk
from django.db import connection
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob
from sentry_sdk.transport import Transport
from waffle.testutils import override_flag

from apps.core.logs import formatter
from apps.core.monitoring import start_sentry
from apps.core.queue import enqueue, keep_trouble
from apps.website.models import Profile, Site
from apps.website.wordpress import Client, Trouble
from tests.factories import SiteFactory
from tests.tiny_server import Said, tiny_server

pytestmark = pytest.mark.django_db
USER, FIRST, SECOND = "crm", "zq7K 9xLw Pm2T vB4n", "Hh5s Tt8w Qq1z Xx3c"


@pytest.fixture
def written():
    """Every line that is logged, as production writes it, down to the least important."""
    stream, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(stream), root.level
    handler.setFormatter(formatter(as_json=True))
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def reported():
    """What is sent to the error tracker."""
    sent = []

    class Kept(Transport):
        def capture_envelope(self, envelope):
            sent.extend(item.payload.json for item in envelope.items if item.type == "event")

    start_sentry("https://key@errors.internal/1", transport=Kept)
    yield sent
    sentry_sdk.init()


@pytest.fixture
def server(settings):
    settings.WEBSITE_ALLOW_LOCAL = True
    with tiny_server() as server:
        yield server


def spellings(password) -> list[str]:
    return [password, password.replace(" ", ""), base64.b64encode(f"{USER}:{password}".encode()).decode()]


def echoing(password) -> Said:
    """A site that repeats in its answer what it was sent."""
    message = f"You sent {' and '.join(spellings(password)[::2])}."
    return Said(401, json.dumps({"code": "odd", "message": message}).encode())


def whole_database() -> str:
    """Every row of every table as text: what a dump would hold."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = []
        for table in tables:
            cursor.execute(f"SELECT t::text FROM {connection.ops.quote_name(table)} t")
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found)


def form(url, password) -> dict:
    return {
        "name": "Main site",
        "initials": "MS",
        "url": url,
        "username": USER,
        "password": password,
        "profile": Profile.objects.get(slug="posts").pk,
        "belongs": "hand",
        "photo_limit": "20",
        "language": "en",
        "is_active": "on",
    }


def test_secrets_are_found_nowhere(client, administrator, server, written, reported, monkeypatch):
    client.force_login(administrator)
    server.say(echoing(FIRST))
    pages = []

    def post(name, fields=None, **arguments):
        key = f"6f1c1b1e-0000-4000-8000-{len(pages):012d}"
        pages.append(
            client.post(reverse(f"website:{name}", kwargs=arguments), (fields or {}) | {"submission_key": key})
        )

    with override_flag("website", active=True):
        post("new", form("http://example.com", FIRST))
        post("new", form(server.url, FIRST))
        site = Site.objects.get()
        post("test", pk=site.pk)
        post("edit", form(server.url, SECOND) | {"version": "1"}, pk=site.pk)
        post("edit", form(server.url, SECOND) | {"version": "1"}, pk=site.pk)
        post("key", pk=site.pk)
        for name in ("site", "edit", "key"):
            pages.append(client.get(reverse(f"website:{name}", args=[site.pk])))
        pages += [client.get(reverse("website:sites")), client.get(reverse("website:new"))]
    key = next(page.context["key"] for page in pages if page.context and page.context.get("key"))
    for name in ("change", "history"):
        pages.append(client.get(reverse(f"admin:website_site_{name}", args=[site.pk])))
    site.refresh_from_db()
    assert (site.secret_password(), site.secret_intake_key()) == (SECOND, key)

    server.say(echoing(SECOND))
    _fail(site, administrator, monkeypatch)

    places = {"logs": written.getvalue(), "errors": json.dumps(reported), "database": whole_database()}
    assert "outbound" in places["logs"]
    assert len(reported) == 1
    assert "Main site" in places["database"]
    places |= {f"page {n} {page.request['PATH_INFO']}": page.text for n, page in enumerate(pages)}
    secrets = spellings(FIRST) + spellings(SECOND)
    assert [(place, secret) for place, text in places.items() for secret in secrets if secret in text] == []
    assert [place for place, text in places.items() if key in text] == [
        "page 5 " + reverse("website:key", args=[site.pk])
    ]


def _fail(site, by, monkeypatch):
    """A refusal that is kept as a job's trouble, and an error that nobody expected, in the middle of a request."""
    with Client(site) as out, pytest.raises(Trouble) as refused:
        out.create({"title": "x"}, 7)
    enqueue("website.reconcile", by=by, site_id=site.pk)
    job = ProcrastinateJob.objects.get(task_name="website.reconcile")
    keep_trouble(job.procrastinate_job, repr(refused.value), by=by)
    monkeypatch.setattr("apps.website.wordpress.answers.read", lambda *args, **kwargs: 1 / 0)
    try:
        with Client(site) as out:
            out.whoami()
    except ZeroDivisionError:
        logging.getLogger("apps.website").exception("broken")


def test_a_client_that_is_printed_says_no_secret():
    site = SiteFactory(secret=FIRST)
    with Client(site) as out:
        assert FIRST not in f"{site!r} {out!r} {out._out!r} {out._out.__dict__['_client']!r}"
