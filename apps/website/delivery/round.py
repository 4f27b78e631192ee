"""One round of the delivery to a site: up to 25 placements, sent and read back.

After every write the site is read, whatever it answered: an answer that was lost is then no trouble, and one that lied
is found out. Nothing here runs inside a transaction.
"""

from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import InterfaceError, OperationalError
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.website.breaker import FAILURES_IN_A_ROW, note_answer
from apps.website.compare import differing, read_at, unflatten
from apps.website.delivery import outcome, photos
from apps.website.delivery.plan import Kind, Plan
from apps.website.delivery.reading import (
    COPY,
    PHOTOS,
    STATUS,
    Seen,
    copies,
    is_anothers,
    is_off,
    missing,
    patiently,
    posts,
    remembered,
    see,
)
from apps.website.states import State
from apps.website.wordpress import Temporary, Wrong

REFUSES_ALL = ("rest_no_route", "404", "403")  # to a read: no plugin, no REST API, a firewall


class SiteDown(Exception):
    """The site does not answer, or takes nothing from us: what is left of the round waits."""

    def __init__(self, trouble: Temporary | Wrong):
        super().__init__(trouble.sentence)
        self.trouble = trouble


@dataclass
class Work:
    """A plan under way: what was read before, what is to be sent, and what went wrong."""

    plan: Plan
    seen: Seen = field(default_factory=lambda: Seen({}))
    changes: dict[str, object] = field(default_factory=dict)
    trouble: Temporary | Wrong | None = None
    is_settled: bool = False

    @property
    def placement(self):
        return self.plan.placement

    @property
    def has_our_photos(self) -> bool:
        """Whether the photos there are ours to care for: not those of a post that somebody made by hand."""
        return PHOTOS not in self.placement.theirs


class Round:
    """The round of one site. `tell(placement)` is called as each is settled."""

    def __init__(self, site, client, *, by, force: bool = False, tell=lambda placement: None):
        self.site, self.client, self.by, self.force, self.tell = site, client, by, force, tell
        self.failures, self.copies = 0, {}

    def run(self, plans: list[Plan]) -> None:
        """Do what the plans ask for; raises SiteDown where the site does not answer."""
        resting = [plan for plan in plans if plan.kind == Kind.NOTHING]
        outcome.rest_as_they_are([plan for plan in resting if plan.payload is not None])
        for plan in resting:
            if plan.payload is None:
                outcome.rest(plan)
            self.tell(plan.placement)
        self._leave([Work(plan) for plan in plans if plan.kind == Kind.LEAVE])
        self._put([Work(plan) for plan in plans if plan.kind == Kind.PUT])

    # -- Off the site --------------------------------------------------------------------------------------------------
    def _leave(self, works: list[Work]) -> None:
        there = self._look_up(works)
        up = [work for work in self._open(works) if not is_off(there.get(work.placement.post_id))]
        self._trash(up)
        there |= dict.fromkeys(work.placement.post_id for work in up) | self._look_up(up)
        for work in self._open(works):
            if is_off(there.get(work.placement.post_id)):
                self._settled(work, outcome.gone_off, by=self.by)
                continue
            sentence = _("%(site)s was asked to take it off and still shows it.") % {"site": self.site}
            with self._one(work):
                raise work.trouble or Temporary(sentence)

    def _trash(self, works) -> None:
        def together(part):
            return self.client.trash_together([work.placement.post_id for work in part])

        for work in self._together(works, together):
            with self._noted(work):
                self.client.trash(work.placement.post_id)

    def _look_up(self, works) -> dict[int, dict]:
        """The posts that are there. Where the site refuses to say it of all, it is asked for each."""
        works = self._open(works)
        try:
            self._adopt(works)
            there = posts(self.client, [work.placement.post_id for work in works if work.placement.post_id])
            strangers = [work for work in works if self._is_strange(work, there)]
            for work in strangers:
                outcome.lost(work.placement)
            self._adopt(strangers)
            numbers = [work.placement.post_id for work in strangers if work.placement.post_id]
            return there | posts(self.client, numbers)
        except Temporary as trouble:
            raise SiteDown(trouble) from trouble
        except Wrong as trouble:
            if trouble.is_of_site or trouble.code in REFUSES_ALL:
                raise SiteDown(trouble) from trouble
            if len(works) == 1:
                self._failed(works[0], trouble)
                return {}
        there = {}
        for work in works:
            there |= self._look_up([work])
        return there

    def _is_strange(self, work, there) -> bool:
        return is_anothers(there.get(work.placement.post_id), work.placement.listing_id)

    # -- On the site ---------------------------------------------------------------------------------------------------
    def _put(self, works: list[Work]) -> None:
        there = self._look_up(works)
        for work in self._open(works):
            with self._one(work):
                self._prepare(work, there.get(work.placement.post_id))
        self._send(self._open(works))
        self._read_back(self._open(works))

    def _adopt(self, works) -> None:
        """Look for posts of ours whose creation was asked for and never confirmed, before anything is asked again."""
        unsure = [work for work in works if not work.placement.post_id and (work.placement.asked_at or self.force)]
        if not unsure:
            return
        found = patiently(self.client.find, [work.placement.listing_id for work in unsure])
        for work in unsure:
            if work.placement.listing_id in found:
                with self._one(work):
                    outcome.own(work.placement, found[work.placement.listing_id])

    def _prepare(self, work, post) -> None:
        placement = work.placement
        if placement.post_id and is_off(post):
            if placement.is_up and post is None and photos.forget_lost(self.client, placement):
                outcome.lost(placement)  # its photos are gone too: the site was brought back from a backup
            if placement.is_up:
                self._settled(work, outcome.found_otherwise, State.GONE, self._gone_words(post))
                return
            if post is None:  # the site said so before, but perhaps our post has another number
                number = patiently(self.client.find, [placement.listing_id]).get(placement.listing_id)
                outcome.own(placement, number)
                post = posts(self.client, [number]).get(number) if number else None
        if placement.post_id is None:
            self._create(work)
        else:
            work.seen = see(work.plan, post)
            work.changes = self.client.mark(post, placement.listing_id)
            if self.force:
                photos.forget_lost(self.client, placement)
        if placement.post_id:
            self._take_copies_off(work)
            if work.has_our_photos:
                photos.send_photos(self.client, placement, work.plan.payload)
            self._complete(work)

    def _create(self, work) -> None:
        """Make the post, hidden until its photos are there. Its number is kept at once."""
        placement, payload = work.placement, work.plan.payload
        outcome.keep(placement, asked_at=timezone.now(), last_sent=payload.fields)
        try:
            post = self.client.create(unflatten(payload.fields | {STATUS: "draft"}), placement.listing_id)
            number, is_sure = post["id"], False
        except Temporary:  # the answer may have been lost on its way: then it is there
            number = patiently(self.client.find, [placement.listing_id]).get(placement.listing_id)
            if number is None:
                raise
            post, is_sure = posts(self.client, [number]).get(number), True
        outcome.own(placement, number, carries_our_id=is_sure)
        work.seen = see(work.plan, post) if post else Seen({})

    def _complete(self, work) -> None:
        """What is to be sent: the wanted fields that differ, with the numbers that the photos got."""
        payload = work.plan.payload
        if work.has_our_photos:
            payload.place(photos.media_ids(work.placement, payload))
        work.changes |= missing(work.plan, work.seen)

    def _send(self, works) -> None:
        works = [work for work in works if work.changes]
        for work in works:
            outcome.keep(work.placement, last_sent=work.placement.last_sent | work.changes)

        def together(part):
            return self.client.batch([(work.placement.post_id, unflatten(work.changes)) for work in part])

        for work in self._together(works, together):
            with self._noted(work):
                self.client.update(work.placement.post_id, unflatten(work.changes))

    def _together(self, works, ask) -> list[Work]:
        """Write for several in one request, where the site takes that; those that are left to do one by one."""
        while len(works) > 1 and self.client.batches:
            part, rest = works[: self.client.batches], works[self.client.batches :]
            try:
                for work, answer in zip(part, ask(part), strict=True):
                    work.trouble = answer if isinstance(answer, Temporary | Wrong) else None
            except Temporary as trouble:  # reading back will tell
                for work in part:
                    work.trouble = trouble
            except Wrong as trouble:  # a firewall, or a plugin that forbids it
                if trouble.is_of_site:
                    raise SiteDown(trouble) from trouble
                self.client.batches = 0
                break
            works = rest
        return works

    def _read_back(self, works) -> None:
        there = self._look_up(works)
        self.copies = self._copies(self._open(works)) if self.force else {}
        for work in self._open(works):
            post = there.get(work.placement.post_id)
            with self._one(work):
                if is_off(post):
                    raise work.trouble or Temporary(_("%(site)s does not have it yet.") % {"site": self.site})
                if not work.has_our_photos:
                    self._judge(work, post)
                    continue
                photos.take_off_removed(self.client, work.placement, work.plan.payload)
                if not photos.confirm(self.client, work.placement, work.plan.payload):
                    raise work.trouble or Temporary(_("%(site)s does not have all photos yet.") % {"site": self.site})
                self._judge(work, post)

    def _judge(self, work, post) -> None:
        placement, by_hand = work.placement, work.seen.by_hand | self._copies_of(work)
        wanted = {path: value for path, value in work.plan.payload.fields.items() if path not in by_hand}
        read = {path: read_at(post, path) for path in {*work.plan.payload.fields, *work.seen.read, STATUS, "slug"}}
        wrong = differing(wanted, read)
        if wrong:
            raise work.trouble or self._not_kept(work, wrong[0], wanted[wrong[0]], read.get(wrong[0]))
        confirmed = read | {path: placement.last_read.get(path) for path in by_hand}
        outcome.keep(placement, sent_before=remembered(placement.sent_before, confirmed), theirs=by_hand)
        if by_hand:
            labels = ", ".join(work.plan.payload.label(path) for path in by_hand)
            sentence = _("Changed on %(site)s by hand: %(fields)s. Nothing was overwritten.")
            words = sentence % {"site": self.site, "fields": labels}
            self._settled(work, outcome.found_otherwise, State.CHANGED, words, last_read=confirmed, is_up=True)
        else:
            self._settled(work, outcome.live, confirmed, post.get("link"), by=self.by)

    def _copies(self, works) -> dict[int, list[int]]:
        try:
            return copies(self.client, works)
        except (Temporary, Wrong) as trouble:
            raise SiteDown(trouble) from trouble

    def _copies_of(self, work) -> dict:
        """Copies that somebody made of the post, as far as they are known (they are looked for when all is read), and
        pictures that somebody put there.
        """
        placement = work.placement
        numbers = self.copies.get(placement.listing_id) if self.force else placement.theirs.get(COPY)
        pictures = {} if work.has_our_photos else {PHOTOS: placement.theirs[PHOTOS]}
        return pictures | ({COPY: numbers} if numbers else {})

    def _take_copies_off(self, work) -> None:
        """A person said so: put what was copied by hand into the site's trash."""
        numbers = work.placement.last_sent.get(COPY)
        if numbers:
            there = copies(self.client, [work]).get(work.placement.listing_id, [])
            for number in set(numbers) & set(there):
                self.client.trash(number)
            kept = {path: value for path, value in work.placement.last_sent.items() if path != COPY}
            outcome.keep(work.placement, last_sent=kept)

    def _not_kept(self, work, path, ours, theirs):
        words = {"site": self.site, "field": work.plan.payload.label(path), "ours": ours, "theirs": theirs}
        if theirs in (None, "", []):
            sentence = _("%(site)s did not keep “%(field)s”: its profile may not fit what is installed there.") % words
        else:
            sentence = _("%(site)s shows “%(theirs)s” for “%(field)s” instead of “%(ours)s”.") % words
        # The first time it may be the answer that lies: it is sent and read once more before a person is asked.
        is_first = work.placement.attempts == 0
        return Temporary(sentence) if is_first else Wrong(sentence, path)

    def _gone_words(self, post) -> str:
        if post is None:
            return _("Deleted on %(site)s by hand.") % {"site": self.site}
        return _("Moved to the trash on %(site)s by hand.") % {"site": self.site}

    # -- Trouble -------------------------------------------------------------------------------------------------------
    def _open(self, works) -> list[Work]:
        return [work for work in works if not work.is_settled]

    def _settled(self, work, write, *arguments, **columns) -> None:
        write(work.plan, *arguments, **columns)
        work.is_settled, self.failures = True, 0
        if self.site.failing_since:
            note_answer(self.site)
        self.tell(work.placement)

    @contextmanager
    def _noted(self, work):
        """Trouble with a write is kept until the site was read: it may have been done all the same."""
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
