"""One pass over a file: understand its rows, plan them, write them if asked, and keep what became of each."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from django.contrib.auth import get_user_model
from django.utils import timezone

from apps.accounts.models import Agency
from apps.core.bulk import copy_rows
from apps.core.refusals import Refused
from apps.imports.engine.adding import add_listings
from apps.imports.engine.changing import change_listings
from apps.imports.engine.places import Places
from apps.imports.engine.planning import Planned, Planner
from apps.imports.models import ImportRow, ImportRun, Outcome
from apps.imports.problems import Problem, shortened
from apps.imports.reading import open_table
from apps.imports.understanding.fields import OWN_ID
from apps.imports.understanding.mapping import Mapping, parse_mapping
from apps.imports.understanding.rows import Defaults, Understanding
from apps.imports.understanding.survey import Survey, survey_from_json

BATCH = 1_000
ROW_COLUMNS = (
    "run_id", "number", "outcome", "source_key", "listing_id", "label", "problems", "raw", "changes", "conflicts",
    "undo",
)  # fmt: skip
COUNTED = {outcome: f"{outcome}_count" for outcome in Outcome}


class RowsRefused(Refused):
    """Some rows need a fix, and nobody said to leave them out: nothing of the file came in."""


def process(run: ImportRun, path: Path, *, writes: bool, by, progress: Callable[[int], None]) -> None:
    """Go through the file once and put counts and rows on the run. With `writes` the stock changes too.

    Call it inside a transaction when it writes. Raises RowsRefused at the end of a pass that would leave rows out
    without `run.skip_bad_rows`.
    """
    found = survey_from_json(run.survey, mapping_of(run))
    understanding = understanding_of(run, found)
    planner = Planner(run, Places(), writes=writes)
    agents = agents_by_name() if writes else {}
    run.rows.all().delete()
    _reset(run)
    with open_table(path, found.mapping.layout) as table:
        if not found.fields & {OWN_ID, "listing_id"}:
            planner.pair_unnamed(understanding, table.rows())
        for batch in batches(understanding.rows(table.rows())):
            planned = planner.plan(batch)
            undo = _write(planned, run, agents, by) if writes else {}
            copy_rows(ImportRow, ROW_COLUMNS, (row_values(p, run, undo.get(p.row.number, {})) for p in planned))
            _count(run, planned)
            progress(run.done_count)
    run.added_places = planner.places.added
    if writes and run.refused_count and not run.skip_bad_rows:
        raise RowsRefused(
            f"{run.refused_count:,} of {run.done_count:,} rows need a fix, so nothing was imported. "
            "Mend them, or import the good rows alone."
        )


def mapping_of(run: ImportRun) -> Mapping:
    """The mapping of the run, with what was chosen on the page."""
    toml = run.choices.get("toml")
    return (parse_mapping(toml, run.mapping) if toml else Mapping()).with_choices(run.choices)


def understanding_of(run: ImportRun, found: Survey) -> Understanding:
    """How the rows of the run are understood."""
    agency = Agency.current()
    fixes = {int(number): cells for number, cells in run.fixes.items()}
    return Understanding(found, Defaults(agency.currency, agency.area_units), fixes)


def agents_by_name() -> dict[str, int]:
    """Colleagues who may be responsible for listings, by e-mail and by full name, in lower case."""
    agents = list(get_user_model().objects.agents())
    return {a.full_name.lower(): a.pk for a in agents} | {a.email.lower(): a.pk for a in agents}


def batches(rows: Iterable) -> Iterator[list]:
    """Rows in lists of BATCH."""
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch


def row_values(p: Planned, run: ImportRun, undo: dict) -> tuple:
    """What is kept of a row in its run, as ROW_COLUMNS."""
    problems = problems_as_json(p)
    raw = p.row.raw if problems else {}
    return (
        run.pk,
        p.row.number,
        p.outcome,
        p.key[:240],
        p.listing_id,
        _label(p),
        problems,
        raw,
        p.changes,
        p.conflicts,
        undo,
    )


def problems_as_json(p: Planned) -> list[dict]:
    """The row's problems as they are kept."""
    return [{name: getattr(problem, name) for name in Problem.__slots__} for problem in p.problems]


def _label(p: Planned) -> str:
    fields = p.row.fields
    place = fields.get("building_name") or fields.get("subdivision_name")
    address = ", ".join(str(part) for part in (place, fields.get("unit_number")) if part)
    return shortened(str(fields.get("title") or fields.get("unparsed_address") or address or ""), 200)


def _write(planned: list[Planned], run: ImportRun, agents, by) -> dict[int, dict]:
    now = timezone.now()
    add_listings([p for p in planned if p.outcome == Outcome.NEW], run, agents, by=by, now=now)
    known = [p for p in planned if p.listing is not None and p.outcome in (Outcome.CHANGED, Outcome.SAME)]
    undo = change_listings(known, run, by=by, now=now)
    made = (p for p in planned if p.outcome == Outcome.NEW and p.made_unit)
    return undo | {p.row.number: {"unit_id": p.unit_id, "owner_id": p.made_owner_id} for p in made}


def _reset(run: ImportRun) -> None:
    run.done_count = run.warned_count = run.conflict_count = 0
    for name in COUNTED.values():
        setattr(run, name, 0)


def _count(run: ImportRun, planned: list[Planned]) -> None:
    run.done_count += len(planned)
    for p in planned:
        setattr(run, COUNTED[p.outcome], getattr(run, COUNTED[p.outcome]) + 1)
        run.conflict_count += bool(p.conflicts)
        run.warned_count += bool(p.problems) and p.outcome != Outcome.REFUSED
