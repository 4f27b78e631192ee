"""The orders of the listings list. Each column of the table is a key; indexes of the same shape serve them."""

from django.db import models

from apps.core.keyset import Key
from apps.core.lists.catalogue import Column, Orders

DEFAULT = "-changed"

_ID = Key("id", models.BigIntegerField())
_NAME = Key("sort_name", models.CharField())
_NUMBER = Key("unit_number", models.CharField())
_CHANGED = Key("modification_timestamp", models.DateTimeField())

ORDERS = Orders(
    {
        "name": Column((_NAME, _NUMBER, _ID), False, "by name, A to Z", "by name, Z to A"),
        "status": Column(
            (Key("standard_status", models.CharField()), _CHANGED, _ID), False, "by status, A to Z", "by status, Z to A"
        ),
        "price": Column(
            (Key("list_price", models.DecimalField()), _ID), True, "by price, lowest first", "by price, highest first"
        ),
        "beds": Column(
            (Key("bedrooms_total", models.IntegerField()), _ID),
            True,
            "by bedrooms, fewest first",
            "by bedrooms, most first",
        ),
        "baths": Column(
            (Key("bathrooms_total_integer", models.IntegerField()), _ID),
            True,
            "by bathrooms, fewest first",
            "by bathrooms, most first",
        ),
        "area": Column(
            (Key("living_area_sqm", models.DecimalField()), _ID),
            True,
            "by size, smallest first",
            "by size, largest first",
        ),
        "mandate": Column(
            (Key("mandate_until", models.DateField()), _ID),
            True,
            "by mandate, first to end first",
            "by mandate, last to end first",
        ),
        "permit": Column(
            (Key("permit_until", models.DateField()), _ID),
            True,
            "by permit, first to end first",
            "by permit, last to end first",
        ),
        "agent": Column(
            (Key("sort_agent", models.CharField()), _CHANGED, _ID), True, "by agent, A to Z", "by agent, Z to A"
        ),
        "changed": Column((_CHANGED, _ID), False, "oldest change first", "latest change first"),
    },
    DEFAULT,
    "The latest change comes first.",
)
