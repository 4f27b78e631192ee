"""Dates: how a column writes them is decided from the whole column, and asked where that leaves two answers."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from apps.imports.understanding.text import clean_line, latin_digits

ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$")
NUMERIC = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:[T ,].*)?$")
NAMED = re.compile(
    r"(?:[A-Za-z]{3,9},? )?(\d{1,2})(?:st|nd|rd|th)?[-/. ]+([A-Za-z]{3,9})[-/., ]+(\d{4}|\d{2})(?:[T ,].*)?$"
)
NAMED_FIRST = re.compile(r"([A-Za-z]{3,9})[-/. ]+(\d{1,2})(?:st|nd|rd|th)?[-/., ]+(\d{4})(?:[T ,].*)?$")
COMPACT = re.compile(r"(20\d\d|19\d\d)(\d\d)(\d\d)$")
SERIAL = re.compile(r"([2-6]\d{4})(?:\.\d+)?$")  # days since 30 Dec 1899: how spreadsheets keep dates
MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
DMY, MDY, ASK = "dmy", "mdy", "ask"
CENTURY_TURNS = 70  # 69 is 2069, 70 is 1970 (as POSIX reads two-digit years)
YEARS = range(1900, 2101)


@dataclass(slots=True)
class DateColumn:
    """What was seen of one column of dates."""

    numeric: int = 0
    first_above_12: int = 0
    second_above_12: int = 0
    example: str = ""
    seen: set[str] = field(default_factory=set)

    def look_at(self, text: str) -> None:
        """Take one more cell into account."""
        match = NUMERIC.match(text)
        if not match:
            return
        first, second = int(match[1]), int(match[2])
        self.numeric += 1
        self.first_above_12 += first > 12
        self.second_above_12 += second > 12
        if first <= 12 and second <= 12 and first != second:
            self.example = self.example or text

    @property
    def order(self) -> str:
        """`dmy`, `mdy`, or `ask` where the column leaves both possible (or holds both)."""
        if self.first_above_12 and not self.second_above_12:
            return DMY
        if self.second_above_12 and not self.first_above_12:
            return MDY
        return ASK if self.example or (self.first_above_12 and self.second_above_12) else DMY


@lru_cache(maxsize=20_000)
def read_date(text: str, order: str) -> date | str | None:
    """The date, None where it is none, or `ask` where it could be two days and `order` does not say which."""
    text = latin_digits(clean_line(text))
    for pattern, parts in ((ISO, (1, 2, 3)), (COMPACT, (1, 2, 3))):
        match = pattern.match(text)
        if match:
            return _day(*(int(match[part]) for part in parts))
    match = NAMED.match(text)
    if match and match[2][:3].lower() in MONTHS:
        return _day(_year(match[3]), MONTHS[match[2][:3].lower()], int(match[1]))
    match = NAMED_FIRST.match(text)
    if match and match[1][:3].lower() in MONTHS:
        return _day(int(match[3]), MONTHS[match[1][:3].lower()], int(match[2]))
    match = NUMERIC.match(text)
    if match:
        return _numeric(int(match[1]), int(match[2]), _year(match[3]), order)
    return _serial(text)


def _numeric(first: int, second: int, year: int, order: str) -> date | str | None:
    if order == ASK:
        if first != second and first <= 12 and second <= 12:
            return ASK
        order = DMY if first > 12 else MDY
    return _day(year, second, first) if order == DMY else _day(year, first, second)


def _serial(text: str) -> date | None:
    match = SERIAL.match(text)
    return date.fromordinal(date(1899, 12, 30).toordinal() + int(match[1])) if match else None


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < CENTURY_TURNS else 1900)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None
