"""A customer is added with contacts, consents and roles; who looks after them follows from who adds them."""

import pytest

from apps.core.models import Event
from apps.core.refusals import NotAllowed, Refused
from apps.customers.actions.customer import add_customer

DETAILS = {
    "full_name": " Helen Whitfield ",
    "roles": ["tenant", "buyer", "buyer"],
    "phones": ["050 123 4567", "+44 7700 900142", "00971501234567", ""],
    "emails": ["Helen@mail.test", "helen+dubai@mail.test"],
    "consents": {"email": True, "sms": False},
}


def test_everything_is_kept_once_and_in_order(agent):
    customer = add_customer(DETAILS, by=agent)
    assert customer.reference.startswith("C-") and customer.full_name == "Helen Whitfield"
    assert customer.roles == ["buyer", "tenant"] and (customer.agent, customer.team) == (agent, agent.team)
    assert [phone.e164 for phone in customer.phones.all()] == ["+971501234567", "+447700900142"]
    assert [email.address for email in customer.emails.all()] == ["Helen@mail.test"]
    assert Event.objects.filter(verb="customer.added", subject_id=customer.pk).count() == 1


def test_a_new_customer_without_an_agent_waits(agent):
    customer = add_customer({"full_name": "Olga"}, by=agent, agent=None, waiting=True)
    assert customer.agent is None and customer.waiting_since


def test_nobody_is_added_without_name_phone_or_address(agent):
    with pytest.raises(Refused, match="Enter a name"):
        add_customer({"full_name": "  ", "phones": [" "]}, by=agent)


@pytest.mark.parametrize(("name", "text"), [("phones", "050 12"), ("emails", "helen at mail")])
def test_what_is_no_number_or_address_is_refused_with_what_was_typed(name, text, agent):
    with pytest.raises(Refused, match=text):
        add_customer({"full_name": "Helen", name: [text]}, by=agent)


def test_an_odd_number_of_an_import_is_kept_as_it_was_written(agent):
    customer = add_customer({"phones": ["12345 ask for Sam"]}, by=agent, odd_phones=True)
    assert [(phone.e164, phone.as_written) for phone in customer.phones.all()] == [("", "12345 ask for Sam")]


def test_a_viewer_adds_nobody(viewer):
    with pytest.raises(NotAllowed):
        add_customer({"full_name": "Helen"}, by=viewer)
