"""Which listing a post is about, and how sure that is. Being wrong is worse than being unsure.

A reference or a permit names a listing; address, price and bedrooms confirm it or speak against it. Sure is only what
nothing speaks against and no other listing fits as well.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from apps.website.adopting.candidates import POINTS, Candidate, Heard, ListingFacts, joined, places_of
from apps.website.adopting.facts import PostFacts, key, words_of
from apps.website.adopting.words import Confidence, reason

SHORTEST_NAME, SHORTEST_PERMIT = 4, 6
DOOR = range(3, 6)  # digits of a number that is a door's by its place alone
SHOWN = 3
LEAST = 3  # points of a candidate that is worth showing


@dataclass
class Judgement:
    """How sure, the candidates with the best first, and remarks about all of it."""

    confidence: Confidence
    candidates: list[Candidate] = field(default_factory=list)
    notes: list = field(default_factory=list)

    @property
    def best(self) -> Candidate | None:
        """The listing that is proposed."""
        return self.candidates[0] if self.candidates else None

    def demote(self, confidence: Confidence, note: list) -> None:
        """It is less sure than it seemed."""
        self.confidence = confidence
        self.notes.append(note)


class Stock:
    """All listings, found by what posts say."""

    def __init__(self, listings: Iterable[ListingFacts]):
        self.listings = {one.pk: one for one in listings}
        self._references, self._permits = defaultdict(set), defaultdict(set)
        self._buildings, self._prices, self._starts = defaultdict(set), defaultdict(set), defaultdict(set)
        for one in self.listings.values():
            self._add(one)

    def _add(self, one: ListingFacts) -> None:
        self._references[key(one.reference)].add(one.pk)
        for permit in one.permits:
            self._permits[key(permit)].add(one.pk)
        if name := words_of(one.building):
            self._buildings[name].add(one.pk)
            self._starts[name[0]].add(name)
        if one.price:
            self._prices[one.price].add(one.pk)

    # -- What a post names ---------------------------------------------------------------------------------------------
    def buildings_in(self, words: tuple[str, ...]) -> list[tuple[str, ...]]:
        """Known buildings that stand in the words; of names that begin alike the longest."""
        found, at = [], 0
        while at < len(words):
            here = [name for name in self._starts.get(words[at], ()) if words[at : at + len(name)] == name]
            if here:
                found.append(max(here, key=len))
            at += len(found[-1]) if here else 1
        return found

    def references_in(self, post: PostFacts) -> set[str]:
        """Known references that the post says: in their field, behind “ref”, or plain to see in the text."""
        found = {one for one in {post.reference, *post.references} if one in self._references}
        for one in joined(post.words):
            is_mixed = len(one) >= SHORTEST_NAME and any(c.isdigit() for c in one) and any(c.isalpha() for c in one)
            if is_mixed and one in self._references:
                found.add(one)
        return found

    def permits_in(self, post: PostFacts) -> set[str]:
        """Known permits that the post says."""
        in_text = {one for one in joined(post.words) if len(one) >= SHORTEST_PERMIT and one in self._permits}
        return in_text | ({post.permit} if post.permit in self._permits else set())

    def address_in(self, post: PostFacts) -> tuple[str, str]:
        """The known building that the post speaks of, and the number of the door; empty where that is not clear."""
        names = set(self.buildings_in(post.title_words) or self.buildings_in(post.words))
        if len(names) != 1:
            return "", ""
        name = names.pop()
        building = self.listings[min(self._buildings[name])].building
        behind = {post.words[at + len(name)] for at in places_of(name, post.words) if at + len(name) < len(post.words)}
        numbers = post.units or {word for word in behind if word.isdecimal() and len(word) in DOOR}
        return building, min(numbers).upper() if len(numbers) == 1 else ""

    # -- Judging -------------------------------------------------------------------------------------------------------
    def judge(self, post: PostFacts) -> Judgement:
        """Which listing the post is about."""
        heard = Heard(
            post=post,
            references=self.references_in(post),
            permits=self.permits_in(post),
            title_buildings=self.buildings_in(post.title_words),
            buildings=set(self.buildings_in(post.words)) | set(self.buildings_in(post.title_words)),
        )
        candidates = [heard.compare(self.listings[pk]) for pk in self._worth_a_look(heard)]
        candidates.sort(key=lambda one: (-one.points, one.listing.pk))
        good = [one for one in candidates if one.points >= LEAST or one.is_named]
        if not good:
            is_property = post.says_something or heard.buildings
            return Judgement(Confidence.NONE if is_property else Confidence.OTHER)
        judgement = _weigh(good)
        best = judgement.best
        if best.listing.post not in (None, post.number):
            judgement.demote(Confidence.POSSIBLE, reason("placed", best.listing.post))
        judgement.candidates = good[:SHOWN]
        return judgement

    def _worth_a_look(self, heard: Heard) -> set[int]:
        post, found = heard.post, set()
        for one in heard.references:
            found |= self._references[one]
        for one in heard.permits:
            found |= self._permits[one]
        for name in heard.buildings:
            found |= self._buildings[name]
        for price in post.prices:
            found |= self._prices.get(price, set())
        return found | ({post.our_id} & self.listings.keys())


def _weigh(good: list[Candidate]) -> Judgement:
    best, others = good[0], good[1:]
    unsure = Confidence.LIKELY if best.is_named or "same_unit" in best.said else Confidence.POSSIBLE
    if any(one.names - best.names for one in others):
        return Judgement(unsure, good, [reason("contradiction" if best.is_named else "named")])
    if best.is_named and any(one.names == best.names and _is_rival(one, best) for one in others):
        return Judgement(unsure, good, [reason("several")])
    if any(one.rest > best.rest and one.rest >= POINTS["same_price"] for one in others if best.is_named):
        return Judgement(unsure, good, [reason("better")])
    if not best.is_named and any(_is_rival(one, best) for one in others):
        return Judgement(Confidence.POSSIBLE, good, [reason("several")])
    if best.is_contradicted:
        return Judgement(unsure, good)
    if best.is_named:
        is_sure = _is_confirmed(best)
        return Judgement(Confidence.SURE if is_sure else unsure, good, [] if is_sure else [reason("alone")])
    if {"same_unit", "same_building", "same_price"} <= best.said.keys():
        return Judgement(Confidence.SURE, good)
    if {"same_building", "same_price", "same_bedrooms"} <= best.said.keys():
        return Judgement(Confidence.LIKELY, good)
    return Judgement(unsure, good)


def _is_rival(one: Candidate, best: Candidate) -> bool:
    """Whether another listing fits about as well: the same door, or hardly fewer points."""
    is_another_offer = "other_offer" in one.said or "far_price" in one.said
    return ("same_unit" in one.said and not is_another_offer) or one.points >= best.points - 1


def _is_confirmed(best: Candidate) -> bool:
    """Whether a name is borne out. A reference is one typing error away from another; a permit is not."""
    said = best.said.keys()
    confirmed = "same_unit" in said or "same_price" in said or {"same_building", "same_bedrooms"} <= said
    if "other_price" in said and not confirmed:
        return False
    if "same_permit" in said or "our_number" in said:
        return True
    return confirmed


def settle_twins(judgements: dict[int, Judgement], shown: dict[int, bool]) -> None:
    """Of several posts that are surely about one listing at most one stays sure: the only one that visitors see."""
    posts = defaultdict(list)
    for number, judgement in judgements.items():
        if judgement.confidence == Confidence.SURE:
            posts[judgement.best.listing.pk].append(number)
    for numbers in posts.values():
        if len(numbers) < 2:
            continue
        seen = [number for number in numbers if shown.get(number)]
        kept = seen[0] if len(seen) == 1 else None
        for number in numbers:
            others = ", ".join(str(one) for one in numbers if one != number)
            if number == kept:
                judgements[number].notes.append(reason("twin", others))
            else:
                judgements[number].demote(Confidence.LIKELY, reason("twin", others))
