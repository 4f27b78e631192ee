"""What the search can find and do. An app adds its own in `AppConfig.ready()`: `add_source()`, `add_command()`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from apps.accounts.models import Agency, User


@dataclass(frozen=True)
class Hit:
    """One line of an answer. `label` and `note` may hold marks; one of photo, initials and icon stands before them."""

    url: str
    label: str
    note: str = ""
    photo: str = ""
    initials: str = ""
    hue: int = 0
    icon: str = ""
    badge: str = ""
    key: str = ""


@dataclass(frozen=True)
class Asked:
    """What was typed, the words of it as the index spells them, who asks, and how many hits of a kind are wanted."""

    text: str
    words: tuple[str, ...]
    user: User
    agency: Agency
    limit: int


@dataclass(frozen=True)
class Source:
    """One kind of thing that can be found. `find` gives only what the person may see, the likeliest first.

    `view` is the name of the page of one such thing and `recall(user, values)` finds those whose page was opened, by
    the argument in its address. `more(text)` is the address of the whole list for that text.
    """

    key: str
    label: str
    permission: str
    find: Callable[[Asked], list[Hit]]
    view: str = ""
    recall: Callable[[User, Sequence], dict] | None = None
    more: Callable[[str], str] | None = None
    flag: str = ""
    order: int = 100


@dataclass(frozen=True)
class Command:
    """Something to do. With `parameter`, `named` ("New customer “{}”") takes over what was typed."""

    label: str
    route: str
    icon: str
    permission: str
    flag: str = ""
    key: str = ""
    named: str = ""
    parameter: str = ""
    words: str = ""
    takes: Callable[[str], bool] = field(default=lambda text: True)
    order: int = 100


_sources: list[Source] = []
_commands: list[Command] = []


def add_source(source: Source) -> None:
    """Let the search find one more kind of thing."""
    _sources.append(source)
    _sources.sort(key=lambda one: one.order)


def add_command(*commands: Command) -> None:
    """Let the search offer something more to do."""
    _commands.extend(commands)
    _commands.sort(key=lambda one: one.order)


def sources() -> list[Source]:
    """All kinds of things, in the order in which they are shown."""
    return _sources


def commands() -> list[Command]:
    """All there is to do, in the order in which it is shown."""
    return _commands
