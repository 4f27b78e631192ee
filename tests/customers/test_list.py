"""The list of customers: rows, filters, search, order, and what is said where nothing is found."""

import re
import uuid
from datetime import timedelta
from html import unescape

import pytest
from django.core.cache import caches
from django.utils import timezone

from apps.accounts.actions.saved_view import pin_view, save_view
from apps.accounts.models import Agency, Flag
from apps.core.lists import page as list_page
from apps.customers.models import Customer
from apps.matching.best import best_scores
from tests.factories import (
    CustomerFactory,
    EmailAddressFactory,
    ListingFactory,
    PhoneFactory,
    PlaceFactory,
    RequirementFactory,
    TaskFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _switched_on(db):
    for name in ("customers", "matching"):
        Flag.objects.update_or_create(name=name, defaults={"everyone": True})
    caches["process"].clear()


@pytest.fixture
def listed(client, manager):
    def listed(querystring="", user=manager, **headers):
        client.force_login(user)
        answer = client.get(f"/customers/?{querystring}", headers=headers)
        assert answer.status_code == 200
        return answer.content.decode()

    return listed


@pytest.fixture
def names(listed):
    def names(querystring="", **options):
        html = listed(querystring, **options)
        return [unescape(name) for name in re.findall(r'<a class="b"[^>]*><bdi>([^<]*)</bdi>', html)]

    return names


def test_a_row_says_what_colleagues_ask(listed, agent):
    customer = CustomerFactory(full_name="James Whitfield", stage="viewing", agent=agent)
    PhoneFactory(customer=customer, e164="+971501234567")
    TaskFactory(
        customer=customer, title="Send the floor plan", due_on=timezone.localdate() - timedelta(3), assignee=agent
    )
    marina = PlaceFactory(level="community", name="Dubai Marina")
    RequirementFactory(
        customer=customer,
        bedrooms_min=2,
        bedrooms_max=3,
        price_min=1_500_000,
        price_max=2_400_000,
        sub_types=["Apartment"],
        places=[marina],
    )
    html = listed()
    for words in (
        "James Whitfield", "050 123 4567", "Apartment to buy · 2-3 beds", "AED 1.5M-2.4M", "Dubai Marina", "Viewing",
        "Send the floor plan", "Late, due", "Layla",
    ):  # fmt: skip
        assert words in html


def test_what_they_look_for_is_left_out_while_matching_is_off(listed):
    RequirementFactory(customer=CustomerFactory(), price_max=2_400_000)
    Flag.objects.filter(name="matching").update(everyone=False)
    caches["process"].clear()
    assert "Best match" not in listed() and "2.4M" not in listed() and "Area" not in listed("budget_min=1")


def test_the_list_is_not_there_while_its_flag_is_off(client, manager):
    Flag.objects.filter(name="customers").update(everyone=False)
    caches["process"].clear()
    client.force_login(manager)
    assert client.get("/customers/").status_code == 404


@pytest.mark.parametrize(
    ("visibility", "expected"),
    [
        ("own", {"Mine", "New"}),
        ("team", {"Mine", "Team's", "New"}),
        ("everyone", {"Mine", "Team's", "Far", "New"}),
    ],
)
def test_agents_see_whom_the_agency_lets_them_see(names, agent, other_agent, visibility, expected):
    Agency.objects.update(customer_visibility=visibility)
    CustomerFactory(full_name="Mine", agent=agent)
    CustomerFactory(full_name="Team's", agent=other_agent)
    CustomerFactory(full_name="Far", agent=UserFactory())
    CustomerFactory(full_name="New", agent=None, waiting_since=timezone.now())
    assert set(names(user=agent)) == expected
    assert set(names("q=far", user=agent)) == expected & {"Far"}


def test_contact_details_of_customers_of_others_are_nowhere(listed, agent, other_agent):
    customer = CustomerFactory(full_name="Hidden Person", agent=other_agent)
    PhoneFactory(customer=customer, e164="+971509998877")
    EmailAddressFactory(customer=customer, address="hidden@example.com")
    for query in ("", "q=0509998877", "q=hidden", "q=hidden@example.com", f"q={customer.reference}"):
        html = listed(query, user=agent).replace(query, "")
        assert "Hidden Person" not in html and "999 8877" not in html


def test_those_who_asked_not_to_be_contacted_are_marked(listed):
    customer = CustomerFactory(do_not_contact=True)
    PhoneFactory(customer=customer, e164="+971501234567")
    assert "Do not contact" in listed() and "123 4567" not in listed()


@pytest.fixture
def cast_of_customers(agent, other_agent):
    today = timezone.localdate()
    layla = CustomerFactory(full_name="Layla's", agent=agent, stage="searching", roles=["buyer"], payment="cash")
    omar = CustomerFactory(full_name="Omar's", agent=other_agent, stage="won", roles=["landlord"], language="Arabic")
    lead = CustomerFactory(full_name="Lead", agent=None, source="website", waiting_since=timezone.now())
    TaskFactory(customer=layla, due_on=today - timedelta(1), assignee=agent)
    TaskFactory(customer=omar, due_on=today + timedelta(1), assignee=agent)
    Customer.objects.filter(pk=omar.pk).update(last_contact_at=timezone.now())
    Customer.objects.filter(pk=layla.pk).update(last_contact_at=timezone.now() - timedelta(60))
    return layla, omar, lead


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("stage=searching&stage=won", {"Layla's", "Omar's"}), ("role=buyer", {"Layla's"}), ("agent=none", {"Lead"}),
        ("source=website", {"Lead"}), ("payment=cash", {"Layla's"}), ("language=arabic", {"Omar's"}),
        ("next=planned", {"Layla's", "Omar's"}), ("next=late", {"Layla's"}), ("next=none", {"Lead"}),
        ("next=late&next=none", {"Layla's", "Lead"}), ("waiting=yes", {"Lead"}), ("quiet=30d", {"Layla's", "Lead"}),
        ("team=mine", {"Layla's", "Omar's"}), ("stage=new&next=none", {"Lead"}),
        ("stage=odd", {"Layla's", "Omar's", "Lead"}),
    ],
)  # fmt: skip
def test_each_filter_selects(names, cast_of_customers, query, expected):
    assert set(names(query)) == expected


def test_a_customer_is_found_by_where_and_for_how_much_they_look(names):
    city = PlaceFactory(level="city", name="Dubai")
    marina = PlaceFactory(level="community", name="Dubai Marina", parent=city)
    tower = PlaceFactory(name="Marina Gate 2", parent=marina)
    for name, place, most in (("City", city, 1_000_000), ("Tower", tower, 3_000_000), ("Else", PlaceFactory(), None)):
        RequirementFactory(customer=CustomerFactory(full_name=name), price_max=most, places=[place])
    assert set(names(f"place={marina.pk}")) == {"City", "Tower"}
    assert set(names("budget_min=2M")) == {"Tower"}
    assert set(names(f"place={city.pk}&budget_max=5M")) == {"City", "Tower"}


@pytest.mark.parametrize(
    "query",
    ["whitf", "james", "050 123 45", "+971501234567", "00971 50 1234567", "jw@example.com", "JW@EXAMPLE", "C-07777"],
)
def test_a_customer_is_found_however_it_is_typed(names, query):
    CustomerFactory(full_name="Somebody Else")
    customer = CustomerFactory(full_name="James Whitfield", reference="C-07777")
    PhoneFactory(customer=customer, e164="+971501234567")
    EmailAddressFactory(customer=customer, address="JW@example.com")
    assert names(f"q={query.replace('+', '%2B')}") == ["James Whitfield"]


def test_a_name_that_nobody_is_spelled_by_is_found_by_its_sound(listed, names):
    CustomerFactory(full_name="محمد الفهيم")
    CustomerFactory(full_name="Priya Nair")
    assert names("q=Mohamad+Al+Fahim") == ["محمد الفهيم"]
    assert "These names sound like it" in listed("q=Mohamad+Al+Fahim")


@pytest.mark.parametrize(
    "sort", ["name", "-name", "stage", "contact", "-contact", "next", "-next", "agent", "-agent", "added", "-changed"]
)
def test_every_order_shows_every_customer_once(listed, agent, sort):
    for number in range(30):
        customer = CustomerFactory(full_name=f"Number {number}", stage="won" if number % 2 else "new")
        if number % 3:
            TaskFactory(customer=customer, due_on=timezone.localdate() + timedelta(number), assignee=agent)
    first = listed(f"sort={sort}")
    following = re.search(r'href="\?([^"]*after=[^"]*)"', first)[1].replace("&amp;", "&")
    seen = re.findall(r"<bdi>(Number \d+)</bdi>", first + listed(following))
    assert len(seen) == len(set(seen)) == 30


def test_sorted_by_agent_the_names_are_in_order_also_after_one_is_renamed(names):
    zoe, adam = UserFactory(full_name="Zoe Last"), UserFactory(full_name="Ádam First")
    for name, agent in (("Of Zoe", zoe), ("Of Adam", adam), ("Of Nobody", None)):
        CustomerFactory(full_name=name, agent=agent)
    assert names("sort=agent") == ["Of Adam", "Of Zoe", "Of Nobody"]
    zoe.full_name = "Aaron First"
    zoe.save()
    assert names("sort=agent") == ["Of Zoe", "Of Adam", "Of Nobody"]


def test_links_to_customers_remember_the_list(listed):
    CustomerFactory(reference="C-07777")
    assert 'href="/customers/C-07777/?stage=new&amp;sort=name"' in listed("stage=new&sort=name")


def test_the_pager_leads_to_the_neighbours(client, manager):
    for name in "ABC":
        CustomerFactory(full_name=name, reference=f"C-0{name}")
    client.force_login(manager)
    assert "2 of 3" in client.get("/customers/C-0B/pager/?sort=name").content.decode()


def test_an_empty_list_names_the_filter_in_the_way(listed):
    CustomerFactory(stage="won")
    html = listed("stage=won&payment=cash")
    assert "No customers match 2 filters" in html and "1 customer matches without “Paying Cash”." in html


@pytest.mark.parametrize("typed", ["9223372036854775808", "9" * 400])
def test_a_number_that_no_column_holds_finds_nobody(listed, typed):
    CustomerFactory()
    assert "No customers match" in listed(f"q={typed}")


def test_the_first_use_offers_the_first_customer(listed):
    assert "Add the first customer" in listed()


def test_tabs_get_their_counts_afterwards(client, manager, cast_of_customers):
    client.force_login(manager)
    html = client.get("/customers/counts/").content.decode()
    assert re.findall(r'id="count-(all|idle|waiting)"[^>]*>(\d+)<', html) == [
        ("all", "3"),
        ("idle", "1"),
        ("waiting", "1"),
    ]


def test_the_form_of_the_filters_is_set_as_the_address_says(client, manager):
    client.force_login(manager)
    html = client.get("/customers/filters/?stage=won&language=Arabic").content.decode()
    assert 'value="won" checked' in html and 'value="Arabic"' in html


@pytest.mark.parametrize(
    "query",
    ["", "stage=searching&sort=name", "q=customer", "q=custamer", "q=0501", "place_text=marina&budget_min=1M"],
)
def test_a_page_costs_at_most_twelve_queries(client, listed, django_assert_max_num_queries, query):
    PlaceFactory(level="community", name="Marina")
    for number in range(30):
        customer = CustomerFactory(agent=UserFactory(full_name=f"Agent {number}"))
        PhoneFactory(customer=customer, e164=f"+9715010000{number:02}")
        RequirementFactory(customer=customer)
    listed(query)  # how a word is spelled and the size of the table are asked for once in a while, not on each page
    with django_assert_max_num_queries(12):
        assert client.get(f"/customers/?{query}").status_code == 200


def test_a_large_list_says_about_how_many(listed, monkeypatch):
    monkeypatch.setattr(list_page, "estimate", lambda rows: list_page.Estimate(148_213, 50_000))
    for _ in range(30):
        CustomerFactory()
    assert "about 148,000 in this view" in re.sub(r"\s+", " ", listed())


def test_a_listing_is_no_customer(names):
    ListingFactory()
    assert names() == []


def test_the_best_match_of_each_row_comes_afterwards(client, manager):
    ListingFactory(list_price=2_000_000)
    fits = RequirementFactory(price_max=2_500_000)
    far = RequirementFactory(price_max=100_000)
    client.force_login(manager)
    page = client.get("/customers/").content.decode()
    assert f"id={fits.customer_id}&amp;" in page and "100%" not in page
    html = client.get(f"/customers/matches/?id={fits.customer_id}&id={far.customer_id}").content.decode()
    assert f'id="best-{fits.customer_id}"' in html and "100%" in html
    assert f'id="best-{far.customer_id}"' not in html


def test_best_matches_cost_the_same_for_one_and_for_many(django_assert_max_num_queries, manager):
    place = PlaceFactory()
    customers = [RequirementFactory(price_max=1_000_000, places=[place]).customer_id for _ in range(12)]
    with django_assert_max_num_queries(6):
        best_scores(customers, manager)


def test_managers_give_many_customers_to_an_agent(client, manager, agent):
    customers = [CustomerFactory(agent=None) for _ in range(2)]
    client.force_login(manager)
    form = client.get("/customers/bulk/assign/", {"id": [one.pk for one in customers]}).content.decode()
    assert "2 customers" in form
    rows = [f"{one.pk}:{one.version}" for one in customers]
    sent = {"submission_key": str(uuid.uuid4()), "row": rows, "agent": agent.pk}
    assert "2 customers changed" in client.post("/customers/bulk/assign/", sent).content.decode()
    assert agent.customers.count() == 2


def test_a_view_of_customers_can_be_kept_and_pinned(client, agent, listed):
    view = save_view("customers", "Cash buyers", "payment=cash", by=agent)
    pin_view(view, pinned=True, by=agent)
    html = listed(f"payment=cash&view={view.pk}", user=agent)
    assert html.count("Cash buyers") >= 2
    Flag.objects.filter(name="customers").update(everyone=False)
    caches["process"].clear()
    assert "Cash buyers" not in client.get("/listings/").content.decode()
