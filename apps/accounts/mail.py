"""Mail by a job: a slow mail server holds nobody up, a broken one is tried again, and no crash sends one twice."""

import json

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone

from apps.accounts.models import OutgoingMail
from apps.core import outgoing, queue
from apps.core.encryption import decrypt, encrypt
from apps.core.outgoing import MailState
from apps.core.queue import Permanent


def site_address(path: str) -> str:
    """The absolute address of a page, for links in mail."""
    return settings.SITE_URL.rstrip("/") + path


def enqueue_template(to: str, template: str, context: dict, *, by) -> None:
    """Render `<template>_subject.txt` and `<template>_message.txt`, and send them to `to` by a job."""
    subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
    body = render_to_string(f"{template}_message.txt", context).strip() + "\n"
    enqueue(EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [to]), by=by)


def enqueue(message: EmailMessage, *, by) -> None:
    """Send a plain message by a job, in the transaction of the change that it tells of.

    Sign-in links are secrets, so the message is encrypted until it has left.
    """
    parts = {"subject": message.subject, "body": message.body, "from": message.from_email, "to": message.to}
    parts["reply_to"] = message.reply_to
    ask_to_send(OutgoingMail.objects.create(sealed=encrypt(json.dumps(parts)), by=by, at=timezone.now()), by=by)


def ask_to_send(mail: OutgoingMail, *, by) -> bool:
    """Ask for the job that sends it; one that already waits is enough."""
    return queue.enqueue("accounts.send_mail", by=by, queueing_lock=f"mail-{mail.pk}", mail_id=mail.pk)


def send(mail_id: int) -> None:
    """Send what `enqueue` wrote down, once. Where nobody knows whether it went out, people are told and decide."""
    if outgoing.deliver(OutgoingMail.objects.all(), mail_id, unsealed) == MailState.UNSURE:
        raise Permanent(
            f"Mail {mail_id} may have gone out: the machine stopped while the mail server took it."
            " Retry sends it again."
        )


def send_again(mail_id: int = 0, **_) -> None:
    """A person asks for a mail that perhaps went out, or was refused, to be tried once more."""
    settled = OutgoingMail.objects.filter(pk=mail_id, state__in=[MailState.UNSURE, MailState.WITHHELD])
    settled.update(state=MailState.WAITING, why_not="")


def unsealed(mail: OutgoingMail) -> EmailMessage:
    """The message as it was written."""
    parts = json.loads(decrypt(mail.sealed))
    return EmailMessage(parts["subject"], parts["body"], parts["from"], parts["to"], reply_to=parts.get("reply_to", []))
