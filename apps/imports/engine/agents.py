"""Colleagues whom files name as responsible."""

from django.contrib.auth import get_user_model


class Agents:
    """Colleagues who may be responsible, found by e-mail or by full name in any case."""

    def __init__(self):
        agents = list(get_user_model().objects.agents())
        self._by_name = {_plain(a.full_name): a for a in agents} | {_plain(a.email): a for a in agents}

    def find(self, email: str | None, name: str | None):
        """The colleague of that e-mail, else of that name; None where there is nobody."""
        return self._by_name.get(_plain(email or "")) or self._by_name.get(_plain(name or ""))


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
