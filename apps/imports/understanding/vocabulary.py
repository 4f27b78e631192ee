"""What a file can say about one kind of row: its fields, the headers that mean them, and the words in its cells."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from apps.imports.understanding.choices import Choices

TEXT, LONG_TEXT, MONEY, AREA, COUNT, ROOMS = "text", "long text", "money", "area", "count", "rooms"
DATE, COORDINATE, POINT, YES_NO, CHOICE, ADDRESS = "date", "coordinate", "point", "yes/no", "choice", "address"
OWN_ID = "own_id"
REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name, what people read, how its cells are understood and what headers mean it.

    Headers are compared as `headers.normalise()` writes them: lower case words, no punctuation. `tells` are fields
    that header or cell of this one may tell too (a price its currency), `unknown` what becomes of a word that a choice
    does not know: REFUSED, the value to take instead, or nothing. `several` columns may fill the field together.
    """

    name: str
    label: str
    kind: str
    headers: tuple[str, ...] = ()
    max_length: int = 0
    low: int = 0
    high: int = 0
    tells: tuple[str, ...] = ()
    unknown: str = ""
    several: bool = False


def barred(text: str) -> tuple[str, ...]:
    """Words that are written with bars between them."""
    return tuple(word.strip() for word in text.split("|") if word.strip())


def field_called(name, label, kind, headers="", **more) -> Field:
    """A field whose headers are written with bars between them."""
    return Field(name, label, kind, barred(headers), **more)


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The fields of one subject of imports.

    `needed` are groups of fields of which a file should fill one, `said_once` what a person may say for the whole
    file, `known_by` by what people know a row (the first that the file has, group by group), `prefixes` and `filler`
    words that headers carry without changing what they mean.
    """

    subject: str
    fields: Mapping[str, Field]
    choices: Choices
    address_parts: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    filler: frozenset[str] = frozenset()
    needed: tuple[tuple[str, ...], ...] = ()
    said_once: tuple[str, ...] = ()
    known_by: tuple[tuple[str, ...], ...] = ()
    further_labels: Mapping[str, str] = field(default_factory=dict)

    def label(self, name: str) -> str:
        """What people call a field, or what stands beside the fields in a row's differences."""
        return self.further_labels.get(name) or self.fields[name].label

    def kind(self, name: str) -> str:
        """How the field's cells are understood; nothing for what is no field."""
        return self.fields[name].kind if name in self.fields else ""
