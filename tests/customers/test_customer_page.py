"""The customer's page: who it is, how to reach them, what is next; and who may see it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from waffle.testutils import override_flag

from apps.accounts.models import Agency
from apps.customers.actions.consent import set_consent, set_do_not_contact
from apps.customers.actions.note import NextStep, add_note
from apps.customers.models import Customer, Phone
from apps.customers.templatetags.customers import first_sentence
from tests.factories import CustomerFactory, TaskFactory

QUERIES = 16


def test_the_page_shows_how_to_reach_them(ask, james, agent):
    text = ask(agent, "customers:detail", james).content.decode()
    assert "James Whitfield" in text and "Cash buyer" in text
    assert 'href="tel:+447700900142"' in text and 'href="https://wa.me/447700900142"' in text
    assert "+44 7700 900142" in text and 'href="mailto:j.whitfield@mail.example"' in text


def test_the_header_has_the_first_sentence_of_what_is_known_of_them():
    assert first_sentence("Cash buyers, funds shown. Two or three bedrooms") == "Cash buyers, funds shown"
    assert first_sentence("  Moves in May\nwith two dogs") == "Moves in May"
    assert len(first_sentence("word " * 40)) <= 80


def test_a_number_of_here_is_shown_the_local_way(ask, james, agent):
    Phone.objects.create(customer=james, e164="+971501234567", position=1)
    assert "050 123 4567" in ask(agent, "customers:detail", james).content.decode()


@pytest.mark.parametrize("name", ["detail", "timeline", "edit", "add_task"])
def test_a_colleagues_customer_is_not_there_where_agents_see_their_own(ask, james, other_agent, name):
    assert ask(other_agent, f"customers:{name}", james).status_code == 404


def test_everybody_sees_every_customer_where_the_agency_says_so(ask, james, other_agent):
    Agency.objects.update(customer_visibility="everyone")
    page = ask(other_agent, "customers:detail", james)
    assert page.status_code == 200 and "customers/edit" not in page.content.decode()


def test_the_page_is_not_there_while_the_module_is_off(ask, james, agent):
    with override_flag("customers", active=False):
        assert ask(agent, "customers:detail", james).status_code == 404


def test_tabs_of_modules_that_are_off_are_absent(ask, james, agent):
    text = ask(agent, "customers:detail", james).content.decode()
    assert "Timeline" in text and "Matches" not in text
    assert ask(agent, "customers:viewings", james).status_code == 404


def test_a_way_that_the_customer_objected_to_is_grey_and_says_why(ask, james, agent):
    set_consent(james, "whatsapp", False, source="On the phone", by=agent)
    text = ask(agent, "customers:detail", james).content.decode()
    assert "does not want to be contacted by WhatsApp" in text and "wa.me" not in text


def test_do_not_contact_leaves_no_way_and_says_so(ask, james, agent):
    set_do_not_contact(james, True, reason="Bought elsewhere", by=agent)
    text = ask(agent, "customers:detail", james).content.decode()
    assert "asked not to be contacted" in text and "Bought elsewhere" in text and "wa.me" not in text


def test_the_next_step_stands_on_the_page_and_an_open_customer_without_one_is_told(ask, james, agent):
    assert "Nothing planned." in ask(agent, "customers:detail", james).content.decode()
    TaskFactory(customer=james, title="Send service charge history", created_by=agent)
    assert "Send service charge history" in ask(agent, "customers:detail", james).content.decode()


def test_a_customer_who_was_merged_leads_to_the_one_that_is_left(ask, james, agent):
    gone = CustomerFactory(agent=agent)
    Customer.objects.filter(pk=gone.pk).update(merged_into=james)
    assert ask(agent, "customers:detail", gone).headers["Location"] == james.get_absolute_url()


def test_the_page_takes_few_queries(ask, james, agent, django_assert_max_num_queries):
    for number in range(8):
        step = NextStep(f"Step {number}", timezone.localdate() + timedelta(days=number))
        add_note(james, "call", f"Called {number}", next_step=step, by=agent)
    ask(agent, "customers:detail", james)
    with django_assert_max_num_queries(QUERIES + 6):  # signing in
        assert ask(agent, "customers:detail", james).status_code == 200
