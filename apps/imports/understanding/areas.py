"""Areas: a number and its unit in whichever way they are written."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from apps.core.units import AreaUnits, to_square_metres
from apps.imports.problems import Problem, warn
from apps.imports.understanding.numbers import Ambiguous, looks_made_up, read_number
from apps.imports.understanding.text import clean_line, is_nothing, latin_digits

# In m². Below 5 there is no room, above 100,000 no home: outside a person decides.
BOUNDS = (Decimal(5), Decimal(100_000))
MOST = Decimal(10) ** 10  # what the column holds
FEET, METRES = AreaUnits.SQUARE_FEET.value, AreaUnits.SQUARE_METERS.value
AREA = re.compile(
    r"(?P<number>\d[\d.,’' ]*)\s*(?P<unit>sq\.?\s*-?(?:ft|feet|foot|f)\b\.?|sq\.?\s*-?m(?:t|tr|eters?|etres?)?s?\b\.?|"
    r"square (?:feet|foot|met(?:er|re)s?)|ft\s*[²2]|ft\b|feet\b|"
    r"m\s*[²2]|m\b|met(?:er|re)s?\b|قدم(?: مربع)?|متر(?: مربع)?|م[²2]?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Area:
    """What an area cell says."""

    value: Decimal | None = None
    units: str | None = None
    problem: Problem | None = None


@lru_cache(maxsize=20_000)
def read_area(text: str, column: str) -> Area:
    """An area cell such as `1,012 sqft`, `100 Sq. M.`, `2147483647 m2`, `1323`."""
    cleaned = latin_digits(clean_line(text))
    if is_nothing(cleaned):
        return Area()
    found = AREA.fullmatch(cleaned)
    if not found:
        return Area(problem=warn(column, text, "This is not an area. Enter it as 1,012 sqft or 94 m².", "not an area"))
    number = read_number(found["number"].strip(" ,.’'"))
    units = _units(found["unit"])
    if isinstance(number, Ambiguous):
        sentence = f"Use digits only. Did you mean {number.suggestion}?"
        return Area(None, units, warn(column, text, sentence, "dot in the area", number.suggestion))
    if number is None or number >= MOST:
        return Area(problem=warn(column, text, "This is not an area. Enter it as 1,012 sqft or 94 m².", "not an area"))
    if number == 0:
        return Area(None, units, warn(column, text, "An area of 0 was left empty.", "area of 0"))
    return Area(round(number, 2), units)


def why_doubt_area(value: Decimal, units: str) -> str | None:
    """The sentence by which a person is asked whether the area is meant; None for a believable one."""
    metres = to_square_metres(value, units)
    if metres > BOUNDS[1]:
        return f"An area above {BOUNDS[1]:,.0f} m² is doubtful. Check it, or leave it empty."
    if metres < BOUNDS[0]:
        return f"An area below {BOUNDS[0]:,.0f} m² is doubtful. Check it, or leave it empty."
    if looks_made_up(value):
        return "The area looks made up. Check it, or leave it empty."
    return None


def _units(text: str | None) -> str | None:
    if not text:
        return None
    return FEET if "f" in text.lower() or "قدم" in text else METRES
