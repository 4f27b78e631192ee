"""Part of `make lint`: migrations are named and reversible, and those after the first release block no large table.

Runs on the project's Python. Migrations listed in dev/first_release.txt ran when every table was empty; what came later
is turned into SQL and read by squawk. A finding that is right as it is gets `-- squawk-ignore rule` in a RunSQL, or its
rule a reason in LEFT_OUT.
"""

import os
import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader

from dev import paths

FIRST_RELEASE = paths.ROOT / "dev" / "first_release.txt"
SQUAWK = paths.VENV / "bin" / "squawk"
LEFT_OUT = {
    "ban-char-field": "Django's varchar(n) is a rule of the model",
    "prefer-text-field": "the same",
    "prefer-bigint-over-int": "keys are bigint already; a count of bedrooms need not be",
    "prefer-bigint-over-smallint": "the same",
    "prefer-identity": "Django's own choice is identity",
    "prefer-robust-stmts": "Django records which migration ran, so none runs twice",
    "require-timeout-settings": "the release's connection sets lock_timeout",
    "ban-drop-default": "Django drops the default it adds a column with, in the same statement's transaction",
}


def main() -> int:
    """Print what is wrong with our migrations; 1 where anything is."""
    django.setup()
    loader = MigrationLoader(connection)
    ours = {key: found for key, found in sorted(loader.disk_migrations.items()) if found.__module__.startswith("apps.")}
    wrong = [sentence for (app, name), found in ours.items() for sentence in faults(app, name, found)]
    print("\n".join(wrong))
    return int(bool(wrong) | (squawk(ours) != 0))


def faults(app: str, name: str, migration: Migration) -> list[str]:
    """Sentences about a migration that is unnamed or cannot be undone."""
    found = [f"{app}.{name} has no name of its own: makemigrations -n says what it does."] if "_auto_" in name else []
    return found + [
        f"{app}.{name} cannot be undone: give {operation.describe()} its reverse."
        for operation in migration.operations
        if not operation.reversible
    ]


def squawk(migrations: dict) -> int:
    """squawk's exit code on the SQL of the migrations after the first release."""
    known = set(FIRST_RELEASE.read_text().split())
    new = [(app, name) for app, name in migrations if f"{app}.{name}" not in known]
    if not new:
        return 0
    with tempfile.TemporaryDirectory() as folder:
        files = [write_sql(Path(folder), app, name) for app, name in new]
        rules = ",".join(LEFT_OUT)
        return subprocess.run([SQUAWK, "--pg-version=15.0", f"--exclude={rules}", *files], check=False).returncode


def write_sql(folder: Path, app: str, name: str) -> Path:
    """The SQL of a migration as a file."""
    said = StringIO()
    call_command("sqlmigrate", app, name, stdout=said, no_color=True)
    file = folder / f"{app}_{name}.sql"
    file.write_text(said.getvalue())
    return file


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    sys.exit(main())
