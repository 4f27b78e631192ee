"""A plan under way, and what becomes of it when the site is in trouble."""

from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext as _

from apps.website.breaker import FAILURES_IN_A_ROW, note_answer
from apps.website.delivery import outcome
from apps.website.delivery.photos import Copies
from apps.website.delivery.plan import Plan
from apps.website.delivery.reading import PHOTOS, Seen
from apps.website.wordpress import Temporary, Wrong


class SiteDown(Exception):
    """The site does not answer, or takes nothing from us: what is left of the round waits."""

    def __init__(self, trouble: Temporary | Wrong):
        super().__init__(trouble.sentence)
        self.trouble = trouble


@dataclass
class Work:
    """A plan under way: what was read before, what is to be sent, and what went wrong."""

    plan: Plan
    copies: Copies
    seen: Seen = field(default_factory=lambda: Seen({}))
    changes: dict[str, object] = field(default_factory=dict)
    trouble: Temporary | Wrong | None = None
    is_settled: bool = False
    is_written: bool = False  # the site was asked to change something since it was read

    @property
    def placement(self):
        return self.plan.placement

    @property
    def has_our_photos(self) -> bool:
        """Whether the photos there are ours to care for: not those of a post that somebody made by hand."""
        return PHOTOS not in self.placement.theirs


class Settling:
    """Ends works well or badly. `tell(placement)` is called as each is settled."""

    def __init__(self, site, *, by, tell=lambda placement: None):
        self.site, self.by, self.tell, self.failures = site, by, tell, 0
        self.has_heard = False  # whether the site answered for any of them

    def _open(self, works) -> list[Work]:
        return [work for work in works if not work.is_settled]

    def _settled(self, work, write, *arguments, **columns) -> None:
        write(work.plan, *arguments, **columns)
        self._has_settled(work)

    def _settle_together(self, judged: list[tuple[Work, dict]]) -> None:
        outcome.settle_together([(work.placement, columns) for work, columns in judged], by=self.by)
        for work, _columns in judged:
            self._has_settled(work)

    def _has_settled(self, work) -> None:
        work.is_settled, self.has_heard, self.failures = True, True, 0
        if self.site.failing_since:
            note_answer(self.site)
        self.tell(work.placement)

    def _go_through(self, answers, work_of, done) -> None:
        """`done(item, answer)` for each; where the site does not answer, what is under way is still written down."""
        down = None
        for item, take in answers:
            try:
                with self._one(work_of(item)):
                    answer, self.failures = take(), 0
                    done(item, answer)
            except SiteDown as trouble:
                down = down or trouble
                answers.stop()
        if down:
            raise down

    @contextmanager
    def _noted(self, work):
        """Trouble with a write is kept until the site was read: it may have been done all the same."""
        work.trouble = None
        try:
            yield
        except (Temporary, Wrong) as trouble:
            work.trouble = trouble

    @contextmanager
    def _one(self, work):
        """Trouble with one placement is its own, unless the site does not answer at all."""
        try:
            yield
        except (Temporary, Wrong) as trouble:
            self._failed(work, trouble)
        except (SiteDown, OperationalError, InterfaceError):  # the site, or our own database, is away
            raise
        except Exception:  # a failure of our own: the next worker begins with the others
            outcome.put_off(work.placement, _("The CRM itself failed on this listing. It is tried again by itself."))
            raise

    def _failed(self, work, trouble) -> None:
        if isinstance(trouble, Wrong) and trouble.is_of_site:
            raise SiteDown(trouble) from trouble
        if work.is_settled:  # another photo of it had trouble before
            return
        if isinstance(trouble, Wrong) and trouble.is_missing and work.plan.payload:
            trouble = Temporary(trouble.sentence)  # what was there a moment ago is looked up anew
        if isinstance(trouble, Wrong):
            payload = work.plan.payload
            field = payload.source(trouble.field) if payload else ""
            outcome.refused(work.placement, trouble.sentence, field or trouble.field, by=self.by)
        else:
            outcome.put_off(work.placement, trouble.sentence)
            self.failures += 1
        work.is_settled = True
        self.tell(work.placement)
        most = 1 if self.site.failing_since else FAILURES_IN_A_ROW  # a site that failed before is only probed
        if isinstance(trouble, Temporary) and (trouble.retry_after or self.failures >= most):
            raise SiteDown(trouble) from trouble
