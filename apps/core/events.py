"""The one line that feeds timeline, audit and usage counts: `record("listing.price_changed", listing, by=by, ...)`."""

from django.utils import timezone

from apps.core.models import Event
from apps.core.tracing import current_request_id


def record(verb: str, subject, *, by, **data) -> Event:
    """Write down that `by` did `verb` to `subject` (any saved model row) and return the event.

    `data` is what a reader of the timeline needs (old, new, reason); it must be JSON: str, int, bool, None, list, dict.
    Call it inside the transaction of the change.
    """
    return Event.objects.create(**_fields(verb, subject, by, data))


def record_many(verb: str, subjects_with_data, *, by) -> int:
    """Record one event for each `(subject, data)` pair in one statement per thousand rows; return how many."""
    events = [Event(**_fields(verb, subject, by, data)) for subject, data in subjects_with_data]
    Event.objects.bulk_create(events, batch_size=1000)
    return len(events)


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
