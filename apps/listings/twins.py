"""Units that are already here when somebody is about to add them: the same building and number, or the same permit."""

from collections import defaultdict
from dataclasses import dataclass

from apps.listings.models import Listing, Permit, Place, Unit

MOST = 3


@dataclass(frozen=True)
class Twin:
    """A known unit that may be the one being typed, with its listings that this person may see, newest first."""

    unit: Unit
    listings: list[Listing]
    same_address: bool
    permit_number: str = ""


def twins_of(place: Place | None, unit_number: str, permit_number: str, *, user) -> list[Twin]:
    """Known units at the same place and number, then those whose listings hold the same permit."""
    by_address = list(Unit.objects.at(place, unit_number)) if place and unit_number else []
    holders = Permit.objects.filter(number=permit_number.strip()).values("listing__unit_id") if permit_number else []
    by_permit = Unit.objects.filter(pk__in=holders).exclude(pk__in=by_address)[:MOST] if permit_number else []
    found = Unit.objects.filter(pk__in=[*by_address, *by_permit]).select_related("place")
    listings = defaultdict(list)
    for listing in Listing.objects.visible_to(user).filter(unit__in=found).order_by("-pk"):
        listings[listing.unit_id].append(listing)
    return [
        Twin(unit, listings[unit.pk][:MOST], unit in by_address, "" if unit in by_address else permit_number)
        for unit in sorted(found, key=lambda unit: unit not in by_address)
    ]
