"""The rows of a merge: what points at the loser is moved to the winner, whatever table it is in, and moved back.

Nothing here names a table: foreign keys (those behind many-to-many fields too) are found through `_meta`, so that an
app that points at customers is covered by doing so. Rows are read and written as jsonb by the database itself, which
keeps each byte of them.
"""

from dataclasses import dataclass, replace

from django.apps import apps
from django.db import connection, models

from apps.core.models import Event
from apps.customers.models import Customer, Merge, MergedRow

quote = connection.ops.quote_name
RECORD = quote(MergedRow._meta.db_table)


@dataclass(frozen=True)
class Kept:
    """A row of a merge as it stands now: the columns that the merge changed, and which of them somebody did since."""

    pk: int
    model: type[models.Model]
    row_key: str
    was_taken_away: bool
    is_gone: bool
    changed: tuple[str, ...]
    since: tuple[str, ...]


@dataclass(frozen=True)
class Pointer:
    """A column of a table that holds the key of another row."""

    model: type[models.Model]
    column: str

    @property
    def table(self) -> str:
        """The quoted name of the table."""
        return quote(self.model._meta.db_table)

    @property
    def key(self) -> str:
        """The quoted name of its primary key."""
        return quote(self.model._meta.pk.column)


def pointers_at(model: type[models.Model]) -> list[Pointer]:
    """Each foreign key to the model, but for those of histories and of what says itself that it stays."""
    found = []
    for relation in model._meta.get_fields(include_hidden=True):
        pointing = relation.related_model
        if not (relation.auto_created and not relation.concrete) or relation.many_to_many:
            continue
        stays = hasattr(pointing, "pgh_tracked_model") or getattr(pointing, "stays_with_customer", False)
        if not stays and pointing._meta.managed and not pointing._meta.proxy:
            found.append(Pointer(pointing, relation.field.column))
    return found


def move_everything(merge: Merge, winner: Customer, loser: Customer) -> None:
    """Point what points at the loser at the winner, and keep each row as it was. Locks what it moves."""
    for customer in (winner, loser):
        _keep(merge, Pointer(Customer, Customer._meta.pk.column), customer.pk)
    _move(merge, Customer, loser.pk, winner.pk)
    _move_events(merge, loser.pk, winner.pk)


def keep_outcome(merge: Merge) -> None:
    """Write down how each kept row is now, so that an undo sees what was changed since."""
    with connection.cursor() as cursor:
        for table, key in _tables_of(merge):
            cursor.execute(
                f"UPDATE {RECORD} m SET after = to_jsonb(t) FROM {table} t"
                f" WHERE m.merge_id = %s AND m.table_name = %s AND t.{key}::text = m.row_key"
                f" AND t.{key} = (jsonb_populate_record(NULL::{table}, m.before)).{key}",
                [merge.pk, _bare(table)],
            )


def rows_now(merge: Merge) -> list[Kept]:
    """The kept rows compared with what they are now; rows of customers come last, as triggers write to them."""
    rows = []
    for table, key in _tables_of(merge):
        model = _models_by_table()[_bare(table)]
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT m.id, m.row_key, m.after IS NULL, t.{key} IS NULL,"
                " ARRAY(SELECT b.key FROM jsonb_each(m.before) b WHERE b.value IS DISTINCT FROM m.after -> b.key),"
                " ARRAY(SELECT b.key FROM jsonb_each(m.before) b WHERE b.value IS DISTINCT FROM m.after -> b.key"
                "       AND to_jsonb(t) -> b.key IS DISTINCT FROM m.after -> b.key)"
                f" FROM {RECORD} m LEFT JOIN {table} t"
                f" ON t.{key} = (jsonb_populate_record(NULL::{table}, m.before)).{key}"
                " WHERE m.merge_id = %s AND m.table_name = %s ORDER BY m.id",
                [merge.pk, _bare(table)],
            )
            rows += [
                Kept(pk, model, row, taken, gone, tuple(changed), tuple(since))
                for pk, row, taken, gone, changed, since in cursor.fetchall()
            ]
    return sorted(rows, key=lambda row: row.model is Customer)


def put_back(row: Kept) -> None:
    """Write the row as it was, but for what was changed since; one that somebody removed since stays removed."""
    table, key = quote(row.model._meta.db_table), quote(row.model._meta.pk.column)
    writable = {field.column for field in row.model._meta.concrete_fields if not field.generated}
    if row.was_taken_away and row.is_gone:
        names = ", ".join(sorted(quote(name) for name in writable & set(row.changed)))
        _run(
            f"INSERT INTO {table} ({names}) SELECT {names} FROM"
            f" jsonb_populate_record(NULL::{table}, (SELECT before FROM {RECORD} WHERE id = %s))",
            [row.pk],
        )
        return
    names = sorted(quote(name) for name in (writable & set(row.changed)) - set(row.since))
    if names and not row.is_gone:
        _run(
            f"UPDATE {table} SET {', '.join(f'{name} = b.{name}' for name in names)}"
            f" FROM {RECORD} m, jsonb_populate_record(NULL::{table}, m.before) b"
            f" WHERE m.id = %s AND {table}.{key} = b.{key}",
            [row.pk],
        )
    if row.model is Customer and "agent_id" in row.changed:  # giving an agent brings the agent's team along
        put_back(replace(row, changed=tuple(set(row.changed) & {"team_id"})))


def _move(merge, model, old, new):
    for pointer in pointers_at(model):
        if not _keep(merge, pointer, old, pointer.column):
            continue
        _shift_positions(pointer, old, new)
        for mine, theirs in _doubles(pointer, old, new):
            _move(merge, pointer.model, mine, theirs)
            _run(f"DELETE FROM {pointer.table} WHERE {pointer.key} = %s", [mine])
        column = quote(pointer.column)
        _run(f"UPDATE {pointer.table} SET {column} = %s WHERE {column} = %s", [new, old])


def _move_events(merge, old, new):
    """What happened to the loser stands in the winner's timeline."""
    label, events = Customer._meta.label_lower, Pointer(Event, Event._meta.pk.column)
    condition = "subject_label = %s AND subject_id = %s"
    _keep_where(merge, events, condition, [label, old])
    _run(f"UPDATE {events.table} SET subject_id = %s WHERE {condition}", [new, label, old])


def _keep(merge, pointer, value, column=None) -> int:
    return _keep_where(merge, pointer, f"{quote(column) if column else pointer.key} = %s", [value])


def _keep_where(merge, pointer, condition, values) -> int:
    return _run(
        f"INSERT INTO {RECORD} (merge_id, table_name, row_key, before)"
        f" SELECT %s, %s, t.{pointer.key}::text, to_jsonb(t)"
        f" FROM (SELECT * FROM {pointer.table} WHERE {condition} FOR UPDATE) t"
        " ON CONFLICT (merge_id, table_name, row_key) DO NOTHING",
        [merge.pk, pointer.model._meta.db_table, *values],
    )


def _shift_positions(pointer, old, new):
    """What the loser had in an order (phones, addresses) follows what the winner has."""
    if "position" not in {field.column for field in pointer.model._meta.concrete_fields}:
        return
    column, table = quote(pointer.column), pointer.table
    _run(
        f"UPDATE {table} SET position = position + 1 + (SELECT max(position) FROM {table} WHERE {column} = %s)"
        f" WHERE {column} = %s AND EXISTS (SELECT 1 FROM {table} WHERE {column} = %s)",
        [new, old, new],
    )


def _doubles(pointer, old, new) -> list[tuple]:
    """Rows of `old` that a unique index would refuse beside those of `new`, each with the row that is in its place."""
    found: dict = {}
    for predicate, parts, equals in _unique_indexes(pointer):
        where = f"WHERE {predicate}" if predicate else ""
        named = ", ".join(f"{part} AS k{number}" for number, part in enumerate(parts))
        equal = " AND ".join(f"mine.k{number} {equals} theirs.k{number}" for number in range(len(parts)))
        both = (
            f"(SELECT {pointer.key} AS key, {named} FROM (SELECT {_columns(pointer)} FROM {pointer.table}"
            f" WHERE {quote(pointer.column)} = %s) {pointer.table} {where})"
        )
        sql = f"SELECT mine.key, theirs.key FROM {both} mine JOIN {both} theirs ON {equal}"
        with connection.cursor() as cursor:
            cursor.execute(sql, [new, old, new, new])
            for mine, theirs in cursor.fetchall():
                found.setdefault(mine, theirs)
    return [(mine, theirs) for mine, theirs in found.items() if mine != theirs]


def _columns(pointer) -> str:
    """All columns, with the pointer itself already pointing at the winner."""
    names = [field.column for field in pointer.model._meta.concrete_fields]
    return ", ".join(f"%s::bigint AS {quote(name)}" if name == pointer.column else quote(name) for name in names)


def _unique_indexes(pointer) -> list[tuple[str | None, list[str], str]]:
    """Condition, parts, and what makes two parts equal, of each unique index that reads the column."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_expr(indpred, indrelid), ARRAY(SELECT pg_get_indexdef(indexrelid, part, true)"
            " FROM generate_series(1, indnkeyatts) part), indnullsnotdistinct FROM pg_index"
            " WHERE indrelid = %s::regclass AND indisunique AND NOT indisprimary",
            [pointer.table],
        )
        return [
            (where, parts, "IS NOT DISTINCT FROM" if nulls_are_equal else "=")
            for where, parts, nulls_are_equal in cursor.fetchall()
            if pointer.column in parts
        ]


def _tables_of(merge) -> list[tuple[str, str]]:
    """Quoted table and primary key of each table of which rows were kept."""
    by_table = _models_by_table()
    names = MergedRow.objects.filter(merge=merge).values_list("table_name", flat=True).distinct().order_by("table_name")
    return [(quote(name), quote(by_table[name]._meta.pk.column)) for name in names]


def _models_by_table() -> dict[str, type[models.Model]]:
    return {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}


def _bare(table: str) -> str:
    return table.strip('"')


def _run(sql, values) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount
