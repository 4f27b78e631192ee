"""Merging two records of one person, and taking it back."""

from random import Random

import pytest

from apps.core.events import record
from apps.core.models import Event
from apps.core.refusals import Conflict, NotAllowed, Refused
from apps.customers.actions.merge import BOTH, CHOSEN, LEFT, MAY_BE_BOTH, RIGHT, default_choices, merge, undo_merge
from apps.customers.actions.merge_rows import pointers_at
from apps.customers.models import Customer, EmailAddress, Merge, Note, Phone, Task
from tests.customers.pairs import differences, random_pair, rows
from tests.factories import CustomerFactory, EmailAddressFactory, ListingFactory, PhoneFactory, TaskFactory, UserFactory

pytestmark = pytest.mark.django_db


def merged(left, right, *, by, **choices) -> Merge:
    return merge(left, right, default_choices(left, right) | choices, versions=(left.version, right.version), by=by)


def fresh(customer) -> Customer:
    return Customer.objects.get(pk=customer.pk)


@pytest.fixture
def pair(agent):
    left = CustomerFactory(full_name="Omar Farsi", agent=agent, roles=["buyer"], summary="Sea view")
    right = CustomerFactory(
        full_name="عمر الفارسي", agent=agent, roles=["seller"], nationality="Jordan", summary="Quiet"
    )
    return left, right


def test_200_random_pairs_are_as_they_were_after_undo(manager, agent, other_agent):
    random = Random(20261121)
    listing = ListingFactory(created_by=agent)
    pairs = [random_pair(random, [agent, other_agent, manager], listing) for _ in range(200)]
    before = rows()
    done = []
    for left, right in pairs:
        any_choice = {
            name: random.choice([LEFT, RIGHT, BOTH] if name in MAY_BE_BOTH else [LEFT, RIGHT]) for name in CHOSEN
        }
        done.append(merged(left, right, by=manager, **any_choice))
    for one in random.sample(done, len(done)):
        undo_merge(one, by=manager)
    assert differences(before, rows()) == []


def test_a_chain_of_merges_is_as_it_was_after_undo(manager, agent, other_agent):
    random, listing = Random(7), ListingFactory(created_by=agent)
    (a, b), (c, _d) = (random_pair(random, [agent, other_agent], listing) for _ in range(2))
    before = rows()
    first = merged(b, a, by=manager)
    second = merged(c, fresh(b), by=manager)
    assert fresh(a).merged_into == c
    with pytest.raises(Refused, match="Undo that merge first"):
        undo_merge(first, by=manager)
    undo_merge(second, by=manager)
    undo_merge(first, by=manager)
    assert differences(before, rows()) == []


def test_each_field_is_as_chosen(pair, agent):
    left, right = pair
    merged(left, right, by=agent, full_name=RIGHT)
    left = fresh(left)
    assert (left.full_name, left.nationality, left.roles) == ("عمر الفارسي", "Jordan", ["buyer", "seller"])
    assert left.summary == "Sea view\n\nQuiet"


def test_nothing_points_at_the_loser(pair, agent):
    left, right = pair
    PhoneFactory(customer=right)
    EmailAddressFactory(customer=right)
    TaskFactory(customer=right)
    merged(left, right, by=agent)
    left_behind = [p for p in pointers_at(Customer) if p.model._base_manager.filter(**{p.column: right.pk}).exists()]
    assert left_behind == []
    assert fresh(right).merged_into == left
    assert fresh(left).next_task_title == "Call back"
    assert fresh(right).next_task_title == ""


def test_one_phone_of_both_is_there_once_and_twice_again_after_undo(pair, agent):
    left, right = pair
    kept = PhoneFactory(customer=left, e164="+971501234567")
    PhoneFactory(customer=right, e164="+971501234567", label="Work")
    EmailAddressFactory(customer=left, address="omar@mail.test")
    EmailAddressFactory(customer=right, address="Omar+flat@mail.test")
    done = merged(left, right, by=agent)
    assert [phone.pk for phone in left.phones.all()] == [kept.pk]
    assert left.emails.get().address == "omar@mail.test"
    undo_merge(done, by=agent)
    assert right.phones.get().label == "Work"
    assert right.emails.get().address == "Omar+flat@mail.test"


def test_phones_of_the_loser_follow_those_of_the_winner(pair, agent):
    left, right = pair
    for number in range(2):
        PhoneFactory(customer=left, position=number, e164=f"+97150000000{number}")
        PhoneFactory(customer=right, position=number, e164=f"+97151000000{number}")
    merged(left, right, by=agent)
    assert [phone.e164[-9:] for phone in left.phones.all()] == ["500000000", "500000001", "510000000", "510000001"]
    assert [phone.position for phone in left.phones.all()] == [0, 1, 2, 3]


def test_who_asked_one_of_the_two_not_to_be_contacted_is_not_contacted(pair, agent):
    left, right = pair
    Customer.objects.filter(pk=right.pk).update(do_not_contact=True)
    merged(left, fresh(right), by=agent)
    assert fresh(left).do_not_contact


def test_both_timelines_become_one(pair, agent):
    left, right = pair
    Event.objects.all().delete()
    record("customer.noted", right, by=agent)
    done = merged(left, right, by=agent)
    assert list(Event.objects.filter(subject_id=left.pk).values_list("verb", flat=True)) == [
        "customer.merged",
        "customer.noted",
    ]
    undo_merge(done, by=agent)
    assert Event.objects.filter(subject_id=right.pk, verb="customer.noted").exists()


def test_an_undo_keeps_what_was_done_since_with_the_winner(pair, agent):
    left, right = pair
    task = TaskFactory(customer=right, title="Send brochure")
    gone = PhoneFactory(customer=right)
    done = merged(left, right, by=agent, full_name=RIGHT)
    Customer.objects.filter(pk=left.pk).update(full_name="Omar A. Farsi", version=fresh(left).version + 1)
    Note.objects.create(customer=left, body="Called after the merge", by=agent)
    Task.objects.filter(pk=task.pk).update(title="Send two brochures")
    Phone.objects.filter(pk=gone.pk).delete()
    edited = fresh(left).version
    undone = undo_merge(done, by=agent)
    assert undone.kept_fields == ["Name"]
    assert fresh(left).full_name == "Omar A. Farsi"
    assert fresh(left).version > edited
    assert left.notes.get().body == "Called after the merge"
    assert right.tasks.get().title == "Send two brochures"
    assert not right.phones.exists()


def test_an_undo_is_refused_where_what_was_added_since_stands_in_the_way(pair, agent):
    left, right = pair
    EmailAddressFactory(customer=left, address="omar@mail.test")
    EmailAddressFactory(customer=right, address="omar+x@mail.test")
    done = merged(left, right, by=agent)
    EmailAddress.objects.create(customer=right, address="omar@mail.test")  # nobody can, but by raw SQL
    with pytest.raises(Refused, match="added since"):
        undo_merge(done, by=agent)
    assert fresh(right).merged_into == left


def test_a_form_opened_while_both_were_one_does_not_fit_after_the_undo(pair, agent):
    left, right = pair
    done = merged(left, right, by=agent)
    opened = fresh(left).version
    undo_merge(done, by=agent)
    again = merged(fresh(left), fresh(right), by=agent)
    assert fresh(left).version not in (opened, left.version)
    undo_merge(again, by=agent)
    assert fresh(left).version == left.version


def test_a_merge_is_undone_once(pair, agent):
    done = merged(*pair, by=agent)
    undo_merge(done, by=agent)
    with pytest.raises(Refused, match="undone already"):
        undo_merge(done, by=agent)


def test_both_must_be_as_they_were_compared(pair, agent):
    left, right = pair
    Customer.objects.filter(pk=right.pk).update(version=9)
    with pytest.raises(Conflict):
        merged(left, right, by=agent)


def test_an_agent_merges_own_customers_only(pair, agent, other_agent, manager):
    left, right = pair
    Customer.objects.filter(pk=right.pk).update(agent=other_agent)
    with pytest.raises(NotAllowed, match="Omar's customer"):
        merged(left, fresh(right), by=agent)
    assert merged(left, fresh(right), by=manager)


def test_a_customer_is_not_merged_with_itself(pair, agent):
    with pytest.raises(NotAllowed, match="one and the same"):
        merged(pair[0], pair[0], by=agent)


def test_marketing_merges_nobody(pair, marketing):
    with pytest.raises(NotAllowed, match="Your role"):
        merged(*pair, by=UserFactory(role="marketing"))
