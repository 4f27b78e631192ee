"""Mail to staff. It leaves by a job: a slow mail server holds nobody up, and a broken one is tried again."""

import json

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from apps.core import queue
from apps.core.encryption import decrypt, encrypt


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

    Sign-in links are secrets, so the job's arguments are encrypted.
    """
    parts = {"subject": message.subject, "body": message.body, "from": message.from_email, "to": message.to}
    parts["reply_to"] = message.reply_to
    queue.enqueue("accounts.send_mail", by=by, sealed=encrypt(json.dumps(parts)))


def send(sealed: str) -> None:
    """Send what `enqueue` sealed."""
    parts = json.loads(decrypt(sealed))
    replies = parts.get("reply_to", [])
    EmailMessage(parts["subject"], parts["body"], parts["from"], parts["to"], reply_to=replies).send()
