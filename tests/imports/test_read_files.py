"""Files of every kind become rows, decided by their content; what cannot be read gets a sentence."""

import io
import json
import zipfile
from datetime import datetime

import pytest

from apps.imports.problems import REFUSE, Unreadable
from apps.imports.reading import Layout, Lookup, Pairs, open_table
from tests.imports.files import cells, csv_text, read, write, xlsx_bytes, zip_bytes

HEADER, ROW = ["Title", "Price", "Note"], ["Sea view", "1200000", "café"]
AS_CELLS = dict(zip(HEADER, ROW, strict=True))
ARABIC = ["شقة للإيجار في مسقط", "300", "غرفتين وصالة"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_separator_of_a_csv_file_is_found(tmp_path, delimiter):
    path = write(tmp_path, csv_text(HEADER, ROW, ["Two, rooms", "5", ""], delimiter=delimiter))
    assert cells(path)[0] == AS_CELLS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_the_encoding_of_western_text_is_found(tmp_path, encoding):
    assert cells(write(tmp_path, csv_text(HEADER, ROW).encode(encoding)))[0] == AS_CELLS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1256"])
def test_the_encoding_of_arabic_text_is_found(tmp_path, encoding):
    path = write(tmp_path, csv_text(HEADER, ARABIC).encode(encoding))
    assert list(cells(path)[0].values()) == ARABIC


def test_the_encoding_of_cyrillic_text_is_found(tmp_path):
    row = ["Квартира у моря", "900000", "две комнаты"]
    assert list(cells(write(tmp_path, csv_text(HEADER, row).encode("cp1251")))[0].values()) == row


def test_damaged_utf8_is_read_and_the_damage_is_said(tmp_path):
    content = csv_text(HEADER, *[ARABIC] * 20).encode() + b"Broken \xff,5,x\r\n"
    with open_table(write(tmp_path, content)) as table:
        assert "1 byte of the file is damaged" in table.remarks[0]
        assert list(table.rows())[-1].cells["Title"] == "Broken �"


def test_row_numbers_are_those_of_a_spreadsheet(tmp_path):
    path = write(tmp_path, "Title,Price\n\nFirst,1\nSecond,2\n")
    assert [row.number for row in read(path)] == [3, 4]


def test_lines_above_the_header_are_passed_over(tmp_path):
    path = write(tmp_path, "Export of 3 May,,\n\nTitle,Price,Note\nSea view,1200000,café\n")
    assert cells(path) == [AS_CELLS]


def test_columns_of_the_same_name_are_told_apart(tmp_path):
    path = write(tmp_path, "Price,Price,,Title\n1,2,3,x\n")
    assert cells(path)[0] == {"Price": "1", "Price (2)": "2", "Column 3": "3", "Title": "x"}


def test_a_row_with_too_many_cells_is_refused(tmp_path):
    (row,) = read(write(tmp_path, "Title,Price\nSea view,1,200,000\n"))
    assert row.problems[0].severity == REFUSE
    assert "4 cells, the header has 2" in row.problems[0].sentence


def test_an_open_quotation_mark_is_said_and_other_rows_are_read(tmp_path):
    rows = read(write(tmp_path, 'Title,Price\nOne,1\n"Two,2\nThree,3\n'))
    assert rows[0].cells == {"Title": "One", "Price": "1"}
    assert "quotation mark is not closed" in rows[1].problems[0].sentence


def test_a_cell_of_a_million_characters_gets_a_sentence(tmp_path):
    rows = read(write(tmp_path, f"Title,Price\n{'x' * 900_000},1\nTwo,2\n"))
    assert rows[0].problems[0].severity == REFUSE
    assert rows[-1].cells == {"Title": "Two", "Price": "2"}


def test_nuls_are_left_out(tmp_path):
    rows = cells(write(tmp_path, b"Title,Price\nSea\x00 view,1\n" + b"a,b\n" * 2000))
    assert rows[0] == {"Title": "Sea view", "Price": "1"}


def test_a_spreadsheet_is_read_with_dates_and_whole_numbers(tmp_path):
    content = xlsx_bytes(["Title", "Price", "Date"], ["Sea view", 1200000.0, datetime(2026, 5, 3)])
    assert cells(write(tmp_path, content)) == [{"Title": "Sea view", "Price": "1200000", "Date": "2026-05-03"}]


RECORDS = [{"id": 1, "price": {"amount": 5}, "tags": ["a", "b"]}, {"id": 2, "price": {"amount": 6}, "tags": []}]
FLAT = [{"id": "1", "price.amount": "5", "tags": "a; b"}, {"id": "2", "price.amount": "6", "tags": ""}]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(RECORDS),
        json.dumps({"meta": {"total": 2}, "data": {"listings": RECORDS}}),
        "\n".join(json.dumps(record) for record in RECORDS),
    ],
    ids=["array", "wrapped", "lines"],
)
def test_json_is_read_in_each_shape(tmp_path, text):
    assert cells(write(tmp_path, text)) == FLAT


@pytest.mark.parametrize("text", [json.dumps(RECORDS), json.dumps({"records": RECORDS})])
def test_of_json_that_is_cut_off_the_whole_records_are_offered(tmp_path, text):
    rows = read(write(tmp_path, text[:-12]))
    assert rows[0].cells == FLAT[0]
    assert "cut off" in rows[1].problems[0].sentence


FEED = """<?xml version="1.0"?><feed><info>x</info>
<property id="7"><price currency="AED">5</price>
<title>Sea &amp; sky&nbsp;view</title><place><city>Dubai</city></place></property>
<property id="8"><price currency="AED">6</price><title>Two</title></property></feed>"""


def test_the_repeated_element_of_a_feed_is_its_row(tmp_path):
    rows = cells(write(tmp_path, FEED))
    assert rows[0]["@id"] == "7" and rows[0]["price"] == "5" and rows[0]["price.@currency"] == "AED"
    assert rows[0]["place.city"] == "Dubai" and rows[0]["title"] == "Sea & sky\xa0view"
    assert len(rows) == 2


def test_of_a_feed_that_is_cut_off_the_whole_elements_are_offered(tmp_path):
    rows = read(write(tmp_path, FEED[: FEED.index("Two")]), Layout(rows="feed/property"))
    assert rows[0].cells["@id"] == "7"
    assert "breaks off" in rows[1].problems[0].sentence


def test_pairs_and_lookups_of_a_wordpress_export_become_columns(tmp_path):
    feed = """<rss><channel>
    <item><type>listing</type><meta><k>price</k><v>5</v></meta><meta><k>photo</k><v>9</v></meta>
      <category domain="beds">3</category></item>
    <item><type>page</type></item>
    <item><type>file</type><id>9</id><url>http://pictures.test/9.jpg</url></item></channel></rss>"""
    layout = Layout(
        rows="rss/channel/item",
        where={"type": "listing"},
        pairs=(Pairs("meta", "k", "v", "meta:"), Pairs("category", "@domain", ".", "term:")),
        lookups=(Lookup({"type": "file"}, "id", "url", "meta:photo", "photo_url"),),
    )
    (row,) = cells(write(tmp_path, feed), layout)
    assert (row["meta:price"], row["term:beds"], row["photo_url"]) == ("5", "3", "http://pictures.test/9.jpg")


def test_the_file_of_listings_in_a_zip_is_found(tmp_path):
    people = json.dumps({"records": [{"Name": "A", "Phone": "1"}]})
    homes = json.dumps({"records": [{"Price__c": 5, "Beds__c": 2, "City__c": "Dubai"}]})
    path = write(tmp_path, zip_bytes(people__json=people, homes__json=homes))
    assert cells(path) == [{"Price__c": "5", "Beds__c": "2", "City__c": "Dubai"}]


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    "<l><property><title>&b;</title><price>1</price></property></l>"
)
THIEF = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    "<l><property><title>&a;</title><price>1</price></property></l>"
)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"\n \n\n", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Excel"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "web page"),
        (b"only one column\nand a row\n", "one column"),
        (bytes(range(256)) * 40, "not a text file"),
        (b"PK\x03\x04 and then nothing", "damaged"),
        (LAUGHS.encode(), "entities"),
        (THIEF.encode(), "entities"),
        (b"[" * 5000, "No list of records|cut off"),
        (b'{"a": 1', "No list of records|cut off"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence(tmp_path, content, sentence):
    try:
        said = [problem.sentence for row in read(write(tmp_path, content)) for problem in row.problems]
    except Unreadable as refusal:
        said = refusal.sentences
    assert any(part in one for one in said for part in sentence.split("|")), said


def test_a_zip_bomb_is_not_unpacked(tmp_path):
    path = write(tmp_path, zip_bytes(bomb__csv="0" * 60_000_000))
    with pytest.raises(Unreadable, match="unpacks to 57 MB"):
        read(path)


def test_a_spreadsheet_with_entities_is_not_read(tmp_path):
    source, out = zipfile.ZipFile(io.BytesIO(xlsx_bytes(HEADER, ROW))), io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                part = part.replace("<worksheet", '<!DOCTYPE x [<!ENTITY a "ha">]><worksheet')
            target.writestr(name, part)
    with pytest.raises(Unreadable, match="entities"):
        read(write(tmp_path, out.getvalue()))
