"""The house's own jobs: taking up what a killed worker dropped, and forgetting what nobody needs any more."""

from datetime import timedelta

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from apps.core.backups import make_backup
from apps.core.models import FailedJob, Submission
from apps.core.queue import job, keep_trouble

# A job that took three workers down with it is not handed to a fourth.
RESCUES = 3
SUBMISSIONS_KEPT = timedelta(days=30)
JOBS_KEPT_HOURS = 7 * 24
TROUBLE_KEPT = timedelta(days=90)
BATCH = 5000


@app.periodic(cron="* * * * *")
@app.task(name="core.rescue_stalled_jobs", queueing_lock="core.rescue_stalled_jobs", pass_context=True)
async def rescue_stalled_jobs(context, timestamp: int) -> None:
    """Hand the jobs of workers that were killed (no heartbeat for 30 seconds) to those that live."""
    manager = context.app.job_manager
    for stalled in await manager.get_stalled_jobs():
        if stalled.attempts < RESCUES:
            await _hand_on(manager, stalled)
        else:
            await manager.finish_job(stalled, status=Status.FAILED, delete_job=False)
            await sync_to_async(_keep_loss)(stalled)


async def _hand_on(manager, stalled):
    try:
        await manager.retry_job(stalled)
    except UniqueViolation:  # the same was asked for again meanwhile and waits: that one does the work
        await manager.finish_job(stalled, status=Status.ABORTED, delete_job=False)


def _keep_loss(stalled):
    system = get_user_model().objects.system()
    keep_trouble(stalled, f"The worker was killed {RESCUES + 1} times while doing this job.", by=system)


@app.periodic(cron="*/10 * * * *")
@job("core.keep_unseen_trouble", queueing_lock="core.keep_unseen_trouble")
def keep_unseen_trouble(timestamp: int, *, by) -> None:
    """Write down failures from outside the job itself: another release knew the job, this one does not."""
    seen = FailedJob.objects.filter(job_id=OuterRef("pk"))
    for failed in ProcrastinateJob.objects.filter(~Exists(seen), status="failed")[:500]:
        keep_trouble(failed.procrastinate_job, f"This release does not know the job {failed.task_name}.", by=by)


@app.periodic(cron="30 2 * * *")
@job("core.back_up", queueing_lock="core.back_up")
def back_up(timestamp: int, *, by) -> None:
    """Dump the database into the file storage every night; in development there is nothing to lose."""
    if settings.PRODUCTION:
        make_backup()


@app.periodic(cron="15 3 * * *")
@job("core.forget_old_rows", queueing_lock="core.forget_old_rows")
def forget_old_rows(timestamp: int, *, by) -> None:
    """Delete answers to old forms, expired sessions and trouble of long ago, a batch at a time."""
    now = timezone.now()
    _delete_in_batches(Submission.objects.filter(at__lt=now - SUBMISSIONS_KEPT))
    _delete_in_batches(Session.objects.filter(expire_date__lt=now))
    _delete_in_batches(FailedJob.objects.filter(failed_at__lt=now - TROUBLE_KEPT))


@app.periodic(cron="30 3 * * *")
@app.task(name="core.forget_old_jobs", queueing_lock="core.forget_old_jobs", pass_context=True)
async def forget_old_jobs(context, timestamp: int) -> None:
    """Delete jobs that ended well a week ago, and failed ones when their trouble is forgotten."""
    manager = context.app.job_manager
    await manager.delete_old_jobs(nb_hours=JOBS_KEPT_HOURS, include_cancelled=True)
    await manager.delete_old_jobs(
        nb_hours=TROUBLE_KEPT // timedelta(hours=1), include_failed=True, include_aborted=True
    )


def _delete_in_batches(rows):
    while rows.model._base_manager.filter(pk__in=list(rows.order_by().values_list("pk", flat=True)[:BATCH])).delete()[
        0
    ]:
        pass
