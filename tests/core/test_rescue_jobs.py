"""Jobs outlive the worker that did them."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from apps.core.jobs import RESCUES, keep_unseen_trouble, rescue_stalled_jobs
from apps.core.models import FailedJob
from apps.core.queue import enqueue
from tests.core import sample_jobs  # noqa: F401  (declares the jobs)
from tests.factories import ListingFactory
from tests.workers import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def worker_process():
    command = [sys.executable, "-m", "tests.core.killable_worker", connection.settings_dict["NAME"]]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_for_status(status, seconds=120):
    deadline = time.monotonic() + seconds
    while ProcrastinateJob.objects.get(task_name="tests.retitle").status != status:
        assert time.monotonic() < deadline, f"The job never became {status}."
        time.sleep(0.1)


def make_quick():
    """The job as it is tried again need not wait to be killed."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET args = args - 'seconds'")


def let_heartbeats_age():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '2 minutes'")


def rescue():
    rescue_stalled_jobs.defer(timestamp=0)
    run_jobs()


def test_the_job_of_a_worker_killed_in_the_middle_is_done_by_the_next(agent):
    listing = ListingFactory(title="Before")
    enqueue("tests.retitle", by=agent, listing_id=listing.pk, title="After", seconds=600)
    with worker_process() as process:
        wait_for_status("doing")
        os.kill(process.pid, signal.SIGKILL)
    make_quick()
    let_heartbeats_age()
    rescue()
    listing.refresh_from_db()
    assert (listing.title, ProcrastinateJob.objects.get(task_name="tests.retitle").status) == ("After", "succeeded")


def test_a_job_that_kills_every_worker_is_given_up_and_told(agent):
    enqueue("tests.retitle", by=agent, listing_id=1)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', attempts = %s, worker_id = %s",
            [RESCUES, cursor.fetchone()[0]],
        )
    let_heartbeats_age()
    rescue()
    assert ProcrastinateJob.objects.get(task_name="tests.retitle").status == "failed"
    assert "killed 4 times" in FailedJob.objects.get().message


def test_a_dropped_job_that_was_asked_for_again_is_done_once(agent):
    listing = ListingFactory(title="Before")
    enqueue("tests.retitle", by=agent, listing_id=listing.pk, title="Old", queueing_lock="listing-1")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", [cursor.fetchone()[0]])
    let_heartbeats_age()
    rescue_stalled_jobs.configure(priority=1).defer(timestamp=0)
    enqueue("tests.retitle", by=agent, listing_id=listing.pk, title="New", queueing_lock="listing-1")
    run_jobs()
    listing.refresh_from_db()
    statuses = (
        ProcrastinateJob.objects.filter(task_name="tests.retitle").order_by("pk").values_list("status", flat=True)
    )
    assert (listing.title, list(statuses)) == ("New", ["aborted", "succeeded"])


def test_a_job_of_a_worker_that_lives_is_left_alone(agent):
    enqueue("tests.retitle", by=agent, listing_id=1, seconds=600)
    with worker_process():
        wait_for_status("doing")
        rescue()
        assert ProcrastinateJob.objects.get(task_name="tests.retitle").status == "doing"
        assert ProcrastinateWorker.objects.count() == 1


def test_a_job_that_this_release_does_not_know_becomes_readable_trouble(agent):
    enqueue("tests.retitle", by=agent, listing_id=1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET task_name = 'next_release.job'")
    run_jobs()
    keep_unseen_trouble(timestamp=0)
    assert FailedJob.objects.get().message == "This release does not know the job next_release.job."
