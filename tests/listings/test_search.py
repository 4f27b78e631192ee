"""Free text over reference, building, unit, title and description."""

import pytest
from django.http import QueryDict

from apps.accounts.models import Agency
from apps.core.lists.page import open_page
from apps.listings.actions.search_words import learn_search_words
from apps.listings.listing_list import read
from apps.listings.models import SearchWord
from tests.factories import ListingFactory, PlaceFactory


@pytest.fixture
def search(manager):
    def search(words):
        data = QueryDict(mutable=True)
        data["q"] = words
        found = open_page(read(data, manager, Agency.current()))
        return {listing.listing_id for listing in found.page.rows}, found

    return search


@pytest.fixture
def marina_gate(db):
    city = PlaceFactory(level="city", name="Dubai", name_ar="دبي")
    marina = PlaceFactory(level="community", name="Dubai Marina", name_ar="دبي مارينا", parent=city)
    tower = PlaceFactory(name="Marina Gate 2", parent=marina)
    return ListingFactory(
        listing_id="MG-2304",
        unit__place=tower,
        unit__unit_number="2304",
        title="Bright corner",
        public_remarks="Vue dégagée",
    )


@pytest.mark.parametrize(
    "words",
    [
        "MG-2304",
        "mg2304",
        "2304",
        "marina gate",
        "gate 2304",
        "bright",
        "corn",
        "MARI",
        "degagee",
        "dégagée",
        "dubai bright",
        "دبي",
        "مارينا",
    ],
)
def test_each_of_its_words_finds_a_listing(search, marina_gate, words):
    ListingFactory(listing_id="other")
    assert search(words)[0] == {"MG-2304"}


def test_all_words_must_be_there(search, marina_gate):
    assert search("marina penthouse")[0] == set()


@pytest.mark.parametrize("typed", ["marnia", "mairna", "marinna", "dubay"])
def test_a_mistyped_word_is_mended_and_said(search, marina_gate, typed):
    references, found = search(typed)
    assert references == {"MG-2304"}
    assert found.is_mended
    assert found.asked.words in (("marina",), ("dubai",))


def test_a_mistyped_arabic_word_is_mended(search, marina_gate):
    references, found = search("مارنيا")
    assert (references, found.asked.words) == ({"MG-2304"}, ("مارينا",))


def test_forms_of_arabic_letters_make_no_difference(search):
    ListingFactory(listing_id="A", title="شقة في الإمارات")
    assert search("الامارات")[0] == search("شقه")[0] == {"A"}


def test_a_word_that_exists_is_not_mended(search, marina_gate):
    SearchWord.objects.create(word="brightt")
    assert not search("bright")[1].is_mended


def test_a_word_far_from_all_others_finds_nothing(search, marina_gate):
    assert search("xylophone")[0] == set()


@pytest.mark.parametrize(
    "typed", ["'", "a & b", "!(x)", ":*", "\\", "\x00", "a:*|b", "<script>", "%", "((", "𝕏" * 50, "٢٣٠٤"]
)
def test_signs_of_the_query_language_are_only_text(search, marina_gate, typed):
    found, page = search(typed)
    assert not page.is_mended
    assert found <= {"MG-2304"}


def test_words_of_descriptions_are_learnt_and_mended(search):
    for number in range(3):
        ListingFactory(listing_id=f"P{number}", public_remarks="A sunny penthouse")
    assert search("penthuose")[0] == set()
    learn_search_words()
    assert search("penthuose")[0] == {"P0", "P1", "P2"}


def test_a_slip_that_occurs_once_is_not_learnt(search):
    ListingFactory(public_remarks="A sunny pentouse")
    learn_search_words()
    assert not SearchWord.objects.filter(word="pentouse").exists()
