"""From taken in to answered: the clock, the team, from whom it is, who may see it, and what the numbers say."""

import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from waffle.testutils import override_flag

from apps.accounts.models import Agency, User
from apps.core.models import Event
from apps.core.refusals import NotAllowed, Refused
from apps.customers.actions.erasure import erase
from apps.customers.actions.merge import merge
from apps.customers.actions.note import add_note
from apps.customers.models import Customer
from apps.viewings.actions.booking import book
from apps.viewings.report import report_of
from apps.website.enquiries.actions.answer import set_aside
from apps.website.enquiries.actions.enquiry import choose_customer, mark_answered, pass_on_late, take_in
from apps.website.enquiries.intake.message import Message
from apps.website.models import DailyNumber, Enquiry
from apps.website.numbers.in_vain import looked_at_in_vain
from apps.website.numbers.sums import Numbers, numbers_of
from tests.factories import (
    CustomerFactory,
    EmailAddressFactory,
    ListingFactory,
    PhoneFactory,
    PlaceFactory,
    TeamFactory,
    UserFactory,
)
from tests.website.sites import make_site

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def switched_on():
    cache.clear()
    with override_flag("website", active=True), override_flag("customers", active=True):
        yield


@pytest.fixture
def site(db):
    return make_site(name="Marina Homes")


@pytest.fixture
def listing(agent):
    return ListingFactory(listing_id="MG-2304", created_by=agent)


@pytest.fixture
def asked(site, listing):
    """Take in an enquiry about the listing."""

    def taken(their_id="e-1", **said):
        details = {"name": "Olga Kuznetsova", "phone": "050 123 4567", "reference": "MG-2304", "text": "Is it free?"}
        return take_in(site, Message(their_id, **(details | said)), by=User.objects.system()).enquiry

    return taken


def later(minutes=16):
    return timezone.now() + timedelta(minutes=minutes)


def is_open(enquiry) -> bool:
    enquiry.refresh_from_db()
    return enquiry.is_open


@pytest.mark.parametrize("kind", ["note", "call", "message"])
def test_a_note_a_call_or_a_message_answers(asked, agent, kind):
    enquiry = asked()
    add_note(enquiry.customer, kind, "Told her the price", by=agent)
    assert not is_open(enquiry) and enquiry.answered_by == agent


def test_a_viewing_answers(asked, agent, listing):
    enquiry = asked()
    book(listing, [enquiry.customer], agent, timezone.now() + timedelta(days=3), 30, by=agent)
    assert not is_open(enquiry)


def test_what_happens_to_somebody_else_does_not_answer(asked, agent):
    enquiry = asked()
    add_note(CustomerFactory(created_by=agent), "call", "Another person", by=agent)
    assert is_open(enquiry)


def test_a_second_enquiry_waits_for_an_answer_of_its_own(asked, agent):
    first = asked()
    add_note(first.customer, "call", "Told her the price", by=agent)
    assert is_open(asked("e-2"))


def test_a_button_stops_the_clock_once(asked, agent, other_agent):
    enquiry = mark_answered(asked(), by=agent)
    mark_answered(enquiry, by=other_agent)
    assert not is_open(enquiry) and enquiry.answered_by == agent


def test_those_who_answer_nobody_cannot_stop_it(asked, viewer):
    with pytest.raises(NotAllowed):
        mark_answered(asked(), by=viewer)


def test_after_a_quarter_of_an_hour_it_goes_to_the_team_once(asked, agent):
    enquiry, system = asked(), User.objects.system()
    assert [pass_on_late(moment, by=system) for moment in (timezone.now(), later(), later())] == [0, 0, 0]
    Enquiry.objects.update(received_at=timezone.now() - timedelta(minutes=16))
    assert [pass_on_late(timezone.now(), by=system) for _ in range(2)] == [1, 0]
    customer = Customer.objects.get()
    assert customer.agent is None and customer.waiting_since == enquiry.asked_at
    assert customer.team == agent.team
    assert Event.objects.filter(verb="enquiry.passed_on", subject_id=customer.pk).count() == 1


def test_somebodys_customer_of_long_ago_stays_theirs_and_the_manager_sees_it(asked, agent, manager, other_agent):
    PhoneFactory(customer=CustomerFactory(created_by=agent), e164="+971501234567")
    enquiry = asked()
    assert not Enquiry.objects.to_answer(manager).exists()
    Enquiry.objects.update(received_at=timezone.now() - timedelta(minutes=16))
    pass_on_late(timezone.now(), by=User.objects.system())
    assert Customer.objects.get().agent == agent
    assert list(Enquiry.objects.to_answer(manager)) == list(Enquiry.objects.to_answer(agent)) == [enquiry]
    Agency.objects.update(customer_visibility="own")
    assert not Enquiry.objects.visible_to(other_agent).exists()


def test_what_was_answered_does_not_go_to_the_team(asked, agent):
    mark_answered(asked(), by=agent)
    Enquiry.objects.update(received_at=timezone.now() - timedelta(minutes=16))
    assert pass_on_late(timezone.now(), by=User.objects.system()) == 0


@pytest.fixture
def unclear(asked, agent):
    """An enquiry with the phone of one customer and the e-mail of another, both the agent's."""
    PhoneFactory(customer=CustomerFactory(full_name="By Phone", created_by=agent), e164="+971501234567")
    EmailAddressFactory(customer=CustomerFactory(full_name="By Mail", created_by=agent), address="olga@mail.test")
    return asked(email="olga@mail.test")


def test_somebody_says_who_it_is(unclear, agent):
    by_mail = Customer.objects.get(full_name="By Mail")
    choose_customer(unclear, by_mail, by=agent)
    unclear.refresh_from_db()
    assert (unclear.customer, unclear.made_customer) == (by_mail, False)
    assert Event.objects.filter(verb="enquiry.received", subject_id=by_mail.pk).exists()
    with pytest.raises(Refused):
        choose_customer(unclear, None, by=agent)


def test_or_that_it_is_somebody_new(unclear, agent):
    enquiry = choose_customer(unclear, None, by=agent)
    assert enquiry.made_customer and enquiry.customer.agent == agent


def test_its_page_shows_both_and_the_button_files_it(client, unclear, agent):
    client.force_login(agent)
    page = client.get(unclear.get_absolute_url()).content.decode()
    assert "By Phone" in page and "By Mail" in page and "Who wrote this?" in page
    reference = Customer.objects.get(full_name="By Phone").reference
    key = "6b3a34a5-6b5f-4a59-9a53-2c2a0c6b9d11"
    client.post(f"{unclear.get_absolute_url()}choose/", {"customer": reference, "submission_key": key})
    unclear.refresh_from_db()
    assert unclear.customer.reference == reference


def test_a_colleagues_customer_among_them_is_counted_and_not_named(client, unclear, agent, other_agent):
    Agency.objects.update(customer_visibility="own")
    Customer.objects.filter(full_name="By Mail").update(agent=other_agent, created_by=other_agent)
    client.force_login(agent)
    page = client.get(unclear.get_absolute_url()).content.decode()
    assert "By Mail" not in page and "a colleague&#x27;s customer" in page


def test_the_list_finds_by_name_number_and_words_and_shows_no_colleagues_customer(client, asked, agent, other_agent):
    Agency.objects.update(customer_visibility="own")
    asked()
    client.force_login(agent)
    for words in ("kuznetsova", "0501234", "+971 50 123", "FREE?"):
        assert "Olga" in client.get("/website/enquiries/", {"q": words}).content.decode()
    client.force_login(other_agent)
    page = client.get("/website/enquiries/").content.decode()
    assert "Olga" not in page and "No enquiries yet" in page


def test_a_page_of_the_list_costs_the_same_for_many(client, asked, agent, django_assert_max_num_queries):
    for number in range(12):
        asked(f"e-{number}", name=f"Person {number}", phone=f"05012345{number:02d}")
    client.force_login(agent)
    client.get("/website/enquiries/")
    with django_assert_max_num_queries(24):
        assert client.get("/website/enquiries/").content.count(b"<tr id=") == 12


def test_a_manager_takes_them_away_as_a_file_and_an_agent_does_not(client, asked, agent, manager):
    asked()
    client.force_login(manager)
    file = b"".join(client.get("/website/enquiries/export/csv/").streaming_content).decode()
    assert "Olga Kuznetsova" in file and "MG-2304" in file
    client.force_login(agent)
    assert client.get("/website/enquiries/export/csv/").status_code == 403


def test_it_is_on_the_agents_today_with_person_listing_and_minutes(client, asked, agent, other_agent, listing):
    enquiry = asked(sent_at=timezone.now() - timedelta(minutes=11, seconds=5))
    client.force_login(agent)
    card = client.get("/today/leads/", headers=HTMX).content.decode()
    assert enquiry.get_absolute_url() in card and listing.label in card
    assert "11 min" in card and "Is it free?" in card
    client.force_login(other_agent)
    assert "Olga" not in client.get("/today/leads/", headers=HTMX).content.decode()


def test_somebody_new_without_an_agent_is_there_once_and_can_be_taken(client, asked, agent):
    asked(reference="")
    client.force_login(agent)
    card = client.get("/today/leads/", headers=HTMX).content.decode()
    assert card.count("Olga") == 2 and "Take Olga" in card  # the name, and the button's label


def test_ones_own_is_not_hidden_behind_what_waits_for_the_team(client, asked, agent):
    for n in range(7):
        earlier = timezone.now() - timedelta(minutes=50 - n)
        asked(f"team-{n}", name=f"Team {n}", phone=f"05011122{n:02d}", email="", reference="", sent_at=earlier)
    asked("own")
    client.force_login(agent)
    card = client.get("/today/leads/", headers=HTMX).content.decode()
    assert card.index("Olga") < card.index("Team 0") < card.index("Team 4") and "Team 6" not in card


def test_with_the_flag_off_today_and_the_pages_know_nothing_of_it(client, asked, agent):
    enquiry = asked()
    client.force_login(agent)
    with override_flag("website", active=False):
        assert "Olga" not in client.get("/today/leads/", headers=HTMX).content.decode()
        assert client.get("/website/enquiries/").status_code == 404
        assert client.get(enquiry.get_absolute_url()).status_code == 404


def test_the_customers_timeline_has_what_they_asked(client, asked, agent):
    customer = asked().customer
    client.force_login(agent)
    page = client.get(f"{customer.get_absolute_url()}timeline/").content.decode()
    assert "Asked about" in page and "Marina Homes" in page and "Is it free?" in page


def test_merging_takes_the_enquiry_along(asked, agent, manager):
    enquiry = asked()
    winner = CustomerFactory(full_name="Olga K", created_by=agent)
    loser = Customer.objects.get(pk=enquiry.customer_id)
    merge(winner, loser, {}, versions=(winner.version, loser.version), by=manager)
    enquiry.refresh_from_db()
    assert enquiry.customer == winner


def test_erasing_empties_it_now_and_in_its_history(asked, administrator):
    enquiry = asked(email="olga@mail.test")
    Enquiry.objects.filter(pk=enquiry.pk).update(text="Changed by Olga")
    erase(enquiry.customer, ground="Asked by mail", by=administrator)
    enquiry.refresh_from_db()
    history = list(Enquiry.pgh_event_model.objects.values_list("name", "phone", "email", "text"))
    assert {enquiry.name, enquiry.phone, enquiry.email, enquiry.text} == {""}
    assert history and all(row == ("", "", "", "") for row in history)
    assert "Is it free" not in json.dumps(list(Event.objects.values_list("data", flat=True)))


def test_erasing_finds_those_of_which_nobody_said_whose_they_are(unclear, agent, administrator):
    erase(Customer.objects.get(full_name="By Phone"), ground="Asked by mail", by=administrator)
    unclear.refresh_from_db()
    assert (unclear.phone, unclear.customer) == ("050 123 4567", None) or unclear.phone == ""


# -- Numbers -----------------------------------------------------------------------------------------------------------
@pytest.fixture
def counted(site, listing):
    """Count views of the listing, so many days ago."""

    def count(days_ago, views, enquiries=0, of=listing):
        day = timezone.localdate() - timedelta(days=days_ago)
        DailyNumber.objects.create(site=site, listing=of, day=day, views=views, enquiries=enquiries)

    return count


def test_thirty_days_and_the_trend_of_a_week(counted, listing):
    for days_ago, views in ((0, 5), (6, 4), (7, 2), (13, 1), (29, 10), (30, 100)):
        counted(days_ago, views)
    assert numbers_of([listing.pk], timezone.localdate()) == {
        listing.pk: Numbers(22, 0, 9, 3, steps=[10, 0, 0, 1, 6, 5])
    }


def test_list_and_page_of_listings_show_them(client, counted, asked, listing, agent):
    counted(1, 41, 5)
    asked(their_id="a")
    asked(their_id="b")
    client.force_login(agent)
    assert "41 views and 2 enquiries in 30 days" in client.get("/listings/").content.decode()
    page = client.get(listing.get_absolute_url()).content.decode()
    assert "Views, 30 days" in page and ">41" in page
    with override_flag("website", active=False):
        assert "Views on websites" not in client.get("/listings/").content.decode()


def test_many_views_and_no_enquiry_stands_out(client, counted, asked, listing, agent):
    other = ListingFactory(listing_id="MG-1", created_by=agent)
    counted(3, 80, of=other)
    counted(3, 90)
    set_aside(asked(), "spam", by=agent)
    assert {one.listing_id for one in looked_at_in_vain(agent, timezone.localdate())} == {"MG-1", listing.listing_id}
    asked("e-2", name="Ivan Petrov", phone="050 765 4321")
    assert [one.listing_id for one in looked_at_in_vain(agent, timezone.localdate())] == ["MG-1"]
    client.force_login(agent)
    assert "MG-1" in client.get("/website/enquiries/unasked/").content.decode()


def test_it_is_said_why_nobody_may_have_asked(counted, agent, django_assert_num_queries):
    place = PlaceFactory(name="Cayan Tower", parent=PlaceFactory(level="community", name="Dubai Marina"))
    words = "Bright home with a view of the water. " * 5
    usual = {"list_price": 1_000_000, "standard_status": "Active", "created_by": agent, "public_remarks": words}
    area = {"unit__place": place, "unit__living_area": 100, "unit__living_area_units": "SquareMeters"}
    for _number in range(5):
        ListingFactory(**usual, **area)
    dear = ListingFactory(**usual | {"list_price": 2_000_000}, **area)
    counted(1, 90, of=dear)
    with django_assert_num_queries(3):
        (found,) = looked_at_in_vain(agent, timezone.localdate())
    assert found.reasons == ["Price 71% over the area", "No photo"]


def test_the_owners_report_counts_views_and_enquiries(counted, asked, listing):
    asked()
    counted(3, 80)
    counted(60, 20)
    assert report_of(listing).enquiries[:3] == [
        ("Views on the website", 100),
        ("Enquiries from websites", 1),
        ("Views in the last 30 days", 80),
    ]


def test_people_without_a_team_share_what_nobody_looks_after(asked, agent):
    stranger = UserFactory(role="agent", team=TeamFactory(name="Palm"))
    enquiry = asked(reference="")
    assert list(Enquiry.objects.to_answer(stranger)) == list(Enquiry.objects.to_answer(agent)) == [enquiry]


def test_the_listings_own_page_tells_of_it_without_a_name(client, asked, listing, agent):
    asked()
    client.force_login(agent)
    page = client.get(listing.get_absolute_url()).content.decode()
    assert "took in an enquiry from Marina Homes" in page and "Olga" not in page
