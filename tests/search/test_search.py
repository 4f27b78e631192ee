"""Search and jump to: what is found, by what, and for whom."""

import pytest
from waffle.testutils import override_flag

from apps.accounts.actions.saved_view import save_view
from apps.accounts.models import Agency
from apps.search.marks import folded, marked
from tests.factories import CustomerFactory, ListingFactory, PhoneFactory, PlaceFactory, UnitFactory

pytestmark = pytest.mark.django_db
QUERIES = 16


@pytest.fixture
def tower(agent):
    marina = PlaceFactory(level="community", name="Dubai Marina", name_ar="دبي مارينا")
    gate = PlaceFactory(name="Marina Gate 2", parent=marina)
    for unit in ("2304", "1702"):
        ListingFactory(
            listing_id=f"MG-{unit}", unit__place=gate, unit__unit_number=unit, created_by=agent, title="Bright home"
        )
    return gate


@pytest.fixture
def customers():
    with override_flag("customers", active=True):
        yield


@pytest.fixture
def ask(client):
    """What the palette gets for a text, asked by somebody: the addresses and the words."""

    def asked(text, by, **more):
        client.force_login(by)
        answer = client.get("/search/", {"q": text, **more}, headers={"HX-Request": "true"})
        assert answer.status_code == 200
        return answer.content.decode()

    return asked


@pytest.mark.parametrize(
    "text", ["mg-2304", "MG2304", "marina gate 2304", "2304 marina gate", "marína gate 2 2304", "MARINA GATE 2, 23"]
)
def test_a_unit_is_found_by_reference_or_building_and_number(ask, agent, tower, text):
    assert "/listings/MG-2304/" in ask(text, agent)


def test_the_unit_that_was_typed_comes_first(ask, agent, tower):
    found = ask("marina gate 1702", agent)
    assert "/listings/MG-1702/" in found and "/listings/MG-2304/" not in found


def test_a_unit_that_was_never_listed_leads_to_the_form_that_lists_it(ask, agent, viewer, tower):
    unit = UnitFactory(place=tower, unit_number="3001")
    address = f"/listings/new/?unit={unit.pk}"
    assert address in ask("marina gate 3001", agent) and address in ask("3001 marina", agent)
    assert address not in ask("marina gate 300", agent)
    assert "/listings/new/?unit=" not in ask("marina gate 2304", agent)
    assert address not in ask("marina gate 3001", viewer)


@pytest.mark.parametrize("text", ["dubai marina", "مارينا", "دبى مارينا"])
def test_a_place_is_found_in_both_languages(ask, agent, tower, text):
    assert "/listings/?place=" in ask(text, agent)


def test_what_was_typed_is_marked(ask, agent, tower):
    assert "<mark>Marina G</mark>ate 2, 2304" in ask("marina g", agent)


def test_a_misspelt_word_is_asked_about(ask, agent, tower):
    found = ask("marnia", agent)
    assert "Nothing for “marnia”" in found
    assert 'data-text="marina"' in found


def test_a_deleted_listing_and_to_viewers_a_draft_are_not_there(ask, agent, viewer, tower):
    ListingFactory(listing_id="MG-DEL", unit__place=tower, standard_status="Delete")
    ListingFactory(listing_id="MG-DRAFT", unit__place=tower, standard_status="Incomplete")
    assert "MG-DEL" not in ask("marina gate", agent)
    assert "MG-DRAFT" in ask("mg-draft", agent)
    assert "MG-DRAFT" not in ask("mg-draft", viewer)


@pytest.mark.parametrize("text", ["0501234567", "+971 50 123 4567", "123 45 67", "1234567", "00971501234567"])
def test_a_customer_is_found_by_a_part_of_the_phone_in_any_spelling(ask, agent, customers, text):
    customer = CustomerFactory(full_name="Rajesh Menon", created_by=agent)
    PhoneFactory(customer=customer, e164="+971501234567")
    assert customer.get_absolute_url() in ask(text, agent)


def test_a_colleagues_customer_is_not_found_where_each_sees_their_own(ask, agent, other_agent, manager, customers):
    Agency.objects.update(customer_visibility="own")
    customer = CustomerFactory(full_name="Rajesh Menon", created_by=other_agent)
    PhoneFactory(customer=customer, e164="+971501234567")
    for text in ("rajesh", "0501234567", customer.reference):
        assert customer.get_absolute_url() not in ask(text, agent)
        assert "Rajesh" not in ask(text, agent).replace("“rajesh”", "")
        assert customer.get_absolute_url() in ask(text, manager)


def test_a_colleagues_customer_with_the_same_digits_hides_none_of_mine(ask, agent, other_agent, customers, monkeypatch):
    Agency.objects.update(customer_visibility="own")
    monkeypatch.setattr("apps.customers.finding.MOST_CANDIDATES", 3)
    for number in range(6):
        PhoneFactory(customer=CustomerFactory(created_by=other_agent), e164=f"+97150444{number}222")
    mine = CustomerFactory(full_name="My Own", created_by=agent)
    PhoneFactory(customer=mine, e164="+971504449222")
    assert mine.get_absolute_url() in ask("50444", agent)


def test_nobody_without_the_right_and_nobody_while_it_is_off_finds_customers(ask, agent, marketing, viewer):
    customer = CustomerFactory(full_name="Rajesh Menon", created_by=agent)
    assert customer.reference not in ask("rajesh", agent)
    with override_flag("customers", active=True):
        assert customer.reference in ask("rajesh", agent)
        assert customer.reference not in ask("rajesh", marketing)
        assert "New customer" not in ask("rajesh", viewer)


def test_a_new_customer_takes_the_name_over(ask, agent, customers):
    assert "New customer “Omar Sharif”" in ask("Omar Sharif", agent)


def test_commands_alone_come_after_the_sign(ask, agent, tower):
    found = ask("> marina", agent)
    assert "MG-2304" not in found
    assert "<mark>New</mark> listing" in ask("> new", agent)


def test_pages_are_found_by_name_for_those_who_may_open_them(ask, agent, administrator):
    assert "/agency/" in ask("agency", administrator)
    assert "/agency/" not in ask("agency", agent)


def test_a_saved_view_is_found_by_name_by_those_who_have_it(ask, agent, other_agent, customers):
    view = save_view("customers", "Cash buyers, Marina", "payment=cash", by=agent)
    assert f"view={view.pk}" in ask("cash mar", agent)
    assert "<mark>Cash</mark> buyers" not in ask("cash", other_agent)
    with override_flag("customers", active=False):
        assert f"view={view.pk}" not in ask("cash mar", agent)


def test_the_pages_opened_last_are_shown_as_they_are_now(ask, agent, viewer, tower):
    draft = ListingFactory(listing_id="MG-DRAFT", unit__place=tower, standard_status="Incomplete")
    opened = f"/listings/MG-1702/ {draft.get_absolute_url()} /listings/gone/ /people/1/ nonsense"
    found = ask("", agent, opened=opened)
    assert found.index("MG-1702") < found.index("MG-DRAFT")
    assert "MG-DRAFT" not in ask("", viewer, opened=opened)


@pytest.mark.parametrize("text", ["\x00", "'; --", "&|!<->:*", "%" * 90, "١٢", "x" * 5000, ">", "( ) :", "\\"])
def test_no_text_breaks_it(ask, agent, tower, customers, text):
    ask(text, agent)


def test_without_scripts_it_is_a_page(client, agent, tower):
    client.force_login(agent)
    answer = client.get("/search/", {"q": "marina gate 2304"})
    assert "<h1>Search</h1>" in answer.content.decode()
    assert "/listings/MG-2304/" in answer.content.decode()
    assert "HX-Request" in answer.headers["Vary"]


def test_an_answer_takes_few_queries(client, agent, tower, customers, django_assert_max_num_queries):
    CustomerFactory(full_name="Marina Petrova", created_by=agent)
    client.force_login(agent)
    client.get("/search/", {"q": "marina g"}, headers={"HX-Request": "true"})
    with django_assert_max_num_queries(QUERIES):
        client.get("/search/", {"q": "marina gate"}, headers={"HX-Request": "true"})


def test_marks_are_safe_and_follow_accents():
    assert marked("<b> Marína Gate", ["marina", "g"]) == "&lt;b&gt; <mark>Marína G</mark>ate"
    assert len(folded("Café أحمد ﬁ")) == len("Café أحمد ﬁ")
