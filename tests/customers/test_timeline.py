"""Notes, calls, messages, viewings and changes in one place."""

import re
import uuid

import pytest
from django.utils import timezone

from apps.core.events import record
from apps.customers import timeline as lines
from apps.customers.actions.customer import edit_customer
from apps.customers.actions.note import add_note
from apps.customers.actions.task import complete_task
from apps.customers.lookups import NoteKind
from apps.customers.models import Task
from apps.customers.timeline import Line, say, timeline


@pytest.fixture
def busy(james, agent):
    for kind in NoteKind.values:
        add_note(james, kind, f"A {kind} of today", by=agent)
    return edit_customer(james, james.version, {"language": "English"}, by=agent)


@pytest.mark.parametrize(
    ("kind", "says"), [("notes", "wrote a note"), ("calls", "called"), ("messages", "exchanged messages")]
)
def test_each_kind_has_its_filter(busy, kind, says):
    (entry,) = timeline(busy, kind=kind)
    assert entry.says == says and entry.note.endswith("of today")


def test_changes_are_a_kind_too(busy):
    assert [entry.says for entry in timeline(busy, kind="changes")] == ["changed language"]


def test_a_day_of_another_year_is_said_with_its_year(james, agent):
    record("customer.task_added", james, by=agent, title="Call back", due="2020-01-01")
    (entry,) = timeline(james, kind="changes")
    assert "for 1 Jan 2020" in entry.says


def test_all_is_newest_first_and_one_query(busy, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = timeline(busy)
    assert found[0].says == "changed language" and len(found) == 4


def test_other_apps_teach_it_their_verbs(james, agent, monkeypatch):
    monkeypatch.setattr(lines, "LINES", dict(lines.LINES))
    say("viewing.tested", Line("booked a viewing at {listing}", "calendar-event", "teal", kind="viewings"))
    record("viewing.tested", james, by=agent, listing="Marina Gate 2, <2304>")
    (entry,) = timeline(james, kind="viewings")
    assert entry.says == "booked a viewing at <b><bdi>Marina Gate 2, &lt;2304&gt;</bdi></b>"
    assert timeline(james, kind="changes") == []


def test_a_verb_that_nobody_taught_is_still_readable(james, agent):
    record("viewing.key_lost", james, by=agent)
    assert timeline(james)[0].says == "key lost"


def test_pages_go_on_where_the_last_ended(ask, james, agent):
    for number in range(25):
        add_note(james, "note", f"Note {number:02}", by=agent)
    first = ask(agent, "customers:timeline", james)
    assert "Note 24" in first.content.decode() and "Note 04" not in first.content.decode()
    second = ask(agent, "customers:timeline", james, query={"before": first.context["before"]}).content.decode()
    assert "Note 04" in second and "Note 05" not in second and "Note 24" not in second


def test_a_note_with_a_next_step_is_one_save(ask, james, agent):
    fields = {"kind": "call", "body": "Wants a third bedroom", "next_title": "Send plans", "next_on": "2030-01-05"}
    page = ask(agent, "customers:add_note", james, htmx="timeline", **fields)
    text = page.content.decode()
    assert page.status_code == 200 and "Wants a third bedroom" in text
    assert 'id="next-step" hx-swap-oob="true"' in text and "Send plans" in text
    james.refresh_from_db()
    assert (james.next_task_title, str(james.next_task_due)) == ("Send plans", "2030-01-05")
    assert james.last_contact_at is not None


def test_a_next_step_without_a_day_keeps_what_was_typed(ask, james, agent):
    page = ask(agent, "customers:add_note", james, htmx="timeline", body="Long talk", next_title="Send plans")
    text = page.content.decode()
    assert page.status_code == 422 and "Long talk" in text and "Say by which day." in text
    assert james.notes.count() == 0


def test_a_note_without_scripts_leads_back_to_the_page(ask, james, agent):
    assert ask(agent, "customers:add_note", james, body="A word").headers["Location"] == james.get_absolute_url()


def test_the_same_note_sent_twice_is_kept_once(ask, james, agent):
    key = uuid.uuid4()
    for _ in range(2):
        ask(agent, "customers:add_note", james, submission_key=key, body="Once")
    assert james.notes.count() == 1


def test_the_composer_that_comes_with_the_answer_sends_the_next_note(ask, james, agent):
    first = ask(agent, "customers:add_note", james, htmx="timeline", body="First").content.decode()
    (key,) = set(re.findall(r'action="[^"]*notes/".*?name="submission_key" value="([^"]+)"', first))
    ask(agent, "customers:add_note", james, htmx="timeline", body="Second", submission_key=key)
    assert sorted(james.notes.values_list("body", flat=True)) == ["First", "Second"]


def test_a_task_that_was_done_is_said_with_its_title(james, agent):
    task = Task.objects.create(
        customer=james, title="Send plans", due_on=timezone.localdate(), assignee=agent, created_by=agent
    )
    complete_task(task, by=agent)
    assert timeline(james)[0].says == "did <b><bdi>Send plans</bdi></b>"
