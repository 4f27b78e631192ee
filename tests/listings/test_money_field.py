"""What people type into a price."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from apps.listings.forms.fields import AreaField, BedroomsField, MoneyField, parse_money


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("2450000", "2450000"),
        ("2,450,000", "2450000"),
        ("2.45M", "2450000"),
        ("AED 2450000", "2450000"),
        ("aed 2.45 m", "2450000"),
        ("2450000 AED", "2450000"),
        ("450k", "450000"),
        ("2 450 000", "2450000"),
        ("2\u00a0450\u00a0000", "2450000"),
        ("\u200e2,450,000.50", "2450000.50"),
        ("٢٤٥٠٠٠٠", "2450000"),
    ],
)
def test_an_amount_is_read_as_people_type_it(typed, amount):
    assert MoneyField().clean(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["4.650.000", "2,45", "2,450,00", "about 2M", "2.4.5", "M", "1e9", "-5", "2,450 000"])
def test_an_unclear_amount_is_refused_with_what_to_type(typed):
    with pytest.raises(ValidationError, match="commas for thousands"):
        MoneyField().clean(typed)


def test_zero_is_no_price():
    with pytest.raises(ValidationError, match="more than 0"):
        MoneyField().clean("0")


def test_an_amount_beyond_the_column_is_refused():
    with pytest.raises(ValidationError, match="Check the zeros"):
        MoneyField().clean("9" * 30)


def test_another_currency_than_the_listings_is_refused():
    with pytest.raises(ValidationError, match="in USD, the listing is priced in AED"):
        MoneyField().clean("USD 650,000")


def test_the_currency_that_was_typed_is_known():
    assert parse_money("omr 300") == (Decimal(300), "OMR")


def test_nothing_typed_is_no_amount():
    assert MoneyField(required=False).clean("  ") is None


def test_studio_is_no_bedroom():
    assert BedroomsField().clean("Studio") == 0


def test_an_area_may_be_grouped():
    assert AreaField().clean("1,388") == 1388
