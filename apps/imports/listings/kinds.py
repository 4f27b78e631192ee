"""The kind of home by the words of its title."""

import re
from functools import lru_cache

from apps.listings.lookups import PropertySubType

T = PropertySubType
# In this order: “penthouse apartment” is a penthouse, “villa plot” is land, “shop in a tower” is a shop.
KINDS = [
    (T.HOTEL_APARTMENT, r"\bhotel (?:apartments?|room)\b|\bserviced hotel\b|شق[ةه] فندقي[ةه]"),
    (T.PENTHOUSE, r"\bpent ?houses?\b|بنتهاوس"),
    (T.DUPLEX, r"\bduplex\b|دوبلكس"),
    (T.TOWNHOUSE, r"\btown ?(?:house|home)s?\b|تاون ?هاوس"),
    (T.CHALET, r"\bchalets?\b|شالي[ةه]"),
    (
        T.LAND,
        r"\b(?:residential|commercial|industrial|farm|mixed use) (?:land|plot)\b|\b(?:land|plot) for\b|^land\b"
        r"|أرض|ارض",
    ),
    (T.OFFICE, r"\boffices?\b|\bco-?working\b|مكتب|مكاتب"),
    (T.RETAIL, r"\bshops?\b|\bshowrooms?\b|\bretail\b|محل|محلات|معرض|معارض"),
    (T.OTHER, r"\bware ?houses?\b|\bstorage\b|\bwork ?shop\b|مخزن|مخازن|ورش[ةه]"),
    (T.VILLA, r"\bvillas?\b|\bbungalow\b|فيلا|فلل"),
    (T.STUDIO, r"\bstudios?\b|استوديو"),
    (T.APARTMENT, r"\bapartments?\b|\bflats?\b|\bapt\b|شق[ةه]|شقق"),
    (T.VILLA, r"\bhouse\b|بيت|منزل"),
]  # fmt: skip
KIND_PATTERNS = [(str(value.value), re.compile(pattern, re.IGNORECASE)) for value, pattern in KINDS]


@lru_cache(maxsize=20_000)
def kind_of_home(title: str) -> str:
    """The kind of home that a title names, else Other."""
    return next((value for value, pattern in KIND_PATTERNS if pattern.search(title)), T.OTHER.value)
