"""Which listing a post is about, and how sure that is. Being wrong is worse than being unsure.

A reference or a permit names a listing; address, price and bedrooms confirm it or speak against it. Sure is only what
nothing speaks against and no other listing fits as well.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from apps.website.adopting.facts import PostFacts, key, words_of
from apps.website.adopting.words import Confidence, reason

SAME, NEAR, FAR = Decimal("0.005"), Decimal("0.15"), Decimal("0.35")
SHORTEST_NAME, SHORTEST_PERMIT = 4, 6
MOST_PARTS = 4
SHOWN = 3
POINTS = {
    "our_number": 50, "same_reference": 10, "same_permit": 10, "same_unit": 6, "same_price": 4,
    "same_building": 2, "same_bedrooms": 1,
    "other_reference": -7, "other_permit": -7, "other_unit": -8, "other_building": -6, "other_offer": -6,
    "other_bedrooms": -4, "far_price": -5, "other_price": -1,
}  # fmt: skip
NAMES = ("our_number", "same_reference", "same_permit")
CONFIRMS = ("same_unit", "same_price", "same_building", "same_bedrooms")
LEAST = 3  # points of a candidate that is worth showing


@dataclass(frozen=True)
class ListingFacts:
    """What is known of a listing. `post` is the number by which the site shows it already."""

    pk: int
    reference: str
    permits: tuple[str, ...] = ()
    price: Decimal | None = None
    is_lease: bool = False
    bedrooms: int | None = None
    building: str = ""
    unit: str = ""
    post: int | None = None


@dataclass
class Candidate:
    """A listing that a post may be about, with what speaks for it and against it: code → value."""

    listing: ListingFacts
    said: dict[str, str] = field(default_factory=dict)

    @property
    def points(self) -> int:
        """How well it fits."""
        return sum(POINTS[code] for code in self.said)

    @property
    def rest(self) -> int:
        """How well it fits by everything but names."""
        return sum(POINTS[code] for code in self.said if code in CONFIRMS)

    @property
    def names(self) -> set[str]:
        """By what the post names it."""
        return self.said.keys() & set(NAMES)

    @property
    def is_named(self) -> bool:
        """Whether the post names it."""
        return bool(self.names)

    @property
    def is_contradicted(self) -> bool:
        """Whether anything but a small difference of price speaks against it."""
        return any(POINTS[code] < 0 and code != "other_price" for code in self.said)

    def reasons(self) -> list:
        """What is kept of it, the weightiest first."""
        return [reason(code, self.said[code]) for code in sorted(self.said, key=lambda code: -abs(POINTS[code]))]


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
        for one in _joined(post.words):
            is_mixed = len(one) >= SHORTEST_NAME and any(c.isdigit() for c in one) and any(c.isalpha() for c in one)
            if is_mixed and one in self._references:
                found.add(one)
        return found

    def permits_in(self, post: PostFacts) -> set[str]:
        """Known permits that the post says."""
        in_text = {one for one in _joined(post.words) if len(one) >= SHORTEST_PERMIT and one in self._permits}
        return in_text | ({post.permit} if post.permit in self._permits else set())

    # -- Judging -------------------------------------------------------------------------------------------------------
    def judge(self, post: PostFacts) -> Judgement:
        """Which listing the post is about."""
        heard = _Heard(
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
        judgement = _weigh(good, heard)
        best = judgement.best
        if best.listing.post not in (None, post.number):
            judgement.demote(Confidence.POSSIBLE, reason("placed", best.listing.post))
        judgement.candidates = good[:SHOWN]
        return judgement

    def _worth_a_look(self, heard: "_Heard") -> set[int]:
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


@dataclass
class _Heard:
    """A post with what it names of the stock."""

    post: PostFacts
    references: set[str]
    permits: set[str]
    title_buildings: list[tuple[str, ...]]
    buildings: set[tuple[str, ...]]

    def compare(self, one: ListingFacts) -> Candidate:
        """What speaks for the listing, and what against it."""
        said, post = {}, self.post
        if post.our_id == one.pk:
            said["our_number"] = ""
        said |= self._names(one) | self._address(one) | self._price(one)
        if post.bedrooms is not None and one.bedrooms is not None:
            same = post.bedrooms == one.bedrooms
            said["same_bedrooms" if same else "other_bedrooms"] = str(post.bedrooms)
        if post.is_lease is not None and post.is_lease != one.is_lease:
            said["other_offer"] = ""
        return Candidate(one, said)

    def _names(self, one) -> dict[str, str]:
        said = {}
        if key(one.reference) in self.references:
            said["same_reference"] = one.reference
        elif self.references or self.post.reference:
            said["other_reference"] = (self.post.reference or min(self.references)).upper()
        ours = {key(permit): permit for permit in one.permits}
        common = ours.keys() & self.permits
        if common:
            said["same_permit"] = ours[min(common)]
        elif ours and (self.permits or self.post.permit):
            said["other_permit"] = self.post.permit or min(self.permits)
        return said

    def _address(self, one) -> dict[str, str]:
        said, name, unit = {}, words_of(one.building), key(one.unit)
        if name and name in self.buildings:
            said["same_building"] = one.building
        elif name and self.title_buildings:
            return {"other_building": " ".join(self.title_buildings[0])}
        if unit and (unit in self.post.units or self._stands_behind(name, unit)):
            if "same_building" in said or not name:
                said["same_unit"] = one.unit
        elif unit and self.post.units:
            said["other_unit"] = min(self.post.units)
        return said

    def _stands_behind(self, name, unit) -> bool:
        """“Marina Gate 1, 1204”: the number right behind the building's name."""
        words = self.post.words
        return bool(name) and any(
            words[at : at + len(name)] == name and unit in _joined(words[at + len(name) : at + len(name) + 2])
            for at in range(len(words) - len(name))
        )

    def _price(self, one) -> dict[str, str]:
        prices = self.post.prices
        if not prices or not one.price:
            return {}
        off = min(abs(price - one.price) / one.price for price in prices)
        said = f"{prices[0]:,.0f}"
        if off <= SAME:
            return {"same_price": said}
        return {"far_price" if off > FAR else "other_price": said}


def _weigh(good: list[Candidate], heard: _Heard) -> Judgement:
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
        is_sure = _is_confirmed(best, heard)
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


def _is_confirmed(best: Candidate, heard: _Heard) -> bool:
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


def _joined(words: tuple[str, ...]) -> set[str]:
    """Words as they stand, and up to four in a row as one: DXB-S-1042 falls apart into three."""
    return {"".join(words[at : at + count]) for at in range(len(words)) for count in range(1, MOST_PARTS + 1)}
