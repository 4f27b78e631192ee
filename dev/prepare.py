"""Brings the database up to date before the servers start. Runs on the project's Python, unlike the rest of dev/.

Prints one JSON object: `demo`, role, e-mail and password of each demo person in this database. On trouble it prints
`problem`, one sentence, and exits with 1. With `--migrate-only` it seeds nothing; `--own` says that the server is ours.
"""

import json
import os
import sys
from io import StringIO
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.utils import DatabaseError, NotSupportedError

from dev import paths

SEEDING = paths.VAR / "seeding"


def main(arguments: list[str]) -> int:
    try:
        django.setup()
        connection.ensure_connection()
        call_command("migrate", interactive=False, verbosity=0, stdout=sys.stderr)
        if "--migrate-only" not in arguments and (is_empty() or SEEDING.exists()):
            seed()
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns without; files come from finders
        print(json.dumps({"demo": demo_staff()}))
    except (OperationalError, NotSupportedError) as error:
        return refuse(f"The database at {where()} cannot be used ({reason(error)}): {remedy()}")
    except (DatabaseError, InconsistentMigrationHistory) as error:
        return refuse(
            f"The database at {where()} does not fit this version of the project ({reason(error)}): {remedy()}"
        )
    return 0


def seed() -> None:
    """Fill the database with the demo agency; a note on disk tells the next start to finish what was cut short."""
    print("Seeding the demo agency (once)...", file=sys.stderr, flush=True)
    SEEDING.touch()
    call_command("seed_demo", stdout=StringIO())  # its lines come again, with the address, when all is ready
    SEEDING.unlink()


def is_empty() -> bool:
    """Nobody works in it yet: no staff and no listing. (The system user and the agency's row are always there.)"""
    from apps.accounts.models import User
    from apps.listings.models import Listing

    return not User.objects.staff().exists() and not Listing.objects.exists()


def demo_staff() -> list[tuple[str, str, str]]:
    """Role, e-mail and password of those of the demo who are here."""
    from apps.accounts.models import User
    from apps.listings.demo.people import PASSWORD, STAFF

    here = set(User.objects.staff().values_list("email", flat=True))
    return [(str(person.role.label), person.email, PASSWORD) for person in STAFF if person.email in here]


def where() -> str:
    """The database's address without its password."""
    address = urlsplit(os.environ["DATABASE_URL"])
    return f"{address.hostname or 'this machine'}:{address.port or 5432}{address.path}"


def reason(error: Exception) -> str:
    """The heart of a database error: its first line, without the address that the sentence already holds."""
    first = (str(error).splitlines() or [type(error).__name__])[0]
    return first.rpartition("failed: ")[2].removeprefix("FATAL:").strip().rstrip(".")[:200]


def remedy() -> str:
    """What to do about a database that does not answer."""
    if "--own" in sys.argv:
        return "delete var/postgres/dev to start with an empty one (what it holds is lost)."
    return "correct DATABASE_URL, or unset it to use the database that comes with the project."


def refuse(sentence: str) -> int:
    """Tell the launcher, by a line of JSON, why this does not go on; the exit code."""
    print(json.dumps({"problem": sentence}))
    return 1


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    sys.exit(main(sys.argv[1:]))
