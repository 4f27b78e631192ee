"""Migrations: named, complete, and reversible."""

import re
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

OURS = [config.label for config in apps.get_app_configs() if config.name.startswith("apps.")]
# What Django calls a migration that nobody named.
UNNAMED = re.compile(r"^\d{4}_(initial|auto_|alter_|remove_|rename_|delete_\w+_\w+_and_more|.*_and_more)")


def our_migrations() -> list[tuple[str, str]]:
    return [key for key in MigrationLoader(None).disk_migrations if key[0] in OURS]


@pytest.mark.parametrize("key", our_migrations(), ids="/".join)
def test_a_migration_says_by_its_name_what_it_does(key):
    assert re.match(r"^\d{4}_[a-z]+", key[1])
    assert not UNNAMED.match(key[1])


@pytest.mark.parametrize("key", our_migrations(), ids="/".join)
def test_each_step_of_a_migration_can_be_undone(key):
    migration = MigrationLoader(None).disk_migrations[key]
    assert [str(step) for step in migration.operations if not step.reversible] == []


@pytest.mark.django_db
def test_no_change_of_a_model_lacks_its_migration():
    call_command("makemigrations", "--check", "--dry-run", stdout=StringIO())


@pytest.mark.django_db(transaction=True)
def test_all_our_migrations_can_be_undone_and_done_again():
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    before = schema()
    executor = MigrationExecutor(connection)
    executor.migrate([(label, None) for label in OURS])
    assert not our_tables()
    executor = MigrationExecutor(connection)
    executor.migrate(latest)
    assert schema() == before


def our_tables() -> list[str]:
    return [t for t in connection.introspection.table_names() if t.split("_")[0] in OURS]


def schema() -> list[tuple]:
    """Columns, indexes, constraints, functions and triggers of our tables."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT 'column', table_name || '.' || column_name,
                   data_type || is_nullable || coalesce(column_default, '')
              FROM information_schema.columns WHERE table_schema = 'public'
            UNION ALL SELECT 'index', tablename || '.' || indexname, indexdef
              FROM pg_indexes WHERE schemaname = 'public'
            UNION ALL SELECT 'constraint', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
              FROM pg_constraint WHERE connamespace = 'public'::regnamespace
            UNION ALL SELECT 'trigger', tgrelid::regclass || '.' || tgname, pg_get_triggerdef(oid)
              FROM pg_trigger WHERE NOT tgisinternal
            UNION ALL SELECT 'function', proname, pg_get_functiondef(oid)
              FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prokind = 'f' AND probin IS NULL
            ORDER BY 1, 2, 3
            """
        )
        return cursor.fetchall()
