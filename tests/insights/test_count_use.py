"""Counting how screens are used."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from threading import Thread

import pytest
from django.db import Error, connection, connections
from django.test import Client
from django.utils import timezone

from apps.accounts.models import Agency
from apps.insights import counting, views
from apps.insights.counting import USAGE, Screen, Usage
from apps.insights.jobs import forget_marks
from apps.insights.models import DayKey, ScreenUse, VisitorMark
from dev.cluster import free_port

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.insights.urls_counted")]
PHONE = {"User-Agent": "Mozilla/5.0 (iPhone) AppleWebKit Mobile/15E148"}


@pytest.fixture(autouse=True)
def _nothing_counted():
    USAGE.__init__()


@pytest.fixture(autouse=True)
def _views_of_these_addresses_alone():
    """The names of views are kept in the process, and here the addresses are others than the site's."""
    views.view_names.cache_clear()
    yield
    views.view_names.cache_clear()


@pytest.fixture
def screen():
    return Screen(timezone.localdate(), "screen", "agent", "desktop")


def visit(client, person, address="/screen/", **headers):
    client.force_login(person)
    return client.get(address, headers=headers)


def test_a_screen_is_counted_by_role_device_and_day(client, agent, manager):
    for person, headers in ((agent, {}), (agent, PHONE), (manager, {}), (manager, {})):
        visit(client, person, **headers)
    USAGE.flush()
    counted = set(ScreenUse.objects.values_list("view", "role", "device", "views", "people"))
    assert counted == {
        ("screen", "agent", "desktop", 1, 1),
        ("screen", "agent", "phone", 1, 1),
        ("screen", "manager", "desktop", 2, 1),
    }


def test_counting_asks_and_writes_nothing(rf, agent, screen, django_assert_num_queries):
    with django_assert_num_queries(0):
        USAGE.seen(screen, agent.pk)
        USAGE.left(screen, seconds=Decimal(3), abandoned=True)


def test_a_flush_is_one_statement_once_the_days_key_is_there(screen, django_assert_max_num_queries):
    USAGE.seen(screen, 1)
    USAGE.flush()
    USAGE.seen(screen, 2)
    with django_assert_max_num_queries(4):  # the day's key, savepoint, the statement, release
        USAGE.flush()


def test_a_person_is_one_person_all_day_long_in_whatever_process(screen):
    for _ in range(3):
        process = Usage()
        process.seen(screen, 7)
        process.seen(screen, 8)
        process.flush()
    assert list(ScreenUse.objects.values_list("views", "people")) == [(6, 2)]


def test_marks_cannot_be_tied_to_people_after_the_day(screen):
    USAGE.seen(screen._replace(day=screen.day - timedelta(days=1)), 7)
    USAGE.seen(screen, 7)
    USAGE.flush()
    yesterday, today = VisitorMark.objects.order_by("day").values_list("mark", flat=True)
    assert yesterday != today
    forget_marks(timestamp=0)
    assert (VisitorMark.objects.count(), DayKey.objects.count(), ScreenUse.objects.count()) == (1, 1, 2)


def test_marks_are_kept_until_the_agencys_midnight(screen, monkeypatch):
    Agency.objects.update(time_zone="America/New_York")
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2026, 11, 21, 21, 30, tzinfo=UTC))
    USAGE.seen(screen._replace(day=date(2026, 11, 21)), 7)
    USAGE.flush()
    forget_marks(timestamp=0)
    assert VisitorMark.objects.exists() and DayKey.objects.exists()


def test_nothing_that_names_a_person_is_kept(screen, agent):
    USAGE.seen(screen, agent.pk)
    USAGE.flush()
    assert VisitorMark.objects.get().mark != agent.pk
    assert {field.name for field in ScreenUse._meta.fields}.isdisjoint({"user", "person", "by", "ip", "session"})


@pytest.mark.parametrize("address", ["/missing/", "/csv/", "/moved/"])
def test_only_whole_pages_that_were_shown_are_counted(client, agent, address):
    visit(client, agent, address)
    USAGE.flush()
    assert not ScreenUse.objects.exists()


def test_a_part_of_a_page_is_not_a_screen(client, agent):
    visit(client, agent, **{"HX-Request": "true"})
    USAGE.flush()
    assert not ScreenUse.objects.exists()


def test_strangers_are_not_counted(client):
    client.get("/public/")
    USAGE.flush()
    assert not ScreenUse.objects.exists()


def test_leaving_a_page_tells_seconds_and_an_unsent_form(client, agent):
    client.force_login(agent)
    assert client.post("/usage/left/", {"view": "screen", "seconds": "4.5", "abandoned": "1"}).status_code == 204
    client.post("/usage/left/", {"view": "screen", "seconds": "2", "abandoned": "0"})
    USAGE.flush()
    use = ScreenUse.objects.get()
    assert (use.changes, use.seconds_to_change, use.abandoned, use.views) == (2, Decimal("6.5"), 1, 0)


@pytest.mark.parametrize("view", ["", "no-such-view", "screen' OR 1=1", "x" * 5000])
def test_a_view_that_does_not_exist_is_refused(client, agent, view):
    client.force_login(agent)
    assert client.post("/usage/left/", {"view": view, "seconds": "1"}).status_code == 400


@pytest.mark.parametrize(
    ("sent", "kept"), [("1e9", 3600), ("-5", 0), ("NaN", 0), ("soon", 0), ("", 0), ("Infinity", 0)]
)
def test_seconds_that_cannot_be_are_capped_or_left_out(client, agent, sent, kept):
    client.force_login(agent)
    client.post("/usage/left/", {"view": "screen", "seconds": sent, "abandoned": "1"})
    USAGE.flush()
    assert ScreenUse.objects.get().seconds_to_change == kept


def test_another_site_cannot_make_a_browser_count(agent):
    client = Client(enforce_csrf_checks=True)
    client.force_login(agent)
    answer = client.post("/usage/left/", {"view": "screen", "seconds": "1"}, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403


def test_counts_wait_when_the_database_does_not_answer(screen, monkeypatch):
    USAGE.seen(screen, 7)
    with monkeypatch.context() as patched:
        patched.setattr(counting, "add_up", lambda counts: (_ for _ in ()).throw(Error("gone")))
        USAGE.flush()
    USAGE.seen(screen, 8)
    USAGE.flush()
    assert list(ScreenUse.objects.values_list("views", "people")) == [(2, 2)]


@pytest.mark.django_db(transaction=True)
def test_many_processes_may_write_at_once(screen):
    def work():
        usage = Usage()
        for person in range(5):
            for view in ("b", "a", "c"):
                usage.seen(screen._replace(view=view), person)
        usage.flush()
        connections.close_all()

    threads = [Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(ScreenUse.objects.values_list("view", "views", "people")) == {(v, 40, 5) for v in "abc"}


@pytest.mark.django_db(transaction=True)
def test_a_worker_of_the_web_server_writes_what_it_counted_before_it_ends(agent):
    port = str(free_port())
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings", "PORT": port, "WEB_CONCURRENCY": "1"}
    env |= {"DATABASE_URL": database_address(), "METRICS_PORT": ""}
    command = [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", "tests.insights.counting_application"]
    server = subprocess.Popen(command, env=env | {"PERSON": str(agent.pk)}, stderr=subprocess.DEVNULL)
    try:
        assert answer_of(f"http://127.0.0.1:{port}/") == b"counted"
        assert not ScreenUse.objects.exists()
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=120)
    assert ScreenUse.objects.get().views == 1


def database_address():
    settings = connection.settings_dict
    return "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**settings)


def answer_of(address):
    for _ in range(600):
        try:
            return urllib.request.urlopen(address, timeout=120).read()  # noqa: S310 (our own server; asked once, it counts)
        except OSError:
            time.sleep(0.2)
    raise AssertionError("The server never answered.")
