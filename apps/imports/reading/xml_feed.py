"""XML feeds: rows are the elements on a path, said by a mapping or found as the element that repeats most.

Expat is used directly: it streams, and entities, which billion-laughs and file-stealing documents need, are refused
when they are declared (as defusedxml does, whose parsers build trees).
"""

import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.imports.problems import Unreadable, refuse
from apps.imports.reading.rows import MAX_CELL, MAX_COLUMNS, Layout, RawRow
from apps.imports.reading.text import detect_encoding, text_chunks

MAX_DEPTH = 60
SURVEY = 20_000  # elements; as many are looked at to find out which one is a row
DECLARED = re.compile(r"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
NAMED_ENTITY = re.compile(r"&(?!(?i:amp|lt|gt|quot|apos);)[A-Za-z][A-Za-z0-9]{1,30};")
MAX_LOOKUPS = 200_000
HOSTILE = gettext_lazy(
    "The XML file declares entities, which can hide an attack, and was not read. Save the feed without a DTD."
)


class XmlTable:
    """An XML file that was opened."""

    kind = "XML"

    def __init__(self, path: Path, layout: Layout):
        self.path, self.layout = path, layout
        encoding = detect_encoding(path)
        self.encoding, self.remarks = encoding.name, list(encoding.remarks)
        self.path_of_rows = tuple(layout.rows.split("/")) if layout.rows else self._survey()
        self._found = [self._look_up(lookup) for lookup in layout.lookups]

    def rows(self) -> Iterator[RawRow]:
        """The elements on the path, numbered from 1 (those that `layout.where` leaves out are not counted)."""
        number, pairs = 0, self.layout.pairs
        for element in self._elements(self.path_of_rows):
            if isinstance(element, str):
                number += 1
                yield RawRow(number, {}, (refuse("", "", element, "cut off"),))
                return
            if all(element.first(name) == value for name, value in self.layout.where.items()):
                number += 1
                yield self._row(number, _cells(element, pairs))

    def _row(self, number: int, cells: dict[str, str]) -> RawRow:
        for lookup, found in zip(self.layout.lookups, self._found, strict=True):
            if cells.get(lookup.column) in found:
                cells[lookup.into] = found[cells[lookup.column]]
        if len(cells) > MAX_COLUMNS:
            sentence = f"The element has {len(cells):,} values, at most {MAX_COLUMNS} are read."
            return RawRow(number, {}, (refuse("", "", sentence, "too wide"),))
        problems = []
        for name in [name for name, cell in cells.items() if len(cell) > MAX_CELL]:
            sentence = f"The value has {len(cells[name]):,} characters, at most {MAX_CELL:,} are read. Shorten it."
            problems.append(refuse(name, cells[name], sentence, "long cell"))
            cells[name] = cells[name][:200]
        return RawRow(number, cells, tuple(problems))

    def _look_up(self, lookup) -> dict[str, str]:
        found: dict[str, str] = {}
        for element in self._elements(self.path_of_rows):
            if isinstance(element, str) or len(found) >= MAX_LOOKUPS:
                break
            if all(element.first(name) == value for name, value in lookup.where.items()):
                found[element.first(lookup.key)] = element.first(lookup.value)
        return found

    def _survey(self) -> tuple[str, ...]:
        """The path whose elements are rows: of those that repeat and hold values by name, the ones that hold most."""
        seen: Counter[tuple[str, ...]] = Counter()
        names: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        for path in self._paths():
            seen[path] += 1
            names[path[:-1]].add(path[-1])
            if seen.total() >= SURVEY:
                break
        rows = [path for path in seen if len(path) > 1 and len(names[path]) >= 2]
        if not rows:
            raise Unreadable(
                _("No repeated element was found in the XML file. Write a mapping with the path of the rows.")
            )
        return max(rows, key=lambda path: (seen[path] > 1, seen[path] * len(names[path]) ** 2))

    def _paths(self) -> Iterator[tuple[str, ...]]:
        parser = _Parser(())
        for _element in parser.read(self._text()):
            opened, parser.opened = parser.opened, []
            yield from opened

    def _elements(self, path):
        """The elements on the path, and last a sentence where the file is cut off or broken."""
        parser = _Parser(path)
        for finished in parser.read(self._text()):
            yield from finished
        if parser.broken:
            yield parser.broken

    def _text(self) -> Iterator[str]:
        """The text with HTML's entities (&nbsp;), which XML does not know, written as characters."""
        carry, encoding = "", self.encoding
        with self.path.open("rb") as file:
            declared = DECLARED.search(file.read(400).decode("latin-1"))
        if encoding.startswith("cp") and declared and _is_eight_bit(declared[1]):
            encoding = declared[1]
        for chunk in text_chunks(self.path, encoding):
            text = carry + chunk
            cut = text.rfind("&", max(0, len(text) - 40))
            text, carry = (text, "") if cut < 0 else (text[:cut], text[cut:])
            yield _as_characters(text) if "&" in text else text
        yield _as_characters(carry)


def _as_characters(text: str) -> str:
    return NAMED_ENTITY.sub(lambda match: html.escape(html.unescape(match[0])), text)


def _is_eight_bit(name: str) -> bool:
    try:
        return len("é".encode(name, "replace")) == 1
    except LookupError:
        return False


class _Element:
    """One element of a row: its text, its attributes as `@name`, and its children by name."""

    __slots__ = ("children", "text")

    def __init__(self, attributes: dict[str, str]):
        self.text: list[str] = []
        self.children: dict[str, list[_Element]] = {}
        for name, value in attributes.items():
            self.child(f"@{name}").text.append(value)

    def child(self, name: str) -> "_Element":
        """A new child of that name."""
        element = _Element({})
        self.children.setdefault(name, []).append(element)
        return element

    def own_text(self) -> str:
        """The text directly in the element."""
        return "".join(self.text).strip()

    def first(self, name: str) -> str:
        """The text of the first child of that name (`.`: the element's own), or an empty string."""
        if name == ".":
            return self.own_text()
        return self.children[name][0].own_text() if name in self.children else ""


class _Parser:
    """Expat with handlers that keep only the element being read."""

    def __init__(self, path: tuple[str, ...]):
        self.path, self.broken, self.opened = path, "", []
        self._stack: list[str] = []
        self._open: list[_Element] = []
        self._finished: list[_Element] = []
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._characters
        parser.EntityDeclHandler = parser.UnparsedEntityDeclHandler = _refuse_entities
        parser.ExternalEntityRefHandler = _refuse_entities
        self._parser = parser

    def read(self, chunks: Iterator[str]) -> Iterator[list[_Element]]:
        """The elements that each chunk finishes; where the text breaks, `broken` says so and reading ends."""
        try:
            first = next(chunks, "").lstrip("\ufeff \r\n\t")
            self._parser.Parse(first)
            yield self._take()
            for chunk in chunks:
                self._parser.Parse(chunk)
                yield self._take()
            self._parser.Parse("", True)
        except expat.ExpatError as error:
            line = getattr(error, "lineno", 0)
            reason = expat.errors.messages.get(error.code, "it is not well-formed")
            self.broken = f"The XML breaks off at line {line:,} ({reason}). What stands before it can be imported."
        yield self._take()

    def _take(self) -> list[_Element]:
        finished, self._finished = self._finished, []
        return finished

    def _start(self, name, attributes):
        self._stack.append(name)
        if len(self._stack) > MAX_DEPTH:
            raise Unreadable(_("The XML file is nested too deeply."))
        if self._open:
            child = self._open[-1].child(name)
            for key, value in attributes.items():
                child.child(f"@{key}").text.append(value)
            self._open.append(child)
        elif self.path:
            if len(self._stack) == len(self.path) and tuple(self._stack) == self.path:
                self._open.append(_Element(attributes))
        else:
            self.opened.append(tuple(self._stack))

    def _end(self, name):
        self._stack.pop()
        if self._open:
            element = self._open.pop()
            if not self._open:
                self._finished.append(element)

    def _characters(self, text):
        if self._open:
            self._open[-1].text.append(text)


def _refuse_entities(*_):
    raise Unreadable(HOSTILE)


def _cells(element: _Element, pairs) -> dict[str, str]:
    cells: dict[str, list[str]] = {}
    paired = {pair.element for pair in pairs}
    for pair in pairs:
        for child in element.children.get(pair.element, ()):
            cells.setdefault(pair.prefix + child.first(pair.key), []).append(child.first(pair.value))
    _collect(element, "", cells, paired)
    return {name[:120]: "; ".join(value for value in values if value) for name, values in cells.items()}


def _collect(element: _Element, prefix: str, into: dict[str, list[str]], leave_out: set[str]) -> None:
    for name, children in element.children.items():
        if name in leave_out:
            continue
        for child in children:
            text = child.own_text()
            if text or not child.children:
                into.setdefault(f"{prefix}{name}", []).append(text)
            if child.children:
                _collect(child, f"{prefix}{name}.", into, set())
