"""The owner whom a form names: somebody who is here, the present one corrected, or somebody new."""

import pytest

from apps.customers.actions.owner import TypedOwner, owner_for
from apps.customers.models import Customer
from tests.factories import CustomerFactory, EmailAddressFactory, PhoneFactory

FATIMA = TypedOwner("Fatima Al Mansoori", "050 123 4567", "fatima@mail.test")


@pytest.fixture
def owner(agent):
    """What becomes of a typed owner, for the agent."""

    def owner(typed, present=None, by=agent):
        return owner_for(typed, present, role="seller", agent=agent, by=by)

    return owner


def test_a_new_owner_is_a_new_customer(owner, agent):
    fatima = owner(FATIMA)
    assert (fatima.full_name, fatima.agent, fatima.roles) == ("Fatima Al Mansoori", agent, ["seller"])
    assert fatima.phones.get().e164 == "+971501234567" and fatima.emails.get().address == "fatima@mail.test"


def test_who_is_here_by_phone_then_by_address_is_the_owner(owner, agent):
    by_email = EmailAddressFactory(address="Fatima+x@mail.test", customer__agent=agent).customer
    by_phone = PhoneFactory(e164="+971501234567", customer__agent=agent).customer
    assert owner(FATIMA) == by_phone
    assert owner(TypedOwner("F.", "", "fatima@mail.test")) == by_email
    assert Customer.objects.count() == 2


def test_a_colleagues_customer_is_not_linked_by_a_number(owner, other_agent):
    theirs = PhoneFactory(e164="+971501234567", customer__agent=other_agent, customer__full_name="Secret").customer
    mine = owner(FATIMA)
    assert mine != theirs and mine.full_name == "Fatima Al Mansoori"


@pytest.mark.parametrize(
    "typed",
    [
        TypedOwner("Fatima Al Mansouri", "050 123 4567", "fatima@mail.test"),
        TypedOwner("Fatima Al Mansoori", "050 765 4321", "fatima@mail.test"),
        TypedOwner("Fatima Al Mansoori", "050 123 4567", "new@mail.test"),
        TypedOwner("فاطمة المنصوري", "", ""),
    ],
)
def test_what_is_corrected_stays_the_same_owner(owner, typed):
    fatima = owner(FATIMA)
    now = owner(typed, fatima)
    assert now == fatima and now.full_name == typed.name
    assert [email.address for email in now.emails.all()] == [typed.email] * bool(typed.email)


def test_another_name_number_and_address_are_another_owner(owner):
    fatima = owner(FATIMA)
    assert owner(TypedOwner("Rashid", "050 765 4321", "r@mail.test"), fatima) != fatima
    assert owner(TypedOwner(), fatima) is None


def test_an_owner_whom_one_may_not_change_is_left_alone(owner, other_agent, agent):
    theirs = CustomerFactory(full_name="Fatima Al Mansoori", agent=other_agent)
    mine = owner(TypedOwner("Fatima Al Mansoori", "050 123 4567"), theirs)
    theirs.refresh_from_db()
    assert mine != theirs and not theirs.phones.exists()
