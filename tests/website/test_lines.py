"""Several connections to one site: each answer comes once, nothing more is asked after a stop."""

import threading

import pytest
from django.utils.translation import get_language, override

from apps.website.delivery.lines import Lines
from apps.website.wordpress import Temporary

WAIT = 30


class Connection:
    """A client as far as lines know it."""

    lines = 3
    made = []

    def __init__(self):
        self.is_open = True
        Connection.made.append(self)

    def close(self):
        self.is_open = False


@pytest.fixture(autouse=True)
def made():
    Connection.made = []
    return Connection.made


def test_each_is_asked_once_whoever_asks():
    with Lines(Connection) as lines:
        answers = {item: take() for item, take in lines.each(lambda _client, item: item * 2, range(50))}
    assert answers == {number: number * 2 for number in range(50)}


def test_as_many_are_under_way_as_there_are_lines_each_over_its_own(made):
    together = threading.Barrier(3)
    seen = []

    def ask(client, _item):
        seen.append(client)
        together.wait(WAIT)  # fails unless three are here at once

    with Lines(Connection) as lines:
        assert [take() for _item, take in lines.each(ask, range(3))] == [None] * 3
    assert len(set(map(id, seen))) == len(made) == 3
    assert not any(client.is_open for client in made)


def test_a_site_that_failed_before_is_asked_over_one_line(made):
    asked = []
    with Lines(Connection, one=True) as lines:
        answers = lines.each(lambda _client, item: asked.append(item), range(9))
        for item, take in answers:
            take()
            if item == 2:
                answers.stop()
    assert asked == [0, 1, 2] and len(made) == 1


def test_after_a_stop_nothing_new_is_asked_and_what_is_under_way_still_comes():
    go_on = threading.Event()
    asked, come = [], []

    def ask(_client, item):
        asked.append(item)
        if item:
            go_on.wait(WAIT)
        return item

    with Lines(Connection) as lines:
        answers = lines.each(ask, range(100))
        for _item, take in answers:
            answers.stop()
            go_on.set()
            come.append(take())
    assert sorted(come) == sorted(asked) and len(asked) < 10


def test_trouble_is_raised_where_the_answer_is_taken():
    def ask(_client, item):
        raise Temporary("The site does not answer.")

    with Lines(Connection) as lines:
        [(_item, take)] = lines.each(ask, [1])
        with pytest.raises(Temporary):
            take()
        with pytest.raises(Temporary):
            lines.read(ask, [1, 2], 1)
        with pytest.raises(Temporary):
            lines.once(ask, 1)


def test_what_is_read_in_parts_is_put_together_each_key_once():
    parts = []

    def ask(_client, part):
        parts.append(part)
        return dict.fromkeys(part, "there")

    with Lines(Connection) as lines:
        assert lines.read(ask, [1, 2, 2, 3], 2) == {1: "there", 2: "there", 3: "there"}
    assert sorted(parts) == [[1, 2], [3]]


def test_sentences_are_in_the_language_of_who_asked():
    with Lines(Connection) as lines, override("ar"):
        assert {take() for _item, take in lines.each(lambda *_: get_language(), range(6))} == {"ar"}


def test_what_can_be_done_meanwhile_is_done_once_and_by_who_asks():
    done = []
    with Lines(Connection) as lines:
        lines.meanwhile = lambda: done.append(threading.current_thread())
        for _ in range(2):
            answers = lines.read(lambda _client, part: dict.fromkeys(part, len(done)), range(6), 2)
    assert done == [threading.current_thread()]
    assert set(answers) == set(range(6))


def test_what_comes_then_is_done_once_all_was_handed_out_and_not_before():
    asked, at_that_time = [], []
    with Lines(Connection) as lines:
        answers = lines.each(
            lambda _client, item: asked.append(item) or item, range(20), then=lambda: at_that_time.append(len(asked))
        )
        for _item, take in answers:
            take()
    assert len(at_that_time) == 1
    assert at_that_time[0] >= 20 - 2 * Connection.lines


def test_what_was_begun_is_asked_before_anybody_waits_for_it():
    was_asked = threading.Event()
    with Lines(Connection) as lines:
        answers = lines.begin(lambda _client, part: was_asked.set() or dict.fromkeys(part, "there"), [1, 2], 5)
        assert was_asked.wait(WAIT)
        assert answers.together() == {1: "there", 2: "there"}
