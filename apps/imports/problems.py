"""What is wrong with a file or with one cell, in sentences that say what to change."""

from dataclasses import dataclass

from apps.core.refusals import Refused


class Unreadable(Refused):
    """The file as a whole cannot be read; `sentences` say why and what to do. Nothing of it was imported."""


REFUSE, WARN = "refuse", "warn"


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell (or row) that a person should look at.

    `severity` REFUSE keeps the row out until it is mended; WARN lets it in and says what was left out or doubted.
    `suggestion` is the text by which `value` may be replaced with one click, None where there is none.
    `kind` is the same for problems that the same kind of fix mends, so that it can be applied to similar rows.
    """

    column: str
    value: str
    sentence: str
    kind: str
    severity: str = WARN
    suggestion: str | None = None


def refuse(column: str, value: str, sentence: str, kind: str, suggestion: str | None = None) -> Problem:
    """A problem that keeps the row out."""
    return Problem(column, shortened(value), sentence, kind, REFUSE, suggestion)


def warn(column: str, value: str, sentence: str, kind: str, suggestion: str | None = None) -> Problem:
    """A problem that lets the row in."""
    return Problem(column, shortened(value), sentence, kind, WARN, suggestion)


def shortened(value: str, length: int = 80) -> str:
    """A value as it is quoted in a sentence."""
    return value if len(value) <= length else value[: length - 1] + "…"
