"""Phone numbers and e-mail addresses in a cell: several of them, in any spelling, with words around them."""

import re
from functools import lru_cache
from typing import NamedTuple

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from apps.customers.models.contact import canonical_email
from apps.customers.phones import FEWEST_DIGITS, only_digits, parse_with_extension, tidy
from apps.imports.problems import Problem, warn
from apps.imports.understanding.text import clean_text

BETWEEN_PHONES = re.compile(r"\s*(?:[;|\n]|:::|,| / |/(?=\s*[+0])|\bor\b|\band\b|&|\bأو\b)\s*", re.I)
BETWEEN_EMAILS = re.compile(r"\s*(?:[;,|\n/]|:::|\s)\s*")
LABEL = re.compile(r"^\s*[^\W\d]{2,20}\.?\s*:\s*(?=[+(\d٠-٩۰-۹])")
CUT_SHORT = re.compile(r"^\d(?:[.,]\d+)?e\+?\d+$", re.I)
WHOLE = re.compile(r"\.0+$")
IN_BRACKETS = re.compile(r"<([^<>\s]+@[^<>\s]+)>")
LONGEST, MOST, SHOWN = 60, 12, 60


class Number(NamedTuple):
    """A phone number of a row. `e164` is empty where nobody could dial what was written."""

    e164: str
    extension: str = ""
    as_written: str = ""

    @property
    def text(self) -> str:
        """As `Phone.text`."""
        return (self.e164 + (f" x{self.extension}" if self.extension else "")) or self.as_written


def read_phones(column: str, text: str, region: str) -> tuple[list[Number], list[Problem]]:
    """The numbers of a cell, and what is wrong with those that are none."""
    numbers, problems = [], []
    for piece in _pieces(text, region):
        number = read_phone(piece, region)
        if number is None:
            problems.append(warn(column, text, _why_left_out(piece), "no phone number"))
            continue
        if not number.e164:
            sentence = f"“{piece[:SHOWN]}” is no number that can be dialled. It is kept as it is written."
            problems.append(warn(column, text, sentence, "odd phone number"))
        numbers.append(number)
    if len(numbers) > MOST:
        problems.append(warn(column, text, f"Only the first {MOST} numbers were taken.", "many numbers"))
    return numbers[:MOST], problems


@lru_cache(maxsize=4_000)
def read_phone(text: str, region: str) -> Number | None:
    """One number: as people dial it, else as it is written if it has digits enough, else nothing."""
    if len(text) > 200:
        return None
    plain = WHOLE.sub("", tidy(LABEL.sub("", text)))
    if CUT_SHORT.match(plain):
        return None
    e164, extension = parse_with_extension(plain, region)
    if e164 and _is_meant(plain, e164):
        return Number(e164, extension[:12])
    return Number("", "", plain[:LONGEST]) if len(only_digits(plain)) > FEWEST_DIGITS else None


def _is_meant(plain: str, e164: str) -> bool:
    """A number without a plus is taken for one of another country only where that is a number there."""
    if plain.lstrip("'(").startswith(("+", "00")) or only_digits(plain) != e164[1:]:
        return True
    return phonenumbers.is_valid_number(phonenumbers.parse(e164))


def _pieces(text: str, region: str) -> list[str]:
    text = clean_text(text.replace(":::", ";")).strip()
    if len(text) < LONGEST and (whole := read_phone(text, region)) and whole.e164:
        return [text]
    pieces = [piece.strip() for piece in BETWEEN_PHONES.split(text) if piece.strip()]
    if len(pieces) == 1:
        words = pieces[0].split()
        numbers = [read_phone(word, region) for word in words[:MOST]]
        if len(words) > 1 and all(number and number.e164 for number in numbers):
            return words
    return pieces


def _why_left_out(piece: str) -> str:
    if CUT_SHORT.match(piece.strip()):
        return f"A spreadsheet cut the number to {piece[:SHOWN]}. Enter all its digits. It was left out."
    return f"“{piece[:SHOWN]}” is no phone number. It was left out."


def read_emails(column: str, text: str) -> tuple[list[str], list[Problem]]:
    """The e-mail addresses of a cell, each once, and what is wrong with those that are none."""
    found, problems = {}, []
    text = text.replace("mailto:", "").replace(":::", ";") if len(text) < 20_000 else ""
    in_brackets, text = IN_BRACKETS.findall(text), clean_text(text)
    pieces = in_brackets or [piece for piece in BETWEEN_EMAILS.split(text) if piece]
    wrong = [piece for piece in pieces if not is_email(piece)]
    for piece in pieces:
        if piece not in wrong:
            found.setdefault(canonical_email(piece), piece)
    if wrong or not found:
        shown = f"“{', '.join(wrong)[:SHOWN]}”" if wrong else "This"
        sentence = f"{shown} is no e-mail address. It was left out."
        problems.append(warn(column, text, sentence, "no e-mail address", None if found else _mended(text)))
    return list(found.values())[:MOST], problems


@lru_cache(maxsize=4_000)
def is_email(text: str) -> bool:
    """Whether mail could be sent there."""
    if len(text) > 254:
        return False
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _mended(text: str) -> str | None:
    """The address that was probably meant: with a dot instead of a comma or blank."""
    tries = (text.replace(" ", ""), text.replace(",", "."), text.replace(" at ", "@").replace(" ", ""))
    return next((each for each in tries if each != text and is_email(each)), None)
