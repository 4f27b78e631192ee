"""A pass over a file of customers."""

from collections.abc import Iterator

from django.utils import timezone

from apps.customers.models import Customer, Note
from apps.imports.customers.adding import add_consents, add_customers, add_notes, add_records
from apps.imports.customers.changing import add_to, change_customers
from apps.imports.customers.planning import CustomerPlanner, PlannedCustomer
from apps.imports.customers.values import CONSENTS, NOTES, WISH
from apps.imports.customers.wishes import Wishes
from apps.imports.engine.base import Engine
from apps.imports.engine.records import bring_up_to_date, save_records
from apps.imports.models import CustomerRecord, Outcome
from apps.matching.models import Requirement

NOBODY_HERE = "Nobody here is called "
MOST_NAMED = 5


class CustomerEngine(Engine):
    """Plans rows against the customers and writes customers and what belongs to them."""

    def __init__(self, run, *, writes, by):
        super().__init__(run, writes=writes, by=by)
        self.planner = CustomerPlanner(run)
        self.wishes = Wishes()

    def plan(self, rows):
        """What each row means for the customers."""
        planned = self.planner.plan(rows)
        self.wishes.find_places(p for p in planned if p.row.fields.get(WISH))
        return planned

    def write(self, planned):
        """New customers, changed ones, and what second rows of one person add; returns what an undo needs."""
        now = timezone.now()
        add_customers([p for p in planned if p.outcome == Outcome.NEW], self.run, by=self.by)
        seconds = [p for p in planned if p.outcome == Outcome.SAME and p.is_again and p.values]
        first = [p for p in planned if p.customer is not None and not p.is_again]
        undo = change_customers(first, self.run, by=self.by, now=now)
        self._write_beside([p for p in planned if p.outcome == Outcome.NEW or p.changes], undo, now)
        for batch in _one_of_each(seconds):
            undo |= self._add_seconds(batch, now)
        self._remember([p for p in planned if p.values], undo)
        return undo

    def _add_seconds(self, seconds, now) -> dict[int, dict]:
        """Second rows of different people: each adds what only it says."""
        ids = [p.customer_id for p in seconds]
        rows = Customer.objects.select_related("agent").prefetch_related("phones", "emails", "consents").in_bulk(ids)
        notes = set(Note.objects.filter(customer__in=ids).values_list("customer_id", "body"))
        looking = set(Requirement.objects.filter(customer__in=ids).values_list("customer_id", flat=True))
        for p in seconds:
            p.customer = rows[p.customer_id]
            has_note = (p.customer_id, p.row.fields.get(NOTES)) in notes
            add_to(p, {NOTES: has_note, WISH: p.customer_id in looking})
        undo = change_customers(seconds, self.run, by=self.by, now=now)
        self._write_beside([p for p in seconds if p.changes], undo, now)
        return undo

    def _write_beside(self, planned, undo, now) -> None:
        """Consents, notes and wishes: of new customers all, of others what is among the changes."""
        wanted = {p.row.number: p.values if p.outcome == Outcome.NEW else p.changes for p in planned}
        said = [(p, name) for p in planned for name in CONSENTS if name in wanted[p.row.number]]
        consents = add_consents(said, by=self.by, now=now)
        notes = add_notes([p for p in planned if NOTES in wanted[p.row.number]], by=self.by, now=now)
        wishes = self.wishes.add([p for p in planned if WISH in wanted[p.row.number]], by=self.by)
        for name, added in (("consents", consents), ("notes", notes), ("wishes", wishes)):
            for number, ids in added.items():
                undo.setdefault(number, {})[name] = ids

    def _remember(self, planned, undo) -> None:
        """Bring the source's records up to date, and keep how they were where an undo puts them back."""
        known = [p for p in planned if p.outcome != Outcome.REFUSED]
        for p in known:
            if p.record is not None:
                undo.setdefault(p.row.number, {})["record"] = bring_up_to_date(p, self.run)
            elif p.outcome != Outcome.NEW:
                undo.setdefault(p.row.number, {})["record"] = None
        save_records(CustomerRecord, known)
        add_records((p for p in known if p.record is None), self.run)

    def finish(self):
        """Say whom the file names as responsible who is nobody here."""
        remarks = [remark for remark in self.run.remarks if not remark.startswith(NOBODY_HERE)]
        if names := list(self.planner.unknown_agents):
            more = f" and {len(names) - MOST_NAMED:,} more" if len(names) > MOST_NAMED else ""
            shown = ", ".join(f"“{name[:60]}”" for name in names[:MOST_NAMED])
            remarks.append(f"{NOBODY_HERE}{shown}{more}. New customers of theirs come in without an agent.")
        self.run.remarks = remarks

    def label(self, p: PlannedCustomer) -> str:
        """The name."""
        return p.row.fields.get("full_name") or p.row.fields.get("company_name") or ""


def _one_of_each(seconds: list[PlannedCustomer]) -> Iterator[list[PlannedCustomer]]:
    """The rows in batches in which nobody is twice."""
    while seconds:
        first = {p.customer_id: p for p in reversed(seconds)}
        yield list(first.values())
        seconds = [p for p in seconds if first[p.customer_id] is not p]
