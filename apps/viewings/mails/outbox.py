"""Writing down, in the transaction of the change, whom a mail is to reach; a job sends it."""

from collections.abc import Iterable

from django.utils import timezone

from apps.core.outgoing import MailState
from apps.core.queue import enqueue
from apps.viewings.lookups import MailAbout, MailTo
from apps.viewings.mails.recipients import why_not_mail
from apps.viewings.models import Feedback, Viewing, ViewingMail


def put_in_outbox(viewing: Viewing, about: MailAbout, *, to: Iterable[str], by) -> list[ViewingMail]:
    """A row for each person in `to`, withheld with its reason where they may not be written to; nothing of the past."""
    if viewing.starts_at <= timezone.now():
        return []
    mails = [
        ViewingMail.objects.get_or_create(
            viewing=viewing,
            sequence=viewing.sequence,
            about=about,
            to=kind,
            customer=customer,
            user=user,
            feedback=None,
            defaults={"by": by, "at": timezone.now(), **_state(customer)},
        )[0]
        for kind, customer, user in _recipients(viewing, set(to))
    ]
    for mail in mails:
        if mail.state == MailState.WAITING:
            ask_to_send(mail, by=by)
    return mails


def put_feedback_in_outbox(feedback: Feedback, owner, *, by) -> ViewingMail:
    """A row for the owner with what a customer said."""
    mail, is_new = ViewingMail.objects.get_or_create(
        viewing=feedback.viewing,
        sequence=feedback.viewing.sequence,
        about=MailAbout.FEEDBACK,
        to=MailTo.OWNER,
        customer=owner,
        feedback=feedback,
        defaults={"by": by, "at": timezone.now()},
    )
    if is_new:
        ask_to_send(mail, by=by)
    return mail


def ask_to_send(mail: ViewingMail, *, by) -> bool:
    """Ask for the job that sends it; one that already waits is enough."""
    return enqueue("viewings.send_mail", by=by, queueing_lock=f"viewing-mail-{mail.pk}", mail_id=mail.pk)


def _recipients(viewing, to):
    """(kind, customer or None, user or None) of each person to be told."""
    if MailTo.CUSTOMER in to:
        yield from ((MailTo.CUSTOMER, customer, None) for customer in viewing.customers.all())
    owner = getattr(viewing.listing.unit, "owner", None)
    if MailTo.OWNER in to and owner is not None:
        yield MailTo.OWNER, owner, None
    if MailTo.AGENT in to:
        yield MailTo.AGENT, None, viewing.agent


def _state(customer) -> dict:
    why_not = why_not_mail(customer) if customer else []
    return {"state": MailState.WITHHELD, "why_not": " ".join(why_not)[:300]} if why_not else {}
