"""The demo agency: there after one run, the same after two, mended after harm."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from apps.accounts.models import Agency, User
from apps.accounts.roles import Role
from apps.core.models import Event
from apps.customers.models import DuplicatePair
from apps.listings.demo import plan, pool
from apps.listings.demo.build import build_demo
from apps.listings.demo.people import PASSWORD, STAFF
from apps.listings.lookups import NEXT_STATUSES, StandardStatus
from apps.listings.models import Listing, Mandate, Note, Permit, Photo, Place, PriceChange, StatusChange, Unit
from tests.listings.photos import stored_files

UNITS = 15
COUNTED = (User, Place, Unit, Listing, Mandate, Permit, Note, PriceChange, StatusChange, Photo, Event)


@pytest.fixture(autouse=True)
def small_demo(monkeypatch, settings, db):
    """The same demo with fewer units, smaller pictures and a quick hash, so that each test takes a second."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    monkeypatch.setattr(plan, "UNITS", UNITS)
    monkeypatch.setattr(pool, "SIZE", (120, 80))


def counts():
    return {model.__name__: model.objects.count() for model in COUNTED} | {"files": len(stored_files(default_storage))}


def test_a_second_run_doubles_nothing():
    build_demo()
    before = counts()
    assert not +build_demo()
    assert counts() == before
    assert before["Unit"] == UNITS


def test_a_second_run_adds_what_is_missing_although_other_things_are_there():
    build_demo()
    before = counts()
    listing = Listing.objects.get(listing_id="DH-5001")
    Photo.objects.filter(listing=listing).first().delete()
    Note.objects.filter(listing=listing).delete()
    listing.mandates.all().delete()
    build_demo()
    after = counts()
    assert {name: after[name] for name in ("Photo", "Note", "Mandate")} == {
        name: before[name] for name in ("Photo", "Note", "Mandate")
    }


def test_a_second_run_mends_facts_but_leaves_price_and_status_to_people():
    build_demo()
    Unit.objects.filter(listings__listing_id="DH-5001").update(bedrooms_total=9)
    Listing.objects.filter(listing_id="DH-5001").update(list_price=1, standard_status="Hold")
    build_demo()
    listing = Listing.objects.get(listing_id="DH-5001")
    assert (listing.bedrooms_total, listing.list_price, listing.standard_status) == (3, 1, "Hold")


def test_mandates_still_end_in_as_many_days_a_month_later():
    build_demo()
    listing = Listing.objects.get(listing_id="DH-5001")
    assert listing.mandate_until == timezone.localdate() + timedelta(days=140)
    listing.mandates.update(
        expiration_date=timezone.localdate(), listing_contract_date=timezone.localdate() - timedelta(days=90)
    )
    build_demo()
    listing.refresh_from_db()
    assert listing.mandate_until == timezone.localdate() + timedelta(days=140)


def test_lost_files_are_drawn_again():
    build_demo()
    for path in stored_files(default_storage):
        default_storage.delete(f"photos/{path}")
    build_demo()
    names = set(Photo.objects.values_list("name", flat=True))
    assert {path.split("/")[0] for path in stored_files(default_storage)} >= names


def test_what_people_added_themselves_stays(agent):
    build_demo()
    unit = Unit.objects.create(unit_number="1", place=Place.objects.get(name="The Torch"))
    build_demo()
    assert Unit.objects.filter(pk=unit.pk).exists()


def test_everybody_can_sign_in_and_nobody_needs_a_second_factor(rf):
    build_demo()
    signed_in = {authenticate(rf.post("/"), email=one.email, password=PASSWORD) for one in STAFF}
    assert {user.role for user in signed_in} == set(Role) - {Role.SYSTEM}
    assert Agency.current().requires_mfa is False


def test_the_first_page_is_the_one_of_the_picture():
    build_demo()
    first = Listing.objects.order_by("-modification_timestamp")[:3]
    assert [(one.label, one.list_price) for one in first] == [
        ("Damac Heights, 5001", 5250000),
        ("Princess Tower, 6805", 4650000),
        ("Vida Residences, 1803", 3420000),
    ]


def test_every_history_follows_the_table_of_statuses_and_lies_in_the_past():
    build_demo()
    now = timezone.now()
    for change in StatusChange.objects.exclude(old_status=""):
        assert change.new_status in NEXT_STATUSES[change.old_status]
    assert all(change.at <= now for change in StatusChange.objects.all())
    assert all(change.at <= now for change in PriceChange.objects.all())


def test_the_whole_plan_has_150_units_and_every_status(monkeypatch):
    monkeypatch.setattr(plan, "UNITS", 150)
    plans = plan.demo_plan()
    listings = [listing for one in plans for listing in one.listings]
    assert len({(one.unit.building, one.unit.number) for one in plans}) == 150
    assert {one.status for one in listings} == set(StandardStatus) - {StandardStatus.DELETE}
    assert min(one.mandate_days for one in listings if one.mandate_days is not None) < 0


def test_production_is_refused_unless_it_is_meant(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="--even-in-production"):
        call_command("seed_demo")
    assert not Unit.objects.exists()
    call_command("seed_demo", "--even-in-production", stdout=StringIO())
    assert Unit.objects.count() == UNITS


def test_records_that_look_alike_are_told_at_once():
    call_command("seed_demo", stdout=StringIO())
    assert DuplicatePair.objects.filter(left__emails__address="j.whitfield@mail.example").exists()


def test_a_second_run_keeps_the_papers_of_a_listing_that_was_given_to_somebody_else():
    build_demo()
    Listing.objects.filter(listing_id="DH-5001").update(list_agent=User.objects.get(email="omar@marina.example"))
    Mandate.objects.filter(listing__listing_id="DH-5001").delete()
    build_demo()
    assert Mandate.objects.filter(listing__listing_id="DH-5001").exists()
