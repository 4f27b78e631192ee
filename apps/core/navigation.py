"""The menu. Each app adds its lines here from its AppConfig.ready(), in the order of the house."""

from dataclasses import dataclass

from django.urls import reverse

from apps.core.flags import is_on

GROUPS = ("main", "reports", "settings")


@dataclass(frozen=True)
class MenuItem:
    """A line of the menu: shown to those who hold `permission` and while `flag`, if any, is on."""

    label: str
    route: str
    icon: str
    permission: str
    group: str = "main"
    flag: str = ""
    order: int = 100


@dataclass(frozen=True)
class MenuLink:
    """A menu line as a page shows it."""

    label: str
    url: str
    icon: str
    group: str
    active: bool


_items: list[MenuItem] = []


def add_to_menu(*items: MenuItem) -> None:
    """Add lines to the menu; called once by each app at start."""
    _items.extend(items)
    _items.sort(key=lambda item: (GROUPS.index(item.group), item.order))


def menu_for(request) -> list[MenuLink]:
    """The lines that this person may follow now."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    shown = (i for i in _items if user.has_perm(i.permission) and (not i.flag or is_on(i.flag, request)))
    return [_link(item, request.path) for item in shown]


def _link(item: MenuItem, path: str) -> MenuLink:
    url = reverse(item.route)
    return MenuLink(item.label, url, item.icon, item.group, active=path.startswith(url))
