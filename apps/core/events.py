"""The one line that feeds timeline, audit and usage counts: `record("listing.price_changed", listing, by=by, ...)`."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from apps.core.bulk import copy_rows
from apps.core.models import Event
from apps.core.tracing import current_request_id


def record(verb: str, subject, *, by, **data) -> Event:
    """Write down that `by` did `verb` to `subject` (any saved model row) and return the event.

    `data` is what a reader of the timeline needs (old, new, reason); it must be JSON: str, int, bool, None, list, dict.
    Call it inside the transaction of the change.
    """
    return Event.objects.create(**_fields(verb, subject, by, data))


def record_many(verb: str, model, keys_with_data, *, by) -> None:
    """Record one event for each `(primary key, data)` of rows of `model`, all in one statement."""
    now, label, request_id = timezone.now(), model._meta.label_lower, current_request_id()
    columns = ("verb", "at", "by_id", "subject_label", "subject_id", "data", "request_id")
    copy_rows(Event, columns, ((verb, now, by.pk, label, pk, data, request_id) for pk, data in keys_with_data))


def moment_in_words(text: object) -> str:
    """“22 Nov, 14:30” of a moment that an event's data keeps (ISO, with its zone); nothing where it is none."""
    try:
        return date_format(timezone.localtime(datetime.fromisoformat(text)), "j M, H:i")
    except (TypeError, ValueError):
        return ""


def _fields(verb, subject, by, data) -> dict:
    return {
        "verb": verb,
        "at": timezone.now(),
        "by": by,
        "subject_label": subject._meta.label_lower,
        "subject_id": subject.pk,
        "data": data,
        "request_id": current_request_id(),
    }
