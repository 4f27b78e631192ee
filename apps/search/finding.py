"""One question to everything that can be found: groups of hits, what there is to do, and what may have been meant."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlencode

from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from apps.accounts.saved_views import reachable, saved_views
from apps.core.flags import is_offered
from apps.core.navigation import menu_for
from apps.listings.search import nearest_words, words_of
from apps.search.marks import folded, marked
from apps.search.registry import Asked, Command, Hit, Source, commands, sources

LONGEST = 100
COMMANDS_ONLY = ">"
MOST_OPENED = 8
PAGES, ACTIONS = 3, 4


@dataclass(frozen=True)
class Group:
    """Hits of one kind. `more` is the address of the whole list for the same text."""

    key: str
    label: str
    hits: list[Hit]
    more: str = ""


@dataclass(frozen=True)
class Found:
    """An answer. `meant` is the text with its unknown words mended, where nothing was found."""

    text: str
    groups: list[Group]
    meant: str = ""

    @property
    def count(self) -> int:
        """How many things were found; what there is to do is not counted."""
        return sum(len(group.hits) for group in self.groups if group.key not in ("pages", "actions"))

    @property
    def is_nothing(self) -> bool:
        """Whether something was looked for and nothing found."""
        return bool(self.text) and not self.text.startswith(COMMANDS_ONLY) and not self.count


def find(request, text: str, limit: int) -> Found:
    """Everything that this person may see and do by that text."""
    text = " ".join(text.replace("\x00", "").split())[:LONGEST]
    if text.startswith(COMMANDS_ONLY):
        return Found(text, _to_do(request, text[1:].strip(), everything=True))
    asked = Asked(text, words_of(text), request.user, request.agency, limit)
    if not asked.words:
        return Found(text, _to_do(request, text))
    groups = [_group(source, asked) for source in open_sources(request)]
    found = Found(text, [group for group in groups if group.hits])
    to_do = _to_do(request, text)
    return replace(found, groups=found.groups + to_do, meant="" if found.count else _meant(asked))


def opened(request, addresses: Sequence[str]) -> Found:
    """The pages opened last, those of them that this person may still see, and what there is to do."""
    wanted = [found for found in map(_opened_page, addresses[:MOST_OPENED]) if found]
    hits: dict[tuple[str, str], Hit] = {}
    for source in open_sources(request):
        values = [value for view, value in wanted if view == source.view]
        if values and source.recall:
            hits |= {(source.view, value): hit for value, hit in source.recall(request.user, values).items()}
    recent = [hits[one] for one in wanted if one in hits]
    groups = [Group("opened", _("Opened last"), recent)] if recent else []
    return Found("", groups + _to_do(request, ""))


def open_sources(request) -> list[Source]:
    """What this person may look through now."""
    return [one for one in sources() if is_offered(one, request)]


def _group(source: Source, asked: Asked) -> Group:
    more = source.more(asked.text) if source.more else ""
    return Group(source.key, _(source.label), source.find(asked), more)


def _opened_page(address: str) -> tuple[str, str] | None:
    try:
        match = resolve(unquote(address))
    except Resolver404:
        return None
    return (match.view_name, next(iter(match.kwargs.values()))) if len(match.kwargs) == 1 else None


def _meant(asked: Asked) -> str:
    """The same words with those mended that nobody knows, where a known one is near."""
    near = nearest_words(asked.words)
    return " ".join(near.get(word, word) for word in asked.words) if near else ""


def _to_do(request, text: str, *, everything: bool = False) -> list[Group]:
    """Pages and saved views whose names begin with what was typed, then actions; those that take the text, always."""
    words = folded(text).split()
    pages = [
        Hit(item.url, marked(item.label, words), icon=item.icon)
        for item in menu_for(request)
        if (words or everything) and _begins(item.label, words)
    ]
    views = [view for view in saved_views(request) if words and _begins(view.name, words)]
    pages += [Hit(url, marked(view.name, words), icon="table") for view, url in reachable(request, views)]
    actions = [hit for one in commands() if is_offered(one, request) for hit in _action(one, text, words)]
    groups = [
        Group("pages", _("Go to"), pages if everything else pages[:PAGES]),
        Group("actions", _("Actions"), actions if everything else actions[:ACTIONS]),
    ]
    return [group for group in groups if group.hits]


def _action(one: Command, text: str, words) -> list[Hit]:
    label, url = _(one.label), reverse(one.route)
    if not words or _begins(f"{label} {one.words}", words):
        return [Hit(url, marked(label, words), icon=one.icon, key=one.key)]
    if one.named and one.takes(text):
        return [Hit(f"{url}?{urlencode({one.parameter: text})}", _(one.named).format(text), icon=one.icon, key=one.key)]
    return []


def _begins(label: str, words) -> bool:
    """Whether each word begins one of the label's."""
    there = folded(label).split()
    return all(any(one.startswith(word) for one in there) for word in words)
