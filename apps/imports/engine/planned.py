"""A row and what is to become of it, whatever it is a row of; and the rule by which people's work stays."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from apps.imports.models import Record
from apps.imports.understanding.rows import UnderstoodRow


@dataclass(slots=True)
class Planned:
    """A row and what is to become of it. `values` are what it says, in the spelling of `canonical()`."""

    row: UnderstoodRow
    outcome: str
    key: str = ""
    record: Record | None = None
    values: dict[str, str] = field(default_factory=dict)
    changes: dict[str, list[str]] = field(default_factory=dict)
    conflicts: dict[str, list[str]] = field(default_factory=dict)

    @property
    def problems(self) -> list:
        """What is wrong with the row, or doubtful."""
        return self.row.problems

    @property
    def listing_id(self) -> int | None:
        """The listing the row is, as far as it is one."""
        return None

    @property
    def customer_id(self) -> int | None:
        """The customer the row is, as far as it is one."""
        return None


def split(
    p: Planned,
    before: Mapping[str, str] | None,
    ours_of: Callable[[str], str],
    *,
    sets: frozenset[str] = frozenset(),
) -> None:
    """Put what the file says otherwise into changes and conflicts: a field that a person changed since stays as it is.

    `before` is what was imported last; None where the row itself says which of ours it is, so that it has the word. Of
    `sets`, which hold several values, one a line, what people added stays and what the file adds is added; they stand
    against each other only where a person took away what was imported.
    """
    for name, theirs in p.values.items():
        base = None if before is None else before.get(name, "")
        if theirs == base:
            continue
        ours = ours_of(name)
        kept = base is not None and ours != base
        if name in sets and base is not None:
            kept, theirs = _united(ours, base, theirs)
        if ours != theirs:
            (p.conflicts if kept else p.changes)[name] = [ours, theirs]


def _united(ours: str, base: str, theirs: str) -> tuple[bool, str]:
    """Whether ours must stay as it is, and what comes of the three: what the file left out goes, what it adds comes."""
    here, last, now = (set(filter(None, text.split("\n"))) for text in (ours, base, theirs))
    if last <= here:
        return False, "\n".join(sorted(here - (last - now) | now))
    return not now <= here, ours if now <= here else theirs
