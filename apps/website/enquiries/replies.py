"""Answers to an enquiry that are ready to be changed and sent: a viewing, what fits instead, a question back."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from apps.listings.lookups import StandardStatus
from apps.listings.models import Listing
from apps.matching.for_requirement import MARKETABLE
from apps.matching.matches import matches_for
from apps.matching.news import facts
from apps.matching.proposing import proposal_from
from apps.website.models import Enquiry

VIEWING, SIMILAR, QUESTION = "viewing", "similar", "question"
MOST_SIMILAR = 3


@dataclass(frozen=True)
class Draft:
    """A text by its key, with the other listings that it tells of."""

    key: str
    text: str
    also: list[Listing] = field(default_factory=list)


def texts_for(enquiry: Enquiry) -> list[tuple[str, str]]:
    """Which texts there are for this enquiry, the one that is offered first in front: key and label."""
    listing = enquiry.listing
    if listing is None:
        return [(QUESTION, _("Ask what they look for"))]
    offer, instead = (VIEWING, _("Offer a viewing")), (SIMILAR, _("Others that fit"))
    both = [offer, instead] if listing.standard_status in MARKETABLE else [instead]
    return [*both, (QUESTION, _("Ask what they look for"))]


def draft(enquiry: Enquiry, key: str, by) -> Draft:
    """The text of that key; of the first where there is none of that key."""
    keys = [one for one, _label in texts_for(enquiry)]
    key = key if key in keys else keys[0]
    also = similar(enquiry, by) if key == SIMILAR else []
    parts = {VIEWING: _viewing, SIMILAR: _similar, QUESTION: _question}[key](enquiry, also)
    lines = [_("Hello %(name)s,") % {"name": enquiry.name or enquiry.customer.label}, "", *parts, "", by.full_name]
    return Draft(key, "\n".join([*lines, by.phone] if by.phone else lines), also)


def similar(enquiry: Enquiry, by) -> list[Listing]:
    """What else fits somebody who asks about this listing, the best first."""
    wish = proposal_from(enquiry.listing).requirement(enquiry.customer)
    found = matches_for(wish, by, limit=MOST_SIMILAR + 1)
    return [match.listing for match in found if match.listing.pk != enquiry.listing_id][:MOST_SIMILAR]


def _viewing(enquiry, also) -> list[str]:
    question = _("It is available. When would it suit you to see it?")
    return [_("Thank you for asking about this home:"), facts(enquiry.listing), "", question]


def _similar(enquiry, also) -> list[str]:
    home = {"home": facts(enquiry.listing).partition(":")[0]}
    opening = _("Thank you for asking about %(home)s.") % home
    if enquiry.listing.standard_status not in MARKETABLE:
        is_promised = enquiry.listing.standard_status in (StandardStatus.ACTIVE_UNDER_CONTRACT, StandardStatus.PENDING)
        opening += " " + (_("It is under offer at the moment.") if is_promised else _("It is no longer on offer."))
    if not also:
        return [opening, "", _("Tell me what matters to you, and I will look for you.")]
    homes = [facts(one) for one in also]
    return [opening, "", _("These may suit you too:"), *homes, "", _("Shall I arrange a viewing?")]


def _question(enquiry, also) -> list[str]:
    return [
        _("Thank you for writing to us."), "",
        _("To find what suits you: how many bedrooms, which areas, which budget, and by when?"),
    ]  # fmt: skip
