"""The history of one row: what people did (events) and what each field was (rows kept by database triggers)."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model

from apps.core.models import Event

SHOWN = 100
SAYS_NOTHING = ("version", "modification_timestamp")


@dataclass(frozen=True)
class FieldChange:
    """One field before and after."""

    label: str
    before: object
    after: object


@dataclass(frozen=True)
class Change:
    """One UPDATE or DELETE: when, by whom, why, where, and the fields it changed."""

    at: datetime
    by: object
    why: str
    where: str
    fields: list[FieldChange]


def events_of(obj) -> list[Event]:
    """The last hundred events about the row, newest first."""
    if not isinstance(obj.pk, int):
        return []
    events = Event.objects.filter(subject_label=obj._meta.label_lower, subject_id=obj.pk)
    return list(events.select_related("by")[:SHOWN])


def changes_of(obj) -> list[Change]:
    """The last hundred changes to the row's fields, newest first; empty where no history is kept."""
    kept = getattr(obj, "events", None)
    if kept is None or not hasattr(kept.model, "pgh_obj"):
        return []
    rows = list(kept.select_related("pgh_context").order_by("-pgh_id")[:SHOWN])
    people = get_user_model().objects.in_bulk({_metadata(row).get("user") for row in rows})
    after, changes = obj, []
    for row in rows:
        changes.append(_change(row, after, people))
        after = row
    return changes


def _change(before, after, people) -> Change:
    facts = _metadata(before)
    return Change(
        at=before.pgh_created_at,
        by=people.get(facts.get("user"), ""),
        why=facts.get("why", ""),
        where=facts.get("job") or facts.get("url", ""),
        fields=list(_differences(before, after)),
    )


def _metadata(row) -> dict:
    return row.pgh_context.metadata if row.pgh_context else {}


def _differences(before, after):
    for field in before._meta.concrete_fields:
        if field.name.startswith("pgh_") or field.name in SAYS_NOTHING:
            continue
        old, new = getattr(before, field.attname), getattr(after, field.attname)
        if old != new:
            yield FieldChange(field.verbose_name, old, new)
