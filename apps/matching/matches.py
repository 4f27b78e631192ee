"""What fits, in both directions, with score and reasons. Nothing is kept: each call asks the database.

matches_for(requirement, user, limit=25)   -> [Match]       requirement may be unsaved: set `place_ids`
buyers_for(listing, user, limit=25)        -> Buyers(named=[Match], others=2, total=14)
buyers_for(Offer.of_unit(unit, ...), user) -> the same for a unit that is not listed yet
"""

from dataclasses import dataclass, field

from apps.listings.models import Listing
from apps.matching.models import Decision, Requirement, Sending


@dataclass(frozen=True)
class Reason:
    """Why it fits or not, in words: “2% over budget”. `tone` is ok, warn, no or ask; `criterion` is its line's name."""

    text: str
    tone: str
    criterion: str


@dataclass
class Match:
    """One listing for one requirement. `reasons` are sorted by what people ask first; a row shows the first three."""

    listing: Listing | None
    requirement: Requirement
    score: int
    reasons: list[Reason]
    decision: Decision | None = None
    first_sending: Sending | None = None  # who told this customer of this listing first

    @property
    def customer(self):
        """Whose requirement it is."""
        return self.requirement.customer


@dataclass
class Buyers:
    """Customers for one listing: those whom the person may see, and how many others fit as well."""

    named: list[Match] = field(default_factory=list)
    others: int = 0
    total: int = 0


def matches_for(requirement: Requirement, user, *, limit: int = 25) -> list[Match]:
    """The best listings for a requirement, the best first. Five queries at most."""
    return []


def buyers_for(listing, user, *, limit: int = 25) -> Buyers:
    """The customers whom a listing fits best."""
    return Buyers()
