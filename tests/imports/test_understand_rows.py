"""Whole rows: which columns are which fields, what the row's cells say together, and what is said about the rest."""

import json
from datetime import date
from decimal import Decimal

import pytest

from apps.imports.problems import REFUSE, Unreadable
from apps.imports.reading import open_table
from apps.imports.understanding.mapping import Mapping, read_mapping, shipped_mappings
from apps.imports.understanding.survey import choose_for, survey
from tests.imports.files import csv_text, understood, write, zip_bytes

HEADER = ["Ref", "Title", "Price (AED)", "Beds", "Size sqft", "Status", "Building", "Unit", "Listed on", "Mood"]
ROW = ["PT-1201", "Sea view", "1,990,000", "2", "1,388", "Active", "Princess Tower", "1201", "2026-11-03", "calm"]


def one(tmp_path, **changes):
    """The row above with some cells changed, understood by its headers alone."""
    cells = dict(zip(HEADER, ROW, strict=True)) | changes
    return understood(write(tmp_path, csv_text(list(cells), list(cells.values()))), Mapping())[0]


def test_a_file_without_a_mapping_is_understood_by_its_headers(tmp_path):
    row = one(tmp_path)
    assert row.source_id == "PT-1201"
    assert row.fields == {
        "listing_id": "PT-1201",
        "title": "Sea view",
        "list_price": Decimal(1_990_000),
        "currency": "AED",
        "bedrooms_total": 2,
        "living_area": Decimal(1388),
        "living_area_units": "Square Feet",
        "standard_status": "Active",
        "building_name": "Princess Tower",
        "unit_number": "1201",
        "on_market_date": date(2026, 11, 3),
        "property_type": "Residential",
        "property_sub_type": "Other",
    }


def test_a_column_that_is_no_field_is_kept_and_named(tmp_path):
    path = write(tmp_path, csv_text(HEADER, ROW))
    with open_table(path) as table:
        assert [column.name for column in survey(table, Mapping()).unmatched] == ["Mood"]
    assert understood(path)[0].extra == {"Mood": "calm"}


def test_an_unknown_status_is_refused_and_the_likely_one_suggested(tmp_path):
    (problem,) = one(tmp_path, Status="Live").problems
    assert (problem.severity, problem.suggestion) == (REFUSE, "Active")
    assert problem.sentence == "Status “Live” is not known. Choose a status."


def test_a_price_on_the_market_that_is_missing_makes_a_draft_with_a_warning(tmp_path):
    row = one(tmp_path, **{"Price (AED)": ""})
    assert row.fields["standard_status"] == "Incomplete"
    assert not row.is_refused and "price is missing" in row.problems[0].sentence


@pytest.mark.parametrize("changes", [{"Price (AED)": "10000000000"}, {"Size sqft": "2147483647"}])
def test_nonsense_makes_a_draft_that_a_person_decides_on(tmp_path, changes):
    row = one(tmp_path, **changes)
    assert row.fields["standard_status"] == "Incomplete"
    assert not row.is_refused and row.problems[0].suggestion == ""


def test_an_empty_permit_is_a_warning_where_the_file_has_permits(tmp_path):
    header, row = [*HEADER, "Permit"], [*ROW, "7104220871"]
    path = write(tmp_path, csv_text(header, row, [*ROW[:-1], "", ""]))
    first, second = understood(path, Mapping())
    assert first.problems == []
    assert second.problems[0].sentence == "The permit number is missing, websites refuse the listing."


def test_a_rent_period_makes_a_letting_where_nothing_says_sale(tmp_path):
    row = one(tmp_path, **{"Price (AED)": "95,000 / year"})
    assert (row.fields["property_type"], row.fields["lease_amount_frequency"]) == ("Residential Lease", "Annually")


def test_a_sale_has_no_rent_period(tmp_path):
    row = one(tmp_path, Purpose="For sale", **{"Price (AED)": "950,000 / year"})
    assert "lease_amount_frequency" not in row.fields
    assert row.problems[0].sentence == "A sale has no rent period. It was left out."


def test_a_date_that_could_be_two_days_is_asked_for_the_column(tmp_path):
    path = write(tmp_path, csv_text(HEADER, [*ROW[:8], "5/8/2026", ""], [*ROW[:8], "6/7/2026", ""]))
    with open_table(path) as table:
        assert [column.name for column in survey(table, Mapping()).date_questions] == ["Listed on"]
    answered = Mapping().with_choices({"dates": {"Listed on": "dmy"}})
    assert understood(path, answered)[0].fields["on_market_date"] == date(2026, 8, 5)


def test_a_mended_cell_is_understood_instead_of_the_one_in_the_file(tmp_path):
    path = write(tmp_path, csv_text(HEADER, [*ROW[:2], "4.650.000", *ROW[3:]]))
    assert understood(path)[0].is_refused
    (row,) = understood(path, fixes={2: {"Price (AED)": "4,650,000"}})
    assert row.fields["list_price"] == 4_650_000 and not row.problems


def test_a_row_of_which_nothing_is_understood_is_refused(tmp_path):
    path = write(tmp_path, "Price,Beds,Mood\n,,calm\n5000000,1,glad\n")
    assert understood(path)[0].problems[0].sentence == "Nothing in this row was understood."


def test_a_changed_price_changes_the_digest_and_not_the_fingerprint(tmp_path):
    before, after = one(tmp_path), one(tmp_path, **{"Price (AED)": "1,900,000"})
    assert before.fingerprint == after.fingerprint and before.digest != after.digest


def test_a_choice_on_the_page_wins_over_the_guess(tmp_path):
    chosen = Mapping().with_choices({"columns": {"Mood": "view", "Title": ""}, "constants": {"city": "Dubai"}})
    (row,) = understood(write(tmp_path, csv_text(HEADER, ROW)), chosen)
    assert (row.fields["view"], row.fields["city"], row.extra) == ("calm", "Dubai", {"Title": "Sea view"})


# -- The mappings of the project, on rows made up in the manner of their sources -------------------------------------
def test_bayut_writes_dictionaries_into_cells(tmp_path):
    header = [
        "property_id",
        "purpose",
        "type",
        "added_on",
        "furnishing",
        "price",
        "location",
        "bed_bath_size",
        "agent_name",
    ]
    facts = "{'bedrooms': \"{'@type': 'QuantitativeValue', 'value': '0'}\", 'bathrooms': '1', 'size': '432 sqft'}"
    price = "{'currency': 'AED', 'amount': '61,000'}"
    cells = ["Bayut - x:!@£", "For Rent", "Apartment", "09-Jun-25", "", price, "The Hills", facts, "A  B"]
    (row,) = understood(write(tmp_path, csv_text(header, cells)))
    assert (row.source_id, row.fields["list_price"], row.fields["bedrooms_total"]) == ("Bayut - x:!@£", 61_000, 0)
    assert row.fields["on_market_date"] == date(2025, 6, 9) and row.fields["list_agent_full_name"] == "A B"


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("Canal One, The Bay, Dubai", {"building_name": "Canal One", "subdivision_name": "The Bay", "city": "Dubai"}),
        ("The Bay, Ajman", {"subdivision_name": "The Bay", "city": "Ajman"}),
        ("A, B, C, Dubai", {"building_name": "A", "subdivision_name": "B", "mls_area_major": "C", "city": "Dubai"}),
    ],
)
def test_an_address_of_the_uae_file_is_split_by_its_number_of_parts(tmp_path, address, place):
    header = [
        "title",
        "Address",
        "bathrooms",
        "bedrooms",
        "Date",
        "price",
        "verified",
        "sold or not",
        "size sqft",
        "furnishing",
    ]
    path = write(
        tmp_path,
        csv_text(header, ["Vast | Corner", address, "7+", "0", "8/5/2024", "900000", "TRUE", "sell", "800", "PARTLY"]),
    )
    (row,) = understood(path)
    parts = ("building_name", "subdivision_name", "mls_area_major", "city")
    assert {name: row.fields[name] for name in parts if name in row.fields} == place
    assert row.fields["on_market_date"] == date(2024, 8, 5) and row.fields["furnished"] == "Partially"
    assert row.fields["bathrooms_total_integer"] == 7 and row.problems[0].value == "7+"


@pytest.mark.parametrize(
    ("cells", "community", "expected"),
    [
        (["2 Bedroom Flat For Rent Al X, Muscat", "Al X, Muscat", "OMR1,300", "89 Sq. M."], "Al X",
         {"list_price": 1300, "living_area": 89, "bedrooms_total": 2, "property_sub_type": "Apartment"}),
        (["120 m2 More than 6 bedrooms Villa for Rent", "Muscat, Al X", "40 OMR", "120 m2 More"], "Al X",
         {"list_price": 40, "living_area": 120, "bedrooms_total": 7, "property_sub_type": "Villa"}),
        (["Semi Furnished Daily in Dhofar Y", "Dhofar, Y", "15 OMR", "Semi Furnished Daily in Dhofar Y"], "Y",
         {"furnished": "Partially", "lease_amount_frequency": "Daily", "property_sub_type": "Apartment"}),
    ],
)  # fmt: skip
def test_the_two_portals_of_the_oman_file_are_told_apart(tmp_path, cells, community, expected):
    path = write(tmp_path, csv_text(["Title", "Location", "Price", "Size", "Listing_Type"], [*cells, "For Rent"]))
    (row,) = understood(path)
    assert row.fields["subdivision_name"] == community and expected.items() <= row.fields.items()
    assert (row.fields["currency"], row.fields["property_type"]) == ("OMR", "Residential Lease")


def test_a_wordpress_export_holds_facts_in_meta_and_terms(tmp_path):
    meta = "".join(
        f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value>{value}</wp:meta_value></wp:postmeta>"
        for key, value in {"_ct_price": "4,000.00", "_ct_price_postfix": "/week", "_ct_latlng": "32.7,-117.2"}.items()
    )
    terms = "".join(
        f'<category domain="{d}">{v}</category>'
        for d, v in [("beds", "6"), ("ct_status", "Featured"), ("ct_status", "Rental")]
    )
    feed = f"""<rss xmlns:wp="w"><channel><item><title>5 Long St</title><wp:post_id>17</wp:post_id>
      <wp:status>publish</wp:status><wp:post_type>listings</wp:post_type>{terms}{meta}</item>
      <item><title>Page</title><wp:post_id>18</wp:post_id><wp:post_type>page</wp:post_type></item></channel></rss>"""
    (row,) = understood(write(tmp_path, feed))
    assert (row.source_id, row.fields["standard_status"], row.fields["property_type"]) == (
        "17",
        "Active",
        "Residential Lease",
    )
    assert (row.fields["lease_amount_frequency"], row.fields["latitude"]) == ("Weekly", Decimal("32.7"))


def test_salesforce_properties_are_found_in_their_zip(tmp_path):
    home = {"attributes": {"referenceId": "R1"}, "Address__c": "1 St", "Price__c": 500000, "Beds__c": 4}
    home |= {"Status__c": "Pre Market", "Location__Latitude__s": 42.3, "Location__Longitude__s": -71.1}
    content = zip_bytes(
        **{"properties-data__json": json.dumps({"records": [home]}), "brokers__json": '{"records": [{"a": 1}]}'}
    )
    (row,) = understood(write(tmp_path, content))
    assert (row.source_id, row.fields["standard_status"], row.fields["bedrooms_total"]) == ("R1", "Coming Soon", 4)


def test_every_mapping_of_the_project_can_be_read():
    assert {mapping.source for mapping in shipped_mappings()} == {
        "bayut-dubai-rent", "uae-sale-2024", "oman-rent-portals", "wordpress-realestate7", "salesforce-dreamhouse",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        ("columns = 5", "must be a table"),
        ("[columns]\nPrice = 'prize'", "there is no field “prize”"),
        ("[constants]\nfurnished = 'perhaps'", "is not a value of furnished"),
        ("[dates]\nDate = 'ymd'", "use dmy or mdy"),
        ("[[derive]]\nfield = 'title'\ncolumn = 'x'\npattern = '('", "not a valid pattern"),
        ("colums = {}", "“colums” is not known"),
        ("= 5", "not valid TOML"),
    ],
)
def test_a_mistake_in_a_mapping_gets_a_sentence(tmp_path, toml, sentence):
    with pytest.raises(Unreadable, match=sentence.replace("“", ".").replace("”", ".")):
        read_mapping(write(tmp_path, toml, "mine.toml"))


def test_no_mapping_of_the_project_is_chosen_for_another_file(tmp_path):
    assert choose_for(write(tmp_path, csv_text(HEADER, ROW)), "listings") == Mapping()
