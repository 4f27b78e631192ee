"""What speaks for a listing being the one that a post is about, and what against it, each with its weight."""

from dataclasses import dataclass, field
from decimal import Decimal

from apps.website.adopting.facts import PostFacts, key, words_of
from apps.website.adopting.words import reason

SAME, FAR = Decimal("0.005"), Decimal("0.35")
MOST_PARTS = 4
POINTS = {
    "our_number": 50, "same_reference": 10, "same_permit": 10, "same_unit": 6, "same_price": 4,
    "same_building": 2, "same_bedrooms": 1,
    "other_reference": -7, "other_permit": -7, "other_unit": -8, "other_building": -6, "other_offer": -6,
    "other_bedrooms": -4, "far_price": -5, "other_price": -1,
}  # fmt: skip
NAMES = ("our_number", "same_reference", "same_permit")
CONFIRMS = ("same_unit", "same_price", "same_building", "same_bedrooms")


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
class Heard:
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
        ends = [at + len(name) for at in places_of(name, words)] if name else []
        return any(unit in joined(words[end : end + 2]) for end in ends)

    def _price(self, one) -> dict[str, str]:
        prices = self.post.prices
        if not prices or not one.price:
            return {}
        off = min(abs(price - one.price) / one.price for price in prices)
        said = f"{prices[0]:,.0f}"
        if off <= SAME:
            return {"same_price": said}
        return {"far_price" if off > FAR else "other_price": said}


def joined(words: tuple[str, ...]) -> set[str]:
    """Words as they stand, and up to four in a row as one: DXB-S-1042 falls apart into three."""
    return {"".join(words[at : at + count]) for at in range(len(words)) for count in range(1, MOST_PARTS + 1)}


def places_of(name: tuple[str, ...], words: tuple[str, ...]) -> list[int]:
    """Where the name stands in the words."""
    return [at for at in range(len(words) - len(name) + 1) if words[at : at + len(name)] == name]
