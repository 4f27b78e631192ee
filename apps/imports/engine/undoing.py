"""Taking a whole run back, without touching what people changed since."""

from dataclasses import dataclass

from apps.imports.engine.records import restore_records
from apps.imports.models import ImportRun
from apps.imports.subjects import engine_of

CHUNK = 1_000


@dataclass(slots=True)
class Undone:
    """How many rows of the stock an undo removed, restored, and left because people changed them."""

    removed: int = 0
    restored: int = 0
    kept: int = 0


def undo_rows(run: ImportRun, *, by) -> Undone:
    """Remove what the run made and restore what it changed. Call it inside a transaction."""
    undone, undoing = Undone(), engine_of(run).undoing(run, by=by)
    for rows in _chunks(undoing.changed_rows()):
        restored, kept = undoing.restored(rows)
        restore_records(undoing.record_model, run, rows)
        undone.restored += restored
        undone.kept += kept
    for rows in _chunks(undoing.made_rows()):
        removed, kept = undoing.removed(rows)
        undone.removed += removed
        undone.kept += kept
    undoing.finish()
    return undone


def _chunks(rows):
    """What was written last is taken back first: two rows may be of one person."""
    chunk = list(rows.order_by("-pk")[:CHUNK])
    while chunk:
        yield chunk
        chunk = list(rows.filter(pk__lt=chunk[-1].pk).order_by("-pk")[:CHUNK])
