"""Owners whom a file of listings names become customers, each once, and go again with the file."""

import pytest
from django.core.management import call_command

from apps.customers.actions.note import add_note
from apps.customers.models import Customer
from apps.imports.models import ImportRow
from apps.listings.models import Listing
from tests.factories import PhoneFactory
from tests.imports.conftest import HEADER, ROWS
from tests.imports.files import csv_text

pytestmark = pytest.mark.django_db
OWNERS = [
    ("Fatima", "050 123 4567", "f@mail.test"),
    ("F. Al Mansoori", "+971501234567", ""),
    ("Rashid", "", "r@mail.test"),
]


def stock(owners=OWNERS) -> str:
    rows = [[*row, *owner] for row, owner in zip(ROWS, owners, strict=True)]
    return csv_text([*HEADER, "Owner", "Owner mobile", "Landlord email"], *rows)


def owner_of(reference: str) -> Customer:
    return Listing.objects.get(listing_id=reference).unit.owner


def test_an_owner_of_two_units_is_one_customer(bring):
    assert bring(stock())[1].startswith("new=3")
    assert owner_of("PT-1") == owner_of("PT-2") != owner_of("SV-3")
    assert Customer.objects.count() == 2
    fatima = owner_of("PT-1")
    assert (fatima.full_name, fatima.source, fatima.phones.get().e164) == ("Fatima", "import", "+971501234567")
    assert fatima.emails.get().address == "f@mail.test" and fatima.reference.startswith("C-")


def test_who_is_here_already_is_not_added_again(bring):
    known = PhoneFactory(e164="+971501234567", customer__full_name="Fatima Al Mansoori").customer
    bring(stock())
    assert owner_of("PT-1") == known and known.phones.count() == 1


def test_the_same_owners_again_change_nothing(bring):
    bring(stock())
    assert bring(stock())[1] == "new=0 changed=0 same=3 warned=0 refused=0"
    again = stock([("Fatima", "+971 50 123 45 67", "f@mail.test"), *OWNERS[1:]])
    assert bring(again)[1].startswith("new=0 changed=0 same=3")
    assert Customer.objects.count() == 2


def test_a_corrected_number_is_corrected_and_an_undo_puts_it_back(bring):
    bring(stock())
    before = owner_of("SV-3")
    run, line = bring(stock([*OWNERS[:2], ("Rashid", "050 765 4321", "r@mail.test")]))
    assert line.startswith("new=0 changed=1 same=2")
    assert owner_of("SV-3") == before and before.phones.get().e164 == "+971507654321"
    call_command("undo_import", str(run.pk))
    assert owner_of("SV-3") == before and not before.phones.exists()


def test_an_undo_removes_owners_whom_nobody_spoke_with(bring, administrator):
    run, _ = bring(stock())
    fatima = owner_of("PT-1")
    add_note(fatima, "call", "Sells both", by=administrator)
    call_command("undo_import", str(run.pk))
    assert not Listing.objects.exists() and list(Customer.objects.all()) == [fatima]


def test_every_row_says_whom_it_made(bring):
    bring(stock())
    made = [row.undo["owner_id"] for row in ImportRow.objects.order_by("number")]
    assert made == [owner_of("PT-1").pk, None, owner_of("SV-3").pk]
