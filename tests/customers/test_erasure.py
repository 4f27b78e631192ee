"""Forgetting a person: afterwards no text of the database and no file holds them, but what is kept with a reason."""

import json
import uuid
from io import StringIO
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.db import connection

from apps.accounts import mail
from apps.accounts.actions.saved_view import save_view
from apps.calls.models import CallDraft
from apps.core.events import record
from apps.core.models import Event, FailedJob, Submission
from apps.core.refusals import NotAllowed, Refused
from apps.customers.actions.consent import set_consent
from apps.customers.actions.customer import add_customer, edit_customer
from apps.customers.actions.erasure import erase, rehearse, search_everything
from apps.customers.actions.merge import default_choices, merge
from apps.customers.actions.merge_rows import pointers_at
from apps.customers.actions.note import add_note
from apps.customers.actions.task import add_task
from apps.customers.erasing.registry import POLICIES
from apps.customers.models import Customer, Phone
from apps.imports.actions import run as importing
from tests.factories import CustomerFactory, ListingFactory, PhoneFactory, RequirementFactory, ViewingFactory

pytestmark = pytest.mark.django_db
NAME, PHONE, EMAIL, WORD = "Zyxwqa Vondelquist", "050 765 43 21", "zyxwqa@vondelquist.test", "qwopzx"
TRACES = ("zyxwqa", "vondelquist", "7654321", WORD)


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    folder = {"location": str(tmp_path)}
    disk = {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": folder}}
    settings.STORAGES = settings.STORAGES | disk
    return tmp_path


@pytest.fixture
def planted(agent, administrator) -> Customer:
    """A customer with traces wherever the application leaves any."""
    details = {"full_name": NAME, "phones": [PHONE], "emails": [EMAIL], "summary": f"Likes {WORD}", "campaign": WORD}
    customer = add_customer(details, by=agent)
    customer = edit_customer(customer, customer.version, {"company_name": f"{WORD} Trading"}, by=agent)
    other = add_customer({"full_name": NAME, "nationality": WORD, "phones": [PHONE]}, by=agent)
    merge(customer, other, default_choices(customer, other), versions=(customer.version, other.version), by=agent)
    customer.refresh_from_db()
    customer = edit_customer(customer, customer.version, {"phones": [PHONE, "04 765 4321"]}, by=agent)
    Phone.objects.get(e164="+97147654321").delete()
    set_consent(customer, "email", True, source=f"said {WORD}", by=agent)
    add_note(customer, "call", f"Wants {WORD}", by=agent)
    add_task(customer, f"Send {WORD}", agent.joined_at.date(), agent, by=agent)
    RequirementFactory(customer=customer)
    viewing = ViewingFactory(agent=agent, created_by=agent)
    viewing.guests.create(customer=customer)
    viewing.feedback.create(customer=customer, verdict="no", line=f"too {WORD}", by=agent, at=viewing.starts_at)
    CallDraft.objects.create(key=uuid.uuid4(), user=agent, fields={"name": NAME, "note": WORD}, label=NAME)
    listing = ListingFactory(private_remarks=f"{NAME} asked twice", unit__owner=customer)
    listing.unit.owner = None
    listing.unit.save()
    record("listing.noted", listing, by=agent, said=f"{NAME}, {EMAIL}, +971 50 765 4321")
    mail.enqueue(EmailMessage("Hello", f"Dear {NAME}", "us@agency.test", [EMAIL]), by=agent)
    Submission.objects.create(
        key=uuid.uuid4(), by=agent, path=f"/customers/{customer.reference}/notes/", status=200, body=f"<p>{WORD}</p>"
    )
    save_view("customers", NAME, urlencode({"q": EMAIL}), by=agent)
    save_view("customers", "Sea views", urlencode({"q": "7654321", "stage": "new"}), by=agent)
    record("customer.exported", agent, by=agent, kind="csv", asked=urlencode({"q": NAME, "stage": "new"}))
    record("listing.exported", agent, by=agent, kind="csv", asked=urlencode({"q": "Vondelquist"}))
    Submission.objects.create(key=uuid.uuid4(), by=agent, path="/tasks/1/", status=200, body=f"<p>{NAME}</p>")
    FailedJob.objects.create(
        job_id=1,
        task="x",
        arguments={"to": EMAIL},
        message=f"550 {EMAIL}",
        attempts=1,
        by=agent,
        failed_at=viewing.starts_at,
    )
    rows = (
        f"Ref,Price (AED),Beds,Status,Purpose,Building,Unit,Owner,Owner phone\nZ-1,1,2,Bad,Sale,Tower,1,{NAME},{PHONE}"
    )
    run = importing.upload(SimpleUploadedFile("stock.csv", rows.encode()), source="x", by=administrator)
    importing.read(run, by=administrator)
    importing.match(run, {}, by=administrator)
    run.refresh_from_db()
    importing.check(run, by=administrator)
    return Customer.objects.get(pk=customer.pk)


def forget(customer, by):
    return search_after(erase(customer, ground="Asked by mail on 3 March", by=by))


def search_after(erasure):
    with connection.cursor() as cursor:
        cursor.execute("SELECT args->>'sealed' FROM procrastinate_jobs WHERE task_name = 'customers.search_erased'")
        return search_everything(erasure, cursor.fetchone()[0])


def traces_in_database() -> list[str]:
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            for trace in TRACES:
                cursor.execute(f'SELECT t::text FROM "{table}" t WHERE t::text ILIKE %s', [f"%{trace}%"])
                found += [f"{table}: {row[:300]}" for (row,) in cursor.fetchall()]
    return found


def traces_in_files(folder: Path) -> list[str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(trace in path.read_text(errors="replace").lower() for trace in TRACES)]


def test_nothing_of_the_person_is_left(planted, administrator, media):
    assert len(traces_in_database()) > 25
    assert traces_in_files(media)
    erasure = forget(planted, administrator)
    assert traces_in_database() == []
    assert traces_in_files(media) == []
    assert erasure.searched_at is not None


def test_the_receipt_says_what_was_blanked_and_what_is_kept_and_why(planted, administrator):
    erasure = forget(planted, administrator)
    blanked = dict(erasure.blanked)
    assert blanked["Names and facts of the customer"] == 2
    assert {"Notes, calls and messages", "Tasks", "Phones", "Files", "Mentions in other texts"} <= blanked.keys()
    kept = {what: reason for what, _, reason in erasure.kept}
    assert "Viewings, without the person" in kept
    assert all(kept.values())
    assert not any(trace in json.dumps([erasure.blanked, erasure.kept, erasure.ground]).lower() for trace in TRACES)


def test_what_takes_long_is_done_by_a_job_after_the_erasure(planted, administrator):
    erasure = erase(planted, ground="Asked", by=administrator)
    assert "Rows of imports" not in dict(erasure.blanked)
    counted = dict(search_after(erasure).blanked)
    assert {"Rows of imports", "Answers to forms", "Searches that exports and views were made of"} <= counted.keys()


def test_the_rehearsal_changes_nothing_and_says_the_same(planted, administrator):
    before = traces_in_database()
    receipt = rehearse(planted, by=administrator)
    assert traces_in_database() == before
    erasure = erase(planted, ground="Asked", by=administrator)
    assert [list(one) for one in receipt.blanked] == [list(one) for one in erasure.blanked]


def test_a_view_keeps_its_other_filters_and_goes_where_none_is_left(planted, administrator, agent):
    kept = save_view("customers", "Fridays", urlencode({"q": "vondel", "sort": "name"}), by=agent)
    forget(planted, administrator)
    assert dict(agent.saved_views.values_list("name", "query")) == {"Sea views": "stage=new", kept.name: kept.query}


def test_what_somebody_else_is_called_too_may_be_looked_for(planted, administrator, agent):
    CustomerFactory(full_name="Jan Vondelquist", agent=agent)
    record("customer.exported", agent, by=agent, kind="xlsx", asked="q=vondelquist")
    forget(planted, administrator)
    assert Event.objects.get(data__kind="xlsx").data["asked"] == "q=vondelquist"


def test_others_are_left_alone(planted, administrator, agent):
    namesake = CustomerFactory(full_name="Omar Farsi", agent=agent)
    PhoneFactory(customer=namesake, e164="+971501112222")
    add_note(namesake, "note", "Talk on Monday", by=agent)
    forget(planted, administrator)
    namesake.refresh_from_db()
    assert (namesake.full_name, namesake.phones.count(), namesake.notes.count()) == ("Omar Farsi", 1, 1)


def test_what_another_customer_shares_is_no_trace(planted, administrator, agent):
    wife = CustomerFactory(full_name="Anna Vondel", agent=agent)
    PhoneFactory(customer=wife, e164="+971507654321")
    forget(planted, administrator)
    assert wife.phones.get().e164 == "+971507654321"


def test_each_row_that_points_at_a_customer_says_what_becomes_of_it():
    pointing = {pointer.model._meta.label_lower for pointer in pointers_at(Customer)} - {"customers.customer"}
    assert pointing - POLICIES.keys() == set()


def test_only_administrators_erase(planted, manager):
    with pytest.raises(NotAllowed):
        erase(planted, ground="Asked", by=manager)


def test_an_erasure_needs_its_ground_and_happens_once(planted, administrator):
    with pytest.raises(Refused, match="Enter why"):
        erase(planted, ground=" ", by=administrator)
    erase(planted, ground="Asked", by=administrator)
    with pytest.raises(NotAllowed, match="erased already"):
        erase(planted, ground="Asked", by=administrator)


def test_the_command_rehearses_and_erases(planted):
    said = StringIO()
    call_command("erase_customer", planted.reference, "--dry-run", stdout=said)
    assert "Would be blanked" in said.getvalue()
    assert Customer.objects.get(pk=planted.pk).full_name == NAME
    call_command("erase_customer", planted.reference, "--ground", "Asked", stdout=said)
    assert Customer.objects.get(pk=planted.pk).erased_at is not None
    with pytest.raises(CommandError, match="There is no customer"):
        call_command("erase_customer", "C-99999999")
