"""Alive and ready: what monitoring asks, and strangers may not learn from."""

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import Error, connection

from apps.core import health
from apps.core.queue import enqueue
from tests.core import sample_jobs  # noqa: F401  (declares the jobs)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_and_token(settings, tmp_path, monkeypatch):
    settings.INTERNAL_TOKEN = "a-token"
    monkeypatch.setattr(health, "default_storage", FileSystemStorage(tmp_path))
    health.LAST_LOOK.forget()


def ask_with_token(client):
    return client.get("/readyz", headers={"Authorization": "Bearer a-token"})


def make_a_job_wait(agent, minutes):
    enqueue("tests.note", by=agent, word="x")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = now() - make_interval(mins => %s)", [minutes])


def test_alive_asks_the_database_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").content == b"ok\n"


def test_ready_when_all_parts_work(client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_signed_in_people_cost_no_query_either(client, agent, django_assert_num_queries):
    client.force_login(agent)
    client.get("/readyz")
    with django_assert_num_queries(0):
        client.get("/readyz")


def test_any_host_name_may_ask(client):
    assert client.get("/healthz", headers={"Host": "10.0.0.7:8000"}).status_code == 200


def test_a_job_that_waits_too_long_is_not_ready(client, agent):
    make_a_job_wait(agent, minutes=20)
    assert client.get("/readyz").status_code == 503
    assert ask_with_token(client).json()["queue"].startswith("oldest job waits 12")


def test_a_job_that_waits_a_minute_is_fine(client, agent):
    make_a_job_wait(agent, minutes=1)
    assert client.get("/readyz").status_code == 200


def test_a_migration_that_is_not_applied_is_not_ready(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    assert ask_with_token(client).json()["migrations"] == "sessions.0001_initial"


def test_a_folder_that_cannot_be_written_is_not_ready(client, monkeypatch, tmp_path):
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    monkeypatch.setattr(health, "default_storage", FileSystemStorage(in_the_way))
    assert ask_with_token(client).json()["storage"].startswith("not writable")


def test_a_database_that_is_gone_is_not_ready(client, monkeypatch):
    def refuse():
        raise Error("connection refused")

    monkeypatch.setattr(connection, "cursor", refuse)
    assert ask_with_token(client).json()["database"] == "no answer: Error"


@pytest.mark.parametrize("token", ["", "Bearer ", "Bearer wrong", "a-token"[:3]])
def test_strangers_learn_only_that_something_is_wrong(client, agent, token):
    make_a_job_wait(agent, minutes=20)
    answer = client.get("/readyz", headers={"Authorization": token})
    assert answer.content == b"not ready\n"


def test_without_a_token_set_nobody_holds_it(client, settings):
    settings.INTERNAL_TOKEN = ""
    assert client.get("/readyz", headers={"Authorization": "Bearer "}).content == b"ok\n"
