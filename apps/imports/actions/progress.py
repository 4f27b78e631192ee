"""Progress that others can see while one long transaction is under way: written on a connection of its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

from apps.imports.models import ImportRun


@contextmanager
def progress_of(run: ImportRun) -> Iterator[Callable[[int], None]]:
    """A function that takes how many rows are done. The transaction itself writes the run's row only at its end."""
    aside = connection.copy()
    table = aside.ops.quote_name(ImportRun._meta.db_table)

    def tell(done: int) -> None:
        with aside.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET done_count = %s WHERE id = %s", [done, run.pk])  # noqa: S608 (our table)

    try:
        yield tell
    finally:
        aside.close()
