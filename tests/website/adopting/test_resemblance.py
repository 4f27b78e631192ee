"""Which listing a post is about: the hard cases, and that confidence is never made of nothing."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.website.adopting.candidates import ListingFacts
from apps.website.adopting.resemblance import Judgement, Stock, settle_twins
from apps.website.adopting.words import Confidence, in_words
from tests.website.adopting.test_facts import facts

MARINA = ListingFacts(
    1, "DXB-1042", ("71234567890",), Decimal(1950000), bedrooms=2, building="Marina Gate 1", unit="1204"
)
NEXT_DOOR = replace(MARINA, pk=2, reference="DXB-1024", permits=("71234567999",), unit="1304")
ELSEWHERE = ListingFacts(
    3, "DXB-2001", ("71234560001",), Decimal(2100000), bedrooms=3, building="Princess Tower", unit="77"
)
TENTH = replace(
    MARINA, pk=4, reference="DXB-3001", permits=(), building="Marina Gate 10", price=Decimal(990000), unit="5"
)
LET = replace(MARINA, pk=5, reference="DXB-1043", permits=(), price=Decimal(130000), is_lease=True)


def judge(*stock, **said):
    return Stock(stock or (MARINA, ELSEWHERE)).judge(facts(**said))


def told(judgement):
    return judgement.confidence, judgement.best.listing.pk if judgement.best else None


FULL = {"title": "2BR in Marina Gate 1, unit 1204 - AED 1,950,000"}


@pytest.mark.parametrize(
    "said",
    [
        FULL,
        {"title": "Lovely apartment", "content": "Trakheesi permit 71234567890"},
        {"title": "2 bed, Marina Gate 1", "content": "Ref: DXB-1042"},
        {"title": "DXB 1042 for AED 1,950,000"},
        {"title": "Marina Gate 1, 1204", "content": "AED 1.95M, two bedrooms"},
        {"title": "2BR in Marnia Gate, unit 1204 - AED 1,950,000", "content": "dxb/1042"},
        {"title": "Flat", "crm_reference": "DXB-1042", "crm_price": 1950000},
        {"title": "2BR in Marina Gate 1, unit 1204", "content": "ref DXB-1042, AED 2,050,000 (reduced soon)"},
    ],
)
def test_what_is_clear_is_sure(said):
    assert told(judge(MARINA, ELSEWHERE, TENTH, **said)) == (Confidence.SURE, 1)


@pytest.mark.parametrize(
    "said",
    [
        # The reference of another apartment: exchanged, or a typing error that hits one that exists.
        FULL | {"content": "Ref DXB-2001"},
        {"title": "2BR in Marina Gate 1, unit 1204 - AED 1,950,000", "content": "Ref DXB-1024"},
        # Its permit is another's.
        FULL | {"content": "permit 71234560001"},
        # Reference and permit name different listings.
        {"title": "Apartment DXB-1042", "content": "permit 71234560001"},
        # A reference and nothing that bears it out.
        {"title": "Great deal", "content": "Ref DXB-1042"},
        # By far another price.
        {"title": "Ref DXB-1042", "content": "AED 450,000"},
        # Another door, another number of bedrooms.
        {"title": "2BR in Marina Gate 1, unit 1207 - AED 1,950,000", "content": "Ref DXB-1042"},
        {"title": "3BR in Marina Gate 1 - AED 1,950,000", "content": "Ref DXB-1042"},
        # To let, where the listing is for sale.
        {"title": "2BR in Marina Gate 1, unit 1204 for rent", "content": "Ref DXB-1042"},
        # In another building.
        {"title": "2BR in Princess Tower, AED 1,950,000", "content": "Ref DXB-1042"},
        # Only alike.
        {"title": "2BR in Marina Gate 1 - AED 1,950,000"},
        {"title": "2BR in Marina Gate 1, unit 1204 - AED 2,200,000"},
    ],
)
def test_what_is_contradicted_or_thin_is_offered(said):
    judgement = judge(MARINA, NEXT_DOOR, ELSEWHERE, **said)
    assert judgement.confidence in (Confidence.LIKELY, Confidence.POSSIBLE)
    assert judgement.best


def test_two_candidates_near_each_other_are_both_offered():
    judgement = judge(MARINA, NEXT_DOOR, title="2BR in Marina Gate 1 - AED 1,950,000")
    assert judgement.confidence == Confidence.POSSIBLE
    assert {one.listing.pk for one in judgement.candidates} == {1, 2}
    assert "another listing fits about as well" in in_words(judgement.notes)


def test_the_same_door_on_the_market_twice_is_offered_unless_it_is_let_and_sold():
    again = replace(MARINA, pk=9, reference="DXB-0007", permits=(), price=Decimal(1900000))
    assert judge(MARINA, again, **FULL).confidence != Confidence.SURE
    assert told(judge(MARINA, LET, **FULL)) == (Confidence.SURE, 1)
    assert told(judge(MARINA, LET, title="Marina Gate 1, unit 1204 for rent", content="AED 130,000")) == (
        Confidence.SURE,
        5,
    )


def test_a_permit_with_the_price_of_another_is_offered():
    assert (
        judge(MARINA, ELSEWHERE, title="Home, AED 2,100,000", content="permit 71234567890").confidence
        != Confidence.SURE
    )


def test_reasons_are_words():
    judgement = judge(title="2BR in Marina Gate 1, unit 1207", content="permit 71234567890, AED 1,950,000")
    assert in_words(judgement.best.reasons()) == [
        "same permit 71234567890",
        "unit number differs: 1207 there",
        "price equal",
        "same building",
        "bedrooms equal",
    ]


def test_gate_1_is_not_gate_10():
    assert told(judge(MARINA, TENTH, title="Marina Gate 10, unit 5, AED 990,000")) == (Confidence.SURE, 4)
    assert judge(MARINA, title="Marina Gate 10, unit 1204, AED 1,950,000").confidence != Confidence.SURE


def test_what_is_not_here_is_not_here():
    assert told(judge(title="4BR villa in Arabian Ranches - AED 6,300,000")) == (Confidence.NONE, None)
    assert told(judge(title="Our office is closed on Friday")) == (Confidence.OTHER, None)


def test_what_the_site_shows_already_is_not_linked_again():
    judgement = judge(replace(MARINA, post=70), **FULL)
    assert judgement.confidence == Confidence.POSSIBLE
    assert in_words(judgement.notes) == ["the listing is on this site already, as post 70"]


def test_of_two_posts_for_one_listing_the_only_one_that_shows_stays_sure():
    def twins(*shown):
        judgements = {number: judge(**FULL) for number, _ in enumerate(shown)}
        settle_twins(judgements, dict(enumerate(shown)))
        return [judgement.confidence for judgement in judgements.values()], judgements

    assert twins(True, False)[0] == [Confidence.SURE, Confidence.LIKELY]
    confidences, judgements = twins(True, True)
    assert confidences == [Confidence.LIKELY, Confidence.LIKELY]
    assert in_words(judgements[0].notes) == ["post 1 is about the same listing"]
    assert twins(False, False)[0] == [Confidence.LIKELY, Confidence.LIKELY]


buildings = st.sampled_from(["Marina Gate 1", "Marina Gate 2", "Princess Tower", "Silverene A"])
listings = st.builds(
    ListingFacts,
    pk=st.integers(1, 10**6),
    reference=st.from_regex(r"DXB-1[0-9]{2}", fullmatch=True),
    permits=st.lists(st.from_regex(r"712345[0-9]{2}", fullmatch=True), max_size=1).map(tuple),
    price=st.sampled_from([Decimal(1900000), Decimal(1950000), Decimal(2600000)]),
    bedrooms=st.integers(0, 3),
    building=buildings,
    unit=st.sampled_from(["101", "102", "1204"]),
)
stocks = st.lists(listings, min_size=2, max_size=12, unique_by=(lambda one: one.pk, lambda one: one.reference))


def as_post(one: ListingFacts, *, reference=None, permit=None) -> dict:
    price, beds = f"{one.price:,.0f}", f"{one.bedrooms}BR" if one.bedrooms else "Studio"
    words = f"ref {reference}" if reference else "", f"permit {permit}" if permit else ""
    return {"title": f"{beds} in {one.building}, unit {one.unit} - AED {price}", "content": " ".join(words)}


@given(stocks, st.data())
def test_a_wrong_name_never_makes_a_wrong_link(stock, data):
    """Whatever reference and permit stand there, nothing but the apartment that is described is sure."""
    meant, other = data.draw(st.sampled_from(stock)), data.draw(st.sampled_from(stock))
    third = data.draw(st.sampled_from(stock))
    post = as_post(meant, reference=other.reference, permit=next(iter(third.permits), None))
    judgement = Stock(stock).judge(facts(**post))
    if judgement.confidence == Confidence.SURE:
        best = judgement.best.listing
        same = (meant.building, meant.unit, meant.bedrooms)
        assert (best.building, best.unit, best.bedrooms) == same


@given(stocks, st.data())
def test_among_identical_apartments_nothing_is_sure_without_a_name(stock, data):
    one = data.draw(st.sampled_from(stock))
    twin = replace(one, pk=10**7, reference="DXB-9999", permits=())
    judgement = Stock([*stock, twin]).judge(facts(**as_post(one)))
    assert judgement.confidence != Confidence.SURE


@given(stocks, st.data())
def test_the_order_of_the_stock_changes_nothing(stock, data):
    one = data.draw(st.sampled_from(stock))
    post = facts(**as_post(one, reference=one.reference))
    there, back = Stock(stock).judge(post), Stock(reversed(stock)).judge(post)
    assert (there.confidence, there.best.listing.pk) == (back.confidence, back.best.listing.pk)


def test_a_judgement_without_candidates_has_no_best():
    assert Judgement(Confidence.NONE).best is None


@pytest.mark.parametrize(
    ("title", "address"),
    [
        ("Marina Gate 1 1505, for rent", ("Marina Gate 1", "1505")),
        ("Rent in Marina Gate 1, unit 12A", ("Marina Gate 1", "12A")),
        ("Marina Gate 1, 2 bedrooms, AED 150,000", ("Marina Gate 1", "")),
        ("Marina Gate 1 or Princess Tower", ("", "")),
        ("Villa 9 in Arabian Ranches", ("", "")),
    ],
)
def test_a_post_that_is_brought_in_keeps_the_address_of_a_known_building(title, address):
    assert Stock([MARINA, NEXT_DOOR, ELSEWHERE]).address_in(facts(title)) == address
