"""Which database a command works on: DATABASE_URL (also from .env) when it is set, else our own server."""

import contextlib
import os
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from dev import paths
from dev.cluster import Cluster
from dev.problems import Problem

SCHEMES = ("postgres", "postgresql", "psql", "pgsql")


def configured() -> str | None:
    """DATABASE_URL from the environment or the .env file; None when neither names one."""
    if os.environ.get("DATABASE_URL"):
        return os.environ["DATABASE_URL"]
    try:
        text = (paths.ROOT / ".env").read_text()
    except OSError:
        return None
    found = re.search(r"^\s*(?:export\s+)?DATABASE_URL\s*=\s*(['\"]?)(.+?)\1\s*$", text, re.MULTILINE)
    return found[2] if found else None


class Database(NamedTuple):
    """A database address, and whether its server is our own."""

    address: str
    own: bool


@contextlib.contextmanager
def available(cluster: str = "dev") -> Iterator[Database]:
    """Have a database inside this block; DATABASE_URL in our environment, and so in our children's, names it."""
    given = configured()
    if given:
        if urlsplit(given).scheme not in SCHEMES:
            raise Problem(
                "DATABASE_URL does not name a PostgreSQL database: write postgres://USER:PASSWORD@HOST:PORT/NAME, or "
                "unset it to use the database that comes with the project."
            )
        yield _named(Database(given, own=False))
        return
    ours = Cluster(cluster)
    with ours.running() as address:
        os.environ["CRM_PG_BIN"] = str(ours.programs().folder)  # pg_dump must be as new as the server
        yield _named(Database(address, own=True))


def _named(database: Database) -> Database:
    os.environ["DATABASE_URL"] = database.address
    return database
