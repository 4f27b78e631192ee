"""XLSX, by openpyxl's read-only mode (which parses with defusedxml), on an archive that was checked before."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml import DefusedXmlException
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl.utils.exceptions import InvalidFileException

from apps.imports.problems import Unreadable
from apps.imports.reading.archive import checked_zip
from apps.imports.reading.rows import Layout, RawRow
from apps.imports.reading.tables import HEADER_WITHIN, find_header, header_names, rows_under_header
from apps.imports.reading.text import without_unwanted

MAX_EMPTY_ROWS = 1_000  # a sheet with one cell at its far end is not walked to that end
# openpyxl names no error of its own for a damaged file: these are what it and what it stands on were seen to raise.
DAMAGE = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ParseError,
    EOFError,
    OSError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RuntimeError,
)
DAMAGED = gettext_lazy("The Excel file is damaged. Open it in Excel, save it again as .xlsx and send that.")
HOSTILE = gettext_lazy("The Excel file declares XML entities and was not read. Save it again in Excel, or as CSV.")


class XlsxTable:
    """The sheet of a workbook that holds the listings: the one the mapping names, else the widest of the first ten."""

    kind = "XLSX"

    def __init__(self, path: Path, layout: Layout):
        self.path = path
        self.remarks: list[str] = []
        checked_zip(path).close()
        sheets = {name: list(_limited(rows, HEADER_WITHIN)) for name, rows in self._sheets(layout.sheet)}
        if layout.sheet and not sheets:
            sentence = _("The workbook has no sheet “%(sheet)s”. Name one that it has in the mapping.")
            raise Unreadable(sentence % {"sheet": layout.sheet})
        self.sheet = max(sheets, key=lambda name: max(map(len, sheets[name]), default=0), default="")
        first = sheets.get(self.sheet, [])
        self._header = find_header(first)
        self.names = header_names(first[self._header])
        if len(sheets) > 1:
            self.remarks.append(f"Only the sheet “{self.sheet}” was read.")

    def rows(self) -> Iterator[RawRow]:
        """The rows below the header."""
        for _name, rows in self._sheets(self.sheet):
            numbered = ((number, cells, ()) for number, cells in enumerate(rows, start=1))
            below = (row for row in numbered if row[0] > self._header + 1)
            yield from rows_under_header(self.names, below)

    def _sheets(self, only: str = ""):
        with self.path.open("rb") as file:
            workbook = _load(file)
            for sheet in workbook.worksheets[:10]:
                if not only or sheet.title == only:
                    yield sheet.title, _texts(sheet)


def _load(file):
    try:  # given a path, openpyxl would judge by the file's ending
        return openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except DAMAGE as error:
        raise _unreadable(error) from error


def _unreadable(error: Exception) -> Unreadable:
    hostile = isinstance(error, DefusedXmlException) or isinstance(error.__cause__, DefusedXmlException)
    return Unreadable(HOSTILE if hostile else DAMAGED)


def _limited(rows, count):
    for _count, row in zip(range(count), rows, strict=False):
        yield row


def _texts(sheet) -> Iterator[list[str]]:
    empty = 0
    sheet.reset_dimensions()
    try:
        for row in sheet.iter_rows(values_only=True):
            cells = ["" if value is None else _text(value) for value in row]
            empty = 0 if any(cells) else empty + 1
            if empty > MAX_EMPTY_ROWS:
                return
            yield cells
    except DAMAGE as error:
        raise _unreadable(error) from error


def _text(value) -> str:
    """A cell as the text that a person would type: 1200000 and not 1200000.0, dates as 2026-11-21."""
    if isinstance(value, str):
        return without_unwanted(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time | timedelta):
        return str(value)
    return str(value)
