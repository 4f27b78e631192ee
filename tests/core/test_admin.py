"""Django admin for data fixes: reasons, history, constraints, and speed."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.core.admin_base import CrmAdmin, EstimatingPaginator
from apps.core.models import Event, FailedJob
from apps.core.queue import enqueue, keep_trouble
from apps.listings.models import Listing, Mandate, Note, Permit, Photo, Place, PriceChange, StatusChange, Unit
from tests.core import sample_jobs  # noqa: F401  (declares the jobs)
from tests.factories import ListingFactory, MandateFactory, PermitFactory, PlaceFactory, UnitFactory

pytestmark = pytest.mark.django_db
OURS = ("accounts", "calls", "core", "customers", "imports", "insights", "listings", "matching", "viewings", "website")
# Marks and keys are gone with the day. Rows of a merge are what its undo puts back, and a draft is its writer's alone.
NOT_SHOWN = ("insights.VisitorMark", "insights.DayKey", "customers.MergedRow", "calls.CallDraft")


@pytest.fixture
def client(client, administrator):
    client.force_login(administrator)
    return client


def url(row, page="change"):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk])


def fields_of(client, row):
    """What the page's form holds now, as a browser would send it back."""
    form = client.get(url(row)).context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def save(client, row, **changes):
    return client.post(url(row), fields_of(client, row) | {"why": "The owner called"} | changes)


def own_models():
    kept = {model for model in apps.get_models() if hasattr(model, "pgh_obj")}
    shown = (m for m in apps.get_models() if m._meta.label not in NOT_SHOWN and m not in kept)
    return [m for m in shown if m._meta.app_label in OURS]


@pytest.mark.parametrize("model", own_models(), ids=lambda m: m._meta.label)
def test_each_model_has_a_page(model):
    assert isinstance(admin.site._registry[model], CrmAdmin)


def test_no_page_of_a_library_goes_round_the_actions():
    assert {model._meta.app_label for model in admin.site._registry} <= set(OURS)


@pytest.mark.parametrize("model", own_models(), ids=lambda m: m._meta.label)
def test_each_list_and_search_answers(client, model):
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    assert client.get(address).status_code == 200
    assert client.get(address, {"q": "MG-2304 %' \\"}).status_code == 200


def test_colleagues_get_403_not_a_second_sign_in_page(client, manager):
    client.force_login(manager)
    assert client.get("/admin/", follow=True).status_code == 403


def test_a_change_without_a_reason_is_not_saved(client):
    unit = UnitFactory(bedrooms_total=2)
    response = save(client, unit, bedrooms_total=3, why="")
    assert "This field is required" in str(response.context["adminform"].form.errors["why"])
    unit.refresh_from_db()
    assert unit.bedrooms_total == 2


def test_a_change_stands_in_the_history_with_who_and_why(client, administrator):
    unit = UnitFactory(bedrooms_total=2)
    assert save(client, unit, bedrooms_total=3).status_code == 302
    page = client.get(url(unit, "history")).content.decode()
    assert "The owner called" in page and administrator.full_name in page
    assert "bedrooms total: 2 → 3" in page
    assert Event.objects.get(verb="admin.changed").data == {"why": "The owner called", "fields": ["bedrooms_total"]}


def test_a_price_set_here_keeps_its_history(client):
    listing = ListingFactory()
    assert save(client, listing, list_price="2400000").status_code == 302
    change = PriceChange.objects.get(listing=listing)
    assert (change.old_price, change.new_price, change.reason) == (2450000, 2400000, "The owner called")


def test_price_status_agent_and_facts_can_change_in_one_save(client, agent):
    listing = ListingFactory()
    changes = {"list_price": "2", "standard_status": "Hold", "list_agent": agent.pk, "title": "New"}
    response = save(client, listing, listing_id="X-1", **changes)
    assert response.status_code == 302
    listing.refresh_from_db()
    assert (listing.list_price, listing.standard_status, listing.list_agent) == (2, "Hold", agent)
    assert (listing.title, listing.listing_id) == ("New", "X-1")
    assert StatusChange.objects.get(listing=listing).reason == "The owner called"


def test_a_status_that_may_not_follow_is_not_offered(client):
    listing = ListingFactory(standard_status="Closed")
    response = save(client, listing, standard_status="Active")
    assert "not one of the available choices" in str(response.context["adminform"].form.errors)


def test_what_an_action_refuses_is_a_sentence_on_the_form(client):
    listing = ListingFactory(standard_status="Incomplete", list_price=None)
    response = save(client, listing, standard_status="Active", title="Typed with care")
    assert "has no price" in str(response.context["adminform"].form.errors)
    assert "Typed with care" in response.content.decode()
    listing.refresh_from_db()
    assert listing.title == ""


def test_what_a_trigger_refuses_is_a_sentence_on_the_form(client):
    community = PlaceFactory(level="community")
    tower = PlaceFactory(parent=community)
    response = save(client, community, parent=tower.pk)
    assert "cannot lie inside itself" in str(response.context["adminform"].form.errors)


def test_what_a_constraint_refuses_is_a_sentence_on_the_form(client):
    mandate = MandateFactory()
    response = save(client, mandate, expiration_date="2001-01-01")
    assert response.status_code == 200
    assert response.context["adminform"].form.errors


def test_the_second_of_two_administrators_is_told(client):
    unit = UnitFactory(bedrooms_total=2)
    opened = fields_of(client, unit)
    save(client, unit, bedrooms_total=3)
    response = client.post(url(unit), opened | {"bedrooms_total": 4, "why": "Mine"})
    assert "Somebody changed this" in str(response.context["adminform"].form.errors)


def test_a_unit_changed_here_ends_older_forms_of_its_listings(client):
    listing = ListingFactory()
    save(client, listing.unit, bedrooms_total=5)
    listing.refresh_from_db()
    assert (listing.version, listing.bedrooms_total) == (2, 5)


def test_deleting_asks_why_and_keeps_it(client):
    permit = PermitFactory()
    client.post(url(permit, "delete"), {"post": "yes"})
    assert Permit.objects.count() == 1
    client.post(url(permit, "delete"), {"post": "yes", "why": "Entered twice"})
    assert Permit.objects.count() == 0
    assert Event.objects.get(verb="admin.deleted").data["why"] == "Entered twice"


def test_a_unit_with_listings_cannot_be_deleted(client):
    unit = ListingFactory().unit
    client.post(url(unit, "delete"), {"post": "yes", "why": "x"})
    assert Unit.objects.filter(pk=unit.pk).exists()


@pytest.mark.parametrize("model", [Listing, Event, PriceChange, StatusChange, FailedJob])
def test_what_happened_cannot_be_added_or_deleted(client, model):
    stem = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    assert client.get(reverse(f"{stem}_add")).status_code == 403
    assert not admin.site._registry[model].may_delete


def test_a_listing_is_found_by_words(client):
    tower = PlaceFactory(name="Marina Gate 2")
    listing = ListingFactory(unit=UnitFactory(place=tower, unit_number="2304"), listing_id="MG-2304")
    ListingFactory(listing_id="PT-1")
    for words in ("marina gate", "2304 marina", listing.listing_id):
        found = client.get(reverse("admin:listings_listing_changelist"), {"q": words}).context["cl"].result_list
        assert list(found) == [listing]


def test_a_unit_is_found_by_its_number_and_by_words(client):
    unit = ListingFactory(unit__unit_number="PH-7", title="Skyline").unit
    UnitFactory()
    for words in ("ph-7", "skyline"):
        found = client.get(reverse("admin:listings_unit_changelist"), {"q": words}).context["cl"].result_list
        assert list(found) == [unit]


def make_rows(person, many):
    for _ in range(many):
        listing = ListingFactory(unit__place__parent=PlaceFactory(level="community"))
        MandateFactory(listing=listing)
        PermitFactory(listing=listing)
        Note.objects.create(listing=listing, body="x", by=person)
        Photo.objects.create(listing=listing, name=listing.listing_id, digest=listing.listing_id, added_by=person)
        PriceChange.objects.create(listing=listing, new_price=1, currency="AED", at=timezone.now(), by=person)
        StatusChange.objects.create(listing=listing, new_status="Active", at=timezone.now(), by=person)


@pytest.mark.parametrize("model", [Listing, Unit, Place, Mandate, Permit, Note, Photo, PriceChange, StatusChange])
def test_a_list_asks_the_same_number_of_questions_whatever_its_length(client, administrator, model):
    address = reverse(f"admin:listings_{model._meta.model_name}_changelist")
    make_rows(administrator, 2)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    make_rows(administrator, 8)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few) <= 8


def test_a_large_table_is_counted_by_estimate(monkeypatch):
    monkeypatch.setattr("apps.core.admin_base.COUNTED_TO", 2)
    for _ in range(4):
        PlaceFactory()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE listings_place")
    assert EstimatingPaginator(Place.objects.all(), 50).count == 4
    assert EstimatingPaginator(Place.objects.filter(level="building"), 50).count == 3


def test_a_failed_job_can_be_tried_again_from_its_page(client, administrator):
    enqueue("tests.fail", by=administrator, word="x")
    job = ProcrastinateJob.objects.get()
    failed = keep_trouble(job.procrastinate_job, "No route", by=administrator)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
    assert "Try again" in client.get(url(failed)).content.decode()
    client.post(url(failed, "retry"))
    assert ProcrastinateJob.objects.get().status == "todo"
