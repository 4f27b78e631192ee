"""CSV and XLSX written row by row, however many there are, with no cell that a spreadsheet would run as a formula."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from xml.sax.saxutils import escape

from django.utils import timezone

MOST_XLSX_ROWS = 1_048_575  # below the header; the format's own limit
LONGEST_CELL = 32_767  # characters; the format's own limit
# What a spreadsheet may run: =, +, - or @ first, also full-width, also behind blanks and marks that it skips.
FORMULA = re.compile(
    r"^[\s\x00-\x20\u00a0\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]"
)
NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def safe_text(value) -> str:
    """A cell as text. Text that could be run as a formula gets an apostrophe before it; numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | Decimal):
        return _digits(value)
    text = str(value).replace("\x00", "")
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """A cell as it was before `safe_text` put an apostrophe before it."""
    return text[1:] if text[:1] == "'" and FORMULA.match(text[1:]) else text


def csv_lines(header: list[str], rows: Iterable[list]) -> Iterator[bytes]:
    """UTF-8 with a mark at the start, by which Excel knows the encoding; about 64 KB at a time."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow(header)
    for row in rows:
        writer.writerow([safe_text(value) for value in row])
        if buffer.tell() > 65_536:
            yield _taken(buffer)
    yield _taken(buffer)


def xlsx_parts(header: list[str], rows: Iterable[list]) -> Iterator[bytes]:
    """A workbook with one sheet, zipped as it is written. Cells hold text or numbers, never formulas."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        for name, text in _FRAME.items():
            archive.writestr(name, text)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'{_XML}<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            sheet.write(_xlsx_row(header))
            for row in rows:
                sheet.write(_xlsx_row(row))
                if sink.size > 65_536:
                    yield sink.taken()
            sheet.write(b"</sheetData></worksheet>")
    yield sink.taken()


def _digits(value) -> str:
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)


def _taken(buffer: io.StringIO) -> bytes:
    data = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return data


def _xlsx_row(row) -> bytes:
    return f"<row>{''.join(map(_xlsx_cell, row))}</row>".encode()


def _xlsx_cell(value) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return f"<c><v>{_digits(value)}</v></c>"
    text = NOT_XML.sub("", safe_text(value))[:LONGEST_CELL]
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


class _Sink(io.RawIOBase):
    """Where the archive is written to: handed on in pieces, so it cannot be read or wound back."""

    def __init__(self):
        super().__init__()
        self.parts: list[bytes] = []
        self.size = 0

    def writable(self):
        return True

    def write(self, data):
        self.parts.append(bytes(data))
        self.size += len(data)
        return len(data)

    def taken(self) -> bytes:
        """What was written since the last time."""
        data, self.parts, self.size = b"".join(self.parts), [], 0
        return data


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FRAME = {
    "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
    '<sheet name="Rows" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
