"""Sending one mail of the outbox once, whatever crashes.

The row says what the world should look like; a job brings it about, and a sweep finds what a killed job left. SMTP has
no way to ask whether a mail was taken, so the row is marked as handed over just before: whoever finds it so with nobody
at work on it knows that it may have gone out, does not send it twice, and says so to people.
"""

from contextlib import contextmanager
from smtplib import SMTPException, SMTPServerDisconnected

from django.core.mail import get_connection
from django.db import connection
from django.utils import timezone

from apps.core.queue import Permanent
from apps.core.refusals import Refused
from apps.viewings.lookups import MailAbout, MailState
from apps.viewings.mails.letters import letter
from apps.viewings.mails.outbox import ask_to_send
from apps.viewings.mails.recipients import why_not_mail
from apps.viewings.models import ViewingMail

LOCKS = 7_403  # the class of our advisory locks; the second number is the row


def send(mail_id: int) -> None:
    """Send the mail unless it is sent, is being sent by somebody else, or may not be sent any more."""
    with _alone_with(mail_id) as is_alone:
        if not is_alone:
            return
        rows = ViewingMail.objects.select_related("viewing__listing__unit", "viewing__agent", "customer", "user")
        mail = rows.filter(pk=mail_id).first()
        if mail is None or mail.state not in (MailState.WAITING, MailState.HANDED):
            return
        if mail.state == MailState.HANDED:
            _settle(mail, MailState.UNSURE, "The machine stopped while it was handed over.")
            return
        why_not = _why_not_now(mail)
        if why_not:
            _settle(mail, MailState.WITHHELD, " ".join(why_not))
            return
        _hand_over(mail)


def why_not_send_again(mail: ViewingMail) -> list[str]:
    """Why a mail that was perhaps sent cannot be sent once more."""
    return [] if mail.state == MailState.UNSURE else ["Only a mail that was perhaps sent can be sent again."]


def send_again(mail: ViewingMail, *, by) -> None:
    """Send a mail that perhaps never went out: a person has asked and says so."""
    Refused.unless_empty(why_not_send_again(mail))
    _settle(mail, MailState.WAITING, "")
    ask_to_send(mail, by=by)


def ask_for_the_forgotten(*, older_than, by) -> int:
    """Ask again for each mail that still waits although its job is long over; how many that were."""
    rows = ViewingMail.objects.filter(state__in=[MailState.WAITING, MailState.HANDED], at__lt=older_than)
    return sum(ask_to_send(mail, by=by) for mail in rows.order_by("pk")[:500])


def _why_not_now(mail) -> list[str]:
    """Reasons that may have come since the row was written."""
    viewing = mail.viewing
    if mail.about == MailAbout.FEEDBACK:
        return why_not_mail(mail.customer)
    if mail.sequence != viewing.sequence or viewing.happens == (mail.about == MailAbout.CALLED_OFF):
        return ["It changed again before this was sent."]
    if viewing.ends_at <= timezone.now():
        return ["It was over before this was sent."]
    return why_not_mail(mail.customer) if mail.customer else []


def _hand_over(mail) -> None:
    message, server = letter(mail), get_connection()
    server.open()
    try:
        _settle(mail, MailState.HANDED, "")
        server.send_messages([message])
    except SMTPServerDisconnected:
        raise  # it may have been taken: the next try finds the row as handed over and says so
    except SMTPException as error:
        _refused(mail, error)
    else:
        mail.sent_at = timezone.now()
        _settle(mail, MailState.SENT, "")
    finally:
        server.close()


def _refused(mail, error) -> None:
    """The server said no: for good (5xx), which a person must read, or for now, which is tried again."""
    code = getattr(error, "smtp_code", 0) or max((c for c, _ in getattr(error, "recipients", {}).values()), default=0)
    if 500 <= code < 600:
        _settle(mail, MailState.WITHHELD, "The mail server refused the address.")
        raise Permanent(f"The mail server refused viewing mail {mail.pk}: {code}.") from error
    _settle(mail, MailState.WAITING, "")
    raise error


def _settle(mail, state: MailState, why_not: str) -> None:
    mail.state, mail.why_not = state, why_not[:300]
    mail.save(update_fields=["state", "why_not", "sent_at"])


@contextmanager
def _alone_with(mail_id: int):
    """Whether nobody else is at work on this mail; the lock is the session's, so it ends with its process."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCKS, mail_id])
        is_alone = cursor.fetchone()[0]
    try:
        yield is_alone
    finally:
        if is_alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCKS, mail_id])
