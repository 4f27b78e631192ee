"""A pass over a file of listings."""

from django.utils import timezone

from apps.imports.engine.agents import Agents
from apps.imports.engine.base import Engine
from apps.imports.listings.adding import add_listings
from apps.imports.listings.changing import change_listings
from apps.imports.listings.places import Places
from apps.imports.listings.planning import PlannedListing, Planner
from apps.imports.models import Outcome
from apps.imports.understanding.vocabulary import OWN_ID


class ListingEngine(Engine):
    """Plans rows against the stock and writes units, listings and what belongs to them."""

    def __init__(self, run, *, writes, by):
        super().__init__(run, writes=writes, by=by)
        self.planner = Planner(run, Places(), writes=writes)
        self.agents = Agents() if writes else None

    def prepare(self, understanding, table):
        """Without ids, rows that changed are taken for the listings that they must mean."""
        if not understanding.survey.fields & {OWN_ID, "listing_id"}:
            self.planner.pair_unnamed(understanding, table.rows())

    def plan(self, rows):
        """What each row means for the stock."""
        return self.planner.plan(rows)

    def write(self, planned):
        """New listings and changed ones; returns what an undo needs."""
        now = timezone.now()
        new = [p for p in planned if p.outcome == Outcome.NEW]
        add_listings(new, self.run, self.agents, by=self.by, now=now)
        known = [p for p in planned if p.listing is not None and p.outcome in (Outcome.CHANGED, Outcome.SAME)]
        undo = change_listings(known, self.run, by=self.by, now=now)
        return undo | {p.row.number: {"unit_id": p.unit_id, "owner_id": p.made_owner_id} for p in new if p.made_unit}

    def finish(self):
        """The places that the run added."""
        self.run.added_places = self.planner.places.added

    def label(self, p: PlannedListing) -> str:
        """Title, address, or building and unit."""
        fields = p.row.fields
        place = fields.get("building_name") or fields.get("subdivision_name")
        address = ", ".join(str(part) for part in (place, fields.get("unit_number")) if part)
        return str(fields.get("title") or fields.get("unparsed_address") or address or "")
