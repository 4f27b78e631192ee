"""The phone page as htmx and a plain browser see it."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from waffle.testutils import override_flag

from apps.calls.models import CallDraft
from apps.core.models import Event
from apps.customers.models import Customer, Note, Task
from apps.listings.models import Listing
from apps.matching.models import Decision, Requirement
from apps.viewings.models import Viewing
from tests.factories import (
    CustomerFactory,
    ListingFactory,
    PhoneFactory,
    PlaceFactory,
    RequirementFactory,
    UnitFactory,
    ViewingFactory,
)

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _launched(db):
    with override_flag("customers", active=True), override_flag("matching", active=True):
        yield


@pytest.fixture
def marina(db):
    return PlaceFactory(level="community", name="Dubai Marina")


@pytest.fixture
def gate(marina, agent):
    unit = UnitFactory(place=PlaceFactory(name="Marina Gate 2", parent=marina), unit_number="2304")
    return ListingFactory(unit=unit, listing_id="MG-2304", created_by=agent)


@pytest.fixture
def layla(client, agent):
    client.force_login(agent)
    return client


@pytest.fixture
def whitfield(agent):
    customer = CustomerFactory(full_name="James Whitfield", created_by=agent)
    PhoneFactory(customer=customer, e164="+447700900142")
    return customer


def typed(**fields) -> dict:
    return {"draft": str(uuid.uuid4()), "property_type": "Residential", "submission_key": str(uuid.uuid4())} | fields


def slot(hour=10) -> str:
    tomorrow = timezone.localtime() + timedelta(days=1)
    return tomorrow.replace(hour=hour, minute=0, second=0, microsecond=0).isoformat()


@pytest.mark.parametrize("text", ["+44 7700 900142", "00447700900142", "+44 (0)7700-900-142", "447700900142"])
def test_a_number_in_any_spelling_says_who_calls(layla, whitfield, text):
    answer = layla.post("/call/who/", typed(number=text), headers=HTMX).content.decode()
    assert "James Whitfield" in answer and whitfield.reference in answer


def test_a_known_caller_brings_the_last_notes_and_the_open_search(layla, whitfield, agent, marina):
    Note.objects.create(customer=whitfield, kind="call", body="Can stretch to 2.6M", by=agent)
    RequirementFactory(customer=whitfield, price_max=2_500_000, bedrooms_min=2, places=[marina])
    answer = layla.post("/call/who/", typed(number="+447700900142"), headers=HTMX)
    text = answer.content.decode()
    assert "Can stretch to 2.6M" in text
    assert 'value="2,500,000"' in text and f'id="place-of-{marina.pk}"' in text
    assert "wants-changed" in answer.headers["HX-Trigger-After-Settle"]


def test_what_is_typed_already_is_not_replaced_by_a_search_of_before(layla, whitfield):
    RequirementFactory(customer=whitfield, price_max=2_500_000)
    answer = layla.post("/call/who/", typed(number="+447700900142", price_max="900K"), headers=HTMX).content.decode()
    assert 'value="900K"' in answer and '<option value="new" selected>' in answer


def test_a_colleagues_customer_is_named_by_the_colleague_alone(layla, other_agent):
    theirs = CustomerFactory(full_name="Fatima Secret", created_by=other_agent)
    PhoneFactory(customer=theirs, e164="+971501234567")
    answer = layla.post("/call/who/", typed(number="050 123 4567"), headers=HTMX).content.decode()
    assert "Omar Farouk looks after this person" in answer
    assert "Fatima" not in answer and theirs.reference not in answer


@pytest.fixture
def theirs(other_agent):
    """A colleague's customer, whom the caller turns out to be."""
    customer = CustomerFactory(full_name="Fatima Secret", created_by=other_agent)
    PhoneFactory(customer=customer, e164="+971501234567")
    return customer


def test_saving_a_colleagues_caller_asks_the_colleague_to_call_back(layla, other_agent, theirs):
    layla.post("/call/", typed(number="050 123 4567", note="Wants to sell"))
    task = Task.objects.get()
    assert (task.assignee, task.customer) == (other_agent, theirs) and "Wants to sell" in task.title
    assert Customer.objects.count() == 1


def test_all_that_was_taken_down_goes_to_the_colleague_and_nothing_is_booked(layla, theirs, gate, marina):
    asked = {"price_max": "2.5M", "places": marina.pk, "tick": gate.pk, f"slot-{gate.pk}": slot()}
    layla.post("/call/", typed(number="050 123 4567", note="Wants to sell. " * 20, **asked))
    said = Event.objects.get(verb="customer.handed_over").data["text"]
    assert "Wants to sell. " * 19 in said and "up to AED 2.5M" in said and "Dubai Marina" in said
    assert f"Interested in {gate.label}" in said and "asked for" in said
    assert not Viewing.objects.exists() and not Requirement.objects.exists()
    assert len(Task.objects.get().title) == 200


def test_a_call_passed_on_says_nothing_of_the_customer_and_does_not_count_as_an_answer(layla, agent, theirs):
    answer = layla.post("/call/", typed(number="050 123 4567", note="Wants to sell"), follow=True)
    assert "Fatima" not in answer.content.decode() and theirs.reference not in answer.content.decode()
    assert not Task.objects.visible_to(agent).exists()
    assert not Event.objects.filter(verb__in=["customer.noted", "call.saved"]).exists()


def test_the_reference_of_a_colleagues_customer_is_theirs_and_no_name(layla, theirs):
    answer = layla.post("/call/who/", typed(number=theirs.reference), headers=HTMX).content.decode()
    assert "Omar Farouk looks after this person" in answer and "Fatima" not in answer
    layla.post("/call/", typed(number=theirs.reference, note="Wants to sell"))
    assert Customer.objects.count() == 1 and Task.objects.get().customer == theirs


def test_a_reference_that_nobody_has_makes_nobody(layla):
    answer = layla.post("/call/who/", typed(number="C-99999"), headers=HTMX).content.decode()
    assert "No customer has this reference" in answer
    assert layla.post("/call/", typed(number="C-99999", note="Hello")).status_code == 422
    assert not Customer.objects.exists()


def test_somebody_whom_nobody_looks_after_is_passed_to_a_manager(layla, manager, theirs):
    Customer.objects.update(agent=None)
    layla.post("/call/", typed(number="050 123 4567", note="Wants to sell"))
    assert Task.objects.get().assignee == manager and Customer.objects.count() == 1


def test_listings_appear_for_what_is_typed(layla, gate, marina):
    answer = layla.post("/call/matches/", typed(price_max="2.5M", places=[marina.pk]), headers=HTMX).content.decode()
    assert "Marina Gate 2, 2304" in answer and "In budget" in answer


def test_nothing_typed_shows_no_listing(layla, gate):
    assert "Marina Gate" not in layla.post("/call/matches/", typed(), headers=HTMX).content.decode()


def test_a_ticked_listing_shows_free_times_and_stays_when_it_no_longer_fits(layla, gate):
    answer = layla.post("/call/matches/", typed(price_max="1M", tick=gate.pk), headers=HTMX).content.decode()
    assert f'id="tick-{gate.pk}" checked' in answer and f'name="slot-{gate.pk}"' in answer


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+14:00", "\x00", "soon"])
def test_a_time_that_is_none_is_no_time_yet(layla, gate, moment):
    fields = typed(price_max="1M", tick=gate.pk, **{f"slot-{gate.pk}": moment})
    assert "No time yet" in layla.post("/call/matches/", fields, headers=HTMX).content.decode()


def test_one_save_writes_person_search_decision_viewing_note_and_next_step(layla, agent, gate, marina):
    answer = layla.post(
        "/call/",
        typed(
            number="050 765 4321", full_name="Aisha Rahman", price_max="2.6M", bedrooms_min="2", places=[marina.pk],
            tick=gate.pk, note="Cash, moves in January", next_title="Send floor plan",
            **{f"slot-{gate.pk}": slot()},
        ),
    )  # fmt: skip
    customer = Customer.objects.get()
    assert answer.url == customer.get_absolute_url()
    assert (customer.full_name, customer.agent, customer.stage) == ("Aisha Rahman", agent, "viewing")
    assert customer.phones.get().e164 == "+971507654321"
    requirement = Requirement.objects.get()
    assert (requirement.customer, requirement.bedrooms_min, requirement.place_ids) == (customer, 2, [marina.pk])
    assert Decision.objects.get().verdict == "interested"
    assert Viewing.objects.get().customers.get() == customer
    assert Note.objects.get().body == "Cash, moves in January"
    assert Task.objects.get().title == "Send floor plan"


def test_a_taken_slot_refuses_all_of_it_and_offers_others(layla, agent, gate):
    other = ListingFactory(created_by=agent)
    ViewingFactory(agent=agent, created_by=agent, starts_at=slot(), listing=other, customers=[])
    fields = typed(number="050 765 4321", full_name="Aisha", tick=gate.pk, note="x", **{f"slot-{gate.pk}": slot()})
    answer = layla.post("/call/", fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "a time was taken meanwhile" in page and "Free next" in page
    assert 'value="Aisha"' in page and f'id="tick-{gate.pk}" checked' in page
    assert not (Customer.objects.exists() or Requirement.objects.exists() or Note.objects.exists())


def test_a_wrong_amount_is_said_beside_the_field_and_nothing_is_lost(layla):
    answer = layla.post("/call/", typed(number="050 765 4321", full_name="Aisha", price_max="4.650.000"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "is not a clear amount" in page and 'value="4.650.000"' in page and 'value="Aisha"' in page


def test_a_page_opened_before_midnight_is_saved_after_it(layla):
    page = layla.get("/call/").content.decode()
    said_today = timezone.localdate() - timedelta(days=1)
    assert f'name="next_day" value="{timezone.localdate()}"' in page
    fields = typed(number="050 765 4321", full_name="Aisha", next_title="Send plans", next_day=said_today.isoformat())
    assert layla.post("/call/", fields).status_code == 302
    assert Task.objects.get().due_on == said_today


@pytest.mark.parametrize("day", ["2026-02-30", "soon", "\x00"])
def test_a_day_that_there_is_not_is_refused(layla, day):
    fields = typed(number="050 765 4321", full_name="Aisha", next_title="Send plans", next_day=day)
    assert layla.post("/call/", fields).status_code == 422


def test_nobody_is_refused_with_a_sentence(layla):
    answer = layla.post("/call/", typed())
    assert answer.status_code == 422 and "Enter the number or the name" in answer.content.decode()


def test_a_known_callers_search_is_changed_not_doubled(layla, whitfield, gate):
    search = RequirementFactory(customer=whitfield, price_max=2_000_000, floor_min=15)
    layla.post("/call/", typed(number=whitfield.reference, requirement=search.pk, price_max="2.6M", note="Higher"))
    search.refresh_from_db()
    assert (search.price_max, search.floor_min) == (2_600_000, 15)
    assert Requirement.objects.count() == 1


def test_the_same_form_sent_twice_is_saved_once(layla):
    fields = typed(number="050 765 4321", full_name="Aisha")
    first, second = layla.post("/call/", fields), layla.post("/call/", fields)
    assert first.headers["Location"] == second.headers["Location"]
    assert Customer.objects.count() == 1


def test_a_draft_brings_back_what_was_typed(layla, gate, marina):
    fields = typed(number="050 765 4321", price_max="2.6M", tick=gate.pk, places=[marina.pk], note="Cash")
    answer = layla.post("/call/draft/", fields, headers=HTMX)
    assert answer.headers["HX-Replace-Url"] == f"/call/?draft={fields['draft']}"
    page = layla.get(f"/call/?draft={fields['draft']}").content.decode()
    for text in ("050 765 4321", "2.6M", "Cash</textarea>", f'id="tick-{gate.pk}" checked', "Dubai Marina"):
        assert text in page


def test_waiting_drafts_are_listed_to_their_own_writer_alone(layla, client, other_agent):
    layla.post("/call/draft/", typed(number="050 765 4321", full_name="Aisha"))
    assert "Aisha · 050 765 4321" in layla.get("/call/").content.decode()
    client.force_login(other_agent)
    assert "Aisha" not in client.get("/call/").content.decode()


def test_a_saved_call_leaves_no_draft_and_takes_no_late_copy(layla):
    fields = typed(number="050 765 4321", full_name="Aisha")
    layla.post("/call/draft/", fields)
    layla.post("/call/", fields)
    layla.post("/call/draft/", fields)
    draft = CallDraft.objects.get()
    assert draft.finished_at and draft.fields == {}


def test_nobody_writes_into_anothers_draft(layla, client, other_agent):
    fields = typed(number="050 765 4321")
    layla.post("/call/draft/", fields)
    client.force_login(other_agent)
    client.post("/call/draft/", fields | {"number": "stolen"})
    assert CallDraft.objects.get().fields["number"] == ["050 765 4321"]


def test_who_may_not_add_customers_takes_no_calls(client, viewer):
    client.force_login(viewer)
    assert client.get("/call/").status_code == 403


def test_listings_that_may_not_be_known_are_not_saved(layla, gate):
    Listing.objects.filter(pk=gate.pk).update(standard_status="Delete")
    layla.post("/call/", typed(number="050 765 4321", full_name="Aisha", tick=gate.pk))
    assert not Decision.objects.exists()
