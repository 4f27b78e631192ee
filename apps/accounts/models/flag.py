"""For whom a declared flag is on: a row of django-waffle's kind that knows our people and teams."""

import zlib

from django.db import models
from waffle.models import AbstractUserFlag
from waffle.utils import get_cache, keyfmt

from apps.accounts.models.person import Team
from apps.core.models import Versioned

CHOSEN = ("users", "teams")


class FlagState(models.TextChoices):
    """The four positions of the switch."""

    OFF = "off", "Off"
    EVERYONE = "everyone", "Everyone"
    SHARE = "share", "A share of people"
    CHOSEN = "chosen", "Chosen people and teams"


class Flag(Versioned, AbstractUserFlag):
    """waffle asks this row on each request, through the process's cache.

    A share is a share of people, not of browsers: the same person always falls on the same side, on every device.
    waffle's own `groups` stay empty: our groups are teams.
    """

    teams = models.ManyToManyField(Team, blank=True, related_name="+")

    class Meta:
        ordering = ["name"]

    @property
    def state(self) -> FlagState:
        """The position of the switch, read from waffle's columns."""
        if self.everyone is not None:
            return FlagState.EVERYONE if self.everyone else FlagState.OFF
        return FlagState.SHARE if self.percent else FlagState.CHOSEN

    def is_active_for_user(self, user) -> bool:
        """Whether the flag is on for this person; never for strangers unless it is on for everyone."""
        if self.everyone is not None or not user.is_authenticated:
            return bool(self.everyone)
        if self.percent:
            return zlib.crc32(f"{self.name}:{user.pk}".encode()) % 1000 < self.percent * 10
        return user.pk in self._chosen("users") or user.team_id in self._chosen("teams")

    def is_on_for_anybody(self) -> bool:
        """Whether there is somebody for whom it is on."""
        if self.everyone is not None:
            return self.everyone
        return bool(self.percent) or (self.pk is not None and any(self._chosen(kind) for kind in CHOSEN))

    def get_flush_keys(self, flush_keys=None):
        return super().get_flush_keys(flush_keys) + [self._chosen_key(kind) for kind in CHOSEN]

    def _chosen_key(self, kind: str) -> str:
        return keyfmt(f"flag:%s:{kind}", self.name)

    def _chosen(self, kind: str) -> set[int]:
        ids = get_cache().get(self._chosen_key(kind))
        if ids is None:
            ids = set(getattr(self, kind).values_list("pk", flat=True))
            get_cache().set(self._chosen_key(kind), ids)
        return ids
