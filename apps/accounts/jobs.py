"""Jobs about people."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from apps.accounts import mail
from apps.accounts.models import OutgoingMail
from apps.core import outgoing
from apps.core.queue import job

FORGOTTEN_AFTER = timedelta(minutes=5)
OF_NO_USE_AFTER = timedelta(days=1)
KEPT = timedelta(days=30)


@job("accounts.send_mail", when_retried=mail.send_again)
def send_mail(mail_id: int = 0, *, by, sealed: str = "") -> None:
    """Send one message; a mail server that does not answer is tried again.

    Jobs that the release before asked for carry the message itself, `sealed`.
    """
    if sealed:
        mail_id = OutgoingMail.objects.create(sealed=sealed, by=by, at=timezone.now()).pk
    mail.send(mail_id)


@app.periodic(cron="*/5 * * * *")
@job("accounts.send_forgotten_mails", queueing_lock="accounts.send_forgotten_mails")
def send_forgotten_mails(timestamp: int, *, by) -> None:
    """Find mails that wait although nobody is at work on them: a killed worker, a job that was lost."""
    now = timezone.now()
    recent = OutgoingMail.objects.filter(at__gte=now - OF_NO_USE_AFTER)
    outgoing.ask_for_the_forgotten(recent, lambda one: mail.ask_to_send(one, by=by), older_than=now - FORGOTTEN_AFTER)


@app.periodic(cron="20 3 * * *")
@job("accounts.forget_old_mails", queueing_lock="accounts.forget_old_mails")
def forget_old_mails(timestamp: int, *, by) -> None:
    """Delete what became of mails a month ago."""
    OutgoingMail.objects.filter(at__lt=timezone.now() - KEPT).delete()
