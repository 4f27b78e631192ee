"""What an erasure does with an owner's units: the bricks and their mandates stay, the owner is taken off them."""

from apps.customers.erasing.registry import Kept, erases, keeps
from apps.listings.models import Mandate, Unit

# Columns from before owners were customers; earlier values of units and old releases still have them.
erases("listings.Unit", "Names of owners on units", blank=("owner_name", "owner_phone", "owner_email"))


@keeps
def units_and_mandates(subject) -> list[Kept]:
    """A mandate is the agency's contract; the apartment is no person."""
    units = Unit.objects.filter(owner__in=subject.ids)
    return [
        Kept(
            "Apartments, whose owner is now without a name",
            units.count(),
            "An apartment and its prices are no data of the person's.",
        ),
        Kept(
            "Mandates: number and dates",
            Mandate.objects.filter(listing__unit__in=units).count(),
            "A broker keeps the contracts of a deal for five years after its end. Papers are filed apart from the CRM.",
        ),
    ]
