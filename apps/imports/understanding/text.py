"""Cleaning text of what people cannot see, and opening values that hold other values."""

import ast
import html
import json
import re
import unicodedata

from apps.imports.reading.text import without_unwanted

# Direction marks, zero-width space and byte order mark. The joiners (200C, 200D) stay: emoji and Persian need them.
INVISIBLE = re.compile("[\u200b\u200e\u200f\u061c\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]")
SPACES = re.compile(r"[^\S\n]+")
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬", "01234567890123456789.,")
TAG = re.compile(r"<(?:br|/p|/li|/div|/h\d)\s*/?>|<[a-z/!][^<>]{0,2000}>", re.IGNORECASE)
MAX_LITERAL = 20_000
MAX_NESTING = 40
NOTHING = frozenset(
    {"", "-", "--", "—", "n/a", "na", "n.a.", "null", "none", "nil", "nan", "not set", "tba", "tbd", "?", "#n/a"}
)


def clean_line(text: str) -> str:
    """One line: entities as characters, no invisible marks, each run of white space one space."""
    if text.isascii() and "&" not in text and "  " not in text and text.isprintable():
        return text.strip()
    return " ".join(_clean(text).split())


def clean_text(text: str) -> str:
    """Text of several lines: as `clean_line`, but line ends stay and HTML becomes plain text."""
    if "<" in text:
        text = TAG.sub(lambda tag: "\n" if tag[0][1:3].lower() in ("br", "/p", "/l", "/d", "/h") else "", text)
    lines = (
        SPACES.sub(" ", line).strip() for line in _clean(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    )
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _clean(text: str) -> str:
    if "&" in text:
        text = html.unescape(html.unescape(text))
    return unicodedata.normalize("NFC", INVISIBLE.sub("", text)).replace("\x00", "")


def is_nothing(text: str) -> bool:
    """Whether the cell says that there is no value: empty, a dash, N/A, null."""
    return text.strip().lower() in NOTHING


def latin_digits(text: str) -> str:
    """The text with Arabic and Persian digits written as 0 to 9."""
    return text if text.isascii() else text.translate(DIGITS)


def looks_nested(text: str) -> bool:
    """Whether a cell holds a written-out dictionary or list of JSON or Python."""
    return len(text) > 1 and text[0] in "{[" and text[-1] in "}]"


def read_literal(text: str) -> dict | list | None:
    """The dictionary or list that a cell holds, written as JSON or as Python writes it; None where it is neither."""
    if len(text) > MAX_LITERAL or text.count("{") + text.count("[") > MAX_NESTING:
        return None
    # Python writes quotation marks inside a text by quoting with ", so without " (or \) every ' is a delimiter.
    candidate = text.replace("'", '"') if '"' not in text and "\\" not in text else text
    try:
        value = json.loads(candidate, parse_int=str, parse_float=str)
    except ValueError:
        value = _python_literal(text)
    return value if isinstance(value, dict | list) else None


def _python_literal(text: str):
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None


def open_literals(cells: dict[str, str]) -> dict[str, str]:
    """The cells with each nested one spread out: `price` = {'amount': '1'} becomes `price.amount`, at any depth."""
    if not any(value and value[0] in "{[" for value in cells.values()):
        return cells
    opened: dict[str, str] = {}
    for name, value in cells.items():
        _spread(name, value, opened, 0)
    return opened


def _spread(name: str, value, into: dict[str, str], depth: int) -> None:
    if isinstance(value, str) and depth < 6:
        text = value.strip()
        literal = read_literal(text) if looks_nested(text) else None
        value = value if literal is None else literal
    if isinstance(value, dict):
        if _is_wrapped_value(value):
            _spread(name, value["value"], into, depth + 1)
        else:
            for key, inner in value.items():
                _spread(without_unwanted(f"{name}.{key}")[:120], inner, into, depth + 1)
    elif isinstance(value, list):
        into[name] = without_unwanted("; ".join(str(item) for item in value))
    else:
        into[name] = "" if value is None else without_unwanted(str(value))


def _is_wrapped_value(value: dict) -> bool:
    """Schema.org's way: {'@type': 'QuantitativeValue', 'name': 'Bedroom(s)', 'value': '0'} is the value itself."""
    return "value" in value and "@type" in value
