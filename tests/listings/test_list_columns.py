"""The columns that database triggers keep."""

import pytest
from django.db import IntegrityError, transaction

from apps.listings.models import Listing, Place, SearchWord, Unit
from tests.factories import ListingFactory, MandateFactory, PlaceFactory, UnitFactory


@pytest.fixture
def marina(db):
    city = PlaceFactory(level="city", name="Dubai")
    return PlaceFactory(level="community", name="Dubai Marina", parent=city)


def test_a_listing_knows_every_place_it_lies_in(marina):
    tower = PlaceFactory(name="Marina Gate 2", parent=marina)
    listing = ListingFactory(unit__place=tower, unit__unit_number="2304")
    assert listing.place_path == [marina.parent_id, marina.pk, tower.pk]
    assert (listing.label, listing.community_name) == ("Marina Gate 2, 2304", "Dubai Marina")


def test_a_bulk_update_of_a_unit_reaches_its_listing(db):
    listing = ListingFactory()
    Unit.objects.filter(pk=listing.unit_id).update(bedrooms_total=4)
    listing.refresh_from_db()
    assert listing.bedrooms_total == 4


def test_a_renamed_building_is_found_under_its_new_name(marina):
    tower = PlaceFactory(name="Old Name", parent=marina)
    listing = ListingFactory(unit__place=tower)
    Place.objects.filter(pk=tower.pk).update(name="Cayan Tower")
    assert Listing.objects.filter(search_vector="cayan").get() == listing


def test_a_moved_community_takes_its_buildings_along(marina):
    tower = PlaceFactory(parent=marina)
    abu_dhabi = PlaceFactory(level="city", name="Abu Dhabi")
    marina.parent = abu_dhabi
    marina.save()
    tower.refresh_from_db()
    assert tower.path == [abu_dhabi.pk, marina.pk, tower.pk]


def test_a_place_inside_itself_is_refused(marina):
    marina.parent = marina
    with pytest.raises(IntegrityError), transaction.atomic():
        marina.save()


def test_the_last_day_of_the_mandates_is_on_the_listing(db):
    mandate = MandateFactory()
    mandate.listing.refresh_from_db()
    assert mandate.listing.mandate_until == mandate.expiration_date


def test_a_unit_cannot_be_twice_in_a_building(db):
    unit = UnitFactory(unit_number="12A")
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitFactory(place=unit.place, unit_number="12a")


def test_words_of_place_names_are_learnt(marina):
    assert SearchWord.objects.filter(word="marina").exists()
