"""Mails that leave once, whatever crashes: what became of one (Outgoing), and handing it to the mail server (deliver).

SMTP has no way to ask whether a mail was taken. So its row is marked as handed over just before, in a transaction of
its own, with a lock that ends with the process. Whoever finds a row so with nobody at work on it knows that the mail
may have gone out, does not send it a second time, and says so to people. Each row has the same Message-ID always, so
that of two that a person did send most mailboxes show one.
"""

from collections.abc import Callable
from contextlib import contextmanager
from smtplib import SMTPException, SMTPServerDisconnected

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import connection, models
from django.utils import timezone

from apps.core.queue import Permanent


class MailState(models.TextChoices):
    """What became of a mail. `Unsure`: the machine stopped between handing it over and hearing that it was taken."""

    WAITING = "waiting", "Waiting"
    HANDED = "handed", "Being handed over"
    SENT = "sent", "Sent"
    WITHHELD = "withheld", "Not sent"
    UNSURE = "unsure", "Perhaps sent"


TO_SEND = (MailState.WAITING, MailState.HANDED)


class Outgoing(models.Model):
    """A mail that is written down with the change it tells of, and sent by a job. `lock` is the class of its locks."""

    lock: int
    state = models.CharField(max_length=10, choices=MailState.choices, default=MailState.WAITING)
    why_not = models.CharField("why it was not sent", max_length=300, blank=True)
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def settle(self, state: MailState, why_not: str = "") -> None:
        """Write down what became of it."""
        self.state, self.why_not = state, why_not[:300]
        if state == MailState.SENT:
            self.sent_at = timezone.now()
        self.save(update_fields=["state", "why_not", "sent_at"])

    def message_id(self) -> str:
        """The same for the same row always, also where a key is given again after an old backup was restored."""
        return f"<{self._meta.model_name}-{self.pk}-{int(self.at.timestamp())}@{domain()}>"


def domain() -> str:
    """The name of this site, for what must be unique in the world."""
    return settings.SITE_URL.partition("://")[2].partition("/")[0].partition(":")[0] or "localhost"


def deliver(
    rows: models.QuerySet,
    pk: int,
    letter: Callable[[Outgoing], EmailMessage],
    why_not_now: Callable[[Outgoing], list[str]] = lambda mail: [],
) -> MailState | None:
    """Send the mail unless it is settled, is being sent by somebody else, or may not be sent any more.

    `letter` words it as things stand now; `why_not_now` gives reasons that have come since the row was written.
    Returns what became of it; None where it is gone or somebody else is at work on it.
    """
    with _alone_with(rows.model.lock, pk) as is_alone:
        mail = rows.filter(pk=pk).first() if is_alone else None
        if mail is None:
            return None
        if mail.state == MailState.HANDED:
            mail.settle(MailState.UNSURE, "The machine stopped while it was handed over.")
        elif mail.state == MailState.WAITING:
            why_not = why_not_now(mail)
            if why_not:
                mail.settle(MailState.WITHHELD, " ".join(why_not))
            else:
                _hand_over(mail, letter(mail))
        return MailState(mail.state)


def ask_for_the_forgotten(rows: models.QuerySet, ask: Callable[[Outgoing], bool], *, older_than) -> int:
    """Ask again for each mail that still waits although its job is long over; how many that were."""
    waiting = rows.filter(state__in=TO_SEND, at__lt=older_than)
    return sum(ask(mail) for mail in waiting.order_by("pk")[:500])


def _hand_over(mail, message) -> None:
    server = get_connection()
    message.extra_headers["Message-ID"] = mail.message_id()
    server.open()
    try:
        mail.settle(MailState.HANDED)
        server.send_messages([message])
    except SMTPServerDisconnected:
        raise  # it may have been taken: the next try finds the row as handed over and says so
    except SMTPException as error:
        _refused(mail, error)
    else:
        mail.settle(MailState.SENT)
    finally:
        server.close()


def _refused(mail, error) -> None:
    """The server said no: for good (5xx), which a person must read, or for now, which is tried again."""
    code = getattr(error, "smtp_code", 0) or max((c for c, _ in getattr(error, "recipients", {}).values()), default=0)
    if 500 <= code < 600:
        mail.settle(MailState.WITHHELD, "The mail server refused the address.")
        raise Permanent(f"The mail server refused {mail._meta.verbose_name} {mail.pk}: {code}.") from error
    mail.settle(MailState.WAITING)
    raise error


@contextmanager
def _alone_with(lock: int, pk: int):
    """Whether nobody else is at work on this mail; the lock is the session's, so it ends with its process."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [lock, pk])
        is_alone = cursor.fetchone()[0]
    try:
        yield is_alone
    finally:
        if is_alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [lock, pk])
