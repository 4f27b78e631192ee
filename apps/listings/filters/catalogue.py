"""The filters of the listings list, in the order of the form, and the built-in views made of them."""

from apps.accounts.filters import People
from apps.core.lists.catalogue import View
from apps.core.lists.fields import Choice, Either, Filter, Since, Span
from apps.listings.filters.fields import (
    MANY,
    PHOTOS,
    PRICE_MOVED,
    UNKNOWN,
    AreaSpan,
    Box,
    Places,
    Readiness,
    Rooms,
    clock,
)
from apps.listings.lookups import ON_MARKET, PropertySubType, PropertyType, StandardStatus

SHOWN_STATUSES = tuple((status.value, status.label) for status in StandardStatus if status != StandardStatus.DELETE)
NUMBERS = tuple((str(number), str(number)) for number in range(1, MANY))
MORE = ((str(MANY), f"{MANY}+"), (UNKNOWN, "Not set"))

FILTERS: tuple[Filter, ...] = (
    Choice("status", "Status", "standard_status", SHOWN_STATUSES),
    Choice("type", "Sale or rent", "property_type", tuple(PropertyType.choices)),
    Choice("kind", "Type", "property_sub_type", tuple(PropertySubType.choices)),
    Places("place", "Place"),
    Span("price", "Price", "list_price"),
    Rooms("beds", "Beds", "bedrooms_total", (("0", "Studio"), *NUMBERS, *MORE)),
    Rooms("baths", "Baths", "bathrooms_total_integer", (*NUMBERS, *MORE)),
    AreaSpan("area", "Size", "living_area_sqm"),
    People("agent", "Agent", "list_agent"),
    clock("mandate", "Mandate", "mandate_until"),
    clock("permit", "Permit", "permit_until"),
    Either("photos", "Photos", "photo_count", (("yes", "With photos"), ("no", "Without photos")), PHOTOS),
    Either("moved", "Price change", "list_price", (("reduced", "Reduced"), ("raised", "Raised")), PRICE_MOVED),
    Readiness("ready", "For the website", "photo_count", (("yes", "Ready"), ("no", "Not ready"))),
    Since("changed", "Changed since", "modification_timestamp"),
    Box("box", "Map"),
)


ON_MARKET_PAIRS = tuple(("status", status.value) for status in StandardStatus if status in ON_MARKET)
VIEWS = (
    View("all", "All listings"),
    View("mine", "My listings", (("agent", "me"),)),
    View("sale", "For sale", (*ON_MARKET_PAIRS, ("type", PropertyType.RESIDENTIAL.value))),
    View("rent", "For rent", (*ON_MARKET_PAIRS, ("type", PropertyType.RESIDENTIAL_LEASE.value))),
    View("expiring", "Expiring mandates", (*ON_MARKET_PAIRS, ("mandate", "expiring"))),
    View("reduced", "Price reduced", (*ON_MARKET_PAIRS, ("moved", "reduced"))),
    View("unready", "Not ready for the website", (*ON_MARKET_PAIRS, ("ready", "no"))),
    View("drafts", "Drafts", (("status", StandardStatus.INCOMPLETE.value),)),
)
