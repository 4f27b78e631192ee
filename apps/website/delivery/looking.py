"""Looking at the site: which posts are ours, what each shows, and what happened to one that is gone."""

from contextlib import contextmanager

from apps.website.delivery import outcome, photos
from apps.website.delivery.backup import not_in_backup
from apps.website.delivery.early import Early
from apps.website.delivery.judging import gone_words
from apps.website.delivery.lines import Lines
from apps.website.delivery.reading import AT_ONCE, is_anothers, is_off, patiently, posts, see
from apps.website.delivery.work import Settling, SiteDown
from apps.website.states import State
from apps.website.wordpress import Temporary, Wrong

REFUSES_ALL = ("rest_no_route", "404", "403")  # to a read: no plugin, no REST API, a firewall


class Looking(Settling):
    """Reads for several works at once. `force`: what was confirmed before is read again, and copies are looked for."""

    def __init__(self, site, lines: Lines, *, by, force: bool = False, tell=lambda placement: None):
        super().__init__(site, by=by, tell=tell)
        self.lines, self.force, self.early = lines, force, Early(lines)
        self.lost: set[int] = set()  # numbers that an old backup of the site lacks

    def _look_up(self, works) -> dict[int, dict]:
        """The posts that are there. Where the site refuses to say it of all, it is asked for each."""
        works = self._open(works)
        try:
            self._adopt(works)
            there = self._posts([work.placement.post_id for work in works if work.placement.post_id])
            strangers = [work for work in works if self._is_strange(work, there)]
            for work in strangers:
                outcome.lost(work.placement)
            self._adopt(strangers)
            numbers = [work.placement.post_id for work in strangers if work.placement.post_id]
            return there | posts(self.lines, numbers)
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

    def _posts(self, numbers) -> dict[int, dict]:
        known = self.early.take(numbers)
        there = {number: post for number, post in known.items() if post is not None}
        return there | posts(self.lines, [number for number in numbers if number not in known])

    def _look_up_again(self, works) -> dict[int, dict | None]:
        """What was written and not read since; None for what is not there any more."""
        works = [work for work in works if work.is_written]
        return dict.fromkeys(work.placement.post_id for work in works) | self._look_up(works)

    def _is_strange(self, work, there) -> bool:
        return is_anothers(there.get(work.placement.post_id), work.placement.listing_id)

    def _adopt(self, works) -> None:
        """Look for posts of ours whose creation was asked for and never confirmed, before anything is asked again."""
        unsure = [work for work in works if not work.placement.post_id and (work.placement.asked_at or self.force)]
        if not unsure:
            return
        found = self._find([work.placement.listing_id for work in unsure])
        for work in unsure:
            if work.placement.listing_id in found:
                with self._one(work):
                    outcome.own(work.placement, found[work.placement.listing_id])

    def _find(self, listings) -> dict[int, int]:
        return self.lines.read(lambda client, part: patiently(client.find, part), listings, AT_ONCE)

    def _know_old_backup(self, works, there) -> None:
        """What is gone with all its photos is made anew where the site was brought back from an old backup."""
        gone = []
        for work in self._open(works):
            placement = work.placement
            if placement.is_up and placement.post_id and there.get(placement.post_id) is None:
                with self._one(work):
                    gone += [work] if photos.are_gone(self.lines, work) else []
        if not gone:
            return
        with self._all():
            brought_back = not_in_backup(self.lines, [work.placement for work in gone], self.lost)
        for work in gone:
            photos.forget(work)
            if work.placement.pk in brought_back:
                self.lost.add(work.placement.post_id)
                outcome.lost(work.placement)

    def _look(self, work, post) -> None:
        """What the site shows of it before anything is sent."""
        placement = work.placement
        if placement.post_id and is_off(post):
            if placement.is_up:
                self._settled(work, outcome.found_otherwise, State.GONE, gone_words(self.site, post))
                return
            if post is None:  # the site said so before, but perhaps our post has another number
                number = self._find([placement.listing_id]).get(placement.listing_id)
                outcome.own(placement, number)
                post = posts(self.lines, [number]).get(number) if number else None
                work.is_written = True  # and is read once more with the others
        if placement.post_id:
            work.seen = see(work.plan, post or {})
            work.changes = self.lines.client.mark(post or {}, placement.listing_id)

    @contextmanager
    def _all(self):
        """Trouble with reading something of all: the round is over."""
        try:
            yield
        except (Temporary, Wrong) as trouble:
            raise SiteDown(trouble) from trouble
