"""Adding a building to the tree of places while taking a unit on."""

import pytest

from apps.core.refusals import NotAllowed, Refused
from apps.listings.actions.place import add_building
from apps.listings.models import Place
from tests.factories import PlaceFactory


@pytest.fixture
def marina(db):
    city = PlaceFactory(level="city", name="Dubai")
    return PlaceFactory(level="community", name="Dubai Marina", parent=city)


def test_a_building_is_added_to_a_known_community(marina, agent):
    place = add_building("Marina Gate 9, dubai marina", by=agent)
    assert (place.parent, place.level, place.name) == (marina, "building", "Marina Gate 9")


def test_a_community_and_city_that_are_new_are_added_too(agent):
    place = add_building("Tower 1, Corniche, Abu Dhabi", by=agent)
    assert place.full_name == "Tower 1, Corniche, Abu Dhabi"


def test_a_building_that_is_there_is_not_doubled(marina, agent):
    tower = PlaceFactory(name="Cayan Tower", parent=marina)
    assert add_building("cayan tower, Dubai Marina, Dubai", by=agent) == tower


def test_an_unknown_community_without_a_city_is_refused(agent):
    with pytest.raises(Refused, match="Add the city"):
        add_building("Tower 1, Nowhere", by=agent)
    assert not Place.objects.exists()


def test_a_viewer_may_not(marina, viewer):
    with pytest.raises(NotAllowed):
        add_building("Marina Gate 9, Dubai Marina", by=viewer)


@pytest.mark.parametrize("typed", ["marina gate", "Marna Gate", "MARINA GATE 2, dubai", "مارينا جيت"])
def test_a_place_is_found_as_people_type_it(marina, typed):
    gate = PlaceFactory(name="Marina Gate 2", name_ar="مارينا جيت ٢", parent=marina)
    PlaceFactory(name="Damac Heights", parent=marina)
    assert Place.objects.meant_by(typed)[0] == gate
