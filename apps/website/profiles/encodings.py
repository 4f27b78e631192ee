"""How a value is written for a site. Unknown stays unknown: null deletes what the site had, text becomes empty."""

import html
from decimal import Decimal


def text(value) -> str:
    """As text, without zeros behind the point."""
    if value is None:
        return ""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def number(value) -> int | float | None:
    """As a JSON number; whole ones without a point."""
    if value in (None, ""):
        return None
    exact = Decimal(str(value))
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def integer(value) -> int | None:
    """As a whole number."""
    return None if value in (None, "") else int(Decimal(str(value)))


def boolean(value) -> bool | None:
    """As true or false."""
    return None if value is None else bool(value)


def paragraphs(value) -> str:
    """Plain text as paragraphs; what looks like markup in it stays text."""
    blocks = (block.strip() for block in text(value).replace("\r\n", "\n").split("\n\n"))
    return "\n".join(f"<p>{html.escape(block, quote=False).replace(chr(10), '<br>')}</p>" for block in blocks if block)


def escaped(value) -> str:
    """Plain text for a field that is shown as markup: its lines stay lines."""
    return html.escape(text(value).replace("\r\n", "\n"), quote=False)


def terms(value) -> list[str]:
    """As the names of terms; the client knows their numbers."""
    return [] if value in (None, "") else [str(one) for one in (value if isinstance(value, list) else [value])]


def ids(value) -> list[int]:
    """Numbers of photos as a list."""
    return [one for one in value or () if one]


def joined(value) -> str:
    """Numbers of photos in one text: 4|5."""
    return "|".join(str(one) for one in ids(value))


def one_id(value) -> int:
    """The number of the first photo; 0 for none."""
    return value or 0


ENCODINGS = {
    "string": text,
    "number": number,
    "integer": integer,
    "boolean": boolean,
    "html": paragraphs,
    "escaped": escaped,
    "terms": terms,
    "ids": ids,
    "joined": joined,
    "id": one_id,
}


def encode(name: str, value) -> object:
    """`value` in the form `name`."""
    return ENCODINGS[name](value)
