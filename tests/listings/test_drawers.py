"""The drawers of a listing's page: price, status, agent, consent, mandate, permit, note, once more on the market."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.listings.actions.price import set_price
from apps.listings.models import Listing, Photo
from tests.factories import ListingFactory, MandateFactory

DRAWER = {"HX-Request": "true", "HX-Target": "drawer"}


@pytest.fixture
def listing(agent):
    return ListingFactory(listing_id="MG-2304", created_by=agent, list_price=Decimal(2450000))


@pytest.fixture
def send(client, listing):
    def send(user, name, headers=None, **typed):
        client.force_login(user)
        url = reverse(f"listings:{name}", args=[listing.listing_id])
        return client.post(url, {"submission_key": uuid.uuid4(), **typed}, headers=headers)

    return send


def now():
    return Listing.objects.get(listing_id="MG-2304")


def test_a_new_price_goes_back_to_the_page(send, agent):
    answer = send(agent, "edit_price", version=1, list_price="2.4M", reason="Owner agreed")
    assert answer.url == "/listings/MG-2304/"
    assert (now().list_price, now().price_changes.get().reason) == (2400000, "Owner agreed")


def test_a_drawer_is_answered_with_the_page_to_go_to(send, agent):
    answer = send(agent, "edit_price", headers=DRAWER, version=1, list_price="2.4M")
    assert answer.headers["HX-Redirect"] == "/listings/MG-2304/"


def test_a_drawer_that_is_refused_is_shown_again_as_a_fragment(send, agent):
    answer = send(agent, "edit_price", headers=DRAWER, version=1, list_price="4.650.000")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "<html" not in text and 'value="4.650.000"' in text and "commas for thousands" in text


def test_a_price_ten_times_the_last_is_asked_again(send, agent):
    answer = send(agent, "edit_price", version=1, list_price="24,500,000")
    assert "Price is 10 times the last price. Enter AED 2,450,000 or confirm the change." in answer.content.decode()
    assert send(agent, "edit_price", version=1, list_price="24,500,000", confirmed="on").status_code == 302


def test_the_second_of_two_is_told_who_changed_what(send, listing, agent, manager):
    set_price(listing, Decimal(2400000), version=1, by=manager)
    answer = send(agent, "edit_price", version=1, list_price="2,300,000")
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Priya changed the price meanwhile (AED 2,450,000 to AED 2,400,000)" in text
    assert 'value="2,300,000"' in text and 'name="version" value="2"' in text
    assert now().list_price == 2400000


def test_a_status_that_needs_no_words_is_given_at_once(send, agent):
    assert send(agent, "edit_status", version=1, status="Pending").status_code == 302
    assert now().standard_status == "Pending"


def test_a_closed_listing_keeps_its_price(send, agent):
    send(agent, "edit_status", version=1, status="Closed", close_price="2.4M", reason="Transfer done")
    assert (now().standard_status, now().close_price, now().close_date) == ("Closed", 2400000, timezone.localdate())


def test_a_status_that_cannot_follow_is_refused_with_the_reason(send, agent):
    answer = send(agent, "edit_status", version=1, status="Incomplete")
    assert answer.status_code == 422
    assert "MG-2304 is Active and cannot become Incomplete." in answer.content.decode()


def test_a_status_that_nobody_knows_is_refused(send, agent):
    assert send(agent, "edit_status", version=1, status="Lost").status_code == 400


def test_a_deleted_draft_is_gone_from_every_page(send, listing, agent, client):
    Listing.objects.update(standard_status="Incomplete")
    assert send(agent, "edit_status", version=1, status="Delete").url == "/listings/"
    assert client.get("/listings/MG-2304/").status_code == 404


def test_a_draft_deleted_in_its_drawer_leads_to_the_list(send, agent):
    Listing.objects.update(standard_status="Incomplete")
    answer = send(agent, "edit_status", headers=DRAWER, version=1, status="Delete")
    assert answer.headers["HX-Redirect"] == "/listings/"


def test_only_managers_assign(send, agent, manager, other_agent):
    assert send(agent, "edit_agent", agent=other_agent.pk).status_code == 403
    send(manager, "edit_agent", agent=other_agent.pk)
    assert now().list_agent == other_agent


def test_a_viewer_cannot_be_responsible(send, manager, viewer):
    assert send(manager, "edit_agent", agent=viewer.pk).status_code == 422


def test_the_owners_consent_is_written_down(send, agent):
    send(agent, "edit_consent", version=1, agrees="yes")
    assert now().internet_entire_listing_display_yn is True


def test_a_mandate_is_renewed_from_the_day_after_the_last(listing, client, agent):
    last = MandateFactory(listing=listing, expiration_date=timezone.localdate() + timedelta(days=10))
    client.force_login(agent)
    text = client.get(reverse("listings:new_mandate", args=["MG-2304"])).content.decode()
    assert f'value="{last.expiration_date + timedelta(days=1)}"' in text


def test_a_mandate_that_ends_before_it_starts_is_refused(send, agent):
    typed = {"listing_contract_date": "2026-11-20", "expiration_date": "2026-11-19", "listing_agreement": "Open"}
    answer = send(agent, "new_mandate", **typed)
    assert answer.status_code == 422 and "ends before it starts" in answer.content.decode()


def test_a_permit_is_added(send, agent):
    send(agent, "new_permit", number="71128840916", expiration_date="2027-01-31", authority="Trakheesi")
    assert now().permit_until.isoformat() == "2027-01-31"


def test_a_note_comes_back_on_top_of_the_timeline(send, agent):
    answer = send(agent, "add_note", headers={"HX-Request": "true"}, body="Owner travels until May.")
    assert answer.status_code == 200 and "Owner travels until May." in answer.content.decode()


def test_an_empty_note_is_refused(send, agent):
    answer = send(agent, "add_note", headers={"HX-Request": "true"}, body="  ")
    assert answer.status_code == 422 and "The note is empty" in answer.content.decode()


def test_a_closed_unit_comes_back_as_a_new_draft(send, agent):
    Listing.objects.update(standard_status="Closed", title="Marina view", commission_percent=2)
    send(agent, "again", property_type="Residential")
    draft = Listing.objects.latest("pk")
    assert (draft.standard_status, draft.title, draft.unit) == ("Incomplete", "Marina view", now().unit)
    assert (draft.list_price, draft.commission_percent) == (None, None)


def test_its_photos_come_along(send, listing, agent):
    Photo.objects.create(listing=listing, name="a" * 32, digest="1", state="Ready", added_by=agent)
    Photo.objects.create(listing=listing, name="b" * 32, digest="2", state="Failed", added_by=agent)
    send(agent, "again", property_type="Residential Lease")
    draft = Listing.objects.latest("pk")
    assert [photo.name for photo in draft.photos.all()] == ["a" * 32]
    assert (draft.photo_count, draft.cover) == (1, "a" * 32)


def test_a_unit_that_is_open_is_listed_twice_only_when_confirmed(send, agent):
    answer = send(agent, "again", property_type="Residential")
    assert answer.status_code == 422 and "is already for sale as MG-2304 (Active)" in answer.content.decode()
    assert send(agent, "again", property_type="Residential", confirmed="on").status_code == 302


@pytest.mark.parametrize(
    "name", ["edit_price", "edit_status", "edit_agent", "edit_consent", "new_mandate", "new_permit"]
)
def test_another_agent_changes_nothing(send, listing, other_agent, name):
    typed = {"version": 1, "list_price": "1", "status": "Hold", "agrees": "yes", "agent": other_agent.pk}
    assert send(other_agent, name, **typed).status_code == 403
    assert now().version == 1


@pytest.mark.parametrize("name", ["edit", "edit_price", "edit_status", "again", "new_mandate", "add_note"])
def test_a_viewer_changes_nothing(send, viewer, name):
    assert send(viewer, name, version=1, status="Hold", property_type="Residential", body="Hello").status_code == 403
    assert Listing.objects.count() == 1
