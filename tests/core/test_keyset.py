"""Pages found by the last row seen."""

import pytest
from django.db.models import IntegerField

from apps.core import keyset
from apps.core.keyset import Cursor, Key, Order, UnreadableCursor
from apps.listings.filters.orders import ORDERS
from apps.listings.models import Listing
from tests.factories import ListingFactory

BY_BEDROOMS = Order((Key("bedrooms_total", IntegerField()), Key("id", IntegerField())), is_nullable=True)


@pytest.fixture
def listings(db):
    """Seven listings with ties and two without a value in the nullable columns."""
    return [
        ListingFactory(unit__bedrooms_total=rooms, unit__living_area=area, list_price=price)
        for rooms, area, price in [
            (2, 900, 5),
            (None, None, None),
            (1, 700, 3),
            (2, 900, 5),
            (3, 1100, 9),
            (None, 500, 1),
            (2, 800, 4),
        ]
    ]


def walk(order, size=2):
    """Every row by following pages forwards, and the pages themselves."""
    page = keyset.first_page(Listing.objects.all(), order, size)
    pages = [page]
    while page.has_next:
        page = keyset.page_after(Listing.objects.all(), order, size, page.last)
        pages.append(page)
    return [row.pk for page in pages for row in page.rows], pages


@pytest.mark.parametrize("sort", [f"{sign}{column}" for column in ORDERS.columns for sign in ("", "-")])
def test_walking_the_pages_shows_each_row_once(listings, sort):
    seen, _ = walk(ORDERS.order(sort))
    assert sorted(seen) == sorted(listing.pk for listing in listings)


@pytest.mark.parametrize("sort", [f"{sign}{column}" for column in ORDERS.columns for sign in ("", "-")])
def test_the_way_back_shows_the_same_pages(listings, sort):
    _, pages = walk(ORDERS.order(sort), size=3)
    page = pages[-1]
    for expected in reversed(pages[:-1]):
        page = keyset.page_before(Listing.objects.all(), ORDERS.order(sort), 3, page.first)
        assert [row.pk for row in page.rows] == [row.pk for row in expected.rows]
    assert not page.has_previous


@pytest.mark.parametrize("is_descending", [True, False])
def test_rows_without_a_value_come_last_in_both_directions(listings, is_descending):
    seen, _ = walk(Order(BY_BEDROOMS.keys, is_descending, is_nullable=True))
    without = {listing.pk for listing in listings if listing.bedrooms_total is None}
    assert set(seen[-2:]) == without


def test_pages_know_which_rows_they_show(listings):
    _, pages = walk(BY_BEDROOMS, size=3)
    assert [(page.start, page.end) for page in pages] == [(1, 3), (4, 6), (7, 7)]


@pytest.mark.parametrize("sort", ["-price", "price", "beds", "-changed", "agent"])
def test_each_way_of_reading_gives_the_same_pages(listings, sort):
    order, rows = ORDERS.order(sort), Listing.objects.filter(list_price__gte=3)
    within = keyset.Reach(Listing.objects.all(), 50)
    first = keyset.first_page(rows, order, 3)
    for how in ({"few": True}, {"reach": within}):
        assert keyset.first_page(rows, order, 3, **how).rows == first.rows
        assert (
            keyset.page_after(rows, order, 3, first.last, **how).rows
            == keyset.page_after(rows, order, 3, first.last).rows
        )


def test_a_walk_is_given_up_where_it_meets_too_few(listings):
    rows, order = Listing.objects.filter(list_price=9), ORDERS.order("changed")
    with pytest.raises(keyset.OutOfReach):
        keyset.first_page(rows, order, 3, reach=keyset.Reach(Listing.objects.all(), 4))
    assert len(keyset.first_page(rows, order, 3, reach=keyset.Reach(Listing.objects.all(), 7)).rows) == 1


def test_where_all_are_found_the_first_page_counts_them(listings):
    page = keyset.first_page(Listing.objects.all(), ORDERS.order("changed"), 3, few=True)
    assert (len(page.rows), page.total) == (3, 7)
    assert keyset.first_page(Listing.objects.all(), ORDERS.order("changed"), 3).total is None


def test_many_keys_are_one_value(listings):
    wanted = [listings[0].pk, listings[3].pk]
    assert set(Listing.objects.filter(keyset.Among("pk", wanted)).values_list("pk", flat=True)) == set(wanted)


def test_a_row_added_meanwhile_moves_nothing_twice(listings):
    first = keyset.first_page(Listing.objects.all(), BY_BEDROOMS, 3)
    ListingFactory(unit__bedrooms_total=0)
    second = keyset.page_after(Listing.objects.all(), BY_BEDROOMS, 3, first.last)
    assert not {row.pk for row in first.rows} & {row.pk for row in second.rows}


def test_a_cursor_survives_the_address(listings):
    cursor = keyset.cursor_of(listings[0], ORDERS.order("-price"), position=24)
    assert keyset.decode(keyset.encode(cursor), ORDERS.order("-price")) == cursor


@pytest.mark.parametrize(
    "values",
    [("x", 1), (1,), (1, 2, 3), (1, None), (1, 2**63), ([], 1), ({"a": 1}, 1), ("NaN", 1), (True, "a\x00")],
)
def test_a_cursor_that_was_not_made_here_is_refused(values):
    with pytest.raises(UnreadableCursor):
        keyset.decode(keyset.encode(Cursor(values)), ORDERS.order("price"))


@pytest.mark.parametrize("word", ["", "!", "e30", "bnVsbA", "W10", "x" * 700, "\x00", "é"])
def test_a_word_that_is_no_cursor_is_refused(word):
    with pytest.raises(UnreadableCursor):
        keyset.decode(word, BY_BEDROOMS)
