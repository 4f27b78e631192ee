"""What a customer allows: the latest word on each channel counts, and a no to all outweighs it."""

import pytest

from apps.core.refusals import NotAllowed
from apps.customers.actions.consent import set_consent, set_do_not_contact
from tests.factories import CustomerFactory


@pytest.fixture
def customer(agent):
    return CustomerFactory(full_name="Helen", agent=agent)


def test_nobody_is_written_to_who_did_not_agree(customer):
    assert customer.may_be_contacted("email") == ["Helen has not agreed to be contacted by E-mail."]
    assert customer.may_be_contacted("phone") == []


def test_the_latest_word_counts_and_every_word_is_kept(customer, agent):
    for granted in (True, True, False, True):
        set_consent(customer, "whatsapp", granted, by=agent, source="Call")
    assert customer.may_be_contacted("whatsapp") == []
    assert [consent.granted for consent in customer.consents.all()] == [True, False, True]
    set_consent(customer, "phone", False, by=agent)
    assert customer.may_be_contacted("phone") == ["Helen does not want to be contacted by Phone."]


def test_do_not_contact_outweighs_every_consent(customer, agent):
    set_consent(customer, "email", True, by=agent)
    assert set_do_not_contact(customer, True, by=agent, reason="By mail").may_be_contacted("email")
    assert not set_do_not_contact(customer, False, by=agent).may_be_contacted("email")


def test_a_colleague_does_not_answer_for_the_customer(customer, other_agent):
    with pytest.raises(NotAllowed):
        set_consent(customer, "email", True, by=other_agent)
