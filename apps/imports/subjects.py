"""What can be imported: for each subject how its rows are understood, written and taken back."""

from dataclasses import dataclass

from apps.imports.customers.engine import CustomerEngine
from apps.imports.customers.rows import CustomerRows
from apps.imports.customers.undoing import UndoingCustomers
from apps.imports.engine.base import Engine, Undoing
from apps.imports.listings.engine import ListingEngine
from apps.imports.listings.rows import ListingRows
from apps.imports.listings.undoing import UndoingListings
from apps.imports.models import ImportRun
from apps.imports.understanding.rows import Understanding
from apps.imports.vocabularies import Subject


@dataclass(frozen=True, slots=True)
class SubjectEngine:
    """The three parts of an import that know what its rows are."""

    rows: type[Understanding]
    engine: type[Engine]
    undoing: type[Undoing]


ENGINES = {
    Subject.LISTINGS: SubjectEngine(ListingRows, ListingEngine, UndoingListings),
    Subject.CUSTOMERS: SubjectEngine(CustomerRows, CustomerEngine, UndoingCustomers),
}


def engine_of(run: ImportRun) -> SubjectEngine:
    """The parts for the subject of a run."""
    return ENGINES[Subject(run.subject)]
