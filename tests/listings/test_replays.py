"""Each form of a listing sent two hundred times with one key: one effect, and each time the first answer."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.core.models import Event
from apps.listings.models import Listing, Mandate, Note, Permit, PriceChange, StatusChange, Unit
from tests.factories import ListingFactory
from tests.listings.editors import inputs

REPLAYS = 200
TODAY, ENDS = (timezone.localdate().isoformat(), (timezone.localdate() + timedelta(days=60)).isoformat())
FORMS = {
    "edit": {"title": "New title", "list_price": "2,400,000"},
    "edit_price": {"version": 1, "list_price": "2,400,000", "reason": "Owner agreed"},
    "edit_status": {"version": 1, "status": "Hold", "reason": "The owner travels"},
    "edit_consent": {"version": 1, "agrees": "yes"},
    "edit_agent": {},
    "again": {"property_type": "Residential Lease"},
    "new_mandate": {"listing_contract_date": TODAY, "expiration_date": ENDS, "listing_agreement": "Open"},
    "new_permit": {"number": "71128840916", "expiration_date": ENDS, "authority": "Trakheesi"},
    "add_note": {"body": "Owner travels until May."},
    "new": {"unit_number": "2304", "list_price": "2.45M", "mandate_signed": TODAY, "permit_number": "7"},
}


def effects() -> dict:
    """How many rows of each kind there are, and the versions of listings."""
    models = (Listing, Unit, Mandate, Permit, Note, PriceChange, StatusChange, Event)
    versions = list(Listing.objects.order_by("pk").values_list("version", flat=True))
    return {model.__name__: model.objects.count() for model in models} | {"versions": versions}


def _form(page) -> str:
    """The edit form alone: the page around it has inputs of its own."""
    return page.content.decode().split('id="edit-form"')[1].split("</form>")[0]


@pytest.mark.parametrize("name", FORMS)
def test_200_replays_have_one_effect(client, manager, agent, name):
    listing = ListingFactory(created_by=agent)
    client.force_login(manager)
    url = reverse(f"listings:{name}", args=[] if name == "new" else [listing.listing_id])
    opened = inputs(_form(client.get(url))) if name == "edit" else {}
    typed = opened | {"submission_key": uuid.uuid4(), "agent": manager.pk} | FORMS[name]
    before = effects()
    first = client.post(url, typed)
    after = effects()
    answers = {(answer.status_code, answer["Location"]) for answer in (client.post(url, typed) for _ in range(REPLAYS))}
    assert first.status_code == 302 and after != before
    assert answers == {(302, first.url)}
    assert effects() == after


@pytest.mark.parametrize("name", FORMS)
def test_a_form_without_a_key_changes_nothing(client, manager, agent, name):
    listing = ListingFactory(created_by=agent)
    client.force_login(manager)
    before = effects()
    url = reverse(f"listings:{name}", args=[] if name == "new" else [listing.listing_id])
    assert client.post(url, FORMS[name]).status_code == 400
    assert effects() == before
