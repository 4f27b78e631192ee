"""Prices: an amount, and what the same cell tells of currency and rent period."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from apps.imports.problems import Problem, refuse, warn
from apps.imports.understanding.choices import read_currency, read_frequency
from apps.imports.understanding.numbers import EXPONENT, Ambiguous, looks_made_up, read_number
from apps.imports.understanding.text import clean_line, is_nothing, latin_digits

# Outside of these a price is doubted and a person decides. They are bounds for typing errors, not for the market:
# the dearest flat sold in Dubai made AED 500 million in 2023, the cheapest rents are OMR 5 a day.
SALE_BOUNDS = (Decimal(1_000), Decimal(1_000_000_000))
RENT_BOUNDS = (Decimal(5), Decimal(20_000_000))
MOST = Decimal(10) ** 12  # what the column holds
THREE_DECIMALS = frozenset({"OMR", "KWD", "BHD", "JOD"})
ON_REQUEST = re.compile(
    r"\b(on request|upon request|on application|poa|call|ask|contact|enquire|negotiable|tba)\b|عند الطلب", re.I
)
NUMBER_WITHIN = re.compile(
    r"\d[\d.,’' ]*(?:\s*(?:k|mn?|bn?|million|billion|thousand|lakh|lac|crore|cr|مليون|[أا]لف)\b\.?)?", re.I
)
RANGE = re.compile(r"\d[\s]*(?:-|–|to|~)[\s]*(?:[A-Z]{3}\s*)?\d", re.I)
FILLER = re.compile(
    r"\b(?:from|only|price|starting|asking|net|negotiable|neg|ono|or nearest offer|approx|all inclusive)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Money:
    """What a price cell says; each part may be missing."""

    amount: Decimal | None = None
    currency: str | None = None
    frequency: str | None = None
    problem: Problem | None = None


@lru_cache(maxsize=20_000)
def read_money(text: str, column: str, currency: str = "") -> Money:
    """A price cell such as `AED 1.2M`, `40 OMR`, `110,000`, `AED 95,000 / year`. `currency` is that of the column."""
    cleaned = latin_digits(clean_line(text))
    if is_nothing(cleaned):
        return Money()
    if EXPONENT.match(cleaned):
        return _checked(text, column, read_number(cleaned), currency or None, None)
    found = list(NUMBER_WITHIN.finditer(cleaned))
    if not found:
        return _without_number(text, cleaned, column)
    if RANGE.search(cleaned) or len(found) > 1:
        return _more_than_one(text, column)
    before, after = cleaned[: found[0].start()].strip(" :-"), cleaned[found[0].end() :].strip(" :")
    if before.endswith("-") or cleaned.startswith("-") or (before.startswith("(") and after.endswith(")")):
        return Money(problem=refuse(column, text, "A price cannot be less than 0. Enter the price.", "negative price"))
    code, frequency, rest = _words_around(f"{before} {after}")
    if rest:
        sentence = f"“{rest[:40]}” in the price is not understood. Enter digits only."
        return Money(problem=refuse(column, text, sentence, "words in the price", suggestion=found[0][0].strip()))
    code = code or currency or None
    number = read_number(found[0][0].strip(" ,.’'"), three_decimals=code in THREE_DECIMALS)
    return _checked(text, column, number, code, frequency)


def _checked(text, column, number, code, frequency) -> Money:
    if isinstance(number, Ambiguous):
        sentence = f"Use digits only. Did you mean {number.suggestion}?"
        return Money(problem=refuse(column, text, sentence, "dot in the price", number.suggestion))
    if number is None:
        return Money(problem=refuse(column, text, "This is not a price. Enter digits only.", "not a price"))
    if number >= MOST:
        return Money(problem=refuse(column, text, "The price has more than 12 digits. Enter the price.", "too long"))
    if number == 0:
        return Money(None, code, frequency, warn(column, text, "A price of 0 was left empty.", "price of 0"))
    return Money(number.quantize(Decimal("0.001")).normalize() + 0, code, frequency)


def why_doubt_price(amount: Decimal, is_lease: bool) -> str | None:
    """The sentence by which a person is asked whether the price is meant; None for a believable one."""
    low, high = RENT_BOUNDS if is_lease else SALE_BOUNDS
    if amount > high:
        return f"A price above {high:,.0f} is doubtful. Check it, or leave it empty."
    if amount < low:
        return f"A price below {low:,.0f} is doubtful. Check it, or leave it empty."
    if looks_made_up(amount):
        return "The price looks made up. Check it, or leave it empty."
    return None


def _without_number(text, cleaned, column) -> Money:
    if ON_REQUEST.search(cleaned):
        return Money(problem=warn(column, text, "No price is given (on request). It was left empty.", "on request"))
    code = read_currency(cleaned)
    if code:
        return Money(None, code)
    return Money(problem=refuse(column, text, "This is not a price. Enter digits only.", "not a price"))


def _more_than_one(text, column) -> Money:
    sentence = "There is more than one number in the price. Enter one price, digits only."
    return Money(problem=refuse(column, text, sentence, "range"))


def _words_around(text: str) -> tuple[str | None, str | None, str]:
    """Currency, rent period, and what is left of the words around the number."""
    code = frequency = None
    rest = text.strip(" ()/-,:*")
    for word in re.findall(r"[^\s()/,:*-]+|/", text):
        code = code or read_currency(word.strip("."))
    if code:
        kept = [w for w in re.findall(r"[^\s()/,:*-]+", text) if not read_currency(w.strip("."))]
        rest = " ".join(kept)
    rest = FILLER.sub("", rest).strip(" /-.,")
    if rest:
        frequency = read_frequency(rest)
        rest = "" if frequency else rest
    return code, frequency, rest
