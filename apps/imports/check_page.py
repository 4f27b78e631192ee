"""What the page “Check rows” shows: the rows of one view, with the cells people know them by and what to change."""

from dataclasses import dataclass

from apps.imports.models import ImportRow, ImportRun, Outcome
from apps.imports.understanding.text import open_literals
from apps.imports.understanding.vocabulary import MONEY, OWN_ID
from apps.imports.vocabularies import vocabulary_of

MOST_COLUMNS = 6
LOOKED_AT = 1_000
VIEWS = ("fix", "warned", "changes", "conflicts")


@dataclass(slots=True)
class Cell:
    """A cell as the page shows it."""

    text: str
    is_wrong: bool
    is_number: bool


@dataclass(slots=True)
class ShownRow:
    """A row with its shown cells and its problems, each with the name people know the column by."""

    row: ImportRow
    cells: list[Cell]
    problems: list[dict]


def rows_of(run: ImportRun, view: str):
    """The rows of a view, refused ones first."""
    rows = run.rows.select_related("customer")
    if view == "fix":
        return rows.filter(outcome=Outcome.REFUSED)
    if view == "warned":
        return rows.exclude(problems=[]).exclude(outcome=Outcome.REFUSED)
    if view == "conflicts":
        return rows.exclude(conflicts={})
    return rows.filter(outcome=Outcome.CHANGED)


def first_view(run: ImportRun) -> str:
    """The view that needs a person most."""
    counts = (run.refused_count, run.warned_count, run.changed_count, run.conflict_count)
    return next((view for view, count in zip(VIEWS, counts, strict=True) if count), "fix")


def shown_columns(run: ImportRun, rows: list[ImportRow]) -> list[tuple[str, str, bool]]:
    """`(column, heading, whether it holds amounts)`: those people know rows by, and those in which problems stand."""
    by_field = {c["field"]: c["name"] for c in reversed(run.survey["columns"]) if c["field"] and c["filled"]}
    names = [
        next((by_field[f] for f in fields if f in by_field), None) for fields in vocabulary_of(run.subject).known_by
    ]
    wrong = [p["column"] for row in rows for p in row.problems if p["column"]]
    unique = list(dict.fromkeys([*filter(None, names), *wrong]))
    while len(unique) > MOST_COLUMNS and any(name not in wrong for name in unique):
        unique.remove(next(name for name in reversed(unique) if name not in wrong))
    money = _money_columns(run)
    return [(name, heading(run, name), name in money) for name in unique[:MOST_COLUMNS]]


def heading(run: ImportRun, column: str) -> str:
    """What people call a column: our field's label where it is one."""
    field = next((c["field"] for c in run.survey["columns"] if c["name"] == column), "")
    if not field:
        return column
    return "Reference" if field == OWN_ID else vocabulary_of(run.subject).label(field)


def show(run: ImportRun, rows: list[ImportRow], columns: list[tuple[str, str, bool]]) -> list[ShownRow]:
    """The rows as the page shows them, with the cells that people have mended."""
    shown = []
    for row in rows:
        cells = open_literals(row.raw) | run.fixes.get(str(row.number), {})
        wrong = {problem["column"] for problem in row.problems}
        shown.append(
            ShownRow(
                row,
                [Cell(cells.get(name, "")[:120], name in wrong, is_number) for name, _, is_number in columns],
                [problem | _words(run, problem) for problem in row.problems],
            )
        )
    return shown


def troubled_columns(run: ImportRun) -> int:
    """In how many columns cells need a fix (looked at in the first rows only, where there are many)."""
    refused = rows_of(run, "fix").values_list("problems", flat=True)[:LOOKED_AT]
    return len({problem["column"] for problems in refused for problem in problems} - {""})


def _money_columns(run: ImportRun) -> set[str]:
    words = vocabulary_of(run.subject)
    return {c["name"] for c in run.survey["columns"] if words.kind(c["field"]) == MONEY}


def _words(run: ImportRun, problem: dict) -> dict[str, str]:
    name = heading(run, problem["column"])
    sentence = problem["sentence"]
    is_named = not name or sentence.lower().startswith((name.lower(), f"the {name.lower()}"))
    return {"heading": name, "advice": sentence if is_named else f"{name}: {sentence}"}
