"""What one cell means, in the ways that people and portals write it."""

from datetime import date
from decimal import Decimal

import pytest

from apps.imports.listings.choices import CHOICES
from apps.imports.listings.fields import LISTINGS
from apps.imports.problems import REFUSE, WARN
from apps.imports.understanding.areas import FEET, METRES, read_area, why_doubt_area
from apps.imports.understanding.dates import DateColumn, read_date
from apps.imports.understanding.headers import match_header
from apps.imports.understanding.money import read_money, why_doubt_price
from apps.imports.understanding.rooms import read_rooms
from apps.imports.understanding.text import clean_line, clean_text, open_literals


@pytest.mark.parametrize(
    ("text", "amount", "currency", "frequency"),
    [
        ("AED 1.2M", 1_200_000, "AED", None),
        ("OMR300", 300, "OMR", None),
        ("40 OMR", 40, "OMR", None),
        ("110,000", 110_000, None, None),
        ("AED 95,000 / year", 95_000, "AED", "Annually"),
        ("12,500 pcm", 12_500, None, "Monthly"),
        ("١٢٠٬٠٠٠ درهم", 120_000, "AED", None),
        ("1,295,000.00", 1_295_000, None, None),
        ("45 lakh", 4_500_000, None, None),
        ("1.5E+06", 1_500_000, None, None),
        ("OMR 40.500", Decimal("40.5"), "OMR", None),
        ("$450,000", 450_000, "USD", None),
        ("120000/-", 120_000, None, None),
        ("N/A", None, None, None),
    ],
)
def test_a_price_is_understood(text, amount, currency, frequency):
    money = read_money(text, "Price")
    assert (money.amount, money.currency, money.frequency, money.problem) == (amount, currency, frequency, None)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [("4.650.000", "4,650,000"), ("1.295", "1,295"), ("4.650.000,00", "4,650,000"), ("1234,50", "1234.50")],
)
def test_a_price_that_can_be_read_in_two_ways_is_refused_with_a_suggestion(text, suggestion):
    problem = read_money(text, "Price").problem
    assert (problem.severity, problem.suggestion) == (REFUSE, suggestion)
    assert problem.sentence == f"Use digits only. Did you mean {suggestion}?"


@pytest.mark.parametrize("text", ["about a lot", "-500", "1-2M", "99999999999999", "5 camels"])
def test_what_is_no_price_is_refused(text):
    assert read_money(text, "Price").problem.severity == REFUSE


@pytest.mark.parametrize("text", ["Price on request", "Call for price", "0"])
def test_a_price_that_is_not_given_is_left_empty_with_a_warning(text):
    money = read_money(text, "Price")
    assert (money.amount, money.problem.severity) == (None, WARN)


@pytest.mark.parametrize("amount", [10_000_000_000, 1, 11_111_111, 123_456])
def test_a_nonsense_price_is_doubted(amount):
    assert why_doubt_price(Decimal(amount), is_lease=False)


@pytest.mark.parametrize("amount", [999_999, 2_999_999, 1_000_000, 100_000, 5_000_000])
def test_a_usual_price_is_not_doubted(amount):
    assert why_doubt_price(Decimal(amount), is_lease=False) is None


@pytest.mark.parametrize(
    ("text", "value", "units"),
    [
        ("1,012 sqft", 1012, FEET),
        ("100 Sq. M.", 100, METRES),
        ("94 m²", 94, METRES),
        ("200 ft²", 200, FEET),
        ("١٥٠ متر مربع", 150, METRES),
        ("1323", 1323, None),
        ("2147483647 m2", 2147483647, METRES),
    ],
)
def test_an_area_is_understood(text, value, units):
    area = read_area(text, "Size")
    assert (area.value, area.units, area.problem) == (value, units, None)


@pytest.mark.parametrize(("value", "units"), [(2147483647, METRES), (11111111, METRES), (1, METRES), (40, FEET)])
def test_a_nonsense_area_is_doubted(value, units):
    assert why_doubt_area(Decimal(value), units)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("2", 2),
        ("Studio", 0),
        ("0", 0),
        ("1 B/R", 1),
        ("3 Bedrooms", 3),
        ("two", 2),
        ("2 BHK", 2),
        ("NA", None),
        ("", None),
    ],
)
def test_rooms_are_understood_and_unknown_is_never_0(text, count):
    rooms = read_rooms(text, "Beds")
    assert (rooms.count, rooms.problem) == (count, None)


@pytest.mark.parametrize(
    ("text", "count"), [("7+", 7), ("More than 6 bedrooms", 7), ("2 + Maid", 2), ("2.5", 2), ("Penthouse", None)]
)
def test_rooms_that_say_more_than_a_number_come_with_a_remark(text, count):
    rooms = read_rooms(text, "Beds")
    assert (rooms.count, rooms.problem.severity) == (count, WARN)


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("17-Jun-25", "ask", date(2025, 6, 17)),
        ("8/14/2024", "mdy", date(2024, 8, 14)),
        ("5/8/2024", "mdy", date(2024, 5, 8)),
        ("5/8/2024", "dmy", date(2024, 8, 5)),
        ("5/8/2024", "ask", "ask"),
        ("2024-05-08T10:00:00Z", "ask", date(2024, 5, 8)),
        ("Sun, 12 Jul 2015 20:29:08 +0000", "ask", date(2015, 7, 12)),
        ("45000", "ask", date(2023, 3, 15)),
        ("31/02/2024", "dmy", None),
        ("soon", "dmy", None),
    ],
)
def test_a_date_is_understood(text, order, day):
    assert read_date(text, order) == day


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["5/8/2024", "14/8/2024"], "dmy"),
        (["5/8/2024", "8/14/2024"], "mdy"),
        (["5/8/2024", "6/7/2024"], "ask"),
        (["14/8/2024", "8/14/2024"], "ask"),
        (["5/5/2024"], "dmy"),
    ],
)
def test_the_order_of_dates_is_decided_for_the_whole_column(cells, order):
    column = DateColumn()
    for cell in cells:
        column.look_at(cell)
    assert column.order == order


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Price (AED)", "list_price"),
        ("BedroomsTotal", "bedrooms_total"),
        ("Beds__c", "bedrooms_total"),
        ("size sqft", "living_area"),
        ("Size (m²)", "living_area"),
        ("Bedroms", "bedrooms_total"),
        ("added_on", "on_market_date"),
        ("السعر", "list_price"),
        ("favourite colour", None),
    ],
)
def test_a_header_is_known_by_its_synonyms(header, field):
    match = match_header(header, LISTINGS)
    assert (match.field if match else None) == field


def test_a_header_tells_currency_and_unit():
    assert match_header("Price (OMR)", LISTINGS).constants == {"currency": "OMR"}
    assert match_header("Area sq. m", LISTINGS).constants == {"living_area_units": METRES}


def test_live_is_no_status_but_active_is_suggested():
    assert CHOICES.read("standard_status", "Live") is None
    assert CHOICES.suggest("standard_status", "Live") == "Active"


def test_titles_keep_emoji_and_lose_entities_and_invisible_marks():
    assert clean_line("\u200eSea\u00a0view &amp;amp; pool 🏝️\u200f  now") == "Sea view & pool 🏝️ now"


def test_a_description_keeps_its_lines_and_loses_its_tags():
    assert clean_text("<p>Bright&nbsp;home</p><p>By the <b>sea</b></p>") == "Bright home\nBy the sea"


def test_python_and_json_literals_in_a_cell_are_opened_at_any_depth():
    cell = "{'beds': \"{'@type': 'QuantitativeValue', 'value': '0'}\", 'baths': '1', 'note': \"owner's\"}"
    opened = open_literals({"facts": cell, "price": '{"amount": "5", "per": null}'})
    assert opened == {
        "facts.beds": "0",
        "facts.baths": "1",
        "facts.note": "owner's",
        "price.amount": "5",
        "price.per": "",
    }


def test_a_literal_that_calls_something_stays_text():
    assert open_literals({"x": "{'a': __import__('os')}"}) == {"x": "{'a': __import__('os')}"}


@pytest.mark.parametrize("written", [r'{"a\u0000b": "1\u00002"}', r"{'a\x00b': '1\x002'}", r'{"a\ud800b": "1\udfff2"}'])
def test_what_no_text_may_hold_is_left_out_where_a_value_spells_it(written):
    assert open_literals({"facts": written}) == {"facts.ab": "12"}
