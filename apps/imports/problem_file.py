"""The rows of a run that need a fix or a look, as a table to mend and send back."""

from collections.abc import Iterator

from apps.imports.models import ImportRun

ROW, ADVICE = "Row", "What to change"


def problem_rows(run: ImportRun) -> tuple[list[str], Iterator[list[str]]]:
    """Header and rows: the file's own columns as they were, the row's number before them, what to change behind."""
    troubled = run.rows.exclude(problems=[]).order_by("number")
    names = list(dict.fromkeys(name for raw in troubled.values_list("raw", flat=True).iterator() for name in raw))
    return [ROW, *names, ADVICE], (_row(row, names) for row in troubled.iterator())


def _row(row, names: list[str]) -> list:
    advice = " ".join(f"{p['column']}: {p['sentence']}" if p["column"] else p["sentence"] for p in row.problems)
    return [row.number, *(row.raw.get(name, "") for name in names), advice]
