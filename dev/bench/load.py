"""Filling the connected, empty database with as many listings as asked for."""

import time
from collections.abc import Sequence
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import connection, models

from apps.accounts.models import User
from apps.listings.models import Listing, Mandate, Permit, PriceChange, StatusChange, Unit

ROWS = (Path(__file__).parent / "rows.sql").read_text()
AGENTS = 60
FIRST_NAMES = ("Layla", "Omar", "Priya", "Tom", "Sofia", "Yousef", "Mina", "Karim", "Anna", "David")
LAST_NAMES = ("Haddad", "Farouk", "Nair", "Becker", "Rossi", "Amiri")
# Rows come in by the million, so these tables get theirs without triggers, and their indexes afterwards.
BULK = (Unit, Listing, Mandate, Permit, PriceChange, StatusChange)
INDEXES = """
    SELECT indexname, indexdef FROM pg_indexes JOIN pg_class ON pg_class.relname = indexname
      JOIN pg_index ON pg_index.indexrelid = pg_class.oid
     WHERE tablename = ANY (%s) AND NOT indisprimary AND NOT indisunique
"""


def load(rows: int, *, all_active: bool = False) -> float:
    """Migrate the connected, empty database, put `rows` listings into it, and return the seconds it took."""
    started = time.monotonic()
    call_command("migrate", verbosity=0)
    _hire()
    made = ROWS.replace(":rows", str(int(rows)))
    pour(BULK, made.replace("WHEN status < .45", "WHEN true") if all_active else made)
    connection.close()
    return time.monotonic() - started


def pour(tables: Sequence[type[models.Model]], sql: str) -> None:
    """Run `sql`, which fills these tables, without their triggers, and with their indexes made afterwards."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SET statement_timeout = 0; SET lock_timeout = 0; SET maintenance_work_mem = '512MB'; SET jit = off"
        )
        cursor.execute(INDEXES, [[model._meta.db_table for model in tables]])
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        for model in tables:
            _give_defaults(cursor, model)
            cursor.execute(f"ALTER TABLE {model._meta.db_table} DISABLE TRIGGER USER")
        cursor.execute(sql)
        for model in tables:
            cursor.execute(f"ALTER TABLE {model._meta.db_table} ENABLE TRIGGER USER")
        for _, definition in indexes:
            cursor.execute(definition)
        cursor.execute("VACUUM (ANALYZE)")


def _hire():
    names = (f"{FIRST_NAMES[n % 10]} {LAST_NAMES[n // 10 % 6]}" for n in range(AGENTS))
    User.objects.bulk_create(
        User(email=f"agent{n}@bench.invalid", full_name=name, password=make_password(None))
        for n, name in enumerate(names)
    )


def _give_defaults(cursor, model):
    """Let raw SQL leave out what the model fills in, so that new columns need no change here."""
    for field in model._meta.concrete_fields:
        if (
            field.null
            or field.generated
            or field.has_db_default()
            or field.primary_key
            or field.db_default is not models.NOT_PROVIDED
            or isinstance(field, models.ForeignKey | models.DateField)
        ):
            continue
        default = "{}" if field.get_default() == [] else field.get_default()
        if default is not None:
            cursor.execute(f"ALTER TABLE {model._meta.db_table} ALTER COLUMN {field.column} SET DEFAULT %s", [default])
