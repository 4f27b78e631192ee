"""References of listings: the word that people say on the phone."""

import re

from django.db import connection

from apps.listings.models import Listing, Unit


def new_listing_id(unit: Unit) -> str:
    """A free reference such as MG-2304 (initials of the building, unit number), else one from the counter."""
    initials = "".join(word[0] for word in re.findall(r"[A-Za-z]+", unit.place.name))[:3].upper() if unit.place else ""
    number = re.sub(r"[^A-Za-z0-9]", "", unit.unit_number).upper()[:12]
    if not (initials and number):
        return counted_listing_ids(1)[0]
    stem = f"{initials}-{number}"
    taken = set(Listing.objects.filter(listing_id__startswith=stem).values_list("listing_id", flat=True))
    free = (f"{stem}-{again}" for again in range(2, len(taken) + 3))
    return stem if stem not in taken else next(candidate for candidate in free if candidate not in taken)


def counted_listing_ids(count: int) -> list[str]:
    """So many references from the counter: L-100001, L-100002, ... Never given twice, gaps are possible."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('listings_reference') FROM generate_series(1, %s)", [count])
        return [f"L-{number}" for (number,) in cursor.fetchall()]
