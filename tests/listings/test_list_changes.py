"""Status and price changed in the row, and many listings changed at once."""

import uuid
from decimal import Decimal

import pytest

from apps.core.models import Event
from tests.factories import ListingFactory

IN_ROW = {"HX-Request": "true", "HX-Target": "inline", "HX-Current-URL": "http://testserver/listings/?sort=-price"}


@pytest.fixture
def listing(agent):
    return ListingFactory(listing_id="MG-2304", created_by=agent, list_price=Decimal(2_450_000))


@pytest.fixture
def send(client):
    def send(user, url, data, headers=IN_ROW):
        client.force_login(user)
        return client.post(url, {"submission_key": str(uuid.uuid4()), **data}, headers=headers)

    return send


def test_the_row_shows_the_new_price_at_once(send, agent, listing):
    answer = send(agent, "/listings/MG-2304/price/", {"version": 1, "list_price": "2.4M"})
    assert answer.status_code == 200
    assert (answer["HX-Retarget"], answer["HX-Reswap"]) == (f"#row-{listing.pk}", "outerHTML")
    html = answer.content.decode()
    assert "2,400,000" in html and "↓ 2.0%" in html and 'href="/listings/MG-2304/?sort=-price"' in html


@pytest.mark.parametrize(("part", "value"), [("price", {"list_price": "2.4M"}), ("status", {"status": "Pending"})])
def test_a_page_of_its_own_saves_without_the_row(send, client, agent, listing, part, value):
    client.force_login(agent)
    url = f"/listings/MG-2304/{part}/"
    assert "hx-target" in client.get(url, headers=IN_ROW).text
    assert "#inline" not in client.get(url).text  # opened in a tab of its own: there is no row to swap
    answer = send(agent, url, {"version": 1, **value}, headers={})
    assert (answer.status_code, answer["Location"]) == (302, "/listings/MG-2304/")


def test_a_surprising_price_is_asked_again(send, agent, listing):
    answer = send(agent, "/listings/MG-2304/price/", {"version": 1, "list_price": "24500000"})
    assert answer.status_code == 422
    assert "10 times" in answer.content.decode() and 'value="24500000"' in answer.content.decode()


def test_the_second_of_two_is_told_what_the_first_changed(send, agent, manager, listing):
    send(manager, "/listings/MG-2304/price/", {"version": 1, "list_price": "2,400,000"})
    answer = send(agent, "/listings/MG-2304/price/", {"version": 1, "list_price": "2,300,000"})
    assert answer.status_code == 409
    assert "Priya" in answer.content.decode() and 'value="2,300,000"' in answer.content.decode()
    listing.refresh_from_db()
    assert listing.list_price == 2_400_000


def test_the_row_shows_the_new_status_at_once(send, agent, listing):
    answer = send(agent, "/listings/MG-2304/status/", {"version": 1, "status": "Pending"})
    assert "Pending" in answer.content.decode()
    assert Event.objects.get(verb="listing.status_changed").data["new"] == "Pending"


def test_a_status_that_cannot_follow_is_refused_in_the_popover(send, agent, listing):
    answer = send(agent, "/listings/MG-2304/status/", {"version": 1, "status": "Incomplete"})
    assert answer.status_code == 422
    assert "cannot become Incomplete" in answer.content.decode()


def test_the_popover_says_whom_to_ask(client, other_agent, listing):
    client.force_login(other_agent)
    answer = client.get("/listings/MG-2304/status/", headers=IN_ROW)
    assert "Layla" in answer.content.decode() and "<form" not in answer.content.decode()


@pytest.mark.parametrize("verb", ["status", "price"])
def test_another_agent_changes_nothing(send, other_agent, listing, verb):
    answer = send(other_agent, f"/listings/MG-2304/{verb}/", {"version": 1, "status": "Pending", "list_price": "5"})
    assert answer.status_code == 403
    listing.refresh_from_db()
    assert (listing.version, listing.list_price) == (1, 2_450_000)


def test_without_scripts_the_answer_is_the_listings_page(send, agent, listing):
    answer = send(agent, "/listings/MG-2304/status/", {"version": 1, "status": "Pending"}, headers={})
    assert (answer.status_code, answer["Location"]) == (302, "/listings/MG-2304/")


def test_many_are_changed_and_each_refusal_is_reported(send, manager, listing):
    closed = ListingFactory(listing_id="OLD-1", standard_status="Closed")
    rows = {"row": [f"{listing.pk}:1", f"{closed.pk}:1"], "status": "Hold"}
    html = send(manager, "/listings/bulk/status/", rows, headers={}).content.decode()
    assert "1 listing changed" in html and "1 not changed" in html
    assert "OLD-1 is Closed and cannot become Hold." in html
    listing.refresh_from_db()
    assert listing.standard_status == "Hold"


def test_a_row_changed_meanwhile_is_left_alone_and_reported(send, manager, listing):
    html = send(manager, "/listings/bulk/status/", {"row": f"{listing.pk}:7", "status": "Hold"}).content.decode()
    assert "Somebody changed this" in html
    listing.refresh_from_db()
    assert listing.standard_status == "Active"


def test_many_are_given_to_an_agent(send, manager, other_agent, listing):
    send(manager, "/listings/bulk/assign/", {"row": f"{listing.pk}:1", "agent": other_agent.pk})
    listing.refresh_from_db()
    assert (listing.list_agent, listing.list_agent_full_name) == (other_agent, "Omar Farouk")


def test_only_a_manager_assigns(send, agent, other_agent, listing):
    answer = send(agent, "/listings/bulk/assign/", {"row": f"{listing.pk}:1", "agent": other_agent.pk})
    assert answer.status_code == 403


def test_all_that_match_can_be_chosen(client, manager, listing):
    ListingFactory(standard_status="Hold")
    client.force_login(manager)
    html = client.get("/listings/bulk/status/?all=1&status=Active").content.decode()
    assert f'name="row" value="{listing.pk}:1"' in html and html.count('name="row"') == 1


@pytest.mark.parametrize("row", ["", "x", "1:", "99999999999999999999:1", "1:99999999999", "-1:1"])
def test_a_selection_that_makes_no_sense_is_refused(send, manager, row):
    answer = send(manager, "/listings/bulk/status/", {"row": row, "status": "Hold"})
    assert answer.status_code == 422


def test_a_person_who_is_renamed_is_renamed_in_the_list(agent, listing):
    agent.full_name = "Layla Mansour"
    agent.save()
    listing.refresh_from_db()
    assert (listing.list_agent_full_name, listing.sort_agent) == ("Layla Mansour", "layla mansour")
