"""Small files for tests, written by hand in the manner of real exports; no row of any real file."""

import csv
import io
import zipfile
from pathlib import Path

import openpyxl

from apps.imports.reading import Layout, open_table
from apps.imports.subjects import ENGINES
from apps.imports.understanding.mapping import Mapping
from apps.imports.understanding.rows import Defaults, UnderstoodRow
from apps.imports.understanding.survey import choose_for, survey, table_of


def write(folder: Path, content: bytes | str, name: str = "list") -> Path:
    """A file with that content, and a name that says nothing about its kind."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def csv_text(*rows: list[str], delimiter: str = ",") -> str:
    """Rows as CSV."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def xlsx_bytes(*rows: list) -> bytes:
    """Rows as a workbook."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zip_bytes(**members: str) -> bytes:
    """A ZIP of text files; `__` in a keyword stands for the dot of the file's name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return out.getvalue()


def read(path: Path, layout: Layout | None = None) -> list:
    """Every raw row of the file."""
    with open_table(path, layout) as table:
        return list(table.rows())


def cells(path: Path, layout: Layout | None = None) -> list[dict[str, str]]:
    """The cells of every row of the file."""
    return [row.cells for row in read(path, layout)]


def understood(
    path: Path, mapping: Mapping | None = None, fixes: dict | None = None, subject: str = "listings"
) -> list[UnderstoodRow]:
    """Every row of the file, understood with the mapping that fits (or the one given)."""
    mapping = mapping or choose_for(path, subject)
    with table_of(path, mapping) as table:
        found = survey(table, mapping)
        return list(ENGINES[mapping.subject].rows(found, Defaults(), fixes).rows(table.rows()))
