"""An undo of an import leaves no trace, and takes nothing that people did."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from apps.customers.actions.merge import default_choices, merge
from apps.customers.actions.note import add_note
from apps.customers.models import Customer
from apps.imports.models import ImportRow, ImportRun
from tests.factories import CustomerFactory, PhoneFactory
from tests.imports.files import csv_text
from tests.imports.imported import called, change, everything, numbers
from tests.imports.people import people

pytestmark = pytest.mark.django_db


def undo(run: ImportRun) -> None:
    call_command("undo_import", str(run.pk))
    run.refresh_from_db()


RICH = [
    "Id", "Name", "Phone", "Email", "Is a", "Status", "Agent", "Notes", "Email consent", "Budget", "DNC", "Language",
]  # fmt: skip


def rich(*rows: list[str]) -> str:
    return csv_text(RICH, *rows)


FIRST = ["1", "Anna", "0501234567", "a@mail.test", "Buyer", "New", "", "One", "yes", "1M", "", "English"]
TWICE = ["8", "Anna B", "0501234567", "c@mail.test", "Seller", "", "", "Two", "", "", "", "German"]
LATER = ["1", "Ann", "0509998877", "b@mail.test", "Tenant", "Won", "Layla Haddad", "Three", "no", "2M", "yes", "Greek"]
OTHER = ["2", "Omar", "0551234567", "", "", "", "", "Four", "", "3M", "", ""]


def test_an_undone_first_import_leaves_nothing(bring_people):
    before = everything()
    run, line = bring_people(rich(FIRST, TWICE, OTHER))
    assert line.startswith("new=2 changed=0 same=1")
    undo(run)
    assert everything() == before and run.state == "undone" and run.kept_count == 0


def test_an_undone_later_import_puts_everything_back(bring_people, agent):
    bring_people(rich(FIRST))
    before = everything()
    run, line = bring_people(rich(LATER, TWICE, OTHER))
    assert line.startswith("new=1 changed=1 same=1") and called("Ann").agent == agent
    undo(run)
    assert everything() == before


def test_an_undo_puts_back_who_was_here_before(bring_people, agent):
    known = PhoneFactory(e164="+971501234567", customer__full_name="", customer__agent=None).customer
    Customer.objects.filter(pk=known.pk).update(waiting_since=timezone.now())
    before = everything()
    run, line = bring_people(rich([*FIRST[:6], "Layla Haddad", *FIRST[7:]], TWICE))
    assert line.startswith("new=0 changed=1 same=1")
    known.refresh_from_db()
    assert (known.full_name, known.agent, known.waiting_since) == ("Anna", agent, None)
    assert set(known.roles) >= {"buyer", "seller"}
    undo(run)
    assert everything() == before


def test_an_undo_leaves_whom_people_worked_with(bring_people, administrator):
    run, _ = bring_people(people())
    change(called("Anna Berg"), administrator, language="Greek")
    add_note(called("Omar Saad"), "call", "Spoke", by=administrator)
    undo(run)
    assert set(Customer.objects.values_list("full_name", flat=True)) == {"Anna Berg", "Omar Saad"}
    assert run.kept_count == 2


def test_an_undo_restores_the_fields_that_people_left_alone(bring_people, administrator):
    bring_people(rich(FIRST))
    run, _ = bring_people(rich([*LATER[:6], "", *LATER[7:]]))
    change(called("Ann"), administrator, language="Polish")
    undo(run)
    anna = Customer.objects.get()
    assert (anna.full_name, anna.language, numbers(anna)) == ("Anna", "Polish", ["+971501234567"])


def test_an_undo_leaves_whom_a_later_import_spoke_of(bring_people):
    run, _ = bring_people(people())
    bring_people(people(row_1={"Language": "Greek"}))
    undo(run)
    assert [one.full_name for one in Customer.objects.all()] == ["Anna Berg"]


def test_an_undo_after_a_merge_takes_nobody_away(bring_people, administrator):
    winner = CustomerFactory(full_name="Was here")
    run, _ = bring_people(people())
    loser = called("Anna Berg")
    choices = default_choices(winner, loser)
    merge(winner, loser, choices, versions=(winner.version, loser.version), by=administrator)
    undo(run)
    assert Customer.objects.here().get() == winner and Customer.objects.filter(pk=loser.pk).exists()


def test_after_an_undo_the_file_can_be_imported_again(bring_people):
    run, _ = bring_people(rich(FIRST, TWICE))
    undo(run)
    assert bring_people(rich(FIRST, TWICE))[1].startswith("new=1 changed=0 same=1")


def test_every_row_of_a_run_is_kept_with_its_customer(bring_people):
    run, _ = bring_people(people(["9", "Anna", "0501234567", "", "", "", "", "", ""]))
    rows = ImportRow.objects.filter(run=run)
    assert [row.outcome for row in rows] == ["new", "new", "new", "same"]
    assert rows[3].customer == rows[0].customer == called("Anna Berg")
