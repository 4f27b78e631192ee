"""Sites whose properties belong to another plugin: the companion makes them writable and finds them."""

import pytest

from tests.wordpress.site import PHP
from tests.wordpress.test_companion import find

BASE = "/wp-json/wp/v2/property"
BODY = {
    "title": "Two bedrooms",
    "status": "publish",
    "meta": {"crm_listing_id": "7", "real_estate_property_price": "2450000", "real_estate_property_images": "4|5"},
}


@pytest.fixture
def estate(wordpress):
    """The site with such a plugin. Put back before each test, so it is off again for the others."""
    folder = wordpress.content / "plugins" / "estate"
    folder.mkdir(exist_ok=True)
    (folder / "estate.php").write_text((PHP / "estate.php").read_text())
    wordpress.activate("estate/estate.php")
    return wordpress


def test_its_type_is_shown_its_fields_are_writable_and_our_id_finds_it(estate):
    made = estate.call("POST", BASE, BODY, user=estate.admin)
    assert made.status == 201
    read = estate.call("GET", f"{BASE}/{made.json()['id']}?context=edit", user=estate.admin).json()
    assert {key: read["meta"][key] for key in BODY["meta"]} == BODY["meta"]
    assert [(post["id"], post["type"]) for post in find(estate, "7")["7"]] == [(made.json()["id"], "property")]


def test_one_post_for_an_id_holds_there_too(estate):
    first, second = (estate.call("POST", BASE, BODY, user=estate.admin) for _ in range(2))
    assert (first.status, second.status, second.json()["data"]["id"]) == (201, 409, first.json()["id"])


def test_its_terms_are_shown_in_rest(estate):
    assert estate.call("GET", "/wp-json/wp/v2/property-status").status == 200


def test_the_crm_is_told_which_plugin_is_there(estate):
    said = estate.call("GET", "/wp-json/realestatecrm/v1/status", user=estate.admin).json()
    theirs = next(kind for kind in said["types"] if kind["type"] == "property")
    assert said["plugins"] == ["Essential Real Estate"]
    assert "real_estate_property_price" in theirs["meta"]


def test_without_the_plugin_its_type_is_not_there(wordpress):
    assert wordpress.call("GET", BASE, user=wordpress.admin).status == 404
