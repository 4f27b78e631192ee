"""Owners who were texts on units became customers, and can be written back."""

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from apps.customers.models import Customer
from apps.listings.models import Listing, Unit
from tests.factories import ListingFactory, UnitFactory

filling = import_module("apps.listings.migrations.0009_owners_are_customers")


@pytest.fixture
def before(db):
    """The models as they were when the column was there and nobody had filled it."""
    return MigrationExecutor(connection).loader.project_state([("listings", "0008_unit_owner")]).apps


@pytest.fixture
def old_unit(before):
    """A unit as it was written then."""
    model = before.get_model("listings", "Unit")
    return lambda **owner: model.objects.create(**{f"owner_{name}": value for name, value in owner.items()})


def owner_of(unit) -> Customer:
    return Unit.objects.select_related("owner").get(pk=unit.pk).owner


def test_one_number_in_two_spellings_is_one_owner_and_one_name_is_not(before, old_unit):
    first = old_unit(name="Fatima", phone="050 123 4567", email="")
    second = old_unit(name="F. Al Mansoori", phone="+971 50 123 4567", email="f@mail.test")
    third = old_unit(name="", phone="", email="F+unit@mail.test")
    namesakes = [old_unit(name="Ali", phone="", email="") for _ in range(2)]
    nobody = old_unit(name="", phone="", email="")
    filling.fill(before, None)
    assert owner_of(first) == owner_of(second) == owner_of(third)
    assert owner_of(first).full_name == "Fatima" and owner_of(first).phones.get().e164 == "+971501234567"
    assert owner_of(namesakes[0]) != owner_of(namesakes[1])
    assert owner_of(nobody) is None


def test_what_is_no_number_is_kept_as_it_was_written(before, old_unit):
    unit = old_unit(name="Sam", phone="ask the guard 12", email="")
    filling.fill(before, None)
    phone = owner_of(unit).phones.get()
    assert (phone.e164, phone.as_written) == ("", "ask the guard 12")


def test_the_owner_belongs_to_the_last_agent_and_no_listing_is_written_again(before, agent):
    listing = ListingFactory(created_by=agent, property_type="Residential Lease")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE listings_unit SET owner_name = 'Fatima' WHERE id = %s", [listing.unit_id])
    row = Listing.objects.values_list("modification_timestamp", "version")
    seen = row.get(pk=listing.pk)
    filling.fill(before, None)
    owner = owner_of(listing.unit)
    assert (owner.agent, owner.roles) == (agent, ["landlord"]) and row.get(pk=listing.pk) == seen


def test_it_goes_on_where_it_stopped_and_can_be_taken_back(before, old_unit, monkeypatch):
    units = [old_unit(name=f"Owner {n}", phone=f"05012345{n}0", email=f"o{n}@mail.test") for n in range(5)]
    monkeypatch.setattr(filling, "BATCH", 2)
    filling.fill(before, None)
    filling.fill(before, None)
    assert Customer.objects.count() == 5
    owner = owner_of(units[3])
    Customer.objects.filter(pk=owner.pk).update(full_name="Renamed")
    filling.write_back(before, None)
    old = before.get_model("listings", "Unit").objects.get(pk=units[3].pk)
    assert (old.owner_name, old.owner_email) == ("Renamed", "o3@mail.test")


def test_erasing_an_owner_blanks_what_was_written_on_the_units(before, old_unit):
    unit = old_unit(name="Fatima", phone="050 123 4567", email="f@mail.test")
    filling.fill(before, None)
    Customer.objects.filter(pk=owner_of(unit).pk).update(erased_at=timezone.now())
    old = before.get_model("listings", "Unit").objects.get(pk=unit.pk)
    assert (old.owner_name, old.owner_phone, old.owner_email) == ("", "", "")


def test_a_new_unit_leaves_the_old_columns_empty(before):
    unit = UnitFactory()
    assert before.get_model("listings", "Unit").objects.get(pk=unit.pk).owner_name == ""
