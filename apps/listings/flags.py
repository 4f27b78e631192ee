"""Parts of the listings screens that are launched dark: `is_on(flags.MAP, request)`, `@behind_flag(flags.MAP)`."""

from datetime import date

from apps.core.flags import declare

MAP = declare(
    "listings_map",
    meaning="The map view of the listings list, with clusters and price pins.",
    owner="Listings",
    remove_by=date(2027, 3, 31),
)
GALLERY = declare(
    "listings_gallery",
    meaning="The gallery view of the listings list, with large photos.",
    owner="Listings",
    remove_by=date(2027, 3, 31),
)
