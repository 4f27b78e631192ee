"""Pages about records of one person: the warning, the banner, the list, comparing, merging, undoing."""

import uuid

import pytest
from django.urls import reverse
from waffle.testutils import override_flag

from apps.core.models import Event
from apps.customers.actions.duplicates import refresh_pairs
from apps.customers.models import Customer, DuplicatePair, Merge
from tests.factories import CustomerFactory, EmailAddressFactory, PhoneFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on():
    with override_flag("customers", active=True):
        yield


@pytest.fixture
def pair(agent):
    left = CustomerFactory(full_name="Omar Al Farsi", agent=agent, roles=["buyer"], summary="Sea view")
    right = CustomerFactory(full_name="عمر الفارسي", agent=agent, roles=["seller"], summary="Quiet")
    for customer in (left, right):
        PhoneFactory(customer=customer, e164="+971501234567")
    refresh_pairs()
    return left, right


def at(route, *arguments):
    return reverse(f"customers:{route}", args=[getattr(one, "reference", one) for one in arguments])


def send(client, address, **fields):
    return client.post(address, {"submission_key": str(uuid.uuid4())} | fields)


def merge_by_form(client, left, right, **fields):
    return send(client, at("compare", left, right), left_version=left.version, right_version=right.version, **fields)


def test_the_warning_leads_to_ones_own_customer(client, agent, pair):
    client.force_login(agent)
    page = client.get(at("already-here"), {"phone": "050 123 4567", "besides": pair[0].reference}).content.decode()
    assert "Already here as" in page
    assert pair[1].get_absolute_url() in page
    assert pair[0].reference not in page


def test_the_warning_tells_of_another_agents_customer_the_agent_alone(client, other_agent, pair):
    EmailAddressFactory(customer=pair[0], address="omar@mail.test")
    client.force_login(other_agent)
    page = client.get(at("already-here"), {"email": "Omar+x@mail.test"}).content.decode()
    assert "A colleague, <bdi>Layla Haddad</bdi>, has this person" in page
    assert not any(word in page for word in ("Farsi", pair[0].reference, "501234567"))


def test_the_banner_says_what_two_records_have_in_common(client, agent, pair):
    client.force_login(agent)
    page = client.get(at("look-alikes", pair[0])).content.decode()
    assert "2 records look like the same person: same phone, similar name." in page
    assert at("compare", *pair) in page


def test_the_list_shows_the_pair_and_takes_it_off(client, agent, pair):
    client.force_login(agent)
    assert "عمر الفارسي" in client.get(at("duplicates")).content.decode()
    answer = send(client, at("tell_apart", *pair))
    assert answer.headers["Location"] == at("duplicates")
    assert DuplicatePair.objects.get().dismissed_by == agent
    assert "No records look alike" in client.get(at("duplicates")).content.decode()
    assert "عمر الفارسي" in client.get(at("duplicates"), {"apart": "1"}).content.decode()
    send(client, at("tell_apart", *pair), again="1")
    assert DuplicatePair.objects.get().dismissed_at is None


def test_merging_keeps_what_was_chosen_and_can_be_undone(client, agent, pair):
    left, right = pair
    client.force_login(agent)
    page = client.get(at("compare", left, right)).content.decode()
    assert 'name="keep_full_name" value="right"' in page
    answer = merge_by_form(client, left, right, keep_full_name="right", keep_summary="both")
    assert answer.headers["Location"] == left.get_absolute_url()
    kept = Customer.objects.get(pk=left.pk)
    assert (kept.full_name, kept.summary) == ("عمر الفارسي", "Sea view\n\nQuiet")
    assert "Undo merge" in client.get(at("look-alikes", left)).content.decode()
    send(client, reverse("customers:undo_merge", args=[Merge.objects.get().pk]))
    assert Customer.objects.get(pk=left.pk).full_name == "Omar Al Farsi"
    assert Event.objects.filter(subject_id=right.pk, verb="customer.merge_undone").exists()


def test_a_pair_that_somebody_changed_is_compared_again(client, agent, pair):
    left, right = pair
    client.force_login(agent)
    Customer.objects.filter(pk=right.pk).update(version=7)
    answer = merge_by_form(client, left, right, keep_full_name="right")
    assert answer.status_code == 409
    assert "Somebody changed one of the two" in answer.content.decode()
    assert not Merge.objects.exists()


def test_another_agents_customer_is_not_there_to_compare(client, other_agent, pair):
    client.force_login(other_agent)
    assert client.get(at("compare", *pair)).status_code == 404
    assert merge_by_form(client, *pair).status_code == 404
    assert client.get(at("look-alikes", pair[0])).status_code == 404


def test_marketing_sees_none_of_it(client, marketing, pair):
    client.force_login(marketing)
    assert client.get(at("duplicates")).status_code == 403
    assert client.get(at("already-here"), {"phone": "0501234567"}).status_code == 403
