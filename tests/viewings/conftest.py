"""A listing of the agent, a customer who may be written to, and a time tomorrow."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from apps.customers.models import Consent
from tests.factories import CustomerFactory, EmailAddressFactory, ListingFactory


def consent(customer, channel="email"):
    """The customer agrees to be written to."""
    Consent.objects.create(customer=customer, channel=channel, granted=True, at=timezone.now(), by=customer.created_by)


@pytest.fixture
def listing(agent):
    return ListingFactory(listing_id="MG-2304", created_by=agent, unit__place__name="Marina Gate 2")


@pytest.fixture
def customer(agent):
    customer = CustomerFactory(full_name="James Whitfield", agent=agent, created_by=agent)
    EmailAddressFactory(customer=customer, address="james@mail.test")
    consent(customer)
    return customer


@pytest.fixture
def at_noon():
    """Twelve o'clock tomorrow, in the agency's zone."""
    return timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=1), time(12)))
