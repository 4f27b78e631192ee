"""One pass over a file: understand its rows, plan them, write them if asked, and keep what became of each."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from apps.accounts.models import Agency
from apps.core.bulk import copy_rows
from apps.core.refusals import Refused
from apps.imports.engine.planned import Planned
from apps.imports.models import ImportRow, ImportRun, Outcome
from apps.imports.problems import Problem, shortened
from apps.imports.subjects import engine_of
from apps.imports.understanding.mapping import Mapping, parse_mapping
from apps.imports.understanding.rows import Defaults, Understanding
from apps.imports.understanding.survey import Survey, survey_from_json, table_of

BATCH = 1_000
ROW_COLUMNS = (
    "run_id", "number", "outcome", "source_key", "listing_id", "customer_id", "label", "problems", "raw", "changes",
    "conflicts", "undo",
)  # fmt: skip
COUNTED = {outcome: f"{outcome}_count" for outcome in Outcome}


class RowsRefused(Refused):
    """Some rows need a fix, and nobody said to leave them out: nothing of the file came in."""


def process(run: ImportRun, path: Path, *, writes: bool, by, progress: Callable[[int], None]) -> None:
    """Go through the file once and put counts and rows on the run. With `writes` what is here changes too.

    Call it inside a transaction when it writes. Raises RowsRefused at the end of a pass that would leave rows out
    without `run.skip_bad_rows`.
    """
    found = survey_from_json(run.survey, mapping_of(run))
    understanding = understanding_of(run, found)
    engine = engine_of(run).engine(run, writes=writes, by=by)
    run.rows.all().delete()
    _reset(run)
    with table_of(path, found.mapping) as table:
        engine.prepare(understanding, table)
        for batch in batches(understanding.rows(table.rows())):
            planned = engine.plan(batch)
            undo = engine.write(planned) if writes else {}
            rows = (row_values(p, run, shortened(engine.label(p), 200), undo.get(p.row.number, {})) for p in planned)
            copy_rows(ImportRow, ROW_COLUMNS, rows)
            _count(run, planned)
            progress(run.done_count)
    engine.finish()
    if writes and run.refused_count and not run.skip_bad_rows:
        sentence = _(
            "%(count)s of %(all)s rows need a fix, so nothing was imported. Mend them, or import the good rows alone."
        )
        raise RowsRefused(sentence % {"count": f"{run.refused_count:,}", "all": f"{run.done_count:,}"})


def mapping_of(run: ImportRun) -> Mapping:
    """The mapping of the run, with what was chosen on the page."""
    toml = run.choices.get("toml")
    return (parse_mapping(toml, run.mapping) if toml else Mapping(run.subject)).with_choices(run.choices)


def understanding_of(run: ImportRun, found: Survey) -> Understanding:
    """How the rows of the run are understood."""
    agency = Agency.current()
    fixes = {int(number): cells for number, cells in run.fixes.items()}
    defaults = Defaults(agency.currency, agency.area_units, agency.phone_region)
    return engine_of(run).rows(found, defaults, fixes)


def batches(rows: Iterable) -> Iterator[list]:
    """Rows in lists of BATCH."""
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch


def row_values(p: Planned, run: ImportRun, label: str, undo: dict) -> tuple:
    """What is kept of a row in its run, as ROW_COLUMNS."""
    problems = problems_as_json(p)
    raw = p.row.raw if problems else {}
    return (
        run.pk,
        p.row.number,
        p.outcome,
        p.key[:240],
        p.listing_id,
        p.customer_id,
        label,
        problems,
        raw,
        p.changes,
        p.conflicts,
        undo,
    )


def problems_as_json(p: Planned) -> list[dict]:
    """The row's problems as they are kept."""
    return [{name: getattr(problem, name) for name in Problem.__slots__} for problem in p.problems]


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
