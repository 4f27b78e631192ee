"""What is heard in a post that somebody wrote by hand."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.website.adopting.facts import facts_of, key, plain_text, prices_in, units_in, words_of
from apps.website.profiles.shipped import shipped_profiles
from apps.website.profiles.spec import read_spec

POSTS = read_spec(shipped_profiles()["posts"]["spec"])
COMPANION = read_spec(shipped_profiles()["companion"]["spec"])


def facts(title="", content="", **meta):
    spec = COMPANION if meta else POSTS
    post = {"id": 5, "status": "publish", "title": {"raw": title}, "content": {"raw": content}, "meta": meta}
    return facts_of(post, spec)


@pytest.mark.parametrize(
    ("text", "prices"),
    [
        ("2BR in Marina Gate 1, unit 1204 - AED 1,950,000", [1950000]),
        ("AED1,950,000", [1950000]),
        ("AED 1.95M", [1950000]),
        ("asking 1.95 million", [1950000]),
        ("120k a year, 4 cheques", [120000]),
        ("AED 95000", [95000]),
        ("12,500 sq ft for AED 4,100,000", [4100000]),
        ("call +971 50 123 4567", []),
        ("built in 2019, 1,388 sqft", []),
        ("permit 7123456789012", []),
        ("Marina Gate 12040", []),
    ],
)
def test_prices_are_told_from_other_numbers(text, prices):
    assert list(prices_in(text)) == [Decimal(price) for price in prices]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("unit 1204", ["1204"]),
        ("Apt. no. A-12, high floor", ["a12"]),
        ("#1204", ["1204"]),
        ("apartment 2 bedrooms", []),
        ("apartment 2BR", []),
        ("a unit of high quality", []),
    ],
)
def test_numbers_of_doors_are_told_from_bedrooms(text, units):
    assert units_in(text) == units


def test_what_stands_in_fields_counts_before_the_text():
    said = facts("3BR for AED 2,000,000", crm_price=1950000, crm_bedrooms=2, crm_reference="DXB-1042", crm_offer="rent")
    assert (said.prices, said.bedrooms, said.reference, said.is_lease) == ((Decimal(1950000),), 2, "dxb1042", True)


def test_a_plain_post_is_heard_from_its_words():
    said = facts("Two bedroom flat to let", "<p>Trakheesi permit no: 7123 4567 89</p><p>Ref. no DXB-1042</p>")
    assert (said.bedrooms, said.is_lease, said.permit) == (2, True, "7123456789")
    assert "dxb1042" in said.references


def test_a_studio_has_no_bedrooms_and_a_blog_post_has_nothing():
    assert facts("Studio in Princess Tower").bedrooms == 0
    assert not facts("Why Dubai Marina is lovely", "Come and see the boats.").says_something


def test_markup_is_no_text():
    assert plain_text(
        '<!-- wp:paragraph {"unit":12} --><p class="x">One&nbsp;<b>two</b></p>[gallery ids="1,2"]'
    ).split() == [
        "One",
        "two",
    ]


def test_spellings_of_a_reference_are_one():
    assert key("DXB-1042") == key("dxb 1042") == key("DXB/1042")
    assert words_of("Côte d'Azur, Bldg. 2") == ("cote", "d", "azur", "bldg", "2")


@given(st.text(max_size=400), st.text(max_size=400))
def test_no_text_is_too_odd(title, content):
    said = facts(title, content)
    assert all(price > 0 for price in said.prices)
