"""Numbers as people write them: 1.2M, 1,200,000, 12,00,000, 1'200'000, and those that can be read in two ways."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

FACTORS = {
    "k": 1_000,
    "thousand": 1_000,
    "th": 1_000,
    "الف": 1_000,
    "ألف": 1_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "mio": 1_000_000,
    "mil": 1_000_000,
    "million": 1_000_000,
    "مليون": 1_000_000,
    "b": 1_000_000_000,
    "bn": 1_000_000_000,
    "billion": 1_000_000_000,
    "lakh": 100_000,
    "lac": 100_000,
    "crore": 10_000_000,
    "cr": 10_000_000,
}
PLAIN = re.compile(r"\d+(?:\.\d+)?$")
GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?$|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?$")
SPACED = re.compile(r"\d{1,3}(?:[ ’']\d{3})+(?:[.,]\d{1,2})?$")
DOTTED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?$")
ONE_DOT = re.compile(r"\d{1,3}\.\d{3}$")
COMMA_DECIMAL = re.compile(r"\d+,\d{1,2}$")
EXPONENT = re.compile(r"\d+(?:\.\d+)?[eE]\+?\d{1,2}$")
MAX_DIGITS = 30
MADE_UP = frozenset({"123456", "1234567", "12345678", "123456789", "1234567890", "2147483647", "4294967295"})
_FACTOR = "|".join(sorted(FACTORS, key=len, reverse=True))
SUFFIXED = re.compile(rf"(?P<number>[\d.,’' ]*\d)\s*(?P<factor>{_FACTOR})\.?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A number that can be read in two ways; `suggestion` is the likelier reading in plain digits with commas."""

    suggestion: str


def read_number(text: str, *, three_decimals: bool = False) -> Decimal | Ambiguous | None:
    """The number that the whole text is, None where it is none.

    A dot before exactly three digits is ambiguous (1.295), unless `three_decimals` says that amounts have three.
    """
    if len(text) > MAX_DIGITS:
        return None
    suffixed = SUFFIXED.match(text)
    if suffixed:
        number = _digits(suffixed["number"].strip(), True)
        return number * FACTORS[suffixed["factor"].lower()] if isinstance(number, Decimal) else number
    return _digits(text, three_decimals)


def _digits(text: str, three_decimals: bool) -> Decimal | Ambiguous | None:
    if ONE_DOT.match(text) and not three_decimals and not text.startswith("0"):
        return Ambiguous(f"{int(text.replace('.', '')):,}")
    if PLAIN.match(text):
        return Decimal(text)
    if GROUPED.match(text):
        return Decimal(text.replace(",", ""))
    if SPACED.match(text):
        return Decimal(re.sub(r"[ ’']", "", text).replace(",", "."))
    if DOTTED.match(text):
        whole, _, cents = text.partition(",")
        return Ambiguous(f"{int(whole.replace('.', '')):,}" + (f".{cents}" if cents.strip("0") else ""))
    if COMMA_DECIMAL.match(text):
        return Ambiguous(text.replace(",", "."))
    return _exponent(text) if EXPONENT.match(text) else None


def _exponent(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number.quantize(Decimal(1)) if number < Decimal(10) ** 20 else None


def looks_made_up(number: Decimal) -> bool:
    """Whether it is a number that programs and tired people put in: 11111111, 101111111, 123456789, 2147483647.

    Prices of many nines (2,999,999) are how people price, so nines count only from eight digits on.
    """
    digits = str(int(number))
    if digits in MADE_UP:
        return True
    most = max(digits, key=digits.count)
    same = digits.count(most)
    if most == "0" or len(digits) < (8 if most == "9" else 6):
        return False
    return same == len(digits) or (len(digits) >= 8 and same == len(digits) - 1)
