"""Which field a header means, by a table of synonyms, and how sure that is."""

import re
import unicodedata
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache

from apps.imports.understanding.choices import CURRENCY_WORDS, read_currency
from apps.imports.understanding.vocabulary import Vocabulary

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
def match_header(header: str, vocabulary: Vocabulary) -> HeaderMatch | None:
    """The field that a header means, or None."""
    words, known = normalise(header), _known(vocabulary)
    if words in known:
        return HeaderMatch(known[words], SURE)
    last = normalise(header.replace("@", ".").rsplit(".", 1)[-1])
    kept, constants = _without_units(words.split())
    plain = " ".join(word for word in kept.split() if word not in vocabulary.filler)
    for candidate, confidence in ((kept, SURE), (last, LIKELY), (plain, LIKELY)):
        if candidate in known:
            return _match(candidate, confidence, constants, vocabulary)
    close = get_close_matches(kept, known, n=1, cutoff=0.88) if len(kept) > 4 else []
    return _match(close[0], LIKELY, constants, vocabulary) if close else None


def _match(words: str, confidence: int, constants: dict[str, str], vocabulary: Vocabulary) -> HeaderMatch:
    name = _known(vocabulary)[words]
    told = {key: value for key, value in constants.items() if key in vocabulary.fields[name].tells}
    return HeaderMatch(name, confidence, told)


@lru_cache
def _known(vocabulary: Vocabulary) -> dict[str, str]:
    known: dict[str, str] = {}
    for prefix in ("", *vocabulary.prefixes):
        for each in vocabulary.fields.values():
            for spelling in (each.name.replace("_", " "), each.label, *each.headers):
                known.setdefault(normalise(f"{prefix} {spelling}"), each.name)
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
