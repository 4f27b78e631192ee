"""Today: what each role has there, the clock of new customers, the agenda, and that each card fails alone."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from waffle.testutils import override_flag

from apps.accounts.models import Agency
from apps.today.registry import Card
from apps.today.views import greeting
from apps.viewings.models import Viewing
from tests.factories import (
    CustomerFactory,
    ListingFactory,
    MandateFactory,
    PhoneFactory,
    TaskFactory,
    ViewingFactory,
)

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def modules():
    with override_flag("customers", active=True), override_flag("viewings", active=True):
        yield


@pytest.fixture
def look(client):
    """A card's inside as somebody gets it."""

    def looked(key, by):
        client.force_login(by)
        answer = client.get(f"/today/{key}/", headers=HTMX)
        return answer.content.decode() if answer.status_code == 200 else answer.status_code

    return looked


def at(hour, minute=0):
    """A time of today where the agency is."""
    return timezone.make_aware(datetime.combine(timezone.localdate(), datetime.min.time())) + timedelta(
        hours=hour, minutes=minute
    )


def test_it_is_the_page_after_sign_in(client, agent):
    client.force_login(agent)
    assert client.get("/").headers["Location"] == "/today/"
    page = client.get("/today/").content.decode()
    assert "Layla" in page and 'hx-get="/today/leads/"' in page


@pytest.mark.parametrize(
    ("hour", "words"), [(9, "Good morning"), (13, "Good afternoon"), (22, "Good evening"), (2, "Good evening")]
)
def test_it_greets_by_the_hour(hour, words):
    assert greeting(hour) == words


@pytest.mark.parametrize(
    ("minutes", "css", "words"),
    [(2, "good", "2 min"), (6, "late", "6 min"), (11, "worse", "11 min"), (180, "worse", "3 h")],
)
def test_a_new_customer_waits_with_a_clock(look, agent, minutes, css, words):
    since = timezone.now() - timedelta(minutes=minutes, seconds=5)
    CustomerFactory(full_name="Olga Kuznetsova", created_by=agent, agent=None, waiting_since=since)
    card = look("leads", agent)
    assert f'class="clock {css}"' in card and words in card and "Take" in card


def test_a_new_customer_of_another_team_is_not_there(look, agent, other_agent):
    Agency.objects.update(customer_visibility="own")
    CustomerFactory(full_name="Taken Already", created_by=other_agent)
    assert "Taken Already" not in look("leads", agent)
    assert "Nobody waits" in look("leads", agent)


def test_late_tasks_come_first_and_colleagues_tasks_not_at_all(look, agent, other_agent):
    customer = CustomerFactory(full_name="Aisha Rahman", created_by=agent)
    TaskFactory(customer=customer, title="Send the contract", due_on=timezone.localdate())
    TaskFactory(customer=customer, title="Call the owner", due_on=timezone.localdate() - timedelta(days=1))
    TaskFactory(customer=customer, title="Next week", due_on=timezone.localdate() + timedelta(days=7))
    TaskFactory(customer=CustomerFactory(created_by=other_agent), title="Not mine")
    card = look("tasks", agent)
    assert card.index("Call the owner") < card.index("Send the contract")
    assert "Late, due" in card and "Next week" not in card and "Not mine" not in card


def test_the_agenda_has_a_line_where_now_is(look, agent, monkeypatch):
    now = at(10, 42)
    monkeypatch.setattr("apps.today.cards.viewings.timezone.now", lambda: now)
    past, coming = (ViewingFactory(agent=agent, starts_at=at(hour)) for hour in (9, 15))
    Viewing.objects.filter(pk=coming.pk).update(key_name="Hook 9")
    card = look("viewings", agent)
    assert card.index(past.listing.label) < card.index("10:42") < card.index(coming.listing.label)
    assert "Collect key" in card and "Add feedback" in card
    assert "1 needs a key from the office" in card


@pytest.mark.parametrize(("weekend", "words"), [([4, 5], "1 more this week"), ([5, 6], "")])
def test_the_week_ends_with_the_agencys_weekend(look, agent, monkeypatch, weekend, words):
    Agency.objects.update(weekend=weekend)
    sunday = timezone.make_aware(datetime(2026, 11, 22, 10))
    monkeypatch.setattr("django.utils.timezone.now", lambda: sunday)
    ViewingFactory(agent=agent, starts_at=sunday + timedelta(days=2))
    card = look("stats", agent)
    assert words in card and ("more this week" in card) == bool(words)


def test_a_colleagues_customer_at_ones_own_viewing_is_counted_and_not_named(look, agent, other_agent):
    Agency.objects.update(customer_visibility="own")
    theirs = CustomerFactory(full_name="Secret Person", created_by=other_agent)
    PhoneFactory(customer=theirs, e164="+971507654321")
    ViewingFactory(agent=agent, starts_at=at(23), customers=[theirs])
    card = look("viewings", agent)
    assert "a colleague&#x27;s customer" in card
    assert "Secret Person" not in card and "7654321" not in card


def test_what_ends_within_a_month_is_there_with_its_days(look, agent, other_agent):
    soon, later, theirs = (
        ListingFactory(listing_id=name, created_by=by)
        for name, by in (("A-1", agent), ("A-2", agent), ("A-3", other_agent))
    )
    for listing, days in ((soon, 9), (later, 60), (theirs, 5)):
        MandateFactory(listing=listing, expiration_date=timezone.localdate() + timedelta(days=days))
    card = look("mandates", agent)
    assert "/listings/A-1/" in card and "9 days left" in card
    assert "A-2" not in card and "A-3" not in card


def test_marketing_and_viewers_have_their_own_cards(look, marketing, viewer):
    ListingFactory(listing_id="P-1")
    assert "/listings/P-1/" in look("photos", marketing)
    assert "/listings/P-1/" in look("changed", viewer)
    assert look("photos", viewer) == look("leads", viewer) == look("tasks", marketing) == 404


def test_a_module_that_is_off_has_no_card_and_no_line(client, agent):
    client.force_login(agent)
    with override_flag("customers", active=False), override_flag("viewings", active=False):
        page = client.get("/today/").content.decode()
        assert client.get("/today/leads/", headers=HTMX).status_code == 404
    assert "/today/leads/" not in page and "/customers/" not in page and "/viewings/" not in page


def test_a_card_that_breaks_is_reported_and_leaves_the_others(agent, monkeypatch):
    def broken(request, limit=0):
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("apps.today.registry._cards", [Card("tasks", "Tasks due", "listings.view_listing", broken)])
    client = Client(raise_request_exception=False)
    client.force_login(agent)
    assert client.get("/today/").status_code == 200
    assert client.get("/today/tasks/", headers=HTMX).status_code == 500
    assert client.get("/today/stats/", headers=HTMX).status_code == 200


def test_each_card_is_a_page_without_scripts(client, agent):
    client.force_login(agent)
    for key in ("viewings", "tasks", "leads", "feedback", "mandates", "stats"):
        answer = client.get(f"/today/{key}/")
        assert answer.status_code == 200 and "<h1>" in answer.content.decode()


def test_the_first_day_leads_to_the_first_viewing(client, agent, administrator):
    client.force_login(administrator)
    page = client.get("/today/").content.decode()
    assert "Start here" in page and "Import a file" in page
    assert "Bring your customers" in page and "/imports/new/?subject=customers" in page
    ViewingFactory(agent=agent)
    assert "Start here" not in client.get("/today/").content.decode()


def test_the_menu_counts_after_the_page(client, agent):
    ListingFactory.create_batch(3, created_by=agent)
    client.force_login(agent)
    assert '<span class="c" id="count-listings-list">3</span>' in client.get("/today/counts/").content.decode()


def test_two_hundred_open_items_take_few_queries(client, agent, django_assert_max_num_queries):
    customer = CustomerFactory(created_by=agent)
    TaskFactory.create_batch(100, customer=customer)
    for _ in range(60):
        CustomerFactory(created_by=agent, agent=None, waiting_since=timezone.now())
    start = at(0)
    for number in range(40):
        ViewingFactory(agent=agent, starts_at=start + timedelta(minutes=31 * number), customers=[customer])
    client.force_login(agent)
    client.get("/today/")
    limits = {"": 6, "stats/": 14, "viewings/": 13, "tasks/": 8, "leads/": 8, "feedback/": 10, "mandates/": 8}
    for path, limit in limits.items():
        with django_assert_max_num_queries(limit):
            client.get(f"/today/{path}", headers=HTMX if path else {})
