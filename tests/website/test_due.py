"""What makes a listing due for its websites: any save, through any door."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from apps.core.bulk import copy_rows
from apps.listings.models import Listing, Photo, Unit
from apps.website.models import Placement
from apps.website.states import Wanted
from tests.factories import ListingFactory, MandateFactory, PermitFactory, PlacementFactory, SiteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def placement():
    return PlacementFactory(wanted=Wanted.ON)


def is_due(placement) -> bool:
    placement.refresh_from_db()
    return placement.due_at is not None and placement.due_at <= timezone.now()


def test_a_new_placement_waits_for_nothing(placement):
    assert not is_due(placement)


def test_a_save_makes_it_due(placement):
    placement.listing.save()
    assert is_due(placement)


def test_a_bulk_update_makes_it_due(placement):
    Listing.objects.filter(pk=placement.listing_id).update(list_price=1)
    assert is_due(placement)


def test_raw_sql_makes_it_due(placement):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE listings_listing SET title = 'x' WHERE id = %s", [placement.listing_id])
    assert is_due(placement)


def test_a_change_of_the_unit_makes_it_due(placement):
    Unit.objects.filter(pk=placement.listing.unit_id).update(year_built=2011)
    assert is_due(placement)


def test_a_new_name_of_the_building_makes_it_due(placement):
    place = placement.listing.unit.place
    place.name = "Another tower"
    place.save()
    assert is_due(placement)


@pytest.mark.parametrize("factory", [MandateFactory, PermitFactory])
def test_a_mandate_and_a_permit_make_it_due(placement, factory):
    factory(listing=placement.listing)
    assert is_due(placement)


def test_a_photo_makes_it_due(placement):
    by = placement.listing.created_by
    photo = Photo.objects.create(listing=placement.listing, name="n", digest="d", added_by=by)
    assert is_due(placement)
    Placement.objects.update(due_at=None)
    Photo.objects.filter(pk=photo.pk).update(short_description="The view")
    assert is_due(placement)


def test_the_agents_new_name_makes_it_due(placement):
    agent = placement.listing.list_agent
    agent.full_name = "Another Name"
    agent.save()
    assert is_due(placement)


def test_another_listing_leaves_it_alone(placement):
    ListingFactory(title="Another").save()
    assert not is_due(placement)


def test_a_save_ends_the_waiting_for_another_try(placement):
    Placement.objects.update(due_at=timezone.now() + timedelta(hours=1))
    placement.listing.save()
    assert is_due(placement)


def test_what_leaves_the_market_goes_first(placement):
    Listing.objects.filter(pk=placement.listing_id).update(list_price=2)
    Listing.objects.filter(pk=placement.listing_id).update(standard_status="Withdrawn")
    assert is_due(placement)
    assert placement.priority == 0


def test_a_claim_is_not_lost_by_a_save_meanwhile(placement):
    Placement.objects.update(due_at=None, claimed_until=timezone.now() + timedelta(minutes=1))
    placement.listing.save()
    assert is_due(placement)


def test_a_site_that_follows_its_filter_hears_of_new_listings():
    site = SiteFactory(follows_filter=True)
    SiteFactory()
    listing = ListingFactory(standard_status="Incomplete")
    assert not Placement.objects.exists()
    Listing.objects.filter(pk=listing.pk).update(standard_status="Active")
    placement = Placement.objects.get()
    assert (placement.site, placement.listing, placement.wanted) == (site, listing, Wanted.FILTER)
    assert is_due(placement)


def test_listings_that_are_copied_in_are_heard_of():
    SiteFactory(follows_filter=True)
    one = ListingFactory()
    Placement.objects.all().delete()
    columns = ("listing_id", "unit_id", "standard_status", "created_by_id")
    copy_rows(Listing, columns, [(f"C-{n}", one.unit_id, "Active", one.created_by_id) for n in range(3)])
    assert Placement.objects.filter(due_at__isnull=False).count() == 3


def test_another_limit_of_the_site_makes_all_of_it_due(placement):
    placement.site.photo_limit = 7
    placement.site.save()
    assert is_due(placement)


def test_what_jobs_write_on_a_site_makes_nothing_due(placement):
    placement.site.last_ok_at = timezone.now()
    placement.site.save()
    assert not is_due(placement)


def test_another_profile_makes_its_sites_due(placement):
    profile = placement.site.profile
    profile.spec = {"another": True}
    profile.save()
    assert is_due(placement)
