"""What Today shows. Each app adds its cards, figures and buttons in `AppConfig.ready()`: `add_card()` and so on."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from apps.core.flags import is_offered

MAIN, SIDE = "main", "side"


@dataclass(frozen=True)
class Card:
    """A card with an address of its own, that loads and fails alone; `load(request)` gives the template's context.

    `every` seconds it asks again while the page is in sight. `instead` names a permission whose holders see other cards
    in its place.
    """

    key: str
    label: str
    permission: str
    load: Callable[..., dict]
    column: str = MAIN
    flag: str = ""
    every: int = 0
    instead: str = ""
    order: int = 100

    @property
    def template(self) -> str:
        """Its inside."""
        return f"today/{self.key}.html"


@dataclass(frozen=True)
class Stat:
    """A number with one comparison in words (`css`: good, late, worse), and the address of the list behind it."""

    value: str
    url: str
    note: str = ""
    css: str = ""


@dataclass(frozen=True)
class Figure:
    """One cell of the figures on top; `load(request)` gives its Stat."""

    label: str
    permission: str
    load: Callable[..., Stat]
    flag: str = ""
    instead: str = ""
    order: int = 100


@dataclass(frozen=True)
class Action:
    """A button of the header; the last one is the day's main action."""

    label: str
    route: str
    icon: str
    permission: str
    flag: str = ""
    instead: str = ""
    key: str = ""
    order: int = 100

    @property
    def url(self) -> str:
        return reverse(self.route)


_cards: list[Card] = []
_actions: list[Action] = []
_figures: list[Figure] = []


def add_card(*cards: Card) -> None:
    """Let Today show more cards."""
    _cards.extend(cards)
    _cards.sort(key=lambda card: card.order)


def add_figure(*figures: Figure) -> None:
    """Let Today show more figures."""
    _figures.extend(figures)
    _figures.sort(key=lambda figure: figure.order)


def add_action(*actions: Action) -> None:
    """Let Today's header offer more to do."""
    _actions.extend(actions)
    _actions.sort(key=lambda action: action.order)


def actions_for(request) -> list[Action]:
    """What this person may begin with; the last two fit."""
    return [action for action in _actions if _is_for(action, request)][-2:]


def cards_for(request) -> list[Card]:
    """The cards that this person has now."""
    return [card for card in _cards if _is_for(card, request)]


def figures_for(request) -> list[Figure]:
    """The figures that this person has now."""
    return [figure for figure in _figures if _is_for(figure, request)]


def _is_for(one: Card | Figure | Action, request) -> bool:
    return not (one.instead and request.user.has_perm(one.instead)) and is_offered(one, request)
