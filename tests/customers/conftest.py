"""What tests of the customers' pages share."""

import uuid

import pytest
from django.urls import reverse
from waffle.testutils import override_flag

from apps.customers.models import Customer, EmailAddress, Phone
from tests.factories import CustomerFactory


@pytest.fixture
def customers_on(db):
    """The module is switched on for everybody, the other modules are off."""
    with override_flag("customers", active=True):
        yield


@pytest.fixture
def james(agent, customers_on) -> Customer:
    """Layla's customer, with a phone and an e-mail address."""
    james = CustomerFactory(full_name="James Whitfield", agent=agent, created_by=agent, roles=["buyer"], payment="cash")
    Phone.objects.create(customer=james, e164="+447700900142", label="Mobile")
    EmailAddress.objects.create(customer=james, address="j.whitfield@mail.example")
    return james


@pytest.fixture
def ask(client):
    """`ask(agent, "customers:detail", james)` opens a page; with fields it sends them, once; `htmx="id"` by htmx."""

    def ask(user, name, *args, htmx="", query=None, **fields):
        client.force_login(user)
        address = reverse(name, args=[getattr(one, "reference", one) for one in args])
        headers = {"HX-Request": "true", "HX-Target": htmx} if htmx else {}
        if fields:
            return client.post(address, {"submission_key": uuid.uuid4()} | fields, headers=headers)
        return client.get(address, query or {}, headers=headers)

    return ask
