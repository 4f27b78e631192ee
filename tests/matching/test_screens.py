"""The screens of matching: parts of a customer's and a listing's page, each a page of its own, and their drawers."""

import uuid
from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from waffle.testutils import override_flag

from apps.customers.actions.consent import set_consent
from apps.listings.actions.price import set_price
from apps.matching.actions.decision import dismiss
from apps.matching.actions.sending import send_listing
from apps.matching.models import Decision, Requirement, Sending
from apps.matching.views.words import beds, title
from tests.factories import (
    CustomerFactory,
    EmailAddressFactory,
    ListingFactory,
    PhoneFactory,
    PlaceFactory,
    RequirementFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _launched(db):
    with override_flag("matching", active=True):
        yield


@pytest.fixture
def marina(db):
    return PlaceFactory(level="community", name="Dubai Marina")


@pytest.fixture
def gate(marina, agent):
    unit = UnitFactory(place=PlaceFactory(name="Marina Gate 2", parent=marina), unit_number="2304")
    return ListingFactory(unit=unit, listing_id="MG-2304", created_by=agent)


@pytest.fixture
def search(agent, marina):
    customer = CustomerFactory(full_name="James Whitfield", created_by=agent)
    EmailAddressFactory(customer=customer)
    PhoneFactory(customer=customer)
    set_consent(customer, "email", True, by=agent)
    return RequirementFactory(
        customer=customer, price_min=2_000_000, price_max=2_500_000, bedrooms_min=2, places=[marina]
    )


@pytest.fixture
def layla(client, agent):
    client.force_login(agent)
    return client


def of(search, part) -> str:
    return f"/matching/customer/{search.customer.reference}/{part}/"


def form(**fields) -> dict:
    return {"submission_key": str(uuid.uuid4())} | fields


def read(answer) -> str:
    return answer.content.decode()


def test_what_is_looked_for_is_told_in_words(layla, search):
    text = read(layla.get(of(search, "looking-for"), headers=HTMX))
    assert "AED 2M to 2.5M" in text and "Dubai Marina" in text and "from 2" in text


def test_each_part_is_a_page_of_its_own(layla, search, gate):
    for part in ("looking-for", "matches"):
        assert "<title>" in read(layla.get(of(search, part)))
        assert "<title>" not in read(layla.get(of(search, part), headers=HTMX))


def test_matches_show_score_and_reasons(layla, search, gate):
    text = read(layla.get(of(search, "matches"), headers=HTMX))
    assert "Marina Gate 2, 2304" in text and "In budget" in text and "of 100" in text


def test_a_colleagues_customer_is_not_there(client, other_agent, search):
    client.force_login(other_agent)
    assert client.get(of(search, "matches")).status_code == 404
    assert client.get(f"/matching/search/{search.pk}/").status_code == 404


def test_a_new_search_is_saved_with_what_matters_how_much(layla, search, marina):
    fields = form(property_type="Residential", price_max="3M", floor_min="15", weigh_floor="must", places=[marina.pk])
    layla.post(of(search, "new"), fields)
    new = Requirement.objects.exclude(pk=search.pk).get()
    assert (new.price_max, new.floor_min, new.place_ids) == (3_000_000, 15, [marina.pk])
    assert new.importance_of("floor") == "must"


def test_a_wrong_amount_is_said_and_what_was_typed_stays(layla, search):
    fields = form(property_type="Residential", price_max="3.000.000", version=search.version)
    answer = layla.post(f"/matching/search/{search.pk}/", fields, headers=HTMX)
    assert answer.status_code == 422
    assert "is not a clear amount" in read(answer) and 'value="3.000.000"' in read(answer)


def test_a_search_that_somebody_changed_meanwhile_is_not_overwritten(layla, search):
    answer = layla.post(
        f"/matching/search/{search.pk}/", form(property_type="Residential", price_max="9M", version=search.version - 1)
    )
    assert answer.status_code == 422
    search.refresh_from_db()
    assert search.price_max == 2_500_000


def test_what_it_would_take_is_accepted_by_one_press(layla, search, agent):
    ListingFactory(list_price=2_700_000, created_by=agent, unit__place=search.places.get())
    layla.post(f"/matching/search/{search.pk}/accept/", form(step="budget+10"), headers=HTMX)
    search.refresh_from_db()
    assert search.price_max == 2_750_000


def test_no_fit_names_what_to_give_up(layla, search, agent):
    ListingFactory(list_price=2_700_000, created_by=agent, unit__place=search.places.get())
    text = read(layla.get(of(search, "matches"), headers=HTMX))
    assert "No listing fits" in text and "budget" in text


def test_a_dismissed_listing_leaves_the_row_and_undo_brings_it_back(layla, search, gate):
    address = f"/matching/search/{search.pk}/dismiss/MG-2304/"
    assert "Too dear" in read(layla.get(address, headers=HTMX))
    answer = read(layla.post(address, form(reason="too_dear"), headers=HTMX))
    assert "stays away: too dear" in answer and "take-back" in answer
    assert "Marina Gate" not in read(layla.get(of(search, "matches"), headers=HTMX))
    layla.post(f"/matching/search/{search.pk}/take-back/MG-2304/", form())
    assert "Marina Gate" in read(layla.get(of(search, "matches"), headers=HTMX))
    assert not Decision.objects.exists()


def test_sending_obeys_consent_and_says_why(layla, search, gate):
    text = read(layla.get(f"/matching/search/{search.pk}/send/?listing=MG-2304", headers=HTMX))
    assert "has not agreed to be contacted by WhatsApp" in text and "Hello James Whitfield" in text
    fields = form(listing="MG-2304", channel="whatsapp", text="Hello")
    assert layla.post(f"/matching/search/{search.pk}/send/", fields).status_code == 422
    assert not Sending.objects.exists()


def test_what_was_sent_is_a_record_that_names_who_sent_it_first(layla, search, gate, agent):
    fields = form(listing="MG-2304", channel="email", text="Look at this")
    layla.post(f"/matching/search/{search.pk}/send/", fields)
    assert Sending.objects.get().text == "Look at this"
    assert "Layla sent it" in read(layla.get(of(search, "matches"), headers=HTMX))


def test_a_message_opens_the_agents_own_program_with_the_text(layla, search, gate, agent):
    set_consent(search.customer, "whatsapp", True, by=agent)
    fields = form(listing="MG-2304", channel="whatsapp", text="Shall we meet?")
    answer = read(layla.post(f"/matching/search/{search.pk}/send/", fields, headers=HTMX))
    assert "https://wa.me/97150" in answer and "text=Shall%20we%20meet%3F" in answer


def test_a_listing_names_its_customers_and_counts_those_of_colleagues(client, other_agent, layla, search, gate):
    assert "James Whitfield" in read(layla.get("/matching/listing/MG-2304/interested/", headers=HTMX))
    client.force_login(other_agent)
    text = read(client.get("/matching/listing/MG-2304/interested/", headers=HTMX))
    assert "James Whitfield" not in text and "1 more is a colleague’s customer" in text


def test_ten_interested_customers_take_as_many_queries_as_one(
    layla, search, agent, gate, django_assert_max_num_queries
):
    page = "/matching/listing/MG-2304/interested/"
    with CaptureQueriesContext(connection) as for_one:
        assert read(layla.get(page, headers=HTMX)).count("Score ") == 1
    wish = {"price_max": 2_500_000, "bathrooms_min": 2, "area_min": 900, "move_in_by": date(2031, 1, 31)}
    for _ in range(9):
        customer = CustomerFactory(created_by=agent)
        RequirementFactory(customer=customer, furnished="Furnished", places=search.places.all(), **wish)
    with django_assert_max_num_queries(len(for_one)):
        assert read(layla.get(page, headers=HTMX)).count("Score ") == 10


def test_to_tell_many_takes_as_many_queries_as_to_tell_few(layla, search, agent, gate, django_assert_max_num_queries):
    gate.list_price = 2_900_000
    gate.save()
    set_price(gate, 2_450_000, version=gate.version, by=agent)
    with CaptureQueriesContext(connection) as for_one:
        assert "Send to 1 person" in read(layla.get("/matching/listing/MG-2304/tell/", headers=HTMX))
    for _ in range(9):
        customer = EmailAddressFactory(customer=CustomerFactory(created_by=agent)).customer
        set_consent(customer, "email", True, by=agent)
        RequirementFactory(customer=customer, price_max=2_500_000, places=search.places.all())
    with django_assert_max_num_queries(len(for_one)):
        assert "Send to 10 people" in read(layla.get("/matching/listing/MG-2304/tell/", headers=HTMX))


def test_a_price_drop_says_whom_it_fits_and_tells_them_once(layla, search, agent, gate):
    gate.list_price = 2_900_000
    gate.save()
    dismiss(search, gate, "too_dear", by=agent)
    set_price(gate, gate.list_price - 450_000, version=gate.version, by=agent)
    text = read(layla.get("/matching/listing/MG-2304/interested/", headers=HTMX))
    assert "fits 1 more person, 1 of them said too dear" in text
    drawer = read(layla.get("/matching/listing/MG-2304/tell/", headers=HTMX))
    assert "Send to 1 person" in drawer and "{name}" in drawer
    layla.post("/matching/listing/MG-2304/tell/", form(customer=search.customer.reference, text="Hello {name}"))
    assert Sending.objects.get().text == "Hello James Whitfield"
    assert "all told" in read(layla.get("/matching/listing/MG-2304/interested/", headers=HTMX))


def test_a_price_drop_that_fits_colleagues_customers_says_so(layla, gate, other_agent):
    RequirementFactory(customer__created_by=other_agent, customer__agent=other_agent, price_max=2_300_000)
    answer = layla.post("/listings/MG-2304/edit/price/", form(list_price="2,200,000", version=gate.version))
    said = [(str(one), one.extra_tags) for one in get_messages(answer.wsgi_request)]
    assert said == [("Price saved. Price drop: fits 1 more person", "")]
    assert "customers of colleagues" in read(layla.get("/matching/listing/MG-2304/tell/", headers=HTMX))


def test_best_buyers_are_found_for_a_home_that_is_not_listed(layla, search, marina):
    text = read(layla.get("/matching/best-buyers/", {"price": "2.4M", "bedrooms": "2", "places": marina.pk}))
    assert "James Whitfield" in text and "1 customer looks for this" in text


def test_a_search_that_ended_is_closed_and_opened_again(layla, search):
    layla.post(f"/matching/search/{search.pk}/", form(close="yes"))
    search.refresh_from_db()
    assert not search.is_active
    layla.post(f"/matching/search/{search.pk}/", form(close="no"))
    search.refresh_from_db()
    assert search.is_active


def test_a_colleague_who_sent_it_first_is_shown_before_it_is_sent_again(layla, search, gate, manager):
    send_listing(search.customer, gate, "email", "First", by=manager, requirement=search)
    text = read(layla.get(f"/matching/search/{search.pk}/send/?listing=MG-2304", headers=HTMX))
    assert "Priya sent it by E-mail" in text


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (2, 3, "2 or 3 beds"),
        (1, 1, "1 bed"),
        (0, 1, "Studio or 1 bed"),
        (0, 0, "Studio"),
        (3, None, "from 3 beds"),
        (0, None, "Studio or more"),
    ],
)
def test_bedrooms_are_counted_as_people_count(low, high, words):
    assert beds(Requirement(bedrooms_min=low, bedrooms_max=high)) == words
    assert beds(Requirement()) == ""


def test_searches_without_rooms_and_places_are_told_apart_by_their_budget():
    assert title(RequirementFactory(price_min=None, price_max=2_300_000, bedrooms_min=None)) == "Buy, up to AED 2.3M"
    assert title(RequirementFactory(price_max=2_300_000, bedrooms_min=2, bedrooms_max=2)) == "Buy, 2 beds"
