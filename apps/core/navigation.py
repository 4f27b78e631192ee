"""The menu. Each app adds its lines here from its AppConfig.ready(), in the order of the house."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from apps.core.flags import is_offered

GROUPS = ("main", "reports", "settings")


@dataclass(frozen=True)
class MenuItem:
    """A line of the menu: shown to those who hold `permission` and while `flag`, if any, is on.

    `count(user)` is what stands at its end, as people read it ("148", "1,000+"); it is asked for after the page.
    """

    label: str
    route: str
    icon: str
    permission: str
    group: str = "main"
    flag: str = ""
    order: int = 100
    count: Callable[..., str] | None = None

    @property
    def key(self) -> str:
        """What its count is found by in the page."""
        return self.route.replace(":", "-")


@dataclass(frozen=True)
class MenuLink:
    """A menu line as a page shows it. `letter` opens it after G; of two lines with one letter the first has it."""

    label: str
    url: str
    icon: str
    group: str
    active: bool
    key: str = ""
    letter: str = ""


_items: list[MenuItem] = []


def add_to_menu(*items: MenuItem) -> None:
    """Add lines to the menu; called once by each app at start."""
    _items.extend(items)
    _items.sort(key=lambda item: (GROUPS.index(item.group), item.order))


def menu_for(request) -> list[MenuLink]:
    """The lines that this person may follow now."""
    links: list[MenuLink] = []
    shown = list(_shown_to(request))
    here = max((url for url in map(_address, shown) if request.path.startswith(url)), key=len, default="")
    for item in shown:
        letter = item.label[:1].lower()
        is_free = all(letter != link.letter for link in links)
        links.append(_link(item, here, letter if is_free else ""))
    return links


def counts_for(request) -> list[tuple[str, str]]:
    """The key of each line that counts something for this person, and the count."""
    return [(item.key, item.count(request.user)) for item in _shown_to(request) if item.count]


def _shown_to(request) -> Iterator[MenuItem]:
    if not _is_signed_in(request):
        return iter(())
    return (item for item in _items if is_offered(item, request))


def _is_signed_in(request) -> bool:
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated


def _address(item: MenuItem) -> str:
    return reverse(item.route)


def _link(item: MenuItem, here: str, letter: str) -> MenuLink:
    url = _address(item)
    key = item.key if item.count else ""
    return MenuLink(item.label, url, item.icon, item.group, url == here, key, letter)
