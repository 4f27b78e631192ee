"""What CSV and XLSX share: finding the header row, and laying each row of cells against it."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from apps.imports.problems import Problem, Unreadable, refuse, warn
from apps.imports.reading.rows import MAX_CELL, MAX_COLUMNS, RawRow, unique_names

HEADER_WITHIN = 20  # rows; above it stand titles and dates of exports


def find_header(rows: list[list[str]]) -> int:
    """The position of the header in the first rows: the first that is at least half as wide as the widest."""
    filled = [sum(1 for cell in row if cell.strip()) for row in rows]
    if not any(filled):
        raise Unreadable(_("The file is empty. Send one with a header row and at least one row below it."))
    half = max(filled) / 2
    return next(position for position, count in enumerate(filled) if count >= half)


def header_names(cells: list[str]) -> list[str]:
    """The names of the columns; trailing empty cells are no columns."""
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) > MAX_COLUMNS:
        words = {"count": f"{len(cells):,}", "most": MAX_COLUMNS}
        raise Unreadable(_("The file has %(count)s columns, at most %(most)s are read. Remove the empty ones.") % words)
    return unique_names(cells)


def rows_under_header(names: list[str], rows: Iterable[tuple[int, list[str], tuple[Problem, ...]]]) -> Iterator[RawRow]:
    """Rows as `(number, cells, problems)` laid against the header; empty rows are passed over."""
    width = len(names)
    for number, cells, problems in rows:
        if len(cells) != width:
            if not any(cell.strip() for cell in cells) and not problems:
                continue
            problems = (*problems, *_ragged(width, cells))
            cells = (cells + [""] * (width - len(cells)))[:width]
        elif not problems and not any(cells):
            continue
        too_long = tuple(
            refuse(
                name,
                cell,
                f"The cell has {len(cell):,} characters, at most {MAX_CELL:,} are read. Shorten it, or close a "
                "quotation mark that stands open in this row.",
                "long cell",
            )
            for name, cell in zip(names, cells, strict=True)
            if len(cell) > MAX_CELL
        )
        if too_long:
            cells = [cell[:200] for cell in cells]
        yield RawRow(number, dict(zip(names, cells, strict=True)), problems + too_long)


def _ragged(width: int, cells: list[str]) -> tuple[Problem, ...]:
    extra = [cell for cell in cells[width:] if cell.strip()]
    if extra:
        sentence = (
            f"The row has {len(cells)} cells, the header has {width}. Put quotation marks around text that "
            "contains the separator."
        )
        return (refuse("", " ".join(extra), sentence, "too many cells"),)
    if len(cells) < width:
        sentence = f"The row has {len(cells)} cells, the header has {width}. The missing ones were read as empty."
        return (warn("", "", sentence, "too few cells"),)
    return ()
