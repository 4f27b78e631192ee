"""Listings as a file."""

import csv
import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from apps.core.models import Event
from tests.factories import ListingFactory, MandateFactory, PermitFactory, PlaceFactory


@pytest.fixture
def rows(client, manager):
    """The rows of an export as dicts."""

    def rows(querystring="", user=manager):
        client.force_login(user)
        answer = client.get(f"/listings/export/csv/?{querystring}")
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))

    return rows


@pytest.fixture
def listing(agent):
    city = PlaceFactory(level="city", name="Dubai", parent=PlaceFactory(level="country", name="United Arab Emirates"))
    tower = PlaceFactory(name="Marina Gate 2", parent=PlaceFactory(level="community", name="Dubai Marina", parent=city))
    listing = ListingFactory(
        listing_id="MG-2304", unit__place=tower, unit__unit_number="2304", list_agent=agent, title="=HYPERLINK(1)"
    )
    MandateFactory(listing=listing, listing_contract_date=date(2026, 1, 1), expiration_date=date(2030, 1, 1))
    PermitFactory(listing=listing, number="71-1", expiration_date=date(2030, 2, 1))
    return listing


def test_headers_are_resos_names_and_values_those_of_an_import(rows, listing):
    (row,) = rows()
    expected = {
        "listing_id": "MG-2304", "standard_status": "Active", "property_type": "Residential", "list_price": "2450000",
        "currency": "AED", "building_name": "Marina Gate 2", "unit_number": "2304", "subdivision_name": "Dubai Marina",
        "city": "Dubai", "country": "United Arab Emirates", "bedrooms_total": "2", "living_area": "1388",
        "living_area_units": "Square Feet", "listing_contract_date": "2026-01-01", "expiration_date": "2030-01-01",
        "permit_number": "71-1", "permit_expiration_date": "2030-02-01", "list_agent_email": "layla@agency.test",
    }  # fmt: skip
    assert expected.items() <= row.items()


def test_no_cell_can_be_run(rows, listing):
    assert rows()[0]["title"] == "'=HYPERLINK(1)"


def test_what_is_filtered_is_exported(rows, listing):
    ListingFactory(listing_id="other", standard_status="Hold")
    assert [row["listing_id"] for row in rows("status=Hold")] == ["other"]
    assert [row["listing_id"] for row in rows("q=marna+gate")] == ["MG-2304"]


def test_ticked_rows_alone_are_exported(rows, listing):
    ListingFactory()
    assert [row["listing_id"] for row in rows(f"id={listing.pk}")] == ["MG-2304"]


def test_an_export_is_recorded(rows, listing, manager):
    rows("status=Active")
    event = Event.objects.get(verb="listing.exported")
    assert (event.by, event.data) == (manager, {"kind": "csv", "asked": "status=Active"})


@pytest.mark.parametrize("role", ["agent", "marketing", "viewer"])
def test_others_may_not_export(client, request, role):
    client.force_login(request.getfixturevalue(role))
    assert client.get("/listings/export/csv/").status_code == 403
    assert not Event.objects.filter(verb="listing.exported").exists()


def test_a_workbook_holds_the_same(client, manager, listing):
    client.force_login(manager)
    data = b"".join(client.get("/listings/export/xlsx/").streaming_content)
    header, row = openpyxl.load_workbook(io.BytesIO(data)).active.values
    values = dict(zip(header, row, strict=True))
    assert (values["listing_id"], values["list_price"]) == ("MG-2304", 2450000)


def test_a_large_export_holds_few_rows_at_a_time(client, manager, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr("apps.listings.export.AT_ONCE", 5)
    for number in range(23):
        ListingFactory(list_price=Decimal(number + 1))
    client.force_login(manager)
    with django_assert_max_num_queries(12):
        data = b"".join(client.get("/listings/export/csv/").streaming_content)
    assert data.count(b"\r\n") == 24


def test_an_unknown_format_is_not_found(client, manager):
    client.force_login(manager)
    assert client.get("/listings/export/pdf/").status_code == 404
