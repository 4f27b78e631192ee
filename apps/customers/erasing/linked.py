"""Rows that point at the customer, what hangs on them, and the histories of all of these."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import connection, models

from apps.core.models import Event
from apps.customers.actions.merge_rows import Pointer, pointers_at
from apps.customers.erasing.registry import POLICIES, Policy
from apps.customers.models import Customer

UNDECLARED = Policy("Other rows", blank=())
HISTORY, TIMELINE = "Earlier values of fields", "What the timeline says"


@dataclass(frozen=True)
class Member:
    """Rows of one table that point at some parents, by key: those of today, and those of which only history is left."""

    pointer: Pointer
    parents: Sequence[int]
    keys: Sequence[int]
    old_keys: Sequence[int]

    @property
    def history(self) -> type[models.Model] | None:
        """The model that keeps what the rows were."""
        return history_of(self.pointer.model)


def erase_linked(ids: Iterable[int]) -> dict[str, int]:
    """Delete or blank each row that points at these customers, as its app says; return how many of what."""
    counts: dict[str, int] = defaultdict(int)
    for pointer in pointers_at(Customer):
        if pointer.model is Customer:
            continue
        policy = POLICIES.get(pointer.model._meta.label_lower, UNDECLARED)
        family = list(_family(pointer, list(ids))) if policy.is_deleted else [_member(pointer, list(ids))]
        counts[policy.what] += _erase_rows(family[0], policy)
        for member in family:
            counts[HISTORY] += _erase_history(member, policy)
            counts[TIMELINE] += blank_events(member.pointer.model, [*member.keys, *member.old_keys])
    return {what: count for what, count in counts.items() if count}


def blank_events(model: type[models.Model], keys: Iterable[int]) -> int:
    """Take out of events about these rows what they say; that something happened stays."""
    about = Event.objects.filter(subject_label=model._meta.label_lower, subject_id__in=list(keys))
    return about.exclude(data={}).update(data={})


def history_of(model: type[models.Model]) -> type[models.Model] | None:
    """The model that keeps what rows were before, where there is one."""
    for relation in model._meta.get_fields(include_hidden=True):
        pointing = getattr(relation, "related_model", None)
        if relation.auto_created and getattr(pointing, "pgh_tracked_model", None) is model:
            return pointing
    return None


def _family(pointer, parents) -> Iterator[Member]:
    """The rows, and those that go with them."""
    member = _member(pointer, parents)
    yield member
    keys = [*member.keys, *member.old_keys]
    for child in pointers_at(pointer.model) if keys else []:
        yield from _family(child, keys)


def _member(pointer, parents) -> Member:
    now = pointer.model._base_manager.filter(**{f"{pointer.column}__in": parents})
    history, old = history_of(pointer.model), []
    if history is not None:
        kept = history._base_manager.filter(**{f"{pointer.column}__in": parents})
        old = list(kept.values_list("pgh_obj_id", flat=True).distinct())
    return Member(pointer, parents, list(now.values_list("pk", flat=True)), old)


def _erase_rows(member, policy) -> int:
    model = member.pointer.model
    if policy.is_deleted:
        model._base_manager.filter(pk__in=member.keys).delete()
        return len(member.keys)
    return _blank(model._meta.db_table, model._meta.pk.column, member.keys, policy.blank)


def _erase_history(member, policy) -> int:
    if member.history is None:
        return 0
    of_rows = models.Q(pgh_obj_id__in=member.keys) | models.Q(**{f"{member.pointer.column}__in": member.parents})
    rows = member.history._base_manager.filter(of_rows)
    if policy.is_deleted:
        return rows.delete()[0]
    return _blank(member.history._meta.db_table, "pgh_id", list(rows.values_list("pgh_id", flat=True)), policy.blank)


def _blank(table, key, keys, columns) -> int:
    """Empty these columns, also where the table still has one that the model has not any more."""
    with connection.cursor() as cursor:
        here = {column.name for column in connection.introspection.get_table_description(cursor, table)}
        quote = connection.ops.quote_name
        names = [quote(name) for name in columns if name in here]
        if not names or not keys:
            return 0
        emptied = ", ".join(f"{name} = ''" for name in names)
        says_something = " OR ".join(f"{name} <> ''" for name in names)
        cursor.execute(
            f"UPDATE {quote(table)} SET {emptied} WHERE {quote(key)} = ANY(%s) AND ({says_something})", [list(keys)]
        )
        return cursor.rowcount
