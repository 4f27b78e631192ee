"""Taking listings back, without touching what people changed since."""

from collections import Counter

from django.apps import apps
from django.db.models import F

from apps.core.events import record_many
from apps.imports.engine.base import Undoing
from apps.imports.listings.owners import remove_owners
from apps.imports.models import ImportRow, ImportRun, Outcome, SourceRecord
from apps.listings.actions.owner import owner_of
from apps.listings.models import Listing, Mandate, Permit, Place, PriceChange, StatusChange, Unit
from apps.website.models import Placement

# What an import writes itself, or makes triggers write; what became of that since is asked of each.
BROUGHT = {PriceChange, StatusChange, Permit, Mandate, SourceRecord, ImportRow, Placement}


SENT = ("post_id", "asked_at", "is_up", "claimed_until")


class UndoingListings(Undoing):
    """Removes the listings that a run made and restores those that it changed."""

    keys = ("place_id", "owner_id")
    record_model = SourceRecord

    def made_rows(self):
        """Rows whose listing is still there."""
        return self.run.rows.filter(outcome=Outcome.NEW, listing__isnull=False)

    def changed_rows(self):
        """Rows with their listings."""
        return super().changed_rows().select_related("listing__unit")

    def removed(self, rows):
        """Listings that nobody worked on go, with their units and owners."""
        made = {row.listing_id: row for row in rows}
        kept = _worked_on(set(made), self.run)
        gone = set(made) - kept
        units = {row.undo["unit_id"] for pk, row in made.items() if pk in gone and "unit_id" in row.undo}
        Listing.objects.filter(pk__in=gone).delete()
        touched = _history(Unit).filter(pgh_obj_id__in=units).values_list("pgh_obj_id", flat=True)
        Unit.objects.filter(pk__in=units - set(touched), listings__isnull=True).delete()
        remove_owners({row.undo["owner_id"] for pk, row in made.items() if pk in gone and row.undo.get("owner_id")})
        return len(gone), len(kept)

    def restored(self, rows):
        """Columns that still are as the run left them get their old values."""
        restored, kept_count = [], 0
        for row in rows:
            if row.listing is None:
                continue
            kept = self._restore_row(row) | _restore_owner(row, self.by)
            kept_count += bool(kept)
            if row.changes:
                restored.append((row.listing_id, {"run": self.run.pk, "kept": sorted(kept)}))
        record_many("listing.import_undone", Listing, restored, by=self.by)
        return len(restored), kept_count

    def finish(self):
        """Places that the run added and nothing lies in any more go, the deepest first."""
        for pk in reversed(self.run.added_places):
            Place.objects.filter(pk=pk, children__isnull=True, units__isnull=True).delete()

    def _restore_row(self, row: ImportRow) -> set[str]:
        """Put back each column that still is as the run left it; returns the others."""
        listing, undo, reason = row.listing, row.undo, f"Import {self.run.pk}"
        kept, columns = self.put_back(listing, undo["listing"])
        kept_unit, unit_columns = self.put_back(listing.unit, undo["unit"])
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


def _history(model):
    """The old rows that triggers kept of a model: one for each change since it was written."""
    return apps.get_model("listings", f"{model.__name__}History").objects


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
    return kept | _with_new_rights(listings) | _on_websites(listings)


def _peoples_work() -> list:
    """The models whose rows hang on a listing because somebody worked on it: all but those that an import writes."""
    models = (relation.related_model for relation in Listing._meta.related_objects if relation.field.name == "listing")
    return [model for model in models if model not in BROUGHT]


def _on_websites(listings: set[int]) -> set[int]:
    """Listings that some website has, or may have. Locked, so that no delivery begins with one that goes."""
    rows = Placement.objects.filter(listing__in=listings).select_for_update()
    return {row.listing_id for row in rows.only(*SENT, "listing_id") if row.may_be_there}


def _with_new_rights(listings: set[int]) -> set[int]:
    """Listings with a permit or mandate that people added or changed (a row of the file brings one of each at most)."""
    kept: set[int] = set()
    for model in (Permit, Mandate):
        rights = dict(model.objects.filter(listing_id__in=listings).values_list("pk", "listing_id"))
        held = Counter(rights.values())
        changed = _history(model).filter(pgh_obj_id__in=rights).values_list("pgh_obj_id", flat=True)
        kept |= {pk for pk, count in held.items() if count > 1} | {rights[pk] for pk in changed}
    return kept


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
