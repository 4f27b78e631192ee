"""Adding and editing a customer in the browser's forms: several phones, consents, two people at once."""

import re

import pytest
from django.urls import reverse

from apps.core.models import Event
from apps.customers.actions.customer import edit_customer
from apps.customers.actions.editing import current_value
from apps.customers.models import Customer

INPUT = re.compile(r'<input type="hidden" name="(version|opened)" value="([^"]*)"')
NEW = {"kind": "person", "source": "phone", "payment": "unknown"}


def opened(page) -> dict:
    return dict(INPUT.findall(page.content.decode()))


@pytest.fixture
def form(ask, james, agent):
    """What the edit form sends when nothing was changed in it."""
    page = ask(agent, "customers:edit", james)
    shown = page.context["form"]
    values = {name: shown[name].value() for name in shown.fields}
    return {name: value for name, value in values.items() if value not in (None, False)} | {
        "phone": [line.text for line in shown.phone_lines()],
        "phone_label": [line.label for line in shown.phone_lines()],
        "email": [line.text for line in shown.email_lines()],
    }


def test_a_new_customer_has_phones_in_any_spelling(ask, agent, customers_on):
    contacts = {"phone": ["050 123 4567", "00447700900142", ""], "phone_label": ["Mobile", "Wo\x00rk", ""]}
    contacts |= {"email": ["Aisha@mail.example", ""], "roles": ["buyer", "tenant"]}
    page = ask(agent, "customers:new", **NEW, **contacts, full_name="Aisha Rahman")
    customer = Customer.objects.get()
    assert page.headers["Location"] == customer.get_absolute_url()
    assert [(phone.e164, phone.label) for phone in customer.phones.all()] == [
        ("+971501234567", "Mobile"),
        ("+447700900142", "Work"),
    ]
    assert customer.agent == agent and customer.roles == ["buyer", "tenant"]


def test_a_number_that_cannot_be_dialled_keeps_everything_typed(ask, agent, customers_on):
    page = ask(agent, "customers:new", **NEW, full_name="Aisha Rahman", phone=["12"], campaign="Spring fair")
    text = page.content.decode()
    assert page.status_code == 422 and 'value="12"' in text and "Spring fair" in text and "Aisha Rahman" in text
    assert not Customer.objects.exists()


def test_nobody_is_not_a_customer(ask, agent, customers_on):
    page = ask(agent, "customers:new", **NEW)
    assert page.status_code == 422 and "Enter a name, a phone number or an e-mail address." in page.content.decode()


def test_the_address_may_bring_what_is_known(ask, agent, customers_on):
    text = ask(agent, "customers:new", query={"phone": "0501234567", "name": "Aisha"}).content.decode()
    assert 'value="0501234567"' in text and 'value="Aisha"' in text


def test_consents_and_do_not_contact_come_with_their_reasons(ask, agent, customers_on):
    ask(agent, "customers:new", **NEW, full_name="Aisha", consent_email="yes", consent_source="Said so",
        do_not_contact="on", do_not_contact_reason="Only by post")  # fmt: skip
    customer = Customer.objects.get()
    assert current_value(customer, "consent_email") == "yes" and customer.consents.get().source == "Said so"
    assert customer.do_not_contact
    assert Event.objects.get(verb="customer.contact_stopped").data["reason"] == "Only by post"


def test_an_untouched_form_changes_nothing(ask, james, agent, form):
    before = Event.objects.count()
    assert ask(agent, "customers:edit", james, **form).status_code == 302
    assert Event.objects.count() == before


def test_a_phone_is_added_and_another_removed(ask, james, agent, form):
    ask(agent, "customers:edit", james, **form | {"phone": ["0501234567"], "phone_label": ["Mobile"]})
    assert [phone.e164 for phone in james.phones.all()] == ["+971501234567"]


def test_two_people_who_change_different_fields_both_win(ask, james, agent, form):
    edit_customer(james, james.version, {"language": "Arabic"}, by=agent)
    assert ask(agent, "customers:edit", james, **form | {"full_name": "James W"}).status_code == 302
    james.refresh_from_db()
    assert (james.full_name, james.language) == ("James W", "Arabic")


def test_two_people_who_change_one_field_are_asked(ask, james, agent, form, client):
    edit_customer(james, james.version, {"full_name": "Jim", "phones": ["+971501234567"]}, by=agent)
    mine = form | {"full_name": "James W", "phone": ["0559876543"], "summary": "From London"}
    page = ask(agent, "customers:edit", james, **mine)
    text = page.content.decode()
    assert page.status_code == 409
    assert "James W" in text and "Jim" in text and "055 987 6543" in text and "050 123 4567" in text
    sent = {}
    for name, value in page.context["form"].sent():
        sent.setdefault(name, []).append(value)
    answer = {"version": page.context["customer"].version, "opened": page.context["opened"]}
    answer |= {"keep_full_name": "mine", "keep_phones": "theirs"}
    assert ask(agent, "customers:edit", james, **sent | answer).status_code == 302
    james.refresh_from_db()
    assert (james.full_name, james.summary) == ("James W", "From London")
    assert [phone.e164 for phone in james.phones.all()] == ["+971501234567"]


def test_a_consent_that_changed_meanwhile_is_asked_about_too(ask, james, agent, form):
    reverse("customers:edit", args=[james.reference])
    edited = form | {"consent_email": "yes"}
    ask(agent, "customers:edit", james, **form | {"consent_email": "no"})
    assert ask(agent, "customers:edit", james, **edited).status_code == 409


def test_a_colleague_who_sees_the_customer_still_may_not_change_it(ask, james, other_agent):
    from apps.accounts.models import Agency

    Agency.objects.update(customer_visibility="everyone")
    assert ask(other_agent, "customers:edit", james).status_code == 403


def test_only_a_manager_gives_the_customer_to_another(ask, james, agent, manager, other_agent):
    assert ask(agent, "customers:assign", james).status_code == 403
    ask(manager, "customers:assign", james, agent=other_agent.pk)
    james.refresh_from_db()
    assert james.agent == other_agent


def test_the_first_who_takes_a_waiting_customer_has_it(ask, james, agent, other_agent):
    from django.utils import timezone

    Customer.objects.filter(pk=james.pk).update(agent=None, waiting_since=timezone.now())
    ask(other_agent, "customers:take", james, go="1")
    assert ask(agent, "customers:take", james, go="1").status_code == 404
    james.refresh_from_db()
    assert james.agent == other_agent


def test_the_stage_is_set_from_the_menu(ask, james, agent):
    ask(agent, "customers:stage", james, stage="viewing")
    james.refresh_from_db()
    assert james.stage == "viewing"
