"""Background jobs: asked for with the change, done as a person, and readable when they fail."""

import gc
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.accounts.models import Agency
from apps.core.jobs import forget_old_rows
from apps.core.models import Event, FailedJob, Submission
from apps.core.queue import enqueue, retry
from apps.core.refusals import Refused
from apps.core.tracing import traced
from tests.core.sample_jobs import network_is_down, seen
from tests.factories import ListingFactory
from tests.workers import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nothing_seen():
    seen.clear()
    network_is_down.clear()


def test_a_job_acts_as_the_person_who_asked(agent):
    with traced("7K3M-9QXD-2HVA"):
        enqueue("tests.note", by=agent, word="hello")
    run_jobs()
    assert seen == [("hello", agent.email, "7K3M-9QXD-2HVA")]


def test_what_is_loaded_for_good_is_not_looked_through_for_garbage():
    assert gc.get_freeze_count() > 10_000


@pytest.mark.parametrize(("zone", "day"), [("Asia/Dubai", 22), ("Europe/Paris", 21), ("America/New_York", 21)])
def test_a_job_has_the_day_of_the_agency(agent, monkeypatch, zone, day):
    Agency.objects.update(time_zone=zone)
    enqueue("tests.note_the_day", by=agent)
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2026, 11, 21, 21, 30, tzinfo=UTC))
    run_jobs()
    assert seen == [date(2026, 11, day)]


def test_a_job_of_a_change_that_was_undone_never_runs(agent):
    with pytest.raises(Refused), transaction.atomic():
        enqueue("tests.note", by=agent, word="hello")
        raise Refused("No.")
    run_jobs()
    assert seen == []


def test_a_job_that_waits_already_is_not_added_again(agent):
    assert enqueue("tests.note", by=agent, word="a", queueing_lock="subject-1")
    with transaction.atomic():
        assert not enqueue("tests.note", by=agent, word="b", queueing_lock="subject-1")
        assert ProcrastinateJob.objects.count() == 1


def test_history_names_the_job_and_the_person(agent):
    listing = ListingFactory(title="Before")
    enqueue("tests.retitle", by=agent, listing_id=listing.pk)
    run_jobs()
    context = listing.events.get().pgh_context.metadata
    assert (context["user"], context["job"]) == (agent.pk, "tests.retitle")


def test_a_failed_job_is_a_row_that_people_can_read(agent):
    enqueue("tests.fail", by=agent, word="MG-2304")
    run_jobs()
    trouble = FailedJob.objects.get()
    assert trouble.message == "Permanent: The site refused MG-2304 of ***@***."
    assert (trouble.arguments, trouble.by, trouble.retry_at) == ({"word": "MG-2304"}, agent, None)


def test_a_fault_of_the_moment_is_tried_again_by_itself(agent):
    network_is_down.append(True)
    enqueue("tests.stumble", by=agent)
    run_jobs()
    assert ProcrastinateJob.objects.get().status == "todo"
    with pytest.raises(Refused, match="tried again by itself"):
        retry(FailedJob.objects.get(), by=agent)


def test_a_failed_job_can_be_put_back_by_hand(agent):
    enqueue("tests.fail", by=agent, word="x")
    run_jobs()
    retry(FailedJob.objects.get(), by=agent)
    assert ProcrastinateJob.objects.get().status == "todo"
    assert Event.objects.get(verb="job.retried").by == agent


def test_a_failed_job_whose_like_already_waits_is_not_put_back(agent):
    enqueue("tests.fail", by=agent, word="x", queueing_lock="subject-1")
    run_jobs()
    enqueue("tests.fail", by=agent, word="x", queueing_lock="subject-1")
    with pytest.raises(Refused, match="already waits"):
        retry(FailedJob.objects.get(), by=agent)


def test_a_job_that_fails_while_its_like_waits_leaves_the_work_to_that_one(agent):
    enqueue("tests.ask_again", by=agent, times=1, queueing_lock="again")
    run_jobs()
    assert set(ProcrastinateJob.objects.values_list("status", flat=True)) == {"succeeded"}
    assert not FailedJob.objects.exists()


def test_trouble_is_over_once_the_job_succeeds(agent):
    network_is_down.append(True)
    enqueue("tests.stumble", by=agent)
    run_jobs()
    network_is_down.clear()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL")
    run_jobs()
    assert FailedJob.objects.get().resolved_at


def test_old_answers_to_forms_are_forgotten(agent):
    old, young = (Submission.objects.create(key=uuid.uuid4(), by=agent, path="/") for _ in range(2))
    Submission.objects.filter(pk=old.pk).update(at=timezone.now() - timedelta(days=31))
    forget_old_rows(timestamp=0)
    assert list(Submission.objects.all()) == [young]
