"""JSON: an array of records, one record a line, or an object with the array somewhere inside; also cut off.

Records are decoded one at a time from a sliding window of text, so that memory does not grow with the file.
Numbers stay the text that they are in the file.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.imports.problems import Unreadable, refuse
from apps.imports.reading.rows import MAX_CELL, MAX_COLUMNS, Layout, RawRow
from apps.imports.reading.text import detect_encoding, text_chunks, without_unwanted

MAX_RECORD = 4_000_000  # characters
MAX_DEPTH = 20
SPACE = re.compile(r"\s*")
SPACE_OR_COMMA = re.compile(r"[\s,]*")
NO_RECORDS = gettext_lazy(
    "No list of records was found in the JSON file. Send an array of objects, or one object a line."
)
_decoder = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=lambda name: "")


class JsonTable:
    """A JSON file that was opened. `layout.rows` names the list by its path of keys, such as `data.listings`."""

    kind = "JSON"

    def __init__(self, path: Path, layout: Layout):
        self.path = path
        encoding = detect_encoding(path)
        self.encoding, self.remarks = encoding.name, list(encoding.remarks)
        self._wanted = tuple(layout.rows.split(".")) if layout.rows else ()
        next(iter(self.rows()), None)

    def rows(self) -> Iterator[RawRow]:
        """The records, numbered from 1."""
        window = _Window(text_chunks(self.path, self.encoding))
        is_list = self._find_list(window)
        number = 0
        while window.skip(SPACE_OR_COMMA) and not (is_list and window.peek() == "]"):
            number += 1
            try:
                record = window.decode()
            except ValueError:
                yield RawRow(number, {}, (_broken(number),))
                if is_list or not window.next_line():
                    return
                continue
            yield _row(number, record)
        if is_list and not window.peek():
            yield RawRow(number + 1, {}, (_broken(number + 1),))

    def _find_list(self, window) -> bool:
        """Move to the first record; whether the records stand in an array (else one after the other)."""
        if not window.skip(SPACE):
            raise Unreadable(_("The file is empty. Send one with at least one record."))
        if window.peek() == "[":
            window.advance(1)
            return True
        if window.peek() != "{":
            raise Unreadable(NO_RECORDS)
        start = window.mark()
        one_a_line = not self._wanted and _another_follows(window)
        window.back_to(start)
        if one_a_line:
            return False
        start = window.mark()
        found = self._descend(window, ())
        if found:
            window.forget_mark()
        elif self._wanted:
            raise Unreadable(NO_RECORDS)
        else:
            window.back_to(start)
        return found

    def _descend(self, window, path) -> bool:
        """Walk into an object up to the first array of objects (the wanted one); False where it holds none."""
        if len(path) > MAX_DEPTH:
            raise Unreadable(_("The JSON file is nested too deeply."))
        window.advance(1)
        while window.skip(SPACE_OR_COMMA) and window.peek() == '"':
            here = (*path, _key(window))
            if window.peek() == "[" and (not self._wanted or here == self._wanted) and window.opens_objects():
                window.advance(1)
                return True
            if window.peek() == "{":
                if self._descend(window, here):
                    return True
            else:
                _pass_over(window)
        window.advance(1)
        return False


def _key(window) -> str:
    try:
        key = window.decode()
    except ValueError as error:
        raise Unreadable(NO_RECORDS) from error
    window.skip(SPACE)
    if window.peek() != ":":
        raise Unreadable(NO_RECORDS)
    window.advance(1)
    window.skip(SPACE)
    return str(key)


def _another_follows(window) -> bool:
    try:
        window.decode()
    except ValueError:
        return False
    return window.skip(SPACE) and window.peek() == "{"


def _pass_over(window):
    try:
        window.decode()
    except ValueError as error:
        raise Unreadable(NO_RECORDS) from error


class _Window:
    """A stretch of text that is filled from the front and forgotten behind."""

    def __init__(self, chunks: Iterator[str]):
        self._chunks = chunks
        self._text, self._at, self.ended = "", 0, False
        self._kept = False

    def peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def advance(self, count: int) -> None:
        self._at += count

    def mark(self) -> int:
        """Remember this place (near the start of the file only: text is kept until `back_to` or a first record)."""
        self._kept = True
        return self._at

    def back_to(self, mark: int) -> None:
        self._at, self._kept = mark, False

    def forget_mark(self) -> None:
        """Text behind the present place is needed no more."""
        self._kept = False

    def skip(self, pattern: re.Pattern) -> bool:
        """Pass over what the pattern matches; False at the end of the file."""
        while True:
            self._at = pattern.match(self._text, self._at).end()
            if self._at < len(self._text):
                return True
            if not self._fill():
                return False

    def opens_objects(self) -> bool:
        """Whether the array that starts here holds objects."""
        while (found := SPACE.match(self._text, self._at + 1)).end() >= len(self._text):
            if not self._fill():
                return False
        return self._text[found.end()] == "{"

    def decode(self):
        """The value that starts here; moves behind it. ValueError where it is broken or cut off."""
        while True:
            try:
                value, end = _decoder.raw_decode(self._text, self._at)
            except RecursionError:
                raise ValueError("nested too deeply") from None
            except ValueError:
                if len(self._text) - self._at > MAX_RECORD or not self._fill():
                    raise
                continue
            if end == len(self._text) and not isinstance(value, dict | list) and self._fill():
                continue
            self._at = end
            return value

    def next_line(self) -> bool:
        """Move behind the end of this line; False where there is no further line."""
        while (end := self._text.find("\n", self._at)) < 0:
            if not self._fill():
                return False
        self._at = end + 1
        return True

    def _fill(self) -> bool:
        chunk = next(self._chunks, None)
        if chunk is None:
            self.ended = True
            return False
        if self._kept and len(self._text) > MAX_RECORD:
            raise Unreadable(NO_RECORDS)
        kept = self._text if self._kept else self._text[self._at :]
        self._at = self._at if self._kept else 0
        self._text = kept + chunk
        return True


def _broken(number: int):
    sentence = (
        f"Record {number} is cut off or is not valid JSON. The whole records can be imported; send the rest again."
    )
    return refuse("", "", sentence, "cut off")


def _row(number: int, record) -> RawRow:
    if not isinstance(record, dict):
        return RawRow(
            number, {}, (refuse("", str(record), "This record is no object with named values.", "no object"),)
        )
    cells: dict[str, str] = {}
    flatten(record, "", cells)
    problems = ()
    if len(cells) > MAX_COLUMNS:
        problems = (
            refuse("", "", f"The record has {len(cells):,} values, at most {MAX_COLUMNS} are read.", "too wide"),
        )
        cells = {}
    long = [name for name, cell in cells.items() if len(cell) > MAX_CELL]
    for name in long:
        sentence = f"The value has {len(cells[name]):,} characters, at most {MAX_CELL:,} are read. Shorten it."
        problems = (*problems, refuse(name, cells[name], sentence, "long cell"))
        cells[name] = cells[name][:200]
    return RawRow(number, cells, problems)


def flatten(record: dict, prefix: str, into: dict[str, str], depth: int = 0) -> None:
    """Write nested values as cells: `price.amount`; lists of values joined, other lists as JSON text."""
    for key, value in record.items():
        name = without_unwanted(f"{prefix}{key}")[:120]
        if isinstance(value, dict) and depth < MAX_DEPTH:
            flatten(value, f"{name}.", into, depth + 1)
        else:
            into[name] = without_unwanted(_text(value))


def _text(value) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "; ".join(value)
    if isinstance(value, list) and all(isinstance(item, dict) and isinstance(item.get("value"), str) for item in value):
        # Several phones or addresses, each with its kind, as Pipedrive and others write them: the main one first.
        first = sorted(value, key=lambda item: item.get("primary") is not True)
        return "; ".join(item["value"] for item in first if item["value"].strip())
    return json.dumps(value, ensure_ascii=False)
