"""Writing many placements by one statement, each with values of its own."""

import json
from datetime import datetime

from django.db import connection

from apps.website.models import Placement

TABLE = Placement._meta.db_table
GROWING = ("last_read", "sent_before")  # no field ever leaves these maps, so what is new in them is enough


def write_together(changes: dict[Placement, dict[str, object]], *, settle: bool = False) -> set[int]:
    """Write these columns of each row, and set them on the objects; the keys of the rows that were written.

    With `settle` the claims are given back, and a row is written only while its claim still is ours.
    """
    if not changes:
        return set()
    fields = [Placement._meta.get_field(name) for name in sorted(set().union(*changes.values()))]
    rows = [
        {"id": row.pk, "claim": row.claimed_until} | {field.column: _written(row, field.name, new) for field in fields}
        for row, new in changes.items()
    ]
    for row, new in changes.items():
        for name, value in new.items():
            setattr(row, name, value)
    sets = [
        f"{field.column} = row.{field.column} || new.{field.column}"
        if field.name in GROWING
        else f"{field.column} = new.{field.column}"
        for field in fields
    ] + ["claimed_until = NULL"] * settle
    columns = [f"{field.column} {field.db_type(connection)}" for field in fields]
    # One text of JSON: lists of texts full of quotes take the driver many times as long.
    sql = f"""
        UPDATE {TABLE} AS row SET {", ".join(sets)}
          FROM jsonb_to_recordset(%s::jsonb) AS new (id bigint, claim timestamptz, {", ".join(columns)})
         WHERE row.id = new.id {"AND row.claimed_until = new.claim" if settle else ""}
        RETURNING row.id"""  # noqa: S608 - names of our own columns
    with connection.cursor() as cursor:
        cursor.execute(sql, [json.dumps(rows, default=datetime.isoformat)])
        return {key for (key,) in cursor.fetchall()}


def _written(row: Placement, name: str, new: dict[str, object]) -> object:
    before = getattr(row, name)
    after = new.get(name, before)
    if name not in GROWING:
        return after
    return {path: value for path, value in after.items() if path not in before or before[path] != value}


def add_to_last_sent(changes: dict[Placement, dict]) -> None:
    """Write down what is about to be sent, beside what was sent before."""
    if not changes:
        return
    for placement, sent in changes.items():
        placement.last_sent = placement.last_sent | sent
    rows = [{"id": placement.pk, "sent": sent} for placement, sent in changes.items()]
    sql = f"""
        UPDATE {TABLE} AS row SET last_sent = row.last_sent || new.sent
          FROM jsonb_to_recordset(%s::jsonb) AS new (id bigint, sent jsonb) WHERE row.id = new.id"""  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [json.dumps(rows)])
