"""A tour: listings in order, the way between them planned, all booked or none."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from waffle.testutils import override_flag

from apps.viewings.actions.booking import SlotTaken, book
from apps.viewings.actions.tour import book_tour, plan
from apps.viewings.models import Viewing
from tests.factories import ListingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def listings(agent):
    """Two neighbours in the Marina and one in the middle of the city."""
    points = (("25.0805", "55.1403"), ("25.0810", "55.1410"), ("25.1972", "55.2744"))
    return [
        ListingFactory(created_by=agent, unit__latitude=Decimal(lat), unit__longitude=Decimal(lng))
        for lat, lng in points
    ]


def test_each_stop_waits_for_the_one_before_and_the_way(listings, at_noon):
    stops = plan(listings, at_noon, 30)
    assert [stop.starts_at for stop in stops[:2]] == [at_noon, at_noon + timedelta(minutes=40)]
    assert stops[2].starts_at - stops[1].starts_at > timedelta(minutes=60)
    assert all(stop.starts_at.minute % 5 == 0 for stop in stops)


def test_a_tour_is_booked_in_order(listings, customer, agent, at_noon):
    tour = book_tour(listings, [customer], agent, at_noon, by=agent, tell=())
    rows = list(tour.viewings.order_by("position").values_list("listing", "position"))
    assert rows == [(listing.pk, number) for number, listing in enumerate(listings, start=1)]


def test_one_stop_that_is_taken_refuses_the_whole_tour(listings, customer, agent, at_noon, manager):
    book(listings[2], [customer], manager, at_noon + timedelta(minutes=100), 60, by=manager)
    with pytest.raises(SlotTaken):
        book_tour(listings, [customer], agent, at_noon, by=agent, tell=())
    assert Viewing.objects.count() == 1


def test_a_tour_is_planned_and_booked_on_its_page(client, listings, customer, agent, at_noon):
    client.force_login(agent)
    with override_flag("viewings", True):
        query = {"customer": customer.reference, "listing": [one.listing_id for one in listings]}
        page = client.get(reverse("viewings:tour"), query).content.decode()
        assert all(one.label in page for one in listings)
        fields = {"day": at_noon.date().isoformat(), "time": "10:00", "minutes": "30", "agent": agent.pk}
        sent = query | fields | {"submission_key": str(uuid.uuid4())}
        answer = client.post(reverse("viewings:tour"), sent)
    assert answer.status_code == 302
    assert Viewing.objects.count() == 3
