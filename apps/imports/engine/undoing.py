"""Taking a whole run back, without touching what people changed since."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.apps import apps
from django.db.models import F

from apps.core.editing import canonical
from apps.core.events import record_many
from apps.imports.engine.changing import RECORD_COLUMNS
from apps.imports.engine.owners import remove_owners
from apps.imports.models import ImportRow, ImportRun, Outcome, SourceRecord
from apps.listings.actions.owner import owner_of
from apps.listings.models import Listing, Mandate, Permit, Place, PriceChange, StatusChange, Unit

CHUNK = 1_000
KEYS = ("place_id", "owner_id")
# What an import writes itself; whether people changed that is asked of each.
BROUGHT = {PriceChange, StatusChange, Permit, Mandate, SourceRecord, ImportRow}


@dataclass(slots=True)
class Undone:
    """How many listings an undo removed, restored, and left because people changed them."""

    removed: int = 0
    restored: int = 0
    kept: int = 0


def undo_rows(run: ImportRun, *, by) -> Undone:
    """Remove the listings that the run made and restore those that it changed. Call it inside a transaction."""
    undone = Undone()
    changed = run.rows.filter(undo__has_key="record").select_related("listing__unit")
    for rows in _chunks(changed):
        _restore(rows, run, undone, by)
    for rows in _chunks(run.rows.filter(outcome=Outcome.NEW, listing__isnull=False)):
        _remove(rows, run, undone)
    _remove_places(run.added_places)
    return undone


def _history(model):
    """The old rows that triggers kept of a model: one for each change since it was written."""
    return apps.get_model("listings", f"{model.__name__}History").objects


def _chunks(rows):
    after = 0
    while chunk := list(rows.filter(pk__gt=after).order_by("pk")[:CHUNK]):
        yield chunk
        after = chunk[-1].pk


# -- Listings that the run made ----------------------------------------------------------------------------------------
def _remove(rows: list[ImportRow], run: ImportRun, undone: Undone) -> None:
    made = {row.listing_id: row for row in rows}
    kept = _worked_on(set(made), run)
    gone = set(made) - kept
    units = {row.undo["unit_id"] for pk, row in made.items() if pk in gone and "unit_id" in row.undo}
    Listing.objects.filter(pk__in=gone).delete()
    touched = _history(Unit).filter(pgh_obj_id__in=units).values_list("pgh_obj_id", flat=True)
    Unit.objects.filter(pk__in=units - set(touched), listings__isnull=True).delete()
    remove_owners({row.undo["owner_id"] for pk, row in made.items() if pk in gone and row.undo.get("owner_id")})
    undone.removed += len(gone)
    undone.kept += len(kept)


def _worked_on(listings: set[int], run: ImportRun) -> set[int]:
    """Those of the listings that somebody, or a later import, has changed or added to since."""
    reason = f"Import {run.pk}"
    units = dict(Listing.objects.filter(pk__in=listings).values_list("unit_id", "pk"))
    kept = {units[pk] for pk in _history(Unit).filter(pgh_obj_id__in=units).values_list("pgh_obj_id", flat=True)}
    later = SourceRecord.objects.filter(listing_id__in=listings).exclude(last_run=run)
    prices = PriceChange.objects.filter(listing_id__in=listings).exclude(reason=reason)
    statuses = StatusChange.objects.filter(listing_id__in=listings).exclude(reason=reason)
    for rows in (later, prices, statuses, *(model.objects.filter(listing__in=listings) for model in _peoples_work())):
        kept |= set(rows.values_list("listing_id", flat=True))
    kept |= set(_history(Listing).filter(pgh_obj_id__in=listings).values_list("pgh_obj_id", flat=True))
    return kept | _with_new_rights(listings)


def _peoples_work() -> list:
    """The models whose rows hang on a listing because somebody worked on it: all but those that an import writes."""
    models = (relation.related_model for relation in Listing._meta.related_objects if relation.field.name == "listing")
    return [model for model in models if model not in BROUGHT]


def _with_new_rights(listings: set[int]) -> set[int]:
    """Listings with a permit or mandate that people added or changed (a row of the file brings one of each at most)."""
    kept: set[int] = set()
    for model in (Permit, Mandate):
        rights = dict(model.objects.filter(listing_id__in=listings).values_list("pk", "listing_id"))
        held = Counter(rights.values())
        changed = _history(model).filter(pgh_obj_id__in=rights).values_list("pgh_obj_id", flat=True)
        kept |= {pk for pk, count in held.items() if count > 1} | {rights[pk] for pk in changed}
    return kept


def _remove_places(added: list[int]) -> None:
    """Places that the run added and nothing lies in any more, the deepest first."""
    for pk in reversed(added):
        empty = Place.objects.filter(pk=pk, children__isnull=True, units__isnull=True)
        empty.delete()


# -- Listings that the run changed -------------------------------------------------------------------------------------
def _restore(rows: list[ImportRow], run: ImportRun, undone: Undone, by) -> None:
    reason = f"Import {run.pk}"
    restored = []
    for row in rows:
        if row.listing is None:
            continue
        kept = _restore_row(row, reason) | _restore_owner(row, by)
        undone.kept += bool(kept)
        if row.changes:
            restored.append((row.listing_id, {"run": run.pk, "kept": sorted(kept)}))
    undone.restored += len(restored)
    record_many("listing.import_undone", Listing, restored, by=by)
    _restore_records(rows, run)


def _restore_row(row: ImportRow, reason: str) -> set[str]:
    """Put back each column that still is as the run left it; returns the others."""
    listing, undo = row.listing, row.undo
    kept, columns = _put_back(listing, undo["listing"])
    kept_unit, unit_columns = _put_back(listing.unit, undo["unit"])
    if unit_columns:
        listing.unit.save(update_fields=unit_columns)
    if columns or unit_columns:
        listing.version = F("version") + 1
        listing.save(update_fields=[*columns, "version", "modification_timestamp"])
    if "list_price" in columns:
        PriceChange.objects.filter(listing_id=listing.pk, reason=reason).delete()
    if "standard_status" in columns:
        StatusChange.objects.filter(listing_id=listing.pk, reason=reason).delete()
    Permit.objects.filter(pk=undo["rights"].get("permit")).delete()
    Mandate.objects.filter(pk=undo["rights"].get("mandate")).delete()
    return kept | kept_unit


def _restore_owner(row: ImportRow, by) -> set[str]:
    """Put back name, phone and e-mail of an owner whom the run corrected; returns what somebody changed since."""
    unit, owner = row.listing.unit, row.undo.get("owner") or {}
    own, theirs = row.undo["unit"].get("owner_id", (None, None))
    if not owner or own != theirs or unit.owner_id != own:
        return set()
    kept = {name for name, (before, after) in owner.items() if getattr(unit, name) != after and before != after}
    values = {name: before for name, (before, _) in owner.items() if name not in kept}
    if values:
        listing = row.listing
        owner_of(unit, values, property_type=listing.property_type, agent=listing.list_agent, by=by)
    return kept


def _put_back(row, values: dict[str, list]) -> tuple[set[str], list[str]]:
    kept, columns = set(), []
    for name, (before, after) in values.items():
        field = row._meta.get_field(name.removesuffix("_id") if name in KEYS else name)
        if canonical(getattr(row, name)) == canonical(_typed(field, after)):
            setattr(row, name, _typed(field, before))
            columns.append(name)
        elif before != after:
            kept.add(name)
    return kept, columns


def _typed(field, value):
    """A value from JSON as the column holds it."""
    return value if value is None or field.is_relation else field.to_python(value)


def _restore_records(rows, run) -> None:
    before: defaultdict[str, dict] = defaultdict(dict)
    for row in rows:
        before[row.source_key] = row.undo["record"]
    records = SourceRecord.objects.filter(source=run.source, key__in=before, last_run=run)
    gone = [record.pk for record in records if before[record.key] is None]
    kept = [record for record in records if before[record.key] is not None]
    for record in kept:
        for name in RECORD_COLUMNS:
            setattr(record, name, before[record.key][name])
    SourceRecord.objects.bulk_update(kept, RECORD_COLUMNS, batch_size=500)
    SourceRecord.objects.filter(pk__in=gone).delete()
