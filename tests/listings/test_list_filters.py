"""What the address of the list asks for."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.utils import timezone

from apps.accounts.models import Agency
from apps.core.lists.asked import read_view
from apps.core.units import AreaUnits
from apps.listings.filters import FILTERS, VIEWS
from apps.listings.listing_list import LISTINGS, read
from apps.listings.lookups import StandardStatus
from apps.listings.models import Listing
from tests.factories import ListingFactory, MandateFactory, PermitFactory, PlaceFactory

TODAY = timezone.localdate


@pytest.fixture
def ask(manager):
    """The listings that an address shows, as a set of references."""

    def ask(querystring, user=manager):
        asked = read(QueryDict(querystring), user, Agency.current())
        return set(asked.rows(Listing.objects.visible_to(user)).values_list("listing_id", flat=True))

    return ask


@pytest.fixture
def understood(manager):
    def understood(querystring):
        return read(QueryDict(querystring), manager, Agency.current())

    return understood


def test_alternatives_within_a_filter_add_up(ask):
    for status in ("Active", "Hold", "Closed"):
        ListingFactory(listing_id=status, standard_status=status)
    assert ask("status=Active&status=Hold") == {"Active", "Hold"}


def test_filters_narrow_each_other(ask):
    ListingFactory(listing_id="A", standard_status="Hold", unit__bedrooms_total=1)
    ListingFactory(listing_id="B", standard_status="Hold", unit__bedrooms_total=2)
    assert ask("status=Hold&beds=2") == {"B"}


def test_a_studio_is_not_an_unknown_number_of_bedrooms(ask):
    ListingFactory(listing_id="studio", unit__bedrooms_total=0)
    ListingFactory(listing_id="unknown", unit__bedrooms_total=None)
    assert ask("beds=0") == {"studio"}
    assert ask("beds=unknown") == {"unknown"}


def test_seven_bedrooms_means_or_more(ask):
    ListingFactory(listing_id="eight", unit__bedrooms_total=8)
    ListingFactory(unit__bedrooms_total=6)
    assert ask("beds=7") == {"eight"}


@pytest.mark.parametrize("written", ["1.5M", "1,500,000", "1500000", "AED 1.5M"])
def test_prices_are_read_as_people_type_them(ask, written):
    ListingFactory(listing_id="dear", list_price=Decimal(1_600_000))
    ListingFactory(list_price=Decimal(1_400_000))
    assert ask(f"price_min={written}") == {"dear"}


def test_a_span_the_wrong_way_round_is_turned(ask):
    ListingFactory(listing_id="A", list_price=Decimal(5))
    assert ask("price_min=9&price_max=2") == {"A"}


@pytest.mark.parametrize(("unit", "size"), [(AreaUnits.SQUARE_FEET, "1388"), (AreaUnits.SQUARE_METERS, "128.95")])
def test_a_size_is_in_the_agencys_unit(ask, unit, size):
    Agency.objects.update(area_units=unit)
    ListingFactory(listing_id="A", unit__living_area=Decimal(1388))
    assert ask(f"area_min={size}&area_max={size}") == ({"A"} if unit == AreaUnits.SQUARE_FEET else set())
    assert ask("area_min=100&area_max=1400") == {"A"}


def test_a_place_of_any_level_holds_what_lies_in_it(ask):
    city = PlaceFactory(level="city", name="Dubai")
    tower = PlaceFactory(parent=PlaceFactory(level="community", name="Dubai Marina", parent=city))
    ListingFactory(listing_id="A", unit__place=tower)
    ListingFactory()
    assert ask(f"place={city.pk}") == ask(f"place={tower.pk}") == ask("place_text=dubai+marina") == {"A"}


def test_me_is_whoever_looks(ask, agent, other_agent):
    ListingFactory(listing_id="mine", list_agent=agent)
    ListingFactory(listing_id="nobody's", list_agent=None)
    assert ask("agent=me", agent) == {"mine"}
    assert ask("agent=me", other_agent) == set()
    assert ask(f"agent=none&agent={agent.pk}", other_agent) == {"mine", "nobody's"}


@pytest.mark.parametrize("factory", [MandateFactory, PermitFactory])
@pytest.mark.parametrize(
    ("days", "states"),
    [(60, ["valid"]), (3, ["valid", "expiring"]), (0, ["valid", "expiring"]), (-1, ["expired"]), (None, ["none"])],
)
def test_mandates_and_permits_stand_in_one_state_or_two(ask, factory, days, states):
    listing = ListingFactory()
    if days is not None:
        begun = {"listing_contract_date": TODAY() - timedelta(90)} if factory is MandateFactory else {}
        factory(listing=listing, expiration_date=TODAY() + timedelta(days), **begun)
    key = "mandate" if factory is MandateFactory else "permit"
    assert [state for state in ("valid", "expiring", "expired", "none") if ask(f"{key}={state}")] == states


def test_changed_since_counts_from_midnight_in_the_agencys_zone(ask):
    ListingFactory(listing_id="A")
    assert ask(f"changed={TODAY()}") == ask("changed=0d") == {"A"}
    assert ask(f"changed={TODAY() + timedelta(1)}") == set()


def test_reduced_and_raised_prices(ask):
    ListingFactory(listing_id="down", list_price=Decimal(9), previous_list_price=Decimal(10))
    ListingFactory(listing_id="up", list_price=Decimal(11), previous_list_price=Decimal(10))
    ListingFactory(listing_id="first")
    assert (ask("moved=reduced"), ask("moved=raised")) == ({"down"}, {"up"})


def test_ready_means_what_the_listing_itself_says(ask):
    ready = ListingFactory(listing_id="ready", internet_entire_listing_display_yn=True)
    MandateFactory(listing=ready)
    PermitFactory(listing=ready)
    Listing.objects.filter(pk=ready.pk).update(photo_count=1)
    ListingFactory(listing_id="bare")
    assert (ask("ready=yes"), ask("ready=no")) == ({"ready"}, {"bare"})


def test_a_piece_of_the_map(ask):
    ListingFactory(listing_id="A", unit__latitude=Decimal("25.08"), unit__longitude=Decimal("55.14"))
    ListingFactory()
    assert ask("box=25,55,25.2,55.2") == {"A"}


@pytest.mark.parametrize(
    "querystring",
    [
        "status=Nonsense", "beds=many", "price_min=4.650.000", "area_max=big", "place=99999999", "place=x", "agent=abc",
        "agent=999999999999999999999", "changed=yesterday", "changed=2026-02-31", "changed=0001-01-01", "box=1,2,3",
        "box=nan,0,1,1", "sort=colour", "after=nonsense", "before=e30", "q=!!!", "place_text=Atlantis",
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_left_out_with_a_sentence(understood, ask, querystring):
    ListingFactory(listing_id="A")
    assert understood(querystring).problems
    assert ask(querystring) == {"A"}


def test_an_address_written_is_the_address_read(understood):
    place = PlaceFactory()
    written = (
        f"q=sea+view&status=Active&status=Hold&type=Residential&place={place.pk}&price_min=5&price_max=10&beds=0"
        "&agent=me&mandate=none&photos=yes&moved=reduced&changed=7d&box=25%2C55%2C25.5%2C55.5&sort=price&size=50"
    )
    assert understood(written).querystring() == written
    assert understood(written).problems == []


def test_deleted_listings_and_drafts_stay_hidden_from_viewers(ask, viewer):
    ListingFactory(listing_id="draft", standard_status=StandardStatus.INCOMPLETE)
    ListingFactory(listing_id="deleted", standard_status=StandardStatus.DELETE)
    assert ask("") == {"draft"}
    assert ask("status=Incomplete", viewer) == set()


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.key)
def test_each_built_in_view_is_recognised_by_its_address(manager, understood, view):
    assert read_view(LISTINGS, view, manager, Agency.current()).problems == []
    assert understood(view.querystring).view() == view
    assert understood(f"{view.querystring}&price_min=5").view() == view


def test_every_filter_says_what_it_is_set_to(understood):
    place = PlaceFactory(name="Marina Gate 2")
    asked = understood(
        f"status=Active&type=Residential&kind=Villa&place={place.pk}&price_min=1.5M&price_max=5500000&beds=0&beds=7"
        "&baths=2&area_min=900&agent=me&mandate=expiring&permit=none&photos=no&moved=reduced&ready=no"
        "&changed=2026-11-01&box=25,55,26,56"
    )
    texts = {one.key: one.text(value, asked.asking) for one, value in asked.set}
    assert set(texts) == {one.key for one in FILTERS}
    assert (texts["price"], texts["beds"], texts["area"]) == ("1.5M to 5.5M", "Studio, 7+", "from 900 ft²")
    assert (texts["place"], texts["changed"]) == ("Marina Gate 2", "1 Nov 2026")
