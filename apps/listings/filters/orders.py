"""The orders of the listings list. Each column of the table is a key; indexes of the same shape serve them."""

from django.db import models

from apps.core.keyset import Key, Order

DEFAULT = "-changed"

_ID = Key("id", models.BigIntegerField())
_NAME = Key("sort_name", models.CharField())
_NUMBER = Key("unit_number", models.CharField())
_CHANGED = Key("modification_timestamp", models.DateTimeField())

# Column key → keys of the order, and whether the first may be missing.
COLUMNS: dict[str, tuple[tuple[Key, ...], bool]] = {
    "name": ((_NAME, _NUMBER, _ID), False),
    "status": ((Key("standard_status", models.CharField()), _CHANGED, _ID), False),
    "price": ((Key("list_price", models.DecimalField()), _ID), True),
    "beds": ((Key("bedrooms_total", models.IntegerField()), _ID), True),
    "baths": ((Key("bathrooms_total_integer", models.IntegerField()), _ID), True),
    "area": ((Key("living_area_sqm", models.DecimalField()), _ID), True),
    "mandate": ((Key("mandate_until", models.DateField()), _ID), True),
    "permit": ((Key("permit_until", models.DateField()), _ID), True),
    "agent": ((Key("sort_agent", models.CharField()), _CHANGED, _ID), True),
    "changed": ((_CHANGED, _ID), False),
}
WORDS = {
    "name": ("by name, A to Z", "by name, Z to A"),
    "status": ("by status, A to Z", "by status, Z to A"),
    "price": ("by price, lowest first", "by price, highest first"),
    "beds": ("by bedrooms, fewest first", "by bedrooms, most first"),
    "baths": ("by bathrooms, fewest first", "by bathrooms, most first"),
    "area": ("by size, smallest first", "by size, largest first"),
    "mandate": ("by mandate, first to end first", "by mandate, last to end first"),
    "permit": ("by permit, first to end first", "by permit, last to end first"),
    "agent": ("by agent, A to Z", "by agent, Z to A"),
    "changed": ("oldest change first", "latest change first"),
}


def is_known(sort: str) -> bool:
    """Whether the word in the address names an order: "price" up, "-price" down."""
    return sort.removeprefix("-") in COLUMNS and not sort.startswith("--")


def order_for(sort: str) -> Order:
    """The keys to sort and page by."""
    keys, is_nullable = COLUMNS[sort.removeprefix("-")]
    return Order(keys, is_descending=sort.startswith("-"), is_nullable=is_nullable)


def words_for(sort: str) -> str:
    """The order as the table's caption says it."""
    return WORDS[sort.removeprefix("-")][sort.startswith("-")]
