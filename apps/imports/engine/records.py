"""What is remembered of each source's row, so that a later file and a later undo know what was imported."""

from collections import defaultdict

from apps.imports.engine.planned import Planned
from apps.imports.models import ImportRow, ImportRun, Record

# What a later file changes of a record.
CHANGING = ("values", "extra", "raw_digest", "digest", "last_run_id")


def bring_up_to_date(p: Planned, run: ImportRun, **more: str) -> dict:
    """Put what the row says on its record (not saved); returns how it was."""
    record = p.record
    before = {name: getattr(record, name) for name in CHANGING}
    record.values = record.values | p.values | more
    record.extra, record.raw_digest, record.digest = p.row.extra, p.row.raw_digest, p.row.digest
    record.last_run_id = run.pk
    return before


def save_records(model: type[Record], planned: list[Planned]) -> None:
    """Save the records that were brought up to date."""
    records = {p.record.pk: p.record for p in planned if p.record is not None}
    model.objects.bulk_update(records.values(), CHANGING, batch_size=500)


def restore_records(model: type[Record], run: ImportRun, rows: list[ImportRow]) -> None:
    """Put the records of these rows back as they were, and remove those that the run made."""
    before: defaultdict[str, dict] = defaultdict(dict)
    for row in rows:
        before[row.source_key] = row.undo["record"]
    records = model.objects.filter(source=run.source, key__in=before, last_run=run)
    gone = [record.pk for record in records if before[record.key] is None]
    kept = [record for record in records if before[record.key] is not None]
    for record in kept:
        for name in CHANGING:
            setattr(record, name, before[record.key][name])
    model.objects.bulk_update(kept, CHANGING, batch_size=500)
    model.objects.filter(pk__in=gone).delete()
