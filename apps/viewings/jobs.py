"""Jobs about viewings."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from apps.core.queue import job
from apps.viewings.mails import sending

FORGOTTEN_AFTER = timedelta(minutes=5)


@job("viewings.send_mail")
def send_mail(mail_id: int, *, by) -> None:
    """Send one mail of the outbox; a mail server that does not answer is tried again."""
    sending.send(mail_id)


@app.periodic(cron="*/5 * * * *")
@job("viewings.send_forgotten_mails", queueing_lock="viewings.send_forgotten_mails")
def send_forgotten_mails(timestamp: int, *, by) -> None:
    """Find mails that wait although nobody is at work on them: a killed worker, a job that was lost."""
    sending.ask_for_the_forgotten(older_than=timezone.now() - FORGOTTEN_AFTER, by=by)
