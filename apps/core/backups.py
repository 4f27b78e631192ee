"""Backups of the database: made with pg_dump, kept in the file storage, proven by restoring them."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from glob import glob
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from psycopg import sql

from apps.core.refusals import Refused

FOLDER = "backups"
KEPT = 14


@dataclass(frozen=True)
class Backup:
    """A backup as it lies in storage; `size` in bytes, `seconds` that making it took."""

    name: str
    size: int
    seconds: float


@dataclass(frozen=True)
class Proof:
    """What was found in a restored backup: rows by table, for tables that hold any."""

    name: str
    rows: dict[str, int]
    seconds: float


def make_backup(*, keep: int = KEPT) -> Backup:
    """Dump the database into storage, remove all but the newest `keep` backups, and return the new one."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        dump = Path(folder) / "database.dump"
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={dump}", _url(with_password=False))
        with dump.open("rb") as content:
            name = default_storage.save(f"{FOLDER}/{timezone.now():%Y%m%dT%H%M%SZ}.dump", File(content))
        size = dump.stat().st_size
    for old in list_backups()[keep:]:
        default_storage.delete(old)
    return Backup(name, size, time.monotonic() - started)


def list_backups() -> list[str]:
    """Names of the backups in storage, newest first."""
    if not default_storage.exists(FOLDER) and not settings.S3_BUCKET:
        return []
    _, files = default_storage.listdir(FOLDER)
    return sorted((f"{FOLDER}/{name}" for name in files if name.endswith(".dump")), reverse=True)


def prove_backup(name: str) -> Proof:
    """Restore a backup into a database of its own, count what is there, and drop that database again."""
    started = time.monotonic()
    with _scratch_database() as database, tempfile.TemporaryDirectory() as folder:
        dump = Path(folder) / "database.dump"
        with default_storage.open(name) as source, dump.open("wb") as target:
            shutil.copyfileobj(source, target)
        _run(
            "pg_restore",
            "--exit-on-error",
            "--no-owner",
            "--no-privileges",
            f"--dbname={_url(database, with_password=False)}",
            str(dump),
        )
        rows = _count_rows(_url(database))
    if not rows.get("django_migrations"):
        raise Refused(f"{name} restores to a database without any tables of ours. Make a new backup at once.")
    return Proof(name, rows, time.monotonic() - started)


def _url(database: str = "", *, with_password: bool = True) -> str:
    config = connection.get_connection_params()
    keys = ("host", "port", "user", "password") if with_password else ("host", "port", "user")
    wanted = {key: config.get(key) for key in keys}
    return psycopg.conninfo.make_conninfo(
        dbname=database or config["dbname"], **{key: value for key, value in wanted.items() if value}
    )


def _run(program: str, *arguments: str) -> None:
    # In the environment, because everybody on the machine can read a command line.
    secret = {"PGPASSWORD": connection.get_connection_params().get("password") or ""}
    done = subprocess.run(
        [_find(program), *arguments], capture_output=True, text=True, check=False, env=os.environ | secret
    )
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise Refused(f"{program} failed: {reason}")


def _find(program: str) -> str:
    places = [os.environ.get("CRM_PG_BIN", ""), *sorted(glob("/usr/lib/postgresql/*/bin"), reverse=True)]
    found = shutil.which(program, path=os.pathsep.join(filter(None, places))) or shutil.which(program)
    if not found:
        raise Refused(f"{program} is not installed. Install the PostgreSQL client or set CRM_PG_BIN to its folder.")
    return found


@contextmanager
def _scratch_database() -> Iterator[str]:
    name = f"crm_backup_proof_{os.getpid()}"
    with psycopg.connect(_url(), autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        try:
            yield name
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _count_rows(url: str) -> dict[str, int]:
    with psycopg.connect(url) as restored:
        tables = restored.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
        counts = {
            table: restored.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()[0]
            for (table,) in tables
        }
    return {table: count for table, count in counts.items() if count}
