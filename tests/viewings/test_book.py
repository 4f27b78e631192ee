"""Booking: nobody and nothing is in two places at one time, and whoever is refused hears when it is free."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.core.models import Event
from apps.core.refusals import NotAllowed, Refused
from apps.viewings.actions.booking import SlotTaken, book, cancel, confirm, deny, move
from apps.viewings.lookups import ShowingStatus
from apps.viewings.models import Viewing
from apps.viewings.slots import free_slots
from tests.factories import CustomerFactory, ListingFactory, ViewingFactory

pytestmark = pytest.mark.django_db
HALF_AN_HOUR = timedelta(minutes=30)


def test_a_viewing_is_booked_for_a_listing_its_customer_and_a_time(listing, customer, agent, at_noon):
    viewing = book(listing, [customer], agent, at_noon, 45, by=agent, key_name=" hook 14 ")
    viewing.refresh_from_db()
    assert (viewing.showing_status, viewing.key_name) == (ShowingStatus.PENDING, "hook 14")
    assert (viewing.ends_at, viewing.unit_id) == (at_noon + timedelta(minutes=45), listing.unit_id)
    assert list(viewing.customers.all()) == [customer]


def test_the_booking_stands_on_the_timelines_of_listing_and_customer(listing, customer, agent, at_noon):
    book(listing, [customer], agent, at_noon, by=agent)
    subjects = Event.objects.filter(verb="viewing.booked").values_list("subject_label", flat=True)
    assert sorted(subjects) == ["customers.customer", "listings.listing", "viewings.viewing"]
    on_listing = Event.objects.get(verb="viewing.booked", subject_label="listings.listing")
    assert customer.full_name not in str(on_listing.data)


def test_an_agent_who_is_busy_is_offered_the_nearest_free_times(listing, customer, agent, at_noon):
    book(listing, [customer], agent, at_noon, by=agent)
    other = ListingFactory(created_by=agent)
    with pytest.raises(SlotTaken, match="Layla shows Marina Gate 2") as refused:
        book(other, [customer], agent, at_noon + timedelta(minutes=10), by=agent)
    assert refused.value.slots == [at_noon - HALF_AN_HOUR, at_noon + HALF_AN_HOUR, at_noon + 2 * HALF_AN_HOUR]


def test_an_apartment_is_shown_once_at_a_time_though_it_is_listed_twice(listing, customer, agent, other_agent, at_noon):
    book(listing, [customer], agent, at_noon, by=agent)
    to_let = ListingFactory(unit=listing.unit, created_by=other_agent)
    theirs = CustomerFactory(agent=other_agent, created_by=other_agent)
    with pytest.raises(SlotTaken, match="is shown by Layla"):
        book(to_let, [theirs], other_agent, at_noon, by=other_agent)


def test_a_key_opens_one_door_at_a_time_however_it_is_spelt(listing, customer, agent, other_agent, at_noon):
    book(listing, [customer], agent, at_noon, by=agent, key_name="Hook 14")
    theirs = CustomerFactory(agent=other_agent, created_by=other_agent)
    other = ListingFactory(created_by=other_agent)
    with pytest.raises(SlotTaken, match="Layla has the key “Hook 14”"):
        book(other, [theirs], other_agent, at_noon, by=other_agent, key_name="hook 14")


def test_a_viewing_may_begin_when_another_ends(listing, customer, agent, at_noon):
    book(listing, [customer], agent, at_noon, by=agent, key_name="14")
    assert book(listing, [customer], agent, at_noon + HALF_AN_HOUR, by=agent, key_name="14")


@pytest.mark.parametrize("call_off", [cancel, deny])
def test_what_was_called_off_keeps_nobody_from_anything(listing, customer, agent, at_noon, call_off):
    viewing = book(listing, [customer], agent, at_noon, by=agent, key_name="14")
    call_off(viewing, version=viewing.version, by=agent, reason="The tenant is ill")
    assert book(listing, [customer], agent, at_noon, by=agent, key_name="14").happens


@pytest.mark.parametrize("shared", ["agent", "listing", "key_name"])
def test_the_database_itself_refuses_what_overlaps(listing, agent, at_noon, shared):
    first = ViewingFactory(listing=listing, starts_at=at_noon, key_name="14")
    second = Viewing(listing=ListingFactory(), agent=first.created_by.__class__.objects.system(), created_by=agent)
    second.starts_at, second.minutes, second.key_name = at_noon + timedelta(minutes=29), 30, "15"
    setattr(second, shared, getattr(first, shared))
    with pytest.raises(IntegrityError, match=r"viewing_(agent|unit|key)_once"), transaction.atomic():
        second.save()


def test_free_slots_are_those_at_which_agent_apartment_and_key_are_free(listing, customer, agent, at_noon):
    book(listing, [customer], agent, at_noon, 60, by=agent)
    slots = free_slots(listing, agent, timezone.localtime(at_noon).date(), 30)
    assert at_noon not in slots
    assert at_noon + HALF_AN_HOUR not in slots
    assert {at_noon - HALF_AN_HOUR, at_noon + 2 * HALF_AN_HOUR} <= set(slots)
    assert len(slots) == 22 - 2


def test_a_moved_viewing_is_to_be_confirmed_anew(listing, customer, agent, at_noon):
    viewing = book(listing, [customer], agent, at_noon, by=agent)
    confirm(viewing, version=viewing.version, by=agent)
    move(viewing, at_noon + HALF_AN_HOUR, version=viewing.version, by=agent)
    viewing.refresh_from_db()
    assert (viewing.showing_status, viewing.starts_at) == (ShowingStatus.PENDING, at_noon + HALF_AN_HOUR)
    assert (viewing.sequence, viewing.ends_at) == (1, at_noon + 2 * HALF_AN_HOUR)


def test_a_closed_listing_is_not_shown(customer, agent, at_noon):
    closed = ListingFactory(created_by=agent, standard_status="Closed")
    with pytest.raises(Refused, match="is closed"):
        book(closed, [customer], agent, at_noon, by=agent)


def test_a_colleagues_customer_is_not_booked(listing, customer, other_agent, agent, at_noon):
    with pytest.raises(NotAllowed, match="a colleague's"):
        book(listing, [customer], agent, at_noon, by=other_agent)


def test_others_viewings_are_not_changed(listing, customer, agent, other_agent, at_noon):
    viewing = book(listing, [customer], agent, at_noon, by=agent)
    with pytest.raises(NotAllowed, match="This is Layla's viewing"):
        cancel(viewing, version=viewing.version, by=other_agent)
