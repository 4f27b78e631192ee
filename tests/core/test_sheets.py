"""CSV and XLSX that no spreadsheet runs."""

import csv
import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from apps.core.sheets import csv_lines, safe_text, xlsx_parts

FORMULAS = [
    "=1+1",
    "+1",
    "-1+2",
    "@SUM(A1)",
    " =1+1",
    "\t=1+1",
    "\r=1",
    "\n=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "\u200f=1",
    "\ufeff=1",
    "\u00a0=1",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert safe_text(text) == f"'{text}"


@pytest.mark.parametrize("value", [Decimal("-5.50"), -3, "2 = 2", "a@b.example", "Marina", ""])
def test_numbers_and_harmless_text_stay_as_they_are(value):
    assert not safe_text(value).startswith("'")


def test_a_csv_has_a_mark_a_header_and_a_line_for_each_row():
    data = b"".join(csv_lines(["a", "b"], [["x,y", None], ["=1", Decimal("2450000.000")]]))
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows == [["a", "b"], ["x,y", ""], ["'=1", "2450000"]]


def test_a_workbook_is_read_by_others():
    data = b"".join(xlsx_parts(["a", "b"], [["مارينا", Decimal("1.5")], ["=1+1", None], ["<&>\x0b", True]]))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert list(sheet.values) == [("a", "b"), ("مارينا", 1.5), ("'=1+1", None), ("<&>", "yes")]


def test_no_cell_of_a_workbook_is_a_formula():
    data = b"".join(xlsx_parts(["a"], [[text] for text in FORMULAS]))
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet


def test_a_large_table_leaves_in_pieces():
    rows = ([f"row {number}" * 20] for number in range(20_000))
    assert len(list(csv_lines(["a"], rows))) > 10
