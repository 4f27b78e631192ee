"""The next round's posts are read while the site works on the last writes of the present one, and serve once."""

import threading
from types import SimpleNamespace

import pytest

from apps.listings.models import Listing
from apps.website.actions.deliver import deliver
from apps.website.delivery import ahead, early
from apps.website.delivery.early import Early
from apps.website.delivery.lines import Lines
from apps.website.delivery.plan import Kind, Plan
from apps.website.models import Placement
from apps.website.states import State
from apps.website.wordpress import Temporary
from tests.listings.conftest import own_media  # noqa: F401 - a fixture
from tests.website.placed import put, ready_listing

WAIT = 30


class Connection:
    lines = 3

    def __init__(self):
        self.asked, self.trouble = [], None

    def read(self, numbers):
        self.asked.append(numbers)
        if self.trouble:
            raise self.trouble
        return {number: {"id": number} for number in numbers if number != 404}

    def close(self):
        pass


@pytest.fixture(autouse=True)
def _slow_machine(monkeypatch):
    monkeypatch.setattr(early, "FRESH", 600)


@pytest.fixture
def connection():
    return Connection()


@pytest.fixture
def reads(connection):
    with Lines(lambda: connection) as lines:
        yield Early(lines)


def plan(number: int | None, kind=Kind.PUT) -> Plan:
    return Plan(SimpleNamespace(post_id=number), kind, True)


def test_what_was_read_early_serves_once_and_only_in_the_next_round(reads, connection):
    reads.begin([plan(7), plan(404), plan(None), plan(9, Kind.NOTHING)])
    assert reads.take([7, 404]) == {}
    reads.next_round()
    assert reads.take([7, 404, 8]) == {7: {"id": 7}, 404: None}
    assert reads.take([7, 404]) == {}
    assert connection.asked == [[7, 404]]


def test_what_was_not_taken_is_forgotten_with_its_round(reads):
    reads.begin([plan(7)])
    reads.next_round()
    reads.next_round()
    assert reads.take([7]) == {}


def test_what_could_not_be_read_early_is_left_to_its_round(reads, connection):
    connection.trouble = Temporary("The site does not answer.", 60)
    reads.begin([plan(7)])
    reads.next_round()
    assert reads.take([7]) == {}


def test_what_was_read_long_ago_is_not_used(reads, monkeypatch):
    monkeypatch.setattr(early, "FRESH", 0)
    reads.begin([plan(7)])
    reads.next_round()
    assert reads.take([7]) == {}


@pytest.mark.django_db
@pytest.mark.usefixtures("own_media")
def test_the_next_round_is_read_while_the_last_of_this_one_is_written(fake, site, agent, monkeypatch):
    rows = [put(ready_listing(agent, photos=("red",)), site, agent) for _ in range(4)]
    assert {row.state for row in rows} == {State.LIVE}
    monkeypatch.setattr(ahead, "ROUND", 2)
    monkeypatch.setattr(fake, "lines", 3)
    monkeypatch.setattr(fake, "batches", 2)
    next_was_read, read, batch = threading.Event(), fake.read, fake.batch
    last = {row.post_id for row in rows[2:]}

    def noted_read(numbers):
        if last & set(numbers):
            next_was_read.set()
        return read(numbers)

    def late_batch(pairs):
        assert next_was_read.wait(WAIT)
        return batch(pairs)

    monkeypatch.setattr(fake, "read", noted_read)
    monkeypatch.setattr(fake, "batch", late_batch)
    Listing.objects.update(list_price=777)
    assert deliver(site, by=agent).states == {State.LIVE: 4}
    assert {fake.posts[row.post_id]["meta"]["crm_price"] for row in rows} == {777}
    assert not Placement.objects.filter(due_at__isnull=False).exists()
