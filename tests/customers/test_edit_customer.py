"""What is known of a customer is changed by who looks after them, and no change is lost."""

import pytest

from apps.core.editing import EditConflict, canonical
from apps.core.refusals import Conflict, NotAllowed, Refused
from apps.customers.actions.contacts import Written
from apps.customers.actions.customer import current_value, edit_customer
from tests.factories import CustomerFactory, PhoneFactory


@pytest.fixture
def customer(agent):
    customer = CustomerFactory(full_name="Helen", agent=agent)
    PhoneFactory(customer=customer, e164="+971501234567", label="mobile")
    return customer


def test_contacts_are_written_anew_and_known_ones_stay_the_same_rows(customer, agent):
    before = customer.phones.get()
    phones = ["+44 7700 900142", Written("050 123 4567", "office")]
    edit_customer(customer, customer.version, {"phones": phones}, by=agent)
    assert [(phone.e164, phone.label) for phone in customer.phones.all()] == [
        ("+447700900142", ""),
        ("+971501234567", "office"),
    ]
    assert customer.phones.filter(pk=before.pk).exists()


def test_an_older_form_is_a_conflict(customer, agent):
    edit_customer(customer, customer.version, {"summary": "Cash"}, by=agent)
    with pytest.raises(Conflict):
        edit_customer(customer, 1, {"summary": "Mortgage"}, by=agent)


def test_changes_to_different_fields_are_both_kept(customer, agent, manager):
    opened = {name: canonical(current_value(customer, name)) for name in ("summary", "phones")}
    edit_customer(customer, customer.version, {"summary": "Cash"}, by=manager)
    now = edit_customer(customer, 1, {"phones": ["050 765 4321"]}, by=agent, opened=opened)
    assert (now.summary, now.phones.get().e164) == ("Cash", "+971507654321")


def test_the_same_field_changed_by_two_is_shown_to_the_second(customer, agent, manager):
    opened = {"phones": canonical(current_value(customer, "phones"))}
    edit_customer(customer, customer.version, {"phones": ["050 765 4321"]}, by=manager)
    with pytest.raises(EditConflict) as conflict:
        edit_customer(customer, 1, {"phones": ["050 111 2222"]}, by=agent, opened=opened)
    assert conflict.value.fields == ["phones"]


def test_a_customer_does_not_lose_all_by_which_they_are_known(customer, agent):
    with pytest.raises(Refused):
        edit_customer(customer, customer.version, {"full_name": "", "phones": []}, by=agent)


def test_a_colleague_does_not_change_what_is_not_theirs(customer, other_agent):
    with pytest.raises(NotAllowed, match="Layla"):
        edit_customer(customer, customer.version, {"summary": "x"}, by=other_agent)
