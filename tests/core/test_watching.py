"""Logs, error reports and headers: enough to find what happened, nothing personal."""

import io
import json
import logging

import pytest
import sentry_sdk
from django.test import Client
from sentry_sdk.transport import Transport

from apps.core.logs import formatter
from apps.core.monitoring import start_sentry
from apps.core.privacy import redacted
from apps.core.tracing import traced

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.urls_watching")]


@pytest.fixture
def lines():
    """What the root logger writes, as JSON objects."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter(as_json=True))
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def reports():
    """Error reports as they would leave the house."""
    sent = []

    class Kept(Transport):
        def capture_envelope(self, envelope):
            sent.extend(item.payload.json for item in envelope.items if item.type == "event")

    start_sentry("https://key@errors.internal/1", transport=Kept)
    yield sent
    sentry_sdk.init()


def test_each_request_is_one_line_with_id_person_and_role(client, agent, lines):
    client.force_login(agent)
    answer = client.get("/fine/7/?q=Layla+Haddad")
    line = next(line for line in lines() if line["event"] == "request")
    assert (line["request_id"], line["person"], line["role"]) == (answer["X-Request-ID"], agent.pk, "agent")
    assert line["route"] == "fine/<int:pk>/ {'pk': 7}"


def test_no_line_holds_what_a_person_searched_or_is_called(client, agent, lines):
    client.force_login(agent)
    client.get("/fine/7/?q=Layla+Haddad")
    assert "Haddad" not in json.dumps(lines())
    assert agent.email not in json.dumps(lines())


def test_the_next_request_is_not_taken_for_the_same_person(client, agent, lines):
    client.force_login(agent)
    client.get("/fine/7/")
    client.logout()
    client.get("/fine/8/")
    last = [line for line in lines() if line["event"] == "request"][-1]
    assert "person" not in last


def test_a_line_of_a_library_is_json_with_the_id_too(lines):
    with traced("7K3M-9QXD-2HVA", job=5):
        logging.getLogger("some.library").warning("Lost %s", "tom@example.com")
    line = lines()[-1]
    assert (line["event"], line["request_id"], line["job"]) == ("Lost ***@***", "7K3M-9QXD-2HVA", 5)


def test_an_error_report_names_nobody(client, agent, reports):
    client.force_login(agent)
    client.raise_request_exception = False
    client.post("/broken/?q=secret-word", {"owner_phone": "+971501234567"}, headers={"Cookie": "sessionid=abc"})
    text = json.dumps(reports)
    assert len(reports) == 1
    for personal in (agent.email, "secret-word", "971501234567", "sessionid", "Haddad", "tom@example.com"):
        assert personal not in text


def test_an_error_report_holds_the_reference_that_the_page_shows(client, reports):
    client.raise_request_exception = False
    answer = client.get("/broken/")
    assert reports[0]["tags"]["request_id"] == answer["X-Request-ID"]
    assert answer["X-Request-ID"] in answer.content.decode()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Key (email)=(tom@example.com) already exists", "Key (email)=(***) already exists"),
        ("postgres://crm:secret@db/crm", "postgres://***@db/crm"),
        ("call +971 50 123 4567 now", "call *** now"),
        ("listing 104233 costs 2450000", "listing 104233 costs 2450000"),
    ],
)
def test_addresses_and_secrets_are_taken_out_of_texts(text, kept):
    assert redacted(text) == kept


def test_pages_tell_caches_and_browsers_to_be_careful(client):
    headers = client.get("/fine/7/").headers
    assert headers["Cache-Control"] == "private, no-cache"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "script-src 'self';" in headers["Content-Security-Policy"] + ";"


def test_signing_out_empties_the_browsers_cache(client, agent):
    client.force_login(agent)
    assert client.get("/leave/").headers["Clear-Site-Data"] == '"cache"'
    assert "Clear-Site-Data" not in Client().get("/fine/7/").headers
