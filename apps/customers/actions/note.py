"""Notes, calls and messages, each with the next step if there is one."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core.events import record
from apps.core.refusals import NotAllowed, Refused
from apps.customers.actions.task import add_task
from apps.customers.lookups import NoteKind
from apps.customers.models import Customer, Note
from apps.customers.policy import why_not_write_to


@dataclass(frozen=True)
class NextStep:
    """What is to be done next, by when, and by whom (the writer of the note unless said)."""

    title: str
    due_on: date
    due_at: datetime | None = None
    assignee: object = None


@transaction.atomic
def add_note(
    customer: Customer, kind: str, body: str, *, by, next_step: NextStep | None = None, at: datetime | None = None
) -> Note:
    """Write a note, a call or a message on the customer, and plan the next step."""
    NotAllowed.unless_empty(why_not_write_to(customer, by))
    if kind not in NoteKind.values:
        raise Refused(_("Choose whether this was a note, a call or a message."))
    if not body.strip():
        raise Refused(_("The note is empty. Write something first."))
    note = Note.objects.create(customer=customer, kind=kind, body=body.strip(), by=by, at=at or timezone.now())
    record("customer.noted", customer, by=by, note=note.pk, kind=kind)
    if next_step is not None:
        assignee = next_step.assignee or by
        add_task(customer, next_step.title, next_step.due_on, assignee, due_at=next_step.due_at, by=by)
    return note
