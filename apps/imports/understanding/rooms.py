"""Bedrooms and bathrooms: Studio is 0, `7+` is 7 with a remark, unknown is None and never 0."""

import re
from dataclasses import dataclass
from functools import lru_cache

from apps.imports.problems import Problem, warn
from apps.imports.understanding.text import clean_line, is_nothing, latin_digits

NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], start=1
    )
}
STUDIO = re.compile(r"\b(studio|studios|bedsit)\b|استوديو|ستوديو", re.I)
ROOM_WORD = r"(?:b/?\s?r|bhk|b/?h/?k|bed(?:room)?s?|bath(?:room)?s?|rooms?|غرف\w*|حمام\w*)"
ROOMS = re.compile(rf"(\d{{1,3}})(?:\.0+)?\s*-?\s*{ROOM_WORD}?\.?$", re.I)
AT_LEAST = re.compile(rf"(\d{{1,2}})\s*(?:\+|plus|or more|and more|and above)\s*{ROOM_WORD}?$", re.I)
MORE_THAN = re.compile(rf"(?:more than|over|above|>|أكثر من|اكثر من)\s*(\d{{1,2}})\s*{ROOM_WORD}?$", re.I)
EXTRA = re.compile(
    rf"(\d{{1,2}})\s*{ROOM_WORD}?\s*(?:\+|plus|and|&|with)\s*(\d?\s*[a-z' ]{{2,30}}|\d)\s*{ROOM_WORD}?$", re.I
)
HALVES = re.compile(r"(\d{1,2})\.(5|25|75)$")
MOST = 50


@dataclass(frozen=True, slots=True)
class Rooms:
    """What a cell says of a number of rooms."""

    count: int | None = None
    problem: Problem | None = None


@lru_cache(maxsize=20_000)
def read_rooms(text: str, column: str) -> Rooms:
    """A cell such as `2`, `Studio`, `7+`, `1 B/R`, `More than 6 bedrooms`, `2 + Maid`, `2.5`."""
    cleaned = latin_digits(clean_line(text)).strip(" .")
    if is_nothing(cleaned):
        return Rooms()
    match = ROOMS.match(cleaned)
    if match:
        return _bounded(int(match[1]), text, column)
    if STUDIO.search(cleaned):
        return Rooms(0)
    first = cleaned.split(" ", 1)[0].lower()
    if first in NUMBER_WORDS:
        return read_rooms(f"{NUMBER_WORDS[first]}{cleaned[len(first) :]}", column)
    return _with_remark(cleaned, text, column)


def _with_remark(cleaned, text, column) -> Rooms:
    for pattern, add in ((AT_LEAST, 0), (MORE_THAN, 1)):
        match = pattern.match(cleaned)
        if match:
            count = int(match[1]) + add
            return Rooms(count, warn(column, text, f"Read as {count}. Enter the number if it is higher.", "at least"))
    match = EXTRA.match(cleaned)
    if match:
        sentence = f"Read as {int(match[1])}. What stands after it is kept with the row."
        return Rooms(int(match[1]), warn(column, text, sentence, "and more"))
    match = HALVES.match(cleaned)
    if match:
        return Rooms(int(match[1]), warn(column, text, f"Read as {int(match[1])}: halves are not kept.", "halves"))
    sentence = "This is not a number of rooms. It was left empty. Enter a number, or Studio."
    return Rooms(None, warn(column, text, sentence, "not rooms"))


def _bounded(count: int, text: str, column: str) -> Rooms:
    if count > MOST:
        return Rooms(
            None, warn(column, text, f"More than {MOST} rooms are doubtful. It was left empty.", "too many rooms")
        )
    return Rooms(count)
