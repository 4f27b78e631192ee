"""The key that signs enquiries, and the application password: in no log, job, history, event, page or error report."""

import io
import json
import logging
import time

import pytest
import sentry_sdk
from django.db import connection
from django.test import Client
from sentry_sdk.transport import Transport
from waffle.testutils import override_flag

from apps.core.encryption import encrypt
from apps.core.logs import formatter
from apps.core.monitoring import start_sentry
from apps.core.queue import app, enqueue
from apps.website.actions.site import make_intake_key
from apps.website.enquiries.intake.signature import sign
from tests.factories import UserFactory
from tests.website.sites import make_site

pytestmark = pytest.mark.django_db
PASSWORD = "canary pass word 77aa 88bb 99cc"


@pytest.fixture
def reports():
    """What would be sent to the server of error reports."""
    sent = []

    class Kept(Transport):
        def capture_envelope(self, envelope):
            sent.append(envelope.serialize().decode(errors="replace"))

    start_sentry("https://key@errors.internal/1", transport=Kept)
    yield sent
    sentry_sdk.init()


@pytest.fixture
def written():
    """What the root logger writes."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter(as_json=True))
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)


def everything_in_the_database() -> str:
    """Each row of each table, as a dump has them."""
    with connection.cursor() as cursor:
        texts = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT coalesce(string_agg(to_jsonb(t)::text, chr(10)), '') FROM \"{table}\" t")
            texts.append(cursor.fetchone()[0])
    return "\n".join(texts)


def test_neither_is_found_anywhere(administrator, reports, written, monkeypatch):
    UserFactory(email="somebody@agency.test")
    site = make_site(password=encrypt(PASSWORD))
    key = make_intake_key(site, by=administrator)
    client = Client(raise_request_exception=False)
    with override_flag("website", active=True):
        answers = [_knock(client, site, key, their_id="1"), _knock(client, site, f"{key}x", their_id="2")]
        with monkeypatch.context() as broken:
            broken.setattr("apps.website.enquiries.views.intake.take_in", _fail)
            answers.append(_knock(client, site, key, their_id="3"))
        enqueue("website.ask_site", by=administrator, site_id=site.pk)
        app.tasks["website.ask_site"](site_id=site.pk)
        client.force_login(administrator)
        pages = ["", "edit/", "key/", "test/"]
        answers += [client.get(f"/website/sites/{site.pk}/{page}") for page in pages]
        answers += [client.get(f"/admin/website/site/{site.pk}/{page}/") for page in ("change", "history")]
    assert [answer.status_code for answer in answers[:3]] == [201, 401, 500]
    said = [f"{answer.headers} {answer.content.decode()}" for answer in answers]
    heard = {"pages": "".join(said), "database": everything_in_the_database(), "log": written.getvalue()}
    heard["reports"] = "".join(reports)
    assert "no disk" in heard["reports"] and "request" in heard["log"] and site.name in heard["database"]
    for secret in (key, PASSWORD, PASSWORD.replace(" ", "")):
        assert [where for where, text in heard.items() if secret in text] == []


def _knock(client, site, key, their_id):
    body = json.dumps({"id": their_id, "name": "Olga", "phone": "050 123 4567"}).encode()
    at = str(int(time.time()))
    headers = {"X-CRM-Site": str(site.pk), "X-CRM-Time": at, "X-CRM-Signature": sign(key, at, body)}
    return client.post("/intake/", body, content_type="application/json", headers=headers)


def _fail(*args, **kwargs):
    raise RuntimeError("no disk")
