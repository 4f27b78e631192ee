"""How values of a site read on a page."""

from decimal import Decimal, InvalidOperation

from django import template
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _

register = template.Library()
LONGEST = 200
GROUPED_FROM = 10_000  # a year has no comma
AMOUNTS = ("list_price", "association_fee")


@register.filter
def in_words(value, source="") -> str:
    """2450000 as “2,450,000”, a page's text without its marks; `source` is the listing's value that the field shows."""
    if value is None or value == "" or value == []:
        return _("Nothing")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    number = _number(value, source)
    if number is not None:
        return f"{number:,}" if abs(number) >= GROUPED_FROM else f"{number}"
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return Truncator(" ".join(strip_tags(str(value)).split())).chars(LONGEST)


def _number(value, source) -> Decimal | None:
    """A number, also an amount that a site writes as a text."""
    if not isinstance(value, (int, float, Decimal)) and source not in AMOUNTS:
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
