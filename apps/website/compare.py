"""What was sent against what a site answers: flat maps from a field's address in the answer to its value.

WordPress changes the writing of what it keeps (entities, line ends, numbers as strings), not the meaning: values are
compared by meaning.
"""

import html
import json
from decimal import Decimal, InvalidOperation
from functools import lru_cache


def flatten(body: dict) -> dict[str, object]:
    """{"meta": {"crm_price": 1}} → {"meta.crm_price": 1}. Lists stay whole."""
    flat = {}
    for key, value in body.items():
        if isinstance(value, dict):
            flat |= {f"{key}.{inner}": one for inner, one in flatten(value).items()}
        else:
            flat[key] = value
    return flat


def unflatten(flat: dict[str, object]) -> dict:
    """The other way round."""
    body = {}
    for path, value in flat.items():
        *above, last = path.split(".")
        inner = body
        for key in above:
            inner = inner.setdefault(key, {})
        inner[last] = value
    return body


@lru_cache(maxsize=1024)
def _keys(path: str) -> tuple[str, ...]:
    return tuple(path.split("."))


def read_at(answer: dict, path: str) -> object:
    """The value of a field in an answer; of a text the raw one, not how the page shows it."""
    value = answer
    for key in _keys(path):
        value = value.get(key) if isinstance(value, dict) else None
    return value["raw"] if isinstance(value, dict) and "raw" in value else value


def read_all(answer: dict, paths) -> dict[str, object]:
    """The values of several fields."""
    return {path: read_at(answer, path) for path in paths}


def same(ours: object, theirs: object) -> bool:
    """Whether a site shows what was sent. Where nothing was sent, nothing and 0 are the same; a studio's 0 is 0."""
    if type(ours) is type(theirs) and ours == theirs:
        return True
    return meaning(ours) == meaning(theirs) or (meaning(ours) == "" and meaning(theirs) in ("", "0", "[]"))


def differing(ours: dict[str, object], theirs: dict[str, object]) -> list[str]:
    """The fields of `ours` that are something else in `theirs`."""
    return [path for path, value in ours.items() if not same(value, theirs.get(path))]


def meaning(value: object) -> str:
    """A value in one spelling, whichever type a site gives it back as: 1, "1", true and ["1"] are the same."""
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, list):
        if len(value) == 1 and not isinstance(value[0], (dict, list)):
            return meaning(value[0])
        return json.dumps([meaning(one) for one in value])
    if isinstance(value, dict):
        return json.dumps({key: meaning(one) for key, one in sorted(value.items())})
    if value is None:
        return ""
    text = html.unescape(str(value)).replace("\r\n", "\n").strip()
    try:
        number = Decimal(text)
    except InvalidOperation:
        return "\n".join(" ".join(line.split()) for line in text.split("\n"))
    return format(number.normalize(), "f") if number.is_finite() else text
