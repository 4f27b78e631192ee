"""Mending cells of rows that need it, without reading the whole file again."""

from collections import Counter

from django.db import transaction
from django.utils.translation import gettext as _

from apps.core.refusals import NotAllowed, Refused
from apps.imports.actions.run import why_not_import
from apps.imports.engine.process import mapping_of, problems_as_json, understanding_of
from apps.imports.models import ImportRow, ImportRun, Outcome, RunState
from apps.imports.problems import Problem
from apps.imports.reading.rows import READER_KINDS, RawRow
from apps.imports.subjects import engine_of
from apps.imports.understanding.survey import survey_from_json

MOST_AT_ONCE = 5_000


@transaction.atomic
def fix_cell(run: ImportRun, number: int, column: str, text: str, *, by) -> None:
    """Read `text` instead of what stands in one cell."""
    run = _editable(run, by)
    row = run.rows.filter(number=number).first()
    if row is None or column not in _columns(run):
        raise Refused(_("That cell is not in the file any more. Check the rows again."))
    _apply(run, [row], {number: {column: text.replace("\x00", "")[:1000]}}, by)


@transaction.atomic
def fix_similar(run: ImportRun, column: str, kind: str, *, by) -> int:
    """Take the suggestion for every problem of that kind in that column; returns how many rows were mended."""
    run = _editable(run, by)
    rows = list(run.rows.filter(problems__contains=[{"column": column, "kind": kind}])[:MOST_AT_ONCE])
    fixes = {}
    for row in rows:
        suggestion = next(p["suggestion"] for p in row.problems if p["column"] == column and p["kind"] == kind)
        if suggestion is not None:
            fixes[row.number] = {column: suggestion}
    _apply(run, [row for row in rows if row.number in fixes], fixes, by)
    return len(fixes)


def similar_fixes(run: ImportRun) -> list[tuple[str, str, int]]:
    """`(column, kind, rows)` of the problems that one click can mend in several rows, the most frequent first."""
    kinds: Counter[tuple[str, str]] = Counter()
    for problems in run.rows.exclude(problems=[]).values_list("problems", flat=True)[:MOST_AT_ONCE]:
        kinds.update({(p["column"], p["kind"]) for p in problems if p["suggestion"]})
    return [(column, kind, count) for (column, kind), count in kinds.most_common(3) if count > 1]


def _editable(run: ImportRun, by) -> ImportRun:
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    NotAllowed.unless_empty(why_not_import(by, run.subject))
    if run.state != RunState.READY:
        raise Refused(_("The rows cannot be mended now. Upload the file again."))
    return run


def _columns(run: ImportRun) -> set[str]:
    return {column["name"] for column in run.survey["columns"]}


def _apply(run: ImportRun, rows: list[ImportRow], fixes: dict[int, dict[str, str]], by) -> None:
    for number, cells in fixes.items():
        run.fixes[str(number)] = run.fixes.get(str(number), {}) | cells
    understanding = understanding_of(run, survey_from_json(run.survey, mapping_of(run)))
    raw = [RawRow(row.number, row.raw, _from_reading(row)) for row in rows]
    planned = engine_of(run).engine(run, writes=False, by=by).plan(list(understanding.rows(raw)))
    for row, p in zip(rows, planned, strict=True):
        row.outcome, row.problems = p.outcome, problems_as_json(p)
        row.changes, row.conflicts = p.changes, p.conflicts
    ImportRow.objects.bulk_update(rows, ["outcome", "problems", "changes", "conflicts"], batch_size=500)
    recount(run)


def _from_reading(row: ImportRow) -> tuple[Problem, ...]:
    return tuple(Problem(**problem) for problem in row.problems if problem["kind"] in READER_KINDS)


def recount(run: ImportRun) -> None:
    """Put the counts of the run's rows on it and save it."""
    counts = Counter(run.rows.values_list("outcome", flat=True))
    for outcome in Outcome:
        setattr(run, f"{outcome}_count", counts[outcome])
    run.warned_count = run.rows.exclude(problems=[]).exclude(outcome=Outcome.REFUSED).count()
    run.conflict_count = run.rows.exclude(conflicts={}).count()
    run.save()
