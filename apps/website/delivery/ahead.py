"""Round after round for one site, the next one claimed and planned while the site works on the present one."""

from datetime import datetime

from django.utils import timezone

from apps.website.claims import claim, release
from apps.website.delivery.plan import Plan, plans_for
from apps.website.models import Site

ROUND, LARGEST_ROUND = 100, 200
NEW = 25  # of a round; each comes with its photos
# What decides what is sent, and where; after another value nothing is sent by the one before.
SETTINGS = ("url", "username", "password", "profile_id", "text_limit", "photo_limit", "language", "is_active")


class Ahead:
    """What should come off the site waits for two rounds at most. `is_changed`: the site's settings are others now."""

    def __init__(self, site: Site, *, only: list[int] | None, until: datetime | None, force: bool):
        self.site, self.only, self.until, self.force = site, only, until, force
        self.size, self.new, self.plans, self.is_changed = ROUND, NEW, [], False

    @property
    def keys(self) -> list[int]:
        """Of the placements that are claimed for the next round."""
        return [plan.placement.pk for plan in self.plans]

    def prepare(self) -> None:
        """Claim the next round, and plan it from the rows as they are now."""
        keys = claim(self.site, self.size, self.only, new=self.new)
        self.plans = plans_for(self.site, keys, force=self.force) if keys else []

    def take(self) -> list[Plan]:
        """The next round; nothing where nothing is due, the time is over, or the settings are others now."""
        self.is_changed = _settings(as_it_is_now(self.site)) != _settings(self.site)
        if self.is_changed or (self.until is not None and timezone.now() >= self.until):
            release(self.keys)
            return []
        if not self.plans:
            self.prepare()
        plans, self.plans = self.plans, []
        return plans

    def went(self, is_quick: bool) -> None:
        """After a quick round the next is larger: most placements that are due need little."""
        self.size = min(2 * self.size, LARGEST_ROUND) if is_quick else ROUND
        self.new = min(2 * self.new, LARGEST_ROUND) if is_quick else NEW


def as_it_is_now(site: Site) -> Site:
    """The site's row and its profile."""
    return Site.objects.select_related("profile").get(pk=site.pk)


def _settings(site: Site) -> list:
    return [*(getattr(site, name) for name in SETTINGS), site.profile.spec]
