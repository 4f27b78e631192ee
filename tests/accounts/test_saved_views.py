"""Views of lists that people keep, share with their team, and pin."""

import re
import uuid

import pytest

from apps.accounts.actions.saved_view import pin_view, remove_view, save_view
from apps.accounts.models import SavedView
from apps.core.refusals import NotAllowed, Refused
from tests.factories import ListingFactory, UserFactory


@pytest.fixture
def send(client):
    def send(user, address, **fields):
        client.force_login(user)
        return client.post(address, {"submission_key": str(uuid.uuid4()), **fields})

    return send


@pytest.fixture
def page(client):
    def page(user, query=""):
        client.force_login(user)
        return client.get(f"/listings/?{query}").content.decode()

    return page


@pytest.fixture
def on_hold(agent):
    return save_view("listings", "On hold", "status=Hold", by=agent, for_team=True)


def tabs(html):
    return re.findall(r'<a href="(/listings/[^"]*)"[^>]*>([^<]+)<span class="c"', html)


def test_filters_that_differ_from_the_view_can_be_kept(page, agent):
    assert "Save view" not in page(agent)
    assert "list=listings&amp;query=status%3DHold" in page(agent, "status=Hold")


def test_a_view_is_kept_as_the_list_writes_its_address(send, agent):
    answer = send(agent, "/views/new/?list=listings&query=sort%3Dprice%26status%3DHold%26size%3D50", name="Holds")
    view = SavedView.objects.get()
    assert (view.query, view.owner, view.team) == ("status=Hold&sort=price", agent, None)
    assert answer["Location"] == f"/listings/?status=Hold&sort=price&view={view.pk}"


def test_a_saved_view_is_a_tab_with_its_count(page, client, agent, on_hold):
    ListingFactory(standard_status="Hold")
    html = page(agent, f"status=Hold&view={on_hold.pk}")
    assert (f"/listings/?status=Hold&amp;view={on_hold.pk}", "On hold") in tabs(html)
    assert re.search(rf'view={on_hold.pk}" aria-current="page"', html)
    counts = client.get("/listings/counts/").content.decode()
    assert re.search(rf'id="count-view-{on_hold.pk}"[^>]*>1<', counts)


def test_the_team_sees_what_is_shared_and_nobody_sees_what_is_private(page, agent, other_agent, viewer, on_hold):
    save_view("listings", "My own", "status=Closed", by=agent)
    assert "On hold" in page(other_agent) and "My own" not in page(other_agent)
    assert "On hold" not in page(viewer)


def test_changed_filters_offer_save_and_save_as_new(page, agent, other_agent, on_hold):
    changed = f"status=Hold&sort=price&view={on_hold.pk}"
    assert "Save as new" in page(agent, changed) and f"/views/{on_hold.pk}/save/" in page(agent, changed)
    assert "Save as new" in page(other_agent, changed) and f"/views/{on_hold.pk}/save/" not in page(
        other_agent, changed
    )


def test_saving_changes_what_the_view_means(send, agent, on_hold):
    send(agent, f"/views/{on_hold.pk}/save/", query="status=Hold&sort=price")
    on_hold.refresh_from_db()
    assert on_hold.query == "status=Hold&sort=price"


def test_another_colleague_changes_nothing(send, other_agent, on_hold):
    for verb, fields in (("save", {"query": ""}), ("edit", {"name": "Taken"}), ("remove", {})):
        assert send(other_agent, f"/views/{on_hold.pk}/{verb}/", **fields).status_code == 403
    assert list(SavedView.objects.values_list("name", "query", "removed_at")) == [("On hold", "status=Hold", None)]


def test_a_manager_looks_after_the_views_of_the_team(send, manager, on_hold):
    send(manager, f"/views/{on_hold.pk}/edit/", name="Held", for_team="on", version="1")
    on_hold.refresh_from_db()
    assert (on_hold.name, on_hold.team, on_hold.version) == ("Held", manager.team, 2)


def test_no_longer_shared_it_leaves_the_others_sidebars(send, agent, other_agent, on_hold):
    for person in (agent, other_agent):
        pin_view(on_hold, pinned=True, by=person)
    send(agent, f"/views/{on_hold.pk}/edit/", name="On hold", version="1")
    assert list(on_hold.pinned_by.all()) == [agent]


def test_a_pinned_view_stands_in_the_sidebar_of_that_person_alone(page, send, agent, other_agent, on_hold):
    send(other_agent, f"/views/{on_hold.pk}/pin/", pinned="yes")
    assert "Pinned</h2>" in page(other_agent) and "Pinned</h2>" not in page(agent)
    send(other_agent, f"/views/{on_hold.pk}/pin/", pinned="")
    assert "Pinned</h2>" not in page(other_agent)


def test_a_deleted_view_can_be_brought_back(send, page, agent, on_hold):
    send(agent, f"/views/{on_hold.pk}/remove/")
    assert "On hold" not in str(tabs(page(agent)))
    send(agent, f"/views/{on_hold.pk}/restore/")
    assert "On hold" in str(tabs(page(agent)))


def test_a_name_is_free_again_after_its_view_is_deleted(agent, on_hold):
    with pytest.raises(Refused, match="already"):
        save_view("listings", "On hold", "", by=agent)
    remove_view(on_hold, by=agent)
    assert save_view("listings", "On hold", "", by=agent).pk


def test_nobody_shares_without_a_team_or_deletes_for_others(other_agent, on_hold):
    with pytest.raises(Refused, match="no team"):
        save_view("listings", "Any", "", by=UserFactory(team=None), for_team=True)
    with pytest.raises(NotAllowed):
        remove_view(on_hold, by=other_agent)


@pytest.mark.parametrize("key", ["", "nothing", "accounts"])
def test_views_are_kept_of_lists_alone(send, agent, key):
    assert send(agent, f"/views/new/?list={key}&query=", name="Any").status_code == 404


def test_a_view_in_the_address_that_is_no_longer_there_changes_no_row(page, agent):
    ListingFactory(listing_id="A")
    assert 'href="/listings/A/?view=999"' in page(agent, "view=999") and "All listings" in page(agent, "view=999")
    assert 'href="/listings/A/"' in page(agent, "view=%D9%A3")
