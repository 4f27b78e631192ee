"""When somebody was last at work: kept without a write for each request."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User


@pytest.fixture(autouse=True)
def _seen_by_nobody():
    """Here they are seen."""


def writes(client):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get("/profile/")
    return [query["sql"] for query in queries if query["sql"].startswith("UPDATE")]


def test_a_request_leaves_its_time(client, agent):
    client.force_login(agent)
    client.get("/profile/")
    assert User.objects.get(pk=agent.pk).last_seen_at


def test_the_next_requests_write_nothing(client, agent):
    client.force_login(agent)
    assert writes(client)
    assert writes(client) == []


def test_the_history_of_a_person_does_not_fill_up_with_it(client, agent):
    client.force_login(agent)
    client.get("/profile/")
    assert agent.events.count() == 0
