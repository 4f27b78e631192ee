"""The command: rows become customers; what a row says, and what cannot be read."""

import pytest
from django.core.management import CommandError, call_command

from apps.core.models import Event
from apps.customers.models import Customer
from apps.imports.models import CustomerRecord, ImportRun
from apps.matching.models import Requirement
from tests.factories import PlaceFactory
from tests.imports.files import csv_text
from tests.imports.imported import addresses, called, numbers, sentences
from tests.imports.people import HEADER, SYSTEMS, contacts_zip, people

pytestmark = pytest.mark.django_db


def test_each_row_becomes_a_customer(bring_people, agent):
    run, line = bring_people(people())
    assert line == "new=3 changed=0 same=0 warned=0 refused=0"
    anna = called("Anna Berg")
    assert (anna.roles, anna.stage, anna.source, anna.campaign, anna.language) == (
        ["buyer"], "new", "portal", "Bayut", "English",
    )  # fmt: skip
    assert (numbers(anna), addresses(anna)) == (["+971501234567"], ["anna@mail.test"])
    assert Event.objects.get(verb="customer.imported", subject_id=anna.pk).data == {"run": run.pk, "row": 2}
    assert called("Omar Saad").stage == "searching"
    assert called("Delta Homes LLC").roles == ["seller", "landlord"]


def test_the_agent_is_found_by_e_mail_or_name_and_brings_the_team(bring_people, agent):
    bring_people(people(row_1={"Agent": agent.email.upper()}, row_2={"Agent": "layla  HADDAD"}))
    assert {called("Anna Berg").agent, called("Omar Saad").agent} == {agent}
    assert called("Anna Berg").team == agent.team


def test_agents_who_are_nobody_here_are_said_once(bring_people):
    run, _ = bring_people(people(row_1={"Agent": "Somebody Else"}))
    assert run.remarks == ["Nobody here is called “Somebody Else”. New customers of theirs come in without an agent."]


def test_several_numbers_and_addresses_in_any_spelling(bring_people):
    text = csv_text(
        ["Name", "Phone", "Mobile", "Email"],
        ["Anna", "Work: ٠٥٠ ١٢٣ ٤٥٦٧; 00971-55-765-4321", "+44 20 7946 0958 / 050 1234567", "A@Mail.test, b@mail.test"],
    )
    bring_people(text)
    assert numbers(called("Anna")) == ["+971501234567", "+971557654321", "+442079460958"]
    assert addresses(called("Anna")) == ["A@Mail.test", "b@mail.test"]


def test_a_row_with_only_a_company_is_a_company(bring_people):
    bring_people(csv_text(["Company", "Contact person", "Phone"], ["Delta", "", "043881234"], ["Gamma", "Eva", ""]))
    assert Customer.objects.get(company_name="Delta").kind == "company"
    assert Customer.objects.get(company_name="Gamma").kind == "person"


def test_consents_are_only_what_the_file_says(bring_people):
    header = ["Name", "Email", "Email opt out", "Consent to WhatsApp", "Do not contact"]
    bring_people(csv_text(header, ["Anna", "a@mail.test", "false", "yes", ""], ["Omar", "o@mail.test", "yes", "", "x"]))
    said = [(one.channel, one.granted, one.source) for one in called("Anna").consents.all()]
    assert said == [("whatsapp", True, "import")] and not called("Anna").do_not_contact
    assert called("Omar").consents.get().granted is False
    assert called("Omar").do_not_contact is False  # “x” is neither yes nor no, and is said


def test_do_not_contact_comes_in(bring_people):
    bring_people(csv_text(["Name", "Phone", "DNC"], ["Anna", "0501234567", "Yes"], ["Omar", "0551234567", "no"]))
    assert called("Anna").do_not_contact and not called("Omar").do_not_contact


def test_notes_become_a_note(bring_people):
    bring_people(csv_text(["Name", "Phone", "Notes"], ["Anna", "0501234567", "Likes the sea\nhas a dog"]))
    note = called("Anna").notes.get()
    assert (note.kind, note.body) == ("note", "Likes the sea\nhas a dog")


def test_what_somebody_looks_for_becomes_a_requirement(bring_people):
    marina = PlaceFactory(name="Dubai Marina", level="community")
    header = ["Name", "Phone", "Looking to", "Budget", "Bedrooms", "Preferred areas"]
    run, _ = bring_people(csv_text(header, ["Anna", "0501234567", "Rent", "90k - 120k", "1-2", "Dubai Marina; Moon"]))
    wish = Requirement.objects.get(customer__full_name="Anna")
    assert (wish.is_lease, wish.price_min, wish.price_max) == (True, 90_000, 120_000)
    assert (wish.bedrooms_min, wish.bedrooms_max) == (1, 2)
    assert list(wish.places.all()) == [marina]
    assert "No place here is called “Moon”." in sentences(run, 2)


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_columns_of_other_systems_are_known(bring_people, agent, system):
    cells = SYSTEMS[system]
    _, line = bring_people(csv_text(list(cells), list(cells.values())))
    anna = called("Anna Berg")
    assert line.startswith("new=1 changed=0 same=0 warned=0")
    assert (anna.company_name, anna.agent, anna.source) == ("Berg AG", agent, "website")
    assert (numbers(anna), addresses(anna)) == (["+971501234567", "+4930901820"], ["anna@mail.test"])
    assert [(one.channel, one.granted) for one in anna.consents.all()] == [("email", False)]


PIPEDRIVE = """{"success": true, "data": [
{"id": 1, "name": "Anna Berg", "owner_id": {"id": 5, "name": "Layla Haddad"}, "org_id": null,
 "phone": [{"value": "050 999 8877", "primary": false, "label": "home"}, {"value": "0501234567", "primary": true}],
 "email": [{"value": "anna@mail.test", "primary": true, "label": "work"}, {"value": "b@mail.test", "primary": false}]},
{"id": 2, "name": "Omar Saad", "owner_id": null, "org_id": {"name": "Delta", "value": 7},
 "phone": [{"value": "", "primary": true}], "email": [{"value": "omar@mail.test", "primary": true}]}]}"""


def test_phones_and_addresses_that_lie_deeper_in_json_come_in_the_main_one_first(bring_people, agent):
    assert bring_people(PIPEDRIVE, name="people.json")[1].startswith("new=2")
    anna = called("Anna Berg")
    assert numbers(anna) == ["+971501234567", "+971509998877"]
    assert addresses(anna) == ["anna@mail.test", "b@mail.test"] and anna.agent == agent
    assert numbers(called("Omar Saad")) == [] and addresses(called("Omar Saad")) == ["omar@mail.test"]


def test_a_salesforce_tree_in_a_zip(bring_people):
    run, line = bring_people(contacts_zip(), name="tree.zip")
    assert line == "new=3 changed=0 same=0 warned=0 refused=0"
    assert (run.mapping, run.source) == ("Salesforce, DreamHouse contacts", "salesforce-dreamhouse")
    assert numbers(called("Ada Example")) == ["+16172441001"]
    assert bring_people(contacts_zip(), name="tree.zip")[1] == "new=0 changed=0 same=3 warned=0 refused=0"


@pytest.mark.parametrize(
    ("phone", "kept", "sentence"),
    [
        ("9.71501E+11", [], "A spreadsheet cut the number to 9.71501E+11."),
        ("none yet", [], "“none yet” is no phone number. It was left out."),
        ("12345", ["12345"], "is no number that can be dialled."),
        ("0501234567.0", ["+971501234567"], ""),
        ("'+971501234567", ["+971501234567"], ""),
        ("tel:+971-50-1234567 ext. 12", ["+971501234567 x12"], ""),
    ],
)
def test_a_phone_that_is_none_is_said(bring_people, phone, kept, sentence):
    run, _ = bring_people(csv_text(["Name", "Phone"], ["Anna", phone]))
    assert numbers(called("Anna")) == kept
    assert sentence in sentences(run, 2)


def test_an_e_mail_that_is_none_is_said_with_what_may_be_meant(bring_people):
    run, _ = bring_people(csv_text(["Name", "Email"], ["Anna", "anna@mail,test"], ["Omar", "Omar <o@mail.test>"]))
    problem = run.rows.get(number=2).problems[0]
    assert problem["sentence"].endswith("is no e-mail address. It was left out.")
    assert problem["suggestion"] == "anna@mail.test"
    assert addresses(called("Omar")) == ["o@mail.test"]


def test_who_was_deleted_in_the_source_does_not_come_in(bring_people):
    header = ["Id", "IsDeleted", "Name", "Phone"]
    text = csv_text(header, ["1", "true", "Eva", "0501234567"], ["2", "0", "Omar", "0502345678"])
    run, line = bring_people(text)
    assert line == "new=1 changed=0 same=1 warned=1 refused=0"
    assert sentences(run, 2) == "Deleted where the file comes from. The row was left out."
    assert [one.full_name for one in Customer.objects.all()] == ["Omar"]


def test_a_row_of_nobody_is_refused(bring_people):
    run, line = bring_people(csv_text(["Name", "Phone", "Language"], ["", "x", "German"]))
    assert line.endswith("refused=1") and "no name, no phone number and no e-mail" in sentences(run, 2)


def test_huge_cells_nul_and_formulas_come_in_as_text_or_are_said(bring_people):
    header = ["Id", "Name", "Phone", "Notes"]
    rows = [["1", "A\x00nna", "0501234567", "x" * 200_000], ["2", "=HYPERLINK(1)", "0551234567", "y"]]
    run, line = bring_people(csv_text(header, *rows), "--skip-bad-rows")
    assert line == "new=1 changed=0 same=0 warned=0 refused=1"
    assert "a cell is too long. Mend the row." in sentences(run, 2) and called("=HYPERLINK(1)")
    with pytest.raises(CommandError, match="more than 1,000,000 characters"):
        bring_people(csv_text(header, ["3", "Anna", "", "x" * 2_000_000]))


@pytest.mark.parametrize("encoding", ["utf-16", "cp1256", "utf-8-sig"])
def test_arabic_names_in_any_encoding(bring_people, encoding):
    text = csv_text(["الاسم", "رقم الهاتف"], ["فاطمة المنصوري", "0501234567"], ["محمد", "0551234567"])
    bring_people(text.encode(encoding))
    assert called("فاطمة المنصوري").phones.get().e164 == "+971501234567"


def test_one_bad_row_keeps_the_whole_file_out(bring_people):
    _, line = bring_people(people(["", "", "", "", "Buyer", "", "", "", ""]))
    assert line == "new=3 changed=0 same=0 warned=0 refused=1" and not Customer.objects.exists()


def test_a_dry_run_says_the_same_and_changes_nothing(bring_people):
    again = ["9", "Anna", "0501234567", "", "", "", "", "", ""]
    assert bring_people(people(again), "--dry-run")[1] == "new=3 changed=0 same=1 warned=1 refused=0"
    assert not Customer.objects.exists() and not CustomerRecord.objects.exists()


def test_only_an_administrator_may_import(tmp_path, manager):
    path = tmp_path / "people.csv"
    path.write_text(people())
    with pytest.raises(CommandError, match="Only an administrator may import customers"):
        call_command("import_customers", str(path), "--by", manager.email)
    assert not ImportRun.objects.exists()


def test_rows_are_written_in_a_few_statements(bring_people, django_assert_max_num_queries):
    rows = [[str(n), f"Anna {n}", f"05010{n:05d}", f"a{n}@mail.test", "Buyer", "", "", "", ""] for n in range(900)]
    with django_assert_max_num_queries(45):
        assert bring_people(csv_text(HEADER, *rows))[1].startswith("new=900")
    for row in rows:
        row[8] = "German"
    with django_assert_max_num_queries(60):
        assert bring_people(csv_text(HEADER, *rows))[1].startswith("new=0 changed=900")
