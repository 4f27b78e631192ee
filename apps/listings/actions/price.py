"""The asking price and its history."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core.events import record
from apps.core.refusals import NotAllowed, Refused
from apps.core.versions import claim_version
from apps.listings.models import Listing, PriceChange
from apps.listings.policy import why_not_change

SURPRISING_FACTOR = 5


def why_price_surprises(listing: Listing, price: Decimal) -> list[str]:
    """Why a person should look twice: the new price is at least five times, or at most a fifth of, the last."""
    if not listing.list_price:
        return []
    factor = price / listing.list_price
    if 1 / Decimal(SURPRISING_FACTOR) < factor < SURPRISING_FACTOR:
        return []
    if factor > 1:
        times = _("%(factor)s times") % {"factor": f"{factor:,.0f}"}
    else:
        times = _("1/%(part)s of") % {"part": f"{1 / factor:,.0f}"}
    return [
        _("Price is %(times)s the last price. %(meant)s or confirm the change.")
        % {"times": times, "meant": _what_was_meant(listing, price, factor)}
    ]


def _what_was_meant(listing, price, factor) -> str:
    """“Enter AED 2,450,000” where a 0 too many or too few explains the surprise."""
    meant = price / Decimal(10) ** round(factor.log10())
    is_near = Decimal("0.7") < meant / listing.list_price < Decimal("1.4")
    words = {"price": f"{listing.currency} {meant:,.0f}"}
    return _("Enter %(price)s") % words if is_near else _("Enter it again")


@transaction.atomic
def set_price(
    listing: Listing, price: Decimal, *, version: int, by, reason: str = "", confirmed: bool = False
) -> Listing:
    """Ask `price` (in the listing's currency) from now on; refuse a surprising one until it is `confirmed`."""
    NotAllowed.unless_empty(why_not_change(listing, by))
    if price <= 0:
        raise Refused(_("The price must be more than 0."))
    if not confirmed:
        Refused.unless_empty(why_price_surprises(listing, price))
    claim_version(listing, version)
    listing.refresh_from_db(fields=["list_price", "original_list_price"])
    old = listing.list_price
    if old == price:
        return listing
    listing.list_price, listing.previous_list_price = price, old
    listing.original_list_price = listing.original_list_price or price
    listing.price_change_timestamp = timezone.now()
    listing.save(
        update_fields=[
            "list_price",
            "previous_list_price",
            "original_list_price",
            "price_change_timestamp",
            "modification_timestamp",
        ]
    )
    PriceChange.objects.create(
        listing=listing,
        old_price=old,
        new_price=price,
        currency=listing.currency,
        at=listing.price_change_timestamp,
        by=by,
        reason=reason,
    )
    record(
        "listing.price_changed",
        listing,
        by=by,
        old=None if old is None else str(old),
        new=str(price),
        currency=listing.currency,
        reason=reason,
    )
    return listing
