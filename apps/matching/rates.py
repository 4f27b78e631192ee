"""Rates of exchange as they are now. The first rows are pegs that central banks keep (migration 0002)."""

from decimal import Decimal

from apps.matching.models import ExchangeRate


def current_rates() -> dict[str, Decimal]:
    """Dirhams for one of each currency that has a rate."""
    return dict(ExchangeRate.objects.order_by().values_list("currency", "in_aed"))
