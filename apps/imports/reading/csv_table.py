"""CSV: comma, semicolon, tab or bar between the cells, found by what makes rows of equal width."""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from apps.imports.problems import Unreadable, refuse
from apps.imports.reading.rows import Layout, RawRow
from apps.imports.reading.tables import HEADER_WITHIN, find_header, header_names, rows_under_header
from apps.imports.reading.text import detect_encoding, without_unwanted

DELIMITERS = ",;\t|"
MAX_LINE = 1_000_000  # characters
SAMPLE_ROWS = 50


class CsvTable:
    """A CSV file that was opened: its encoding, separator and header are known."""

    kind = "CSV"

    def __init__(self, path: Path, layout: Layout):
        self.path = path
        encoding = detect_encoding(path)
        self.encoding, self.remarks = encoding.name, list(encoding.remarks)
        self.delimiter, self._skip = _find_delimiter(path, self.encoding)
        first = [cells for _number, cells, _problems in self._records(limit=HEADER_WITHIN)]
        self._header = find_header(first)
        self.names = header_names(first[self._header])

    def rows(self) -> Iterator[RawRow]:
        """The rows below the header."""
        records = self._records()
        for _above in range(self._header + 1):
            next(records)
        return rows_under_header(self.names, records)

    def _records(self, limit: int | None = None):
        with self.path.open(encoding=self.encoding, errors="replace", newline="") as file:
            lines = _Lines(file)
            for _above in range(self._skip):
                next(lines)
            reader = csv.reader(lines, delimiter=self.delimiter)
            number = self._skip
            while limit is None or number - self._skip < limit:
                number += 1
                lines.start_row()
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error:
                    yield number, [], (_run_together(lines),)
                    continue
                yield number, cells, self._suspicion(lines, cells)

    def _suspicion(self, lines, cells) -> tuple:
        if lines.count == 1 and not lines.ended:
            return ()
        swallowed = lines.ended and lines.quotes % 2
        merged = any("\n" in cell and cell.count(self.delimiter) >= max(2, len(cells)) for cell in cells)
        return (_run_together(lines),) if swallowed or merged else ()


class _Lines:
    """The lines of a file, each of bounded length, counted for the row that is being read."""

    def __init__(self, file):
        self._readline = file.readline
        self.ended = False
        self.start_row()

    def start_row(self):
        self.count = self.quotes = 0

    def __iter__(self):
        return self

    def __next__(self) -> str:
        line = self._readline(MAX_LINE)
        if not line:
            self.ended = True
            raise StopIteration
        if len(line) == MAX_LINE:
            words = {"most": f"{MAX_LINE:,}"}
            raise Unreadable(_("The file has a line of more than %(most)s characters. Is it really CSV?") % words)
        self.count += 1
        self.quotes += line.count('"')
        return without_unwanted(line)


def _run_together(lines):
    sentence = (
        f"{lines.count} lines run together here because a quotation mark is not closed. Close it or remove it."
        if lines.count > 1
        else "A quotation mark in this row is not closed, or a cell is too long. Mend the row."
    )
    return refuse("", "", sentence, "open quotation mark")


def _find_delimiter(path: Path, encoding: str) -> tuple[str, int]:
    """The separator, and how many lines (`sep=;`) stand before the table."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        lines = []
        for line in _Lines(file):
            lines.append(line[:20_000])
            if len(lines) >= SAMPLE_ROWS * 4:
                break
    if lines and lines[0].strip().lower().startswith("sep=") and len(lines[0].strip()) == 5:
        return lines[0].strip()[4], 1
    if not any(line.strip() for line in lines):
        raise Unreadable(_("The file is empty. Send one with a header row and at least one row below it."))
    best = max(DELIMITERS, key=lambda delimiter: _fit(lines, delimiter))
    if _fit(lines, best) == (0, 0):
        raise Unreadable(_("The file has one column only. Is it a list of listings, with a header row?"))
    return best, 0


def _fit(lines: list[str], delimiter: str) -> tuple[float, int]:
    """How well the separator fits: the share of rows as wide as most are, then that width."""
    widths: Counter[int] = Counter()
    reader = csv.reader(iter(lines), delimiter=delimiter)
    while widths.total() < SAMPLE_ROWS:
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error:
            continue
        if len(cells) > 1:
            widths[len(cells)] += 1
        elif any(cells):
            widths[0] += 1
    width, count = max(widths.items(), key=lambda item: (item[0] > 0, item[1]), default=(0, 0))
    return (round(count / widths.total(), 1), width) if width else (0, 0)
