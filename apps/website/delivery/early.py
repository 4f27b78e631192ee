"""Reading the posts of the next round while the site still works on the last writes of the present one."""

import time

from apps.website.delivery.lines import Answers, Lines
from apps.website.delivery.plan import Kind, Plan
from apps.website.delivery.reading import begin_posts
from apps.website.wordpress import Temporary, Wrong

FRESH = 5  # seconds; somebody may change a post by hand between reading and writing it


class Early:
    """What is read early serves once, and for the first look of a round alone: whoever looks again asks the site."""

    def __init__(self, lines: Lines):
        self.lines = lines
        self._asked: list[int] = []
        self._answers: Answers | None = None
        self._began = 0.0
        self._there: dict[int, dict | None] = {}

    def begin(self, plans: list[Plan]) -> None:
        """Ask for the posts of these plans, which are the next round's."""
        if self._answers is None:
            rows = [plan.placement for plan in plans if plan.kind != Kind.NOTHING]
            self._asked, self._began = [row.post_id for row in rows if row.post_id], time.monotonic()
            self._answers = begin_posts(self.lines, self._asked)

    def next_round(self) -> None:
        """What was begun is this round's. What could not be read is read in its turn, and has its trouble then."""
        answers, self._answers, self._there = self._answers, None, {}
        if answers is None:
            return
        try:
            found = answers.together()
        except (Temporary, Wrong):
            return
        if time.monotonic() - self._began < FRESH:
            self._there = {number: found.get(number) for number in self._asked}

    def take(self, numbers: list[int]) -> dict[int, dict | None]:
        """Those of these posts that were read; None for one that is not there."""
        return {number: self._there.pop(number) for number in numbers if number in self._there}
