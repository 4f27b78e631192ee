"""Areas: the one place that converts between square feet and square metres.

A foot is 0.3048 m exactly (international yard and pound agreement, 1959), so a square foot is 0.09290304 m² exactly.
"""

from decimal import ROUND_HALF_UP, Decimal

from django.db import models

SQUARE_METRES_PER_SQUARE_FOOT = Decimal("0.09290304")


class AreaUnits(models.TextChoices):
    """RESO lookup AreaUnits, the two that the trade here uses."""

    SQUARE_FEET = "Square Feet", "ft²"
    SQUARE_METERS = "Square Meters", "m²"


def to_square_metres(value: Decimal, unit: str) -> Decimal:
    """An area in `unit` as exact square metres."""
    return value * SQUARE_METRES_PER_SQUARE_FOOT if unit == AreaUnits.SQUARE_FEET else value


def convert_area(value: Decimal, unit: str, target: str) -> Decimal:
    """An area in `unit`, in `target` units, rounded to two places."""
    if unit == target:
        return value
    metres = to_square_metres(value, unit)
    result = metres / SQUARE_METRES_PER_SQUARE_FOOT if target == AreaUnits.SQUARE_FEET else metres
    return result.quantize(Decimal("0.01"), ROUND_HALF_UP)
