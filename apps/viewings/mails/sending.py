"""Sending one mail of the outbox once, whatever crashes (core/outgoing.py), and again where a person asks."""

from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core import outgoing
from apps.core.outgoing import MailState
from apps.core.refusals import Refused
from apps.viewings.lookups import MailAbout
from apps.viewings.mails.letters import letter
from apps.viewings.mails.outbox import ask_to_send
from apps.viewings.mails.recipients import why_not_mail
from apps.viewings.models import ViewingMail


def send(mail_id: int) -> None:
    """Send the mail unless it is sent, is being sent by somebody else, or may not be sent any more."""
    rows = ViewingMail.objects.select_related("viewing__listing__unit", "viewing__agent", "customer", "user")
    outgoing.deliver(rows, mail_id, letter, _why_not_now)


def why_not_send_again(mail: ViewingMail) -> list[str]:
    """Why a mail that was perhaps sent cannot be sent once more."""
    return [] if mail.state == MailState.UNSURE else [_("Only a mail that was perhaps sent can be sent again.")]


def send_again(mail: ViewingMail, *, by) -> None:
    """Send a mail that perhaps never went out: a person has asked and says so."""
    Refused.unless_empty(why_not_send_again(mail))
    mail.settle(MailState.WAITING)
    ask_to_send(mail, by=by)


def ask_for_the_forgotten(*, older_than, by) -> int:
    """Ask again for each mail that still waits although its job is long over; how many that were."""
    return outgoing.ask_for_the_forgotten(
        ViewingMail.objects.all(), lambda mail: ask_to_send(mail, by=by), older_than=older_than
    )


def _why_not_now(mail) -> list[str]:
    """Reasons that may have come since the row was written."""
    viewing = mail.viewing
    if mail.about == MailAbout.FEEDBACK:
        return why_not_mail(mail.customer)
    if mail.sequence != viewing.sequence or viewing.happens == (mail.about == MailAbout.CALLED_OFF):
        return [_("It changed again before this was sent.")]
    if viewing.ends_at <= timezone.now():
        return [_("It was over before this was sent.")]
    return why_not_mail(mail.customer) if mail.customer else []
