"""Where a listing stands, and what it needs before customers may see it."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.events import record
from apps.core.refusals import NotAllowed, Refused
from apps.core.versions import claim_version
from apps.listings.lookups import ENDED, NEXT_STATUSES, ON_MARKET, StandardStatus
from apps.listings.models import Listing, StatusChange
from apps.listings.policy import why_not_change

DATES = ("on_market_date", "off_market_date", "purchase_contract_date", "close_date")
# Where the agency is asked why: the owner asks later.
ASKS_REASON = (StandardStatus.HOLD, StandardStatus.WITHDRAWN, StandardStatus.CANCELED, StandardStatus.DELETE)
MISSING = {
    "price": gettext_lazy("Price is missing. Enter the asking price."),
    "photo": gettext_lazy("No photo yet. Add at least one."),
    "mandate": gettext_lazy("No valid mandate. Enter the owner's signed mandate with its dates."),
    "permit": gettext_lazy("No valid permit. Enter the permit number and its end date."),
    "consent": gettext_lazy("The owner has not agreed to publish. Tick the owner's consent."),
}


@dataclass(frozen=True)
class Requirement:
    """One thing that a website needs of a listing; `why_not` is empty when it is there."""

    name: str
    why_not: str

    @property
    def is_met(self) -> bool:
        """Whether nothing is missing."""
        return not self.why_not


def readiness(listing: Listing, on: date | None = None) -> list[Requirement]:
    """What a website needs of the listing on that day (default today), met or not. Dubai's rules: product.md."""
    day = on or timezone.localdate()
    has_mandate = any(mandate.is_valid_on(day) for mandate in listing.mandates.all())
    has_permit = any(permit.is_valid_on(day) for permit in listing.permits.all())
    has = {
        "price": listing.list_price,
        "photo": listing.photo_count,
        "mandate": has_mandate,
        "permit": has_permit,
        "consent": listing.internet_entire_listing_display_yn,
    }
    return [Requirement(name, "" if is_met else str(MISSING[name])) for name, is_met in has.items()]


def why_not_ready(listing: Listing, on: date | None = None) -> list[str]:
    """What is missing before the listing may be on a website on that day (default today)."""
    return [requirement.why_not for requirement in readiness(listing, on) if not requirement.is_met]


def why_not_move(listing: Listing, status: str, by) -> list[str]:
    """Why the listing may not take this status now."""
    if status not in NEXT_STATUSES[listing.standard_status]:
        now, then = StandardStatus(listing.standard_status).label, StandardStatus(status).label
        return [
            _("%(listing_id)s is %(now)s and cannot become %(then)s.")
            % {"listing_id": listing.listing_id, "now": now, "then": then}
        ]
    if status in ON_MARKET and not listing.list_price:
        return [_("%(listing_id)s has no price. Enter the price first.") % {"listing_id": listing.listing_id}]
    return []


@transaction.atomic
def move(listing: Listing, status: str, *, version: int, by, reason: str = "", close_price=None) -> Listing:
    """Give the listing the next status, with the dates that follow from it."""
    NotAllowed.unless_empty(why_not_change(listing, by))
    claim_version(listing, version)
    listing.refresh_from_db(fields=["standard_status", "list_price", *DATES, "close_price"])
    Refused.unless_empty(why_not_move(listing, status, by))
    if close_price is not None and close_price <= 0:
        raise Refused(_("The closing price must be more than 0."))
    old, listing.standard_status = listing.standard_status, status
    set_dates(listing, status, close_price)
    listing.save(
        update_fields=[
            "standard_status",
            *DATES,
            "close_price",
            "modification_timestamp",
        ]
    )
    StatusChange.objects.create(
        listing=listing, old_status=old, new_status=status, at=timezone.now(), by=by, reason=reason
    )
    record("listing.status_changed", listing, by=by, old=old, new=status, reason=reason)
    return listing


def set_dates(listing: Listing, status: str, close_price=None) -> None:
    """Set the dates that follow from taking a status today; the caller saves."""
    today = timezone.localdate()
    if status == StandardStatus.ACTIVE:
        listing.on_market_date = listing.on_market_date or today
        listing.off_market_date = None
    if status in (StandardStatus.ACTIVE_UNDER_CONTRACT, StandardStatus.PENDING):
        listing.purchase_contract_date = listing.purchase_contract_date or today
    if status in ENDED:
        listing.off_market_date = today
    if status == StandardStatus.CLOSED:
        listing.close_date = listing.close_date or today
        listing.close_price = close_price or listing.close_price or listing.list_price
