"""News of a listing: whom it now fits, how many of them had said too dear, and the text that tells them."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.core.templatetags.ui import number
from apps.listings.models import Listing
from apps.matching.lookups import DismissReason, Verdict
from apps.matching.matches import SHOWN, Buyers, buyers_among
from apps.matching.models import Decision
from apps.matching.sides import Offer


class News(models.TextChoices):
    """What happened to a listing that customers may want to hear."""

    PRICE = "price", gettext_lazy("Price drop")
    NEW = "new", gettext_lazy("New listing")
    BACK = "back", gettext_lazy("Back on the market")


@dataclass(frozen=True)
class Change:
    """What happened: `Change(News.PRICE, old_price)`, `Change(News.NEW)`, `Change(News.BACK)`."""

    kind: str
    old_price: Decimal | None = None


@dataclass
class NowFits:
    """“Fits 6 more people, 2 of them said too dear”: `buyers.total` and `said_too_dear`."""

    change: Change
    buyers: Buyers
    said_too_dear: int = 0

    @property
    def total(self) -> int:
        """How many people it fits now that it did not, those included who are not named."""
        return self.buyers.total


def whom_it_now_fits(listing: Listing, change: Change, user, *, limit: int = SHOWN) -> NowFits:
    """Customers for whom the change makes the difference.

    After a price drop: whose budget the old price did not fit, and whom it was too dear; for a listing that is new or
    back: everybody whom it fits.
    """
    offer = Offer.of(listing)
    if change.kind != News.PRICE:
        return NowFits(change, buyers_among(offer, user, limit=limit))
    if change.old_price is None or listing.list_price is None or listing.list_price >= change.old_price:
        return NowFits(change, Buyers())
    dear = Decision.objects.filter(listing=listing, verdict=Verdict.DISMISSED, reason=DismissReason.TOO_DEAR)
    said = list(dear.values_list("requirement_id", flat=True))
    buyers = buyers_among(offer, user, limit=limit, was=change.old_price, only=said)
    return NowFits(change, buyers, buyers.among)


OPENINGS = {
    News.PRICE: lambda: _("the price has come down:"),
    News.NEW: lambda: _("this is new with us and I thought of you:"),
    News.BACK: lambda: _("this is available again:"),
}


def prepared_text(customer, listings: list[Listing], by, change: Change | None = None) -> str:
    """The message about these listings, ready to be changed and sent: greeting, what is new, facts, who writes."""
    chosen = _("I thought of you for this:") if len(listings) == 1 else _("I chose these for you:")
    opening = OPENINGS[change.kind]() if change else chosen
    lines = [_("Hello %(name)s,") % {"name": customer.label}, "", opening, ""]
    for listing in listings:
        lines += [facts(listing, change), ""]
    lines += [_("Shall I arrange a viewing?"), "", by.full_name]
    if by.phone:
        lines.append(by.phone)
    return "\n".join(lines)


def facts(listing: Listing, change: Change | None = None) -> str:
    """“Marina Gate 2, Dubai Marina: 2 bedrooms, AED 2,450,000 (was AED 2,557,500)”. The unit's number stays here."""
    where = ", ".join(part for part in (listing.place_name, listing.community_name) if part) or listing.title
    said = []
    if listing.bedrooms_total is not None:
        count = listing.bedrooms_total
        said.append(ngettext("%(n)d bedroom", "%(n)d bedrooms", count) % {"n": count} if count else _("studio"))
    if listing.list_price is not None:
        period = f" {listing.get_lease_amount_frequency_display()}" if listing.lease_amount_frequency else ""
        price = f"{listing.currency} {number(listing.list_price)}{period}"
        if change and change.old_price:
            price += " " + _("(was %(price)s)") % {"price": f"{listing.currency} {number(change.old_price)}"}
        said.append(price)
    return f"{where}: {', '.join(said)}" if said else where
