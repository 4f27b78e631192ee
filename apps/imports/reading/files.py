"""Which kind of file it is, decided by its content and never by its ending."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path
from zipfile import ZipFile

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.imports.problems import Unreadable
from apps.imports.reading.archive import DAMAGE, checked_zip
from apps.imports.reading.csv_table import CsvTable
from apps.imports.reading.json_records import JsonTable
from apps.imports.reading.rows import Layout, Reader, Table
from apps.imports.reading.text import detect_encoding, text_chunks
from apps.imports.reading.xlsx import XlsxTable
from apps.imports.reading.xml_feed import XmlTable

MAX_FILE = 200 * 1024 * 1024
DATA_ENDINGS = (".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".xml", ".xlsx")
OTHER_KINDS = [
    (b"%PDF", gettext_lazy("This is a PDF. Ask for the list as CSV or Excel.")),
    (b"\xd0\xcf\x11\xe0", gettext_lazy("This is an old Excel file. Open it in Excel, save it as .xlsx and send that.")),
    (b"\x89PNG", gettext_lazy("This is a picture. Send a list as CSV, XLSX, JSON or XML.")),
    (b"\xff\xd8\xff", gettext_lazy("This is a picture. Send a list as CSV, XLSX, JSON or XML.")),
    (b"\x1f\x8b", gettext_lazy("This file is packed with gzip. Unpack it and send what is inside.")),
    (b"Rar!", gettext_lazy("This is a RAR archive. Unpack it and send what is inside.")),
    (b"7z\xbc\xaf", gettext_lazy("This is a 7-Zip archive. Unpack it and send what is inside.")),
    (b"SQLite format 3", gettext_lazy("This is a database file. Export the table as CSV.")),
]
Worth = Callable[[list[str]], int]


def too_large(size: int) -> str:
    """Why a file of so many bytes is not read."""
    words = {"size": f"{size / 1024 / 1024:,.0f}", "most": MAX_FILE // 1024 // 1024}
    return _("The file has %(size)s MB, at most %(most)s MB are read.") % words


@contextmanager
def open_table(path: Path, layout: Layout | None = None, worth: Worth = len) -> Iterator[Table]:
    """The rows of the file at `path`; what was unpacked for it is removed at the end. Raises Unreadable.

    `worth` says of a file's columns how much they mean: of several files in a ZIP, the one that means most is read.
    """
    layout = layout or Layout()
    size = path.stat().st_size
    if not size:
        raise Unreadable(_("The file is empty. Send one with a header row and at least one row below it."))
    if size > MAX_FILE:
        raise Unreadable(too_large(size))
    with tempfile.TemporaryDirectory(prefix="import-") as folder:
        yield _open(path, layout, worth, Path(folder))


def _open(path: Path, layout: Layout, worth: Worth, folder: Path) -> Table:
    with path.open("rb") as file:
        start = file.read(64)
    for magic, sentence in OTHER_KINDS:
        if start.startswith(magic):
            raise Unreadable(sentence)
    if not start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _text_reader(path)(path, layout)
    with checked_zip(path) as archive:
        if "xl/workbook.xml" in archive.namelist():
            return XlsxTable(path, layout)
        return _open_best_member(archive, layout, worth, folder)


def _text_reader(path: Path) -> Reader:
    for chunk in text_chunks(path, detect_encoding(path).name):
        start = chunk.lstrip("\ufeff \r\n\t")[:200].lower()
        if start.startswith(("<!doctype html", "<html")):
            raise Unreadable(_("This is a web page. Look for an export as CSV, Excel or XML on the portal."))
        if start:
            return {"<": XmlTable, "{": JsonTable, "[": JsonTable}.get(start[0], CsvTable)
    raise Unreadable(_("The file is empty. Send one with a header row and at least one row below it."))


def _open_best_member(archive: ZipFile, layout: Layout, worth: Worth, folder: Path) -> Table:
    """The file in the archive that the mapping names, else the one whose first row means most."""
    members = [m for m in archive.infolist() if m.filename.lower().endswith(DATA_ENDINGS) and m.file_size]
    if layout.member:
        members = [m for m in members if fnmatch(m.filename, layout.member)]
    tables = []
    for position, member in enumerate(members[:20]):
        target = folder / str(position)
        try:
            with archive.open(member) as packed, target.open("wb") as unpacked:
                shutil.copyfileobj(packed, unpacked)
        except DAMAGE as error:
            sentence = _("The file %(name)s in the ZIP is damaged. Save or download it again.")
            raise Unreadable(sentence % {"name": member.filename}) from error
        table = _readable(target, layout)
        if table:
            tables.append((member.filename, table))
    if not tables:
        raise Unreadable(_("The ZIP file holds no CSV, XLSX, JSON or XML file with rows."))
    name, table = max(tables, key=lambda named: _worth_of(named[1], worth))
    table.remarks.append(f"Read {name} of the ZIP file.")
    return table


def _readable(path: Path, layout: Layout) -> Table | None:
    with path.open("rb") as file:
        start = file.read(2)
    try:
        return XlsxTable(path, layout) if start == b"PK" else _text_reader(path)(path, layout)
    except Unreadable:
        return None


def _worth_of(table: Table, worth: Worth) -> int:
    first = next(table.rows(), None)
    return worth(list(first.cells)) if first else -1
