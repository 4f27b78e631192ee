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
    by_address = Unit.objects.at(place, unit_number) if place and unit_number else Unit.objects.none()
    same_address = set(by_address.values_list("pk", flat=True))
    permit = permit_number.strip()
    holders = Permit.objects.filter(number=permit).values_list("listing__unit_id", flat=True) if permit else []
    same_permit = set(holders[: MOST * MOST]) - same_address
    found = Unit.objects.filter(pk__in=same_address | same_permit).select_related("place")
    listings = defaultdict(list)
    for listing in Listing.objects.visible_to(user).filter(unit__in=found).order_by("-pk"):
        listings[listing.unit_id].append(listing)
    twins = [
        Twin(unit, listings[unit.pk][:MOST], unit.pk in same_address, "" if unit.pk in same_address else permit)
        for unit in found
    ]
    return sorted(twins, key=lambda twin: not twin.same_address)[:MOST]
