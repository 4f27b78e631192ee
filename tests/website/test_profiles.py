"""Profiles: what a spec may say, what is said about a wrong one, and what the shipped ones send."""

import re
from copy import deepcopy
from decimal import Decimal

import pytest

from apps.website.models import Profile
from apps.website.profiles.shipped import bring_up_to_date, digest, shipped_profiles
from apps.website.profiles.spec import VALUES, problems, read_spec
from apps.website.profiles.values import LABELS
from dev.paths import ROOT

COMPANION = ROOT / "wordpress" / "realestatecrm-companion" / "includes"
PREFIXES = ("", "crm_", "property_", "real_estate_property_", "es_property_")
SALE = {
    **dict.fromkeys(VALUES),
    "listing_id": "MG-2304",
    "title": "Two bedrooms & a view",
    "public_remarks": "Bright.\n\nClose to <the> sea.",
    "standard_status": "Active",
    "property_type": "Residential",
    "list_price": Decimal("2450000"),
    "bedrooms_total": 0,
    "living_area": Decimal("1388.50"),
    "living_area_units": "Square Feet",
    "photos": [4, 5],
    "cover": 4,
}
RENT = SALE | {"property_type": "Residential Lease", "lease_amount_frequency": "Monthly"}
PLAIN = {
    "type": "post",
    "rest_base": "posts",
    "fields": {"title": {"from": "title"}, "meta.price": {"from": "list_price", "as": "number"}},
}


def body(slug, values):
    return read_spec(shipped_profiles()[slug]["spec"]).body(values)


@pytest.mark.parametrize("slug", shipped_profiles())
def test_what_is_shipped_is_right(slug):
    assert problems(shipped_profiles()[slug]["spec"]) == []


def test_six_kinds_of_sites_are_shipped():
    assert set(shipped_profiles()) == {
        "companion",
        "posts",
        "property-hive",
        "easy-property-listings",
        "essential-real-estate",
        "estatik",
    }


def test_the_companion_gets_typed_values():
    sent = body("companion", SALE)
    assert (sent["meta.crm_price"], sent["meta.crm_offer"], sent["meta.crm_area"]) == (2450000, "sale", 1388.5)
    assert (sent["meta.crm_photos"], sent["featured_media"]) == ([4, 5], 4)
    assert sent["content"] == "<p>Bright.</p>\n<p>Close to &lt;the&gt; sea.</p>"


def test_a_studio_has_no_bedroom_and_unknown_is_unknown():
    assert body("companion", SALE)["meta.crm_bedrooms"] == 0
    assert body("companion", SALE | {"bedrooms_total": None})["meta.crm_bedrooms"] is None
    assert body("estatik", SALE | {"bedrooms_total": None})["meta.es_property_bedrooms"] == ""


def test_easy_property_listings_gets_both_prices_and_its_own_words():
    sent = body("easy-property-listings", SALE)
    assert sent["meta.property_price"] == sent["meta.property_price_global"] == "2450000"
    assert (sent["meta.property_status"], sent["meta.property_building_area_unit"]) == ("current", "sqft")


def test_essential_real_estate_joins_the_numbers_of_photos():
    sent = body("essential-real-estate", SALE)
    assert (sent["meta.real_estate_property_images"], sent["property-status"]) == ("4|5", ["For Sale"])


def test_estatik_gets_one_list_of_photos():
    assert body("estatik", SALE)["meta.es_property_gallery"] == [4, 5]


def test_property_hive_hears_how_often_rent_is_paid_only_for_lettings():
    assert "rent_frequency" not in body("property-hive", SALE)
    sent = body("property-hive", RENT)
    assert (sent["rent_frequency"], sent["department"]) == ("pcm", "residential-lettings")


def test_property_hive_gets_the_description_as_its_one_room():
    sent = body("property-hive", SALE)
    assert sent["meta._rooms"] == "1"
    assert sent["meta._room_description_0"] == "Bright.\n\nClose to &lt;the&gt; sea."


@pytest.mark.django_db
def test_a_new_version_brings_what_it_ships_and_leaves_what_others_wrote():
    Profile.objects.filter(slug="estatik").delete()
    Profile.objects.filter(slug="posts").update(spec=PLAIN, name="Old")
    Profile.objects.filter(slug="property-hive").update(spec=PLAIN, name="Ours", is_shipped=False)
    before = Profile.objects.get(slug="companion").version
    bring_up_to_date(Profile)
    said = {profile.slug: (profile.name, profile.spec) for profile in Profile.objects.all()}
    shipped = {slug: (one["name"], one["spec"]) for slug, one in shipped_profiles().items()}
    assert said == shipped | {"property-hive": ("Ours", PLAIN)}
    assert Profile.objects.get(slug="companion").version == before


def test_what_is_shipped_reaches_databases_that_are_there():
    """Changed a profile? Add a migration like the newest of these, with the new mark."""
    newest = sorted((ROOT / "apps/website/migrations").glob("*_shipped_profiles*.py"))[-1]
    assert f'SHIPPED = "{digest()}"' in newest.read_text()


def test_numbers_of_photos_can_be_asked_for_apart():
    spec = read_spec(shipped_profiles()["companion"]["spec"])
    assert set(spec.body(SALE, late=True)) == {"featured_media", "meta.crm_photos"}
    assert not {"featured_media", "meta.crm_photos"} & set(spec.body(SALE, late=False))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda spec: spec.update(colour="red"), "“colour” means nothing here."),
        (lambda spec: spec.pop("rest_base"), "“rest_base” is missing."),
        (lambda spec: spec.update(rest_base="../users"), "“rest_base” is a word of letters, digits, - and _."),
        (lambda spec: spec.update(batch=26), "“batch” is a number from 0 to 25."),
        (lambda spec: spec.update(look_up="guess"), "“look_up” is one of: companion, slug."),
        (lambda spec: spec["fields"].update(id={"constant": 4}), "id: this field cannot be written."),
        (lambda spec: spec["fields"].update({"meta.a.b": {"constant": 4}}), "meta.a.b: this field cannot be written."),
        (lambda spec: spec["fields"].update(x={"from": "commission"}), "x: “commission” is no value of a listing."),
        (
            lambda spec: spec["fields"].update(x={"from": "title", "constant": "y"}),
            "x: say either “from” or “constant”.",
        ),
        (lambda spec: spec["fields"].update(x={"from": "title", "as": "poem"}), "x: “as” is one of: string, number"),
        (lambda spec: spec["fields"].update(x={"from": "title", "as": "terms"}), "x: a taxonomy is written as “terms”"),
        (lambda spec: spec["fields"].update(x={"from": "photos"}), "x: photos are written as “ids” or “joined”"),
        (lambda spec: spec["fields"].update(x={"from": "title", "when": {"title": "y"}}), "x: “when” is an object"),
        (lambda spec: spec["fields"].update(x="title"), "x: say where the value comes from"),
        (lambda spec: spec.update(fields=[]), "“fields” is missing."),
        (lambda spec: spec.update(required=["wit"]), "“wit” is no value of a listing."),
        (lambda spec: spec.update(property_types=["Hut"]), "“property_types” is a list of: Residential"),
    ],
)
def test_a_wrong_profile_is_told_why(change, sentence):
    spec = deepcopy(PLAIN)
    assert problems(spec) == []
    change(spec)
    assert any(found.startswith(sentence) for found in problems(spec)), problems(spec)
    with pytest.raises(ValueError) as refused:
        read_spec(spec)
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    "spec", [None, [], "x", 4, {"fields": 4, "type": 4, "rest_base": []}, {"fields": {"x": {"when": 4}}}]
)
def test_nonsense_is_told_too(spec):
    assert problems(spec)


def test_a_profile_knows_every_value_that_listings_have_and_no_other():
    assert set(VALUES) == set(LABELS) - {"id", "status", "slug", "copy"}


@pytest.mark.parametrize("slug", shipped_profiles())
def test_the_companion_lets_the_crm_write_every_meta_key_of_a_shipped_profile(slug):
    named = set(
        re.findall(r"'([\w-]+)'", "".join((COMPANION / name).read_text() for name in ("fields.php", "foreign.php")))
    )
    known = {f"{prefix}{name}" for prefix in PREFIXES for name in named}
    paths = [field.path for field in read_spec(shipped_profiles()[slug]["spec"]).fields]
    assert {path.removeprefix("meta.") for path in paths if path.startswith("meta.")} - known == set()
