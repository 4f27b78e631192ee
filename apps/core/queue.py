"""Jobs: how they are declared, how they are asked for, and what a worker does around each of them.

A job is asked for in the transaction of the change that needs it, so it is there if and only if the change is.
"""

import gc
from collections.abc import Callable
from contextlib import ExitStack
from functools import wraps

import pghistory
import structlog
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued, UniqueViolation
from procrastinate.manager import JobManager
from procrastinate.retry import BaseRetryStrategy, RetryDecision

from apps.core.events import record
from apps.core.models import FailedJob
from apps.core.privacy import redacted
from apps.core.refusals import Refused
from apps.core.tracing import current_request_id, new_request_id, note_person, traced

log = structlog.get_logger("apps.jobs")

# Inside a worker procrastinate swaps its connector for a pool of its own; with this one a job that asks for another
# does so in the transaction of its change too.
outbox = JobManager(DjangoConnector(alias="default"))


class Permanent(Exception):
    """Trying again will not help: the job fails at once and waits for a person."""


class Backoff(BaseRetryStrategy):
    """Try again after 4, 16, 64, 256 and 1024 seconds; refusals and Permanent errors are not tried again."""

    attempts = 5
    base = 4

    def get_retry_decision(self, *, exception, job):
        if isinstance(exception, Permanent | Refused) or job.attempts >= self.attempts:
            return None
        return RetryDecision(retry_in={"seconds": self.base ** (job.attempts + 1)})


_when_retried: dict[str, Callable] = {}
_surroundings: list[Callable] = []


def surround_jobs(context: Callable) -> None:
    """Run each job inside this context manager: what middleware gives a request, a job has too."""
    _surroundings.append(context)


def job(name: str, *, retry: BaseRetryStrategy | None = None, when_retried: Callable | None = None, **options):
    """Declare a job (`options` as procrastinate's `app.task`; tried again by Backoff unless told otherwise).

    `when_retried` is called with the job's arguments when a person asks for another try. The function takes `by`,
    keyword-only: the person who asked, or the system user. Its other arguments must be JSON.
    """

    if when_retried:
        _when_retried[name] = when_retried

    def declare(function):
        @wraps(function)
        def run(*, by_id=None, request_id="", **arguments):
            with ExitStack() as around:
                for context in _surroundings:
                    around.enter_context(context())
                return function(by=_person(by_id), **arguments)

        return app.task(name=name, retry=retry or Backoff(), **options)(run)

    return declare


def enqueue(name: str, *, by, queueing_lock: str | None = None, schedule_in: dict | None = None, **arguments) -> bool:
    """Ask for the job `name` on behalf of `by` in the running transaction.

    Returns whether a job was added: with a `queueing_lock`, one that already waits is enough. `schedule_in` is a
    delay as the arguments of a timedelta.
    """
    deferrer = app.configure_task(name, queueing_lock=queueing_lock, schedule_in=schedule_in)
    wanted = deferrer.make_new_job(by_id=by.pk, request_id=current_request_id(), **arguments)
    try:
        with transaction.atomic():
            outbox.defer_job(wanted)
    except AlreadyEnqueued:
        return False
    return True


def around_job(run, context, worker):
    """What the worker does around each job: names person and job in logs and history, keeps the trouble it had."""
    arguments = context.job.task_kwargs
    by = _person(arguments.get("by_id"))
    request_id = arguments.get("request_id") or new_request_id()
    with (
        traced(request_id, job=context.job.id, task=context.job.task_name),
        pghistory.context(user=by.pk, job=context.job.task_name, request_id=request_id),
    ):
        note_person(by)
        try:
            result = run()
        except Exception as error:  # whatever a job falls over is kept for people to read, and goes on to the worker
            if _waits_again(context.job):
                log.info("job_left_to_the_next", error=type(error).__name__)
                return None
            _keep_trouble(context, error, by)
            raise
        FailedJob.objects.filter(job_id=context.job.id, resolved_at=None).update(resolved_at=timezone.now())
        log.info("job_done", attempts=context.job.attempts)
        return result


def why_not_retry(failed: FailedJob) -> list[str]:
    """Why a failed job cannot be tried again now."""
    if failed.resolved_at:
        return [_("The job has succeeded since. Nothing is left to do.")]
    if failed.retry_at:
        at = f"{timezone.localtime(failed.retry_at):%H:%M}"
        return [_("The job is tried again by itself at %(time)s.") % {"time": at}]
    if not ProcrastinateJob.objects.filter(pk=failed.job_id, status="failed").exists():
        return [_("The job itself is gone. Do again what asked for it.")]
    return []


@transaction.atomic
def retry(failed: FailedJob, *, by) -> None:
    """Put a failed job back into the queue."""
    failed = FailedJob.objects.select_for_update().get(pk=failed.pk)
    Refused.unless_empty(why_not_retry(failed))
    failed.retry_at = timezone.now()
    failed.save(update_fields=["retry_at"])
    try:
        outbox.retry_job_by_id(failed.job_id, failed.retry_at)
    except UniqueViolation as error:
        raise Refused(_("The same job already waits. Look again in a minute.")) from error
    if failed.task in _when_retried:
        _when_retried[failed.task](**failed.arguments)
    record("job.retried", failed, by=by, task=failed.task)


def _person(user_id):
    users = get_user_model().objects
    return users.get(pk=user_id) if user_id else users.system()


def _waits_again(running) -> bool:
    """Whether the same was asked for again while the job ran: then that one is the next try, and one must do."""
    return (
        bool(running.queueing_lock)
        and ProcrastinateJob.objects.filter(queueing_lock=running.queueing_lock, status="todo").exists()
    )


def _keep_trouble(context, error, by):
    again = context.task.get_retry_exception(exception=error, job=context.job)
    log.warning("job_failed", error=type(error).__name__, final=again is None)
    keep_trouble(
        context.job, f"{type(error).__name__}: {error}", by=by, retry_at=again and again.retry_decision.retry_at
    )


def keep_trouble(failed, message: str, *, by, retry_at=None) -> FailedJob:
    """Write down what went wrong with a procrastinate job, for people to read and retry."""
    row, _is_new = FailedJob.objects.update_or_create(
        job_id=failed.id,
        defaults={
            "task": failed.task_name,
            "arguments": {k: v for k, v in failed.task_kwargs.items() if k not in ("by_id", "request_id")},
            "message": redacted(message)[:2000],
            "attempts": failed.attempts + 1,
            "by": by,
            "request_id": current_request_id(),
            "failed_at": timezone.now(),
            "retry_at": retry_at,
            "resolved_at": None,
        },
    )
    return row


def prepare_worker(procrastinate_app) -> None:
    """Put `around_job` around each job of each worker (procrastinate calls this when all is loaded).

    What is loaded by then stays for good: Python need not look through it for garbage, which takes it 0.1 s each time.
    """
    procrastinate_app.worker_defaults["task_middleware"].append(around_job)
    gc.freeze()
