"""What each app says about the data of a customer who is to be forgotten, in its `erasure.py`.

Each model that points at customers is declared with `erases`; a test finds those that are not.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from apps.customers.erasing.subject import Subject


@dataclass(frozen=True)
class Policy:
    """What becomes of the rows that point at the customer: deleted, or these columns blanked and the rest kept."""

    what: str
    blank: tuple[str, ...] | None = None

    @property
    def is_deleted(self) -> bool:
        """Whether the rows go as a whole."""
        return self.blank is None


@dataclass(frozen=True)
class Kept:
    """Something that stays, how much of it, and the reason that law or duty gives."""

    what: str
    count: int
    reason: str


POLICIES: dict[str, Policy] = {}
_parts: list[tuple[str, Callable[[Subject], int]]] = []
_searches: list[tuple[str, Callable[[Subject], int]]] = []
_keepers: list[Callable[[Subject], list[Kept]]] = []
_files: list[Callable[[Sequence[str]], int]] = []


def erases(label: str, what: str, *, blank: tuple[str, ...] | None = None) -> None:
    """Declare a model (`app.Model`) that points at customers; `what` is its name on the receipt."""
    POLICIES[label.lower()] = Policy(what, blank)


def forgets(what: str, *, reads_everything: bool = False):
    """Declare a function that removes what no foreign key leads to and returns how much it was.

    One that `reads_everything` of a table that grows takes its time, and is called by a job after the erasure.
    """

    def declare(remove: Callable[[Subject], int]):
        (_searches if reads_everything else _parts).append((what, remove))
        return remove

    return declare


def keeps(tell: Callable[[Subject], list[Kept]]):
    """Declare a function that says what is kept and why; it is asked before anything is removed."""
    _keepers.append(tell)
    return tell


def searches_files(remove: Callable[[Sequence[str]], int]):
    """Declare a function that removes stored files which hold one of these words, and returns how many."""
    _files.append(remove)
    return remove


def parts() -> list[tuple[str, Callable[[Subject], int]]]:
    """What apps remove themselves at once, by its name on the receipt."""
    return list(_parts)


def searches() -> list[tuple[str, Callable[[Subject], int]]]:
    """What apps remove after the erasure, because they read a whole table for it."""
    return list(_searches)


def kept_of(subject: Subject) -> list[Kept]:
    """All that is kept."""
    return [one for tell in _keepers for one in tell(subject) if one.count]


def remove_files(words: Sequence[str]) -> int:
    """Remove the files of all apps that hold one of these words."""
    return sum(remove(words) for remove in _files)
