"""The page of the list: rows, order, pages, counts, and what is said where nothing is found."""

import re
from decimal import Decimal

import pytest
from django.core.cache import caches
from django.urls import reverse

from apps.accounts.models import Flag
from apps.core.counting import Estimate
from apps.core.keyset import Cursor, encode
from apps.core.lists import page as list_page
from tests.factories import ListingFactory, MandateFactory, PlaceFactory, UserFactory

URL = "/listings/"


@pytest.fixture
def listed(client, manager):
    client.force_login(manager)

    def listed(querystring="", **headers):
        answer = client.get(f"{URL}?{querystring}", headers=headers)
        assert answer.status_code == 200
        return answer.content.decode()

    return listed


def references(html):
    return re.findall(r'href="/listings/([^/"]+)/(?:\?[^"]*)?" hx-boost', html)


def test_a_row_says_what_colleagues_ask(listed):
    building = PlaceFactory(name="Marina Gate 2", parent=PlaceFactory(level="community", name="Dubai Marina"))
    agent = UserFactory(full_name="Layla Haddad")
    listing = ListingFactory(
        listing_id="MG-2304",
        unit__place=building,
        unit__unit_number="2304",
        list_agent=agent,
        list_price=Decimal(2_450_000),
    )
    MandateFactory(listing=listing)
    html = listed()
    for words in (
        "Marina Gate 2, 2304",
        "MG-2304 · Dubai Marina",
        "2,450,000",
        "1,388",
        "90 days left",
        "Layla",
        "1,765 / ft²",
    ):
        assert words in html


def test_the_last_change_comes_first(listed):
    for reference in ("first", "second"):
        ListingFactory(listing_id=reference)
    assert references(listed()) == ["second", "first"]


def test_the_sorted_column_is_marked_and_turns_round(listed):
    ListingFactory(listing_id="A")
    html = listed("sort=-price&status=Active")
    assert re.search(r'aria-sort="descending"><a href="\?sort=price&amp;status=Active"', html)


def test_pages_follow_each_other_and_lead_back(listed):
    for number in range(30):
        ListingFactory(listing_id=f"L{number:02}", list_price=Decimal(1000 + number))
    first = listed("sort=price")
    next_link = re.search(r'href="\?([^"]*after=[^"]*)"', first)[1].replace("&amp;", "&")
    second = listed(next_link)
    assert references(second) == [f"L{number}" for number in range(25, 30)]
    assert "26 to 30 of 30" in re.sub(r"\s+", " ", second)
    previous_link = re.search(r'href="\?([^"]*before=[^"]*)"', second)[1].replace("&amp;", "&")
    assert references(listed(previous_link)) == references(first)


def test_a_page_beyond_the_end_shows_the_first(listed):
    ListingFactory(listing_id="A", list_price=Decimal(5))
    assert references(listed(f"sort=price&after={encode(Cursor((Decimal(9), 99)))}")) == ["A"]


def test_links_to_listings_remember_the_list(listed):
    ListingFactory(listing_id="A")
    assert 'href="/listings/A/?q=a&amp;status=Active&amp;sort=price"' in listed("q=a&status=Active&sort=price")


def test_htmx_gets_the_rows_alone(listed):
    ListingFactory(listing_id="A")
    html = listed("", **{"HX-Request": "true", "HX-Target": "list"})
    assert "<html" not in html
    assert '<section id="list"' in html and 'id="count"' in html and 'hx-swap-oob="true"' in html


def test_a_count_beyond_the_limit_is_an_estimate_and_says_so(listed, monkeypatch):
    monkeypatch.setattr(list_page, "estimate", lambda rows: Estimate(148_213, 50_000))
    for _ in range(30):
        ListingFactory()
    assert "about 148,000 in this view" in re.sub(r"\s+", " ", listed())


def test_the_total_value_is_shown_where_one_sum_makes_sense(listed):
    ListingFactory(list_price=Decimal(2_000_000))
    ListingFactory(list_price=Decimal(1_500_000))
    assert "AED 3.5M" in listed()
    ListingFactory(property_type="Residential Lease", lease_amount_frequency="Annually", list_price=Decimal(90_000))
    assert "Total value" not in listed()


def test_an_empty_list_names_the_filter_in_the_way(listed):
    ListingFactory(unit__bedrooms_total=2)
    html = listed("beds=2&status=Hold")
    assert "No listings match 2 filters" in html
    assert "1 listing matches without “Status Hold”." in html


def test_the_first_use_offers_the_first_listing(listed):
    assert "Add the first listing or import a file." in listed()


def test_bad_values_get_a_sentence_and_never_fail(listed):
    ListingFactory(listing_id="A")
    html = listed("price_min=4.650.000&sort=colour&after=%00")
    assert "is not a clear amount" in html
    assert references(html) == ["A"]


@pytest.mark.parametrize("layout", ["gallery", "map"])
def test_gallery_and_map_are_absent_while_their_flag_is_off(listed, layout):
    ListingFactory(listing_id="A")
    assert 'class="tbl' in listed(f"layout={layout}")
    Flag.objects.update_or_create(name=f"listings_{layout}", defaults={"everyone": True})
    caches["process"].clear()
    assert 'class="tbl' not in listed(f"layout={layout}")


def test_points_of_the_map_lie_in_the_piece_on_screen(client, manager):
    client.force_login(manager)
    Flag.objects.update_or_create(name="listings_map", defaults={"everyone": True})
    ListingFactory(listing_id="A", unit__latitude=Decimal("25.08"), unit__longitude=Decimal("55.14"))
    ListingFactory(unit__latitude=Decimal(24), unit__longitude=Decimal(54))
    (feature,) = client.get("/listings/map/points/?box=25,55,26,56").json()["features"]
    assert feature["geometry"]["coordinates"] == [55.14, 25.08]
    assert (feature["properties"]["label"], feature["properties"]["url"]) == ("AED 2.45M", "/listings/A/")


def test_the_map_says_when_it_shows_only_some(client, manager, monkeypatch):
    monkeypatch.setattr("apps.listings.views.map.MOST_POINTS", 1)
    client.force_login(manager)
    Flag.objects.update_or_create(name="listings_map", defaults={"everyone": True})
    for _ in range(3):
        ListingFactory(unit__latitude=Decimal(25), unit__longitude=Decimal(55))
    answer = client.get("/listings/map/points/").json()
    assert len(answer["features"]) == 1
    assert "of 3 here. Zoom in to see all." in answer["note"]


def test_tabs_get_their_counts_afterwards(client, manager):
    client.force_login(manager)
    ListingFactory(standard_status="Incomplete")
    ListingFactory(list_agent=manager)
    html = client.get(reverse("listings:counts")).content.decode()
    assert re.findall(r'id="count-(all|mine|drafts)"[^>]*>(\d+)<', html) == [
        ("all", "2"),
        ("mine", "1"),
        ("drafts", "1"),
    ]


def test_the_form_of_the_filters_is_set_as_the_address_says(client, manager):
    client.force_login(manager)
    html = client.get(reverse("listings:filters"), {"status": "Hold", "price_min": "1.5M"}).content.decode()
    assert re.search(r'name="status" value="Hold" checked', html)
    assert 'name="price_min" value="1500000"' in html


def test_places_are_suggested_for_the_filter(client, manager):
    client.force_login(manager)
    place = PlaceFactory(level="community", name="Dubai Marina")
    html = client.get(reverse("listings:filter_places"), {"place_text": "marna"}).content.decode()
    assert f'data-value="{place.pk}"' in html


@pytest.mark.parametrize(
    "querystring",
    ["", "sort=price", "sort=-mandate", "sort=agent", "q=tower&status=Active", "q=towr", "beds=6&status=Hold&agent=me"],
)
def test_a_page_costs_at_most_twelve_queries(listed, django_assert_max_num_queries, querystring):
    for number in range(30):
        agent = UserFactory(full_name=f"Agent {number}")
        MandateFactory(listing=ListingFactory(list_agent=agent, unit__bedrooms_total=number % 3 or None))
    listed("q=tower")  # flags and the size of the table are asked for once in a while, not on each page
    with django_assert_max_num_queries(12):
        listed(querystring)


@pytest.mark.parametrize(
    "querystring", ["beds=2", "beds=2&sort=-price", "mandate=none&sort=mandate", "q=tower&sort=mandate"]
)
@pytest.mark.parametrize("guess", [0, 1_000_000])
def test_the_planners_guess_changes_no_page(listed, monkeypatch, querystring, guess):
    monkeypatch.setattr(list_page, "estimate", lambda rows: Estimate(guess, 1_000_000))
    monkeypatch.setattr(list_page, "LEAST_REACH", 30)
    for number in range(40):
        listing = ListingFactory(
            unit__bedrooms_total=2 + number % 2, list_price=(number % 7 and Decimal(number + 1)) or None
        )
        if number % 2:
            MandateFactory(listing=listing)
    monkeypatch.setattr(list_page, "estimated_total", lambda model: 40)
    seen, address = [], querystring
    while address:
        html = listed(address)
        seen += references(html)
        following = re.search(r'href="\?([^"]*after=[^"]*)"', html)
        address = following and following[1].replace("&amp;", "&")
    assert len(seen) == len(set(seen)) == (40 if querystring.startswith("q") else 20)
