"""One round of the delivery to a site: some placements, sent and read back, several requests at once.

After every write the site is read, whatever it answered: an answer that was lost is then no trouble, and one that lied
is found out. Nothing here runs inside a transaction.
"""

from collections.abc import Callable, Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from apps.website.delivery import asks, outcome, photos
from apps.website.delivery.judging import judge
from apps.website.delivery.lines import Lines
from apps.website.delivery.looking import Looking
from apps.website.delivery.photos import Copies
from apps.website.delivery.plan import Kind, Plan
from apps.website.delivery.reading import COPY, PHOTOS, copies, is_off, missing, see
from apps.website.delivery.together import add_to_last_sent, write_together
from apps.website.delivery.work import SiteDown, Work
from apps.website.wordpress import Temporary, Wrong


class Round(Looking):
    """The round of one site. `coming` gives the plans of the next one, as far as they were made."""

    def __init__(self, site, lines: Lines, **options):
        super().__init__(site, lines, **options)
        self.copies: dict[int, list[int]] = {}
        self.coming: Callable[[], list[Plan]] = list

    def run(self, plans: list[Plan]) -> None:
        """Do what the plans ask for; raises SiteDown where the site does not answer."""
        self.early.next_round()
        resting = [plan for plan in plans if plan.kind == Kind.NOTHING]
        outcome.rest_as_they_are([plan for plan in resting if plan.payload is not None])
        for plan in resting:
            if plan.payload is None:
                outcome.rest(plan)
            self.tell(plan.placement)
        works = [Work(plan, Copies.of(plan.placement)) for plan in plans if plan.kind != Kind.NOTHING]
        self._leave([work for work in works if work.plan.kind == Kind.LEAVE])
        self._put([work for work in works if work.plan.kind == Kind.PUT])

    # -- Off the site --------------------------------------------------------------------------------------------------
    def _leave(self, works: list[Work]) -> None:
        there = self._look_up(works)
        up = [work for work in self._open(works) if not is_off(there.get(work.placement.post_id))]
        for part in self._together(up, asks.trash_all, asks.trash, there):
            there |= self._look_up_again(part)
        for work in self._open(works):
            if is_off(there.get(work.placement.post_id)):
                self._settled(work, outcome.gone_off, by=self.by)
                continue
            sentence = _("%(site)s was asked to take it off and still shows it.") % {"site": self.site}
            with self._one(work):
                raise work.trouble or Temporary(sentence)

    # -- On the site ---------------------------------------------------------------------------------------------------
    def _put(self, works: list[Work]) -> None:
        there = self._look_up(works)
        self._know_old_backup(works, there)
        for work in self._open(works):
            with self._one(work):
                self._look(work, there.get(work.placement.post_id))
        self._create([work for work in self._open(works) if not work.placement.post_id])
        ours = [work for work in self._open(works) if work.placement.post_id]
        self._send_photos(ours)
        for work in self._open(ours):
            with self._one(work):
                self._take_copies_off(work)
                self._complete(work)
        self._send(self._open(works), there)

    # -- Posts and photos that are not there yet -----------------------------------------------------------------------
    def _create(self, works) -> None:
        """Make the posts, hidden until their photos are there. Each number is kept at once."""
        if not works:
            return
        now = timezone.now()
        write_together({work.placement: {"asked_at": now, "last_sent": work.plan.payload.fields} for work in works})
        self._go_through(self.lines.each(asks.make_post, works), lambda work: work, self._created)

    def _created(self, work, made: tuple[dict, bool]) -> None:
        post, is_sure = made
        outcome.own(work.placement, post["id"], carries_our_id=is_sure)
        work.seen, work.is_written = see(work.plan, post), True

    def _send_photos(self, works) -> None:
        if self.force and works:
            with self._all():
                photos.forget_lost(self.lines, works)
        works = [work for work in works if work.has_our_photos]
        self._go_through(photos.send_photos(self.lines, works), lambda upload: upload.work, self._photo_sent)

    def _photo_sent(self, upload, media_id: int | None) -> None:
        if media_id is not None:
            photos.keep(upload, media_id)
            upload.work.is_written = True

    def _complete(self, work) -> None:
        """What is to be sent: the wanted fields that differ, with the numbers that the photos got."""
        payload = work.plan.payload
        if work.has_our_photos:
            payload.place(work.copies.media_ids(payload))
        work.changes |= missing(work.plan, work.seen)

    def _send(self, works, there) -> None:
        """Send what differs; each part is judged as soon as the site was read after it."""
        changed = [work for work in works if work.changes]
        add_to_last_sent({work.placement: work.changes for work in changed})
        for part in self._together(changed, asks.update_all, asks.update, there, then=self._begin_next):
            self._read_back(part, there)
        self._read_back([work for work in works if not work.changes], there)

    def _begin_next(self) -> None:
        """Read for the next round, while the site works on the last of this one."""
        self.early.begin(self.coming())

    def _together(self, works, ask_all, ask, there, then=None) -> Iterator[list[Work]]:
        """Write for several in one request, where the site takes that, else for each; those that were asked, as they
        come. What could be read of them at once is in `there`. `then()` is called once the last were handed out.
        """
        size = self.lines.client.batches or 1
        parts = [works[start : start + size] for start in range(0, len(works), size)]
        alone = [work for part in parts if len(part) == 1 for work in part]
        for work in works:
            work.is_written = True
        several = [part for part in parts if len(part) > 1]
        for part, take in self.lines.each(ask_all, several, then=None if alone else then):
            try:
                answers, read = take()
            except Temporary as trouble:
                answers, read = [trouble] * len(part), {}
            except Wrong as trouble:  # a firewall, or a plugin that forbids it
                if trouble.is_of_site:
                    raise SiteDown(trouble) from trouble
                self.lines.client.batches = 0
                alone += part
                continue
            for work, answer in zip(part, answers, strict=True):
                work.trouble = answer if isinstance(answer, Temporary | Wrong) else None
                work.is_written = work.placement.post_id not in read or self._is_strange(work, read)
            there |= read
            yield part
        for work, take in self.lines.each(ask, alone, then=then):
            with self._noted(work):
                take()
        yield alone

    def _read_back(self, works, there) -> None:
        there |= self._look_up_again(works)
        with self._all():
            self.copies |= copies(self.lines, self._open(works)) if self.force else {}
        for work in self._open(works):
            with self._one(work):
                if is_off(there.get(work.placement.post_id)):
                    raise work.trouble or Temporary(_("%(site)s does not have it yet.") % {"site": self.site})
                if work.has_our_photos:
                    photos.take_off_removed(self.lines, work)
        with self._all():
            photos.confirm(self.lines, [work for work in self._open(works) if work.has_our_photos])
        judged = []
        for work in self._open(works):
            with self._one(work):
                by_hand = work.seen.by_hand | self._copies_of(work)
                judged.append((work, judge(work, there[work.placement.post_id], by_hand)))
        self._settle_together(judged)

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
            there = copies(self.lines, [work]).get(work.placement.listing_id, [])
            for number in set(numbers) & set(there):
                self.lines.once(lambda client, number: client.trash(number), number)
            kept = {path: value for path, value in work.placement.last_sent.items() if path != COPY}
            outcome.keep(work.placement, last_sent=kept)
