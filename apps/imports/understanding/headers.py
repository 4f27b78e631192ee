"""Which field a header means, by a table of synonyms, and how sure that is."""

import re
import unicodedata
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache

from apps.imports.understanding.choices import CURRENCY_WORDS, read_currency
from apps.imports.understanding.fields import FIELDS

SURE, LIKELY = 100, 70  # confidence in percent
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
NO_WORD = re.compile(r"[\W_]+")
UNIT_WORDS = {
    "sqft": "Square Feet",
    "sqf": "Square Feet",
    "ft2": "Square Feet",
    "ft": "Square Feet",
    "feet": "Square Feet",
    "sqm": "Square Meters",
    "m2": "Square Meters",
    "sqmt": "Square Meters",
    "sqmtr": "Square Meters",
    "meters": "Square Meters",
    "metres": "Square Meters",
    "meter": "Square Meters",
}
FREQUENCY_WORDS = {
    "annual": "Annually",
    "yearly": "Annually",
    "year": "Annually",
    "monthly": "Monthly",
    "month": "Monthly",
    "weekly": "Weekly",
    "daily": "Daily",
}
FILLER = {
    "in",
    "the",
    "of",
    "property",
    "listing",
    "nr",
    "no",
    "number",
    "per",
    "annum",
    "sq",
    "square",
    "total",
    "en",
    "english",
    "value",
}


@dataclass(frozen=True, slots=True)
class HeaderMatch:
    """What a header was taken for: the field, how sure (percent), and constants that the header itself tells."""

    field: str
    confidence: int
    constants: dict[str, str] = field(default_factory=dict)


def normalise(header: str) -> str:
    """A header as its words in lower case: `Location__Latitude__s`, `sizeSqFt` and `Size (sq.ft)` lose their dress."""
    header = unicodedata.normalize("NFKC", re.sub(r"__[cs]\b", "", header))
    return " ".join(NO_WORD.sub(" ", CAMEL.sub(" ", header)).lower().split())


@lru_cache(maxsize=4096)
def match_header(header: str) -> HeaderMatch | None:
    """The field that a header means, or None."""
    words = normalise(header)
    if words in _known():
        return HeaderMatch(_known()[words], SURE)
    last = normalise(header.replace("@", ".").rsplit(".", 1)[-1])
    kept, constants = _without_units(words.split())
    for candidate, confidence in ((kept, SURE), (last, LIKELY), (_plain(kept), LIKELY)):
        if candidate in _known():
            found = _known()[candidate]
            return HeaderMatch(found, confidence, _fitting(constants, found))
    close = get_close_matches(kept, _known(), n=1, cutoff=0.88) if len(kept) > 4 else []
    return HeaderMatch(_known()[close[0]], LIKELY, _fitting(constants, _known()[close[0]])) if close else None


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    known: dict[str, str] = {}
    for each in FIELDS.values():
        for spelling in (each.name.replace("_", " "), normalise(each.label), *each.headers):
            known.setdefault(normalise(spelling), each.name)
    return known


def _without_units(words: list[str]) -> tuple[str, dict[str, str]]:
    """The header without units and currency, and those as constants."""
    text, constants = " ".join(words), {}
    text = re.sub(r"\b(sq|square) (ft|feet|foot|f)\b", "sqft", text)
    text = re.sub(r"\b(sq|square) (m|mt|mtr|metre|meter)s?\b", "sqm", text)
    kept = []
    for word in text.split():
        if word in UNIT_WORDS:
            constants["living_area_units"] = UNIT_WORDS[word]
        elif word in CURRENCY_WORDS:
            constants["currency"] = read_currency(word)
        else:
            kept.append(word)
            if word in FREQUENCY_WORDS:
                constants["lease_amount_frequency"] = FREQUENCY_WORDS[word]
    return " ".join(kept), constants


def _plain(text: str) -> str:
    return " ".join(word for word in text.split() if word not in FILLER)


def _fitting(constants: dict[str, str], name: str) -> dict[str, str]:
    mine = {"living_area": {"living_area_units"}, "list_price": {"currency", "lease_amount_frequency"}}.get(name, set())
    return {key: value for key, value in constants.items() if key in mine}
