"""Files damaged in every way that a strategy can think of."""

import json

from hypothesis import strategies as st

from tests.imports.files import csv_text, xlsx_bytes, zip_bytes

HEADER = ["Ref", "Title", "Price", "Beds", "Size sqft", "Date", "Facts"]
ROWS = [
    [f"R{n}", "Sea view & شقة 🏝️", "AED 1.2M", "7+", "1,012", "5/8/2024", "{'a': [1, 2], 'b': 'c'}"] for n in range(8)
]
RECORDS = [dict(zip(HEADER, row, strict=True)) for row in ROWS]
FEED = "".join(
    f"<p id='{r['Ref']}'><title><![CDATA[{r['Title']}]]></title><price>{r['Price']}</price></p>" for r in RECORDS
)
ORIGINALS = [
    csv_text(HEADER, *ROWS).encode(),
    csv_text(HEADER, *ROWS, delimiter=";").encode("utf-16"),
    csv_text(HEADER, *ROWS).encode("cp1256", "replace"),
    json.dumps(RECORDS).encode(),
    json.dumps({"data": {"records": RECORDS}}, ensure_ascii=False).encode(),
    "\n".join(json.dumps(record) for record in RECORDS).encode(),
    f"<?xml version='1.0'?><feed>{FEED}</feed>".encode(),
    xlsx_bytes(HEADER, *ROWS),
    zip_bytes(list__json=json.dumps(RECORDS), other__csv="a,b\n1,2\n"),
]


PEOPLE_HEADER = ["Id", "Name", "Phone", "Email", "Is a", "Budget", "Notes", "Email opt out", "Country"]
PEOPLE = [
    [
        f"{n}",
        f"Anna {n} شخص",
        f"+97150{n:07d}; 04 388 12{n:02d}",
        f"a{n}@mail.test",
        "Buyer",
        "1M - 2M",
        "x",
        "true",
        "UAE",
    ]
    for n in range(8)
]
PEOPLE_RECORDS = [dict(zip(PEOPLE_HEADER, row, strict=True)) for row in PEOPLE]
PEOPLE_FILES = [
    csv_text(PEOPLE_HEADER, *PEOPLE).encode(),
    csv_text(PEOPLE_HEADER, *PEOPLE, *PEOPLE[:3], delimiter=";").encode("utf-16"),
    csv_text(PEOPLE_HEADER[1:], *(row[1:] for row in PEOPLE)).encode("cp1256", "replace"),
    json.dumps({"records": PEOPLE_RECORDS}).encode(),
    xlsx_bytes(PEOPLE_HEADER, *PEOPLE),
    zip_bytes(people__json=json.dumps(PEOPLE_RECORDS), other__csv="a,b\n1,2\n"),
]


def damaged_files():
    """Files of listings, damaged."""
    return _damaged(ORIGINALS)


def damaged_people():
    """Files of customers, damaged."""
    return _damaged(PEOPLE_FILES)


@st.composite
def _damaged(draw, originals: list[bytes]) -> bytes:
    """One of the files with bytes flipped, cut, doubled, or NULs, quotation marks and brackets put in."""
    content = bytearray(draw(st.sampled_from(originals)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(0, len(content) - 1)))
        length = draw(st.integers(1, 40))
        match draw(st.sampled_from(["flip", "cut", "remove", "insert", "repeat"])):
            case "flip" if content:
                content[at] ^= draw(st.integers(1, 255))
            case "cut":
                del content[at:]
            case "remove":
                del content[at : at + length]
            case "insert":
                piece = draw(
                    st.sampled_from([b"\x00", b'"', b"'", b"\n", b"{", b"[", b"<", b"&", b"\xff", b",", b"\\u0000"])
                )
                content[at:at] = piece * length
            case "repeat":
                content[at:at] = content[at : at + length] * draw(st.integers(1, 20))
    return bytes(content)
