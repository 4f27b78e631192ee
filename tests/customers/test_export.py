"""Customers as a file."""

import csv
import io

import openpyxl
import pytest
from django.core.cache import caches
from django.utils import timezone

from apps.accounts.models import Flag
from apps.core.models import Event
from apps.customers.models import Consent
from tests.factories import CustomerFactory, EmailAddressFactory, PhoneFactory


@pytest.fixture(autouse=True)
def _switched_on(db):
    Flag.objects.update_or_create(name="customers", defaults={"everyone": True})
    caches["process"].clear()


@pytest.fixture
def rows(client, manager):
    """The rows of an export as dicts."""

    def rows(querystring=""):
        client.force_login(manager)
        answer = client.get(f"/customers/export/csv/?{querystring}")
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))

    return rows


@pytest.fixture
def customer(agent):
    customer = CustomerFactory(full_name="=HYPERLINK(1)", agent=agent, roles=["buyer", "tenant"], stage="viewing")
    PhoneFactory(customer=customer, e164="+971501234567")
    EmailAddressFactory(customer=customer, address="jw@example.com")
    Consent.objects.create(customer=customer, channel="email", granted=True, at=timezone.now(), by=agent)
    return customer


def test_a_row_holds_what_an_import_reads(rows, customer):
    (row,) = rows()
    expected = {
        "reference": customer.reference, "full_name": "'=HYPERLINK(1)", "stage": "viewing", "roles": "buyer, tenant",
        "phones": "'+971501234567", "emails": "jw@example.com", "consent_email": "yes", "consent_sms": "",
        "do_not_contact": "", "agent_email": "layla@agency.test", "team": "Marina",
    }  # fmt: skip
    assert expected.items() <= row.items()


def test_those_who_asked_to_be_left_alone_have_no_contacts_in_the_file(rows, customer):
    type(customer).objects.update(do_not_contact=True)
    (row,) = rows()
    assert (row["phones"], row["emails"], row["do_not_contact"]) == ("", "", "do not contact")


def test_what_is_filtered_or_ticked_is_exported(rows, customer):
    other = CustomerFactory(full_name="Other", stage="won")
    assert [row["reference"] for row in rows("stage=won")] == [other.reference]
    assert [row["reference"] for row in rows(f"id={customer.pk}")] == [customer.reference]
    assert {row["reference"] for row in rows(f"id={customer.pk}&all=1")} == {customer.reference, other.reference}


def test_an_export_is_recorded(rows, customer, manager):
    rows("stage=viewing")
    event = Event.objects.get(verb="customer.exported")
    assert (event.by, event.data) == (manager, {"kind": "csv", "asked": "stage=viewing"})


@pytest.mark.parametrize("role", ["agent", "marketing", "viewer"])
def test_others_may_not_export(client, request, role):
    client.force_login(request.getfixturevalue(role))
    assert client.get("/customers/export/csv/").status_code == 403
    assert not Event.objects.filter(verb="customer.exported").exists()


def test_a_workbook_holds_the_same(client, manager, customer):
    client.force_login(manager)
    data = b"".join(client.get("/customers/export/xlsx/").streaming_content)
    header, row = openpyxl.load_workbook(io.BytesIO(data)).active.values
    assert dict(zip(header, row, strict=True))["emails"] == "jw@example.com"


def test_a_large_export_asks_as_often_as_a_small_one(client, manager, django_assert_max_num_queries, monkeypatch):
    monkeypatch.setattr("apps.customers.export.AT_ONCE", 10)
    for _ in range(19):
        PhoneFactory()
    client.force_login(manager)
    with django_assert_max_num_queries(18):
        data = b"".join(client.get("/customers/export/csv/").streaming_content)
    assert data.count(b"\r\n") == 20
