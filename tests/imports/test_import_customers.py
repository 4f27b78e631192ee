"""The command: rows become customers, each person once; what people changed stays, and an undo leaves no trace."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from apps.core.models import Event
from apps.customers.actions.consent import set_consent
from apps.customers.actions.customer import edit_customer
from apps.customers.actions.erasure import erase
from apps.customers.actions.merge import default_choices, merge
from apps.customers.actions.note import add_note
from apps.customers.export import export
from apps.customers.models import Consent, Customer, EmailAddress, Note, Phone
from apps.imports.models import CustomerRecord, ImportRow, ImportRun, Outcome
from apps.matching.models import Requirement, RequirementPlace
from tests.factories import CustomerFactory, PhoneFactory, PlaceFactory
from tests.imports.files import csv_text
from tests.imports.people import HEADER, ROWS, SYSTEMS, contacts_zip, people

pytestmark = pytest.mark.django_db


def called(name: str) -> Customer:
    return Customer.objects.get(full_name=name)


def numbers(customer: Customer) -> list[str]:
    return [phone.text for phone in customer.phones.all()]


def addresses(customer: Customer) -> list[str]:
    return [email.address for email in customer.emails.all()]


def sentences(run: ImportRun, number: int) -> str:
    return " ".join(problem["sentence"] for problem in run.rows.get(number=number).problems)


def change(customer: Customer, by, **values) -> None:
    edit_customer(customer, customer.version, values, by=by)


# -- What a row becomes -----------------------------------------------------------------------------------------------
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


def test_a_salesforce_tree_in_a_zip(bring_people):
    run, line = bring_people(contacts_zip(), name="tree.zip")
    assert line == "new=3 changed=0 same=0 warned=0 refused=0"
    assert (run.mapping, run.source) == ("Salesforce, DreamHouse contacts", "salesforce-dreamhouse")
    assert numbers(called("Ada Example")) == ["+16172441001"]
    assert bring_people(contacts_zip(), name="tree.zip")[1] == "new=0 changed=0 same=3 warned=0 refused=0"


# -- Who is it --------------------------------------------------------------------------------------------------------
def test_the_same_file_twice_changes_nothing(bring_people):
    bring_people(people())
    before = everything()
    assert bring_people(people())[1] == "new=0 changed=0 same=3 warned=0 refused=0"
    assert everything() == before


def test_without_ids_people_are_known_by_phone_then_by_e_mail(bring_people):
    header = HEADER[1:]
    rows = [row[1:] for row in ROWS]
    bring_people(csv_text(header, *rows))
    rows[0][1], rows[1][2] = "", "new@mail.test"  # known by e-mail; known by phone
    assert bring_people(csv_text(header, *rows))[1].startswith("new=0 changed=1 same=2")
    assert Customer.objects.count() == 3


def test_the_same_person_twice_in_one_file_is_one_customer(bring_people):
    again = ["9", "A. Berg", "+971501234567", "second@mail.test", "Seller", "", "", "", "German"]
    run, line = bring_people(people(again))
    assert line == "new=3 changed=0 same=1 warned=1 refused=0"
    anna = called("Anna Berg")
    assert addresses(anna) == ["anna@mail.test", "second@mail.test"]
    assert (anna.roles, anna.language) == (["buyer", "seller"], "English")
    assert sentences(run, 5) == "Same person as row 2. What only this row says is added there."
    assert bring_people(people(again))[1] == "new=0 changed=0 same=4 warned=0 refused=0"


def test_a_phone_of_one_and_an_e_mail_of_another_is_a_problem(bring_people):
    bring_people(people())
    stranger = csv_text(["Name", "Phone", "Email"], ["Anna", "0501234567", "omar@mail.test"])
    run, line = bring_people(stranger, "--source", "another")
    assert line == "new=0 changed=0 same=0 warned=0 refused=1"
    assert sentences(run, 2) == (
        f"The phone number +971501234567 belongs to {called('Anna Berg').reference}, and the e-mail omar@mail.test"
        f" to {called('Omar Saad').reference}. Merge those two if they are one person, or correct the row."
    )


def test_two_rows_of_one_file_that_a_third_confuses(bring_people):
    rows = [["Anna", "0501234567", ""], ["Omar", "", "omar@mail.test"], ["Who", "0501234567", "omar@mail.test"]]
    run, line = bring_people(csv_text(["Name", "Phone", "Email"], *rows), "--skip-bad-rows")
    assert line == "new=2 changed=0 same=0 warned=0 refused=1"
    assert "belongs to row 2, and the e-mail omar@mail.test to row 3." in sentences(run, 4)


def test_a_shared_number_with_another_name_and_address_is_asked(bring_people):
    rows = [["Anna Berg", "043881234", "anna@mail.test"], ["Omar Saad", "043881234", "omar@mail.test"]]
    run, line = bring_people(csv_text(["Name", "Phone", "Email"], *rows), "--skip-bad-rows")
    assert line == "new=1 changed=0 same=0 warned=0 refused=1"
    assert sentences(run, 3).startswith("The phone number is that of row 2, with another name and another e-mail.")


def test_a_number_that_two_customers_have_tells_nothing(bring_people):
    one, two = (PhoneFactory(e164="+971501234567", customer__full_name=name).customer for name in ("Anna", "Anna B"))
    run, _ = bring_people(csv_text(["Name", "Phone"], ["Anna", "0501234567"]))
    assert f"belongs to {one.reference} and {two.reference}." in sentences(run, 2)


def test_who_is_here_is_completed_and_what_people_wrote_stays(bring_people):
    known = PhoneFactory(e164="+971501234567", customer__full_name="Annie Berg", customer__language="").customer
    run, line = bring_people(people())
    assert line.startswith("new=2 changed=1")
    known.refresh_from_db()
    assert (known.full_name, known.language, addresses(known)) == ("Annie Berg", "English", ["anna@mail.test"])
    assert run.rows.get(customer=known).conflicts["full_name"] == ["Annie Berg", "Anna Berg"]
    assert bring_people(people())[1].startswith("new=0 changed=0 same=3")


def test_people_without_number_or_address_are_known_by_their_name(bring_people):
    text = csv_text(["Name", "Language"], ["Anna", "English"], ["Omar", "Arabic"])
    bring_people(text)
    assert bring_people(text)[1].startswith("new=0 changed=0 same=2")
    run, line = bring_people(csv_text(["Name", "Language"], ["Anna", "English"], ["Anna", "German"]))
    assert line == "new=0 changed=0 same=1 warned=0 refused=1"
    assert sentences(run, 3).startswith("Same name, without a phone number or an e-mail to tell them apart, as row 2.")


def test_the_same_id_on_two_different_rows_is_refused(bring_people):
    run, line = bring_people(people(["1", *ROWS[1][1:]]), "--skip-bad-rows")
    assert line.startswith("new=3 changed=0 same=0 warned=0 refused=1")
    assert sentences(run, 5) == "Same id as row 2. Keep one."


# -- A later file -----------------------------------------------------------------------------------------------------
def test_a_later_file_changes_what_it_changed(bring_people):
    bring_people(people())
    cells = {"Phone": "050 999 8877", "Status": "Negotiation", "Is a": "Buyer, Seller"}
    run, line = bring_people(people(row_1=cells))
    assert line == "new=0 changed=1 same=2 warned=0 refused=0"
    anna = called("Anna Berg")
    assert (numbers(anna), anna.stage, anna.roles) == (["+971509998877"], "offer", ["buyer", "seller"])
    assert run.rows.get(outcome=Outcome.CHANGED).changes["stage"] == ["", "offer"]


def test_a_field_that_a_person_changed_since_is_kept_and_shown(bring_people, administrator):
    bring_people(people())
    change(called("Anna Berg"), administrator, language="Russian", phones=["+971521112222"])
    run, _ = bring_people(people(row_1={"Language": "German", "Phone": "050 999 8877"}))
    anna = called("Anna Berg")
    assert (anna.language, numbers(anna)) == ("Russian", ["+971521112222"])
    assert run.rows.get(outcome=Outcome.CHANGED).conflicts == {
        "language": ["Russian", "German"],
        "phones": ["+971521112222", "+971509998877"],
    }
    assert bring_people(people(row_1={"Language": "German", "Phone": "050 999 8877"}))[1].startswith("new=0 changed=0")


def test_what_people_added_stays_beside_what_the_file_adds(bring_people, administrator):
    bring_people(people())
    change(called("Anna Berg"), administrator, phones=["+971501234567", "+971521112222"])
    bring_people(people(row_1={"Phone": "050 123 4567, 050 999 8877"}))
    assert numbers(called("Anna Berg")) == ["+971501234567", "+971521112222", "+971509998877"]


def test_an_empty_cell_in_a_later_file_clears_nothing(bring_people):
    bring_people(people())
    bring_people(people(row_1={"Language": "", "Phone": "", "Status": ""}))
    assert (called("Anna Berg").language, numbers(called("Anna Berg"))) == ("English", ["+971501234567"])


def test_a_consent_that_was_given_since_stays(bring_people, administrator):
    header = ["Name", "Phone", "Email consent"]
    bring_people(csv_text(header, ["Anna", "0501234567", "yes"]))
    set_consent(called("Anna"), "email", False, by=administrator)
    assert bring_people(csv_text(header, ["Anna", "0501234567", "yes"]))[1].startswith("new=0 changed=0 same=1")
    assert called("Anna").consents.first().granted is False


# -- Our own export ---------------------------------------------------------------------------------------------------
def as_file(by) -> str:
    from apps.core.sheets import csv_lines

    header, rows = export(Customer.objects.visible_to(by), "csv", by=by)
    return b"".join(csv_lines(header, rows)).decode()


def test_our_own_export_changes_nothing(bring_people, administrator, agent):
    bring_people(people())
    change(called("Omar Saad"), administrator, full_name="-Omar Saad", summary="=1+1", campaign="@home")
    set_consent(called("Anna Berg"), "email", True, by=administrator)
    Customer.objects.filter(full_name="Delta Homes LLC").update(do_not_contact=True, kind="company", company_name="D")
    before = everything()
    text = as_file(administrator)
    assert bring_people(text, "--source", "ours")[1] == "new=0 changed=0 same=3 warned=0 refused=0"
    assert bring_people(text, "--source", "ours")[1] == "new=0 changed=0 same=3 warned=0 refused=0"
    CustomerRecord.objects.filter(source="ours").delete()
    assert everything() == before


def test_our_own_export_after_somebody_worked_on_it_changes_what_differs(bring_people, administrator):
    bring_people(people())
    text = as_file(administrator).replace("Anna Berg", "Anna Berg-Saad")
    assert bring_people(text, "--source", "ours")[1].startswith("new=0 changed=1 same=2")
    assert called("Anna Berg-Saad")


def test_our_reference_on_somebody_else_is_a_problem(bring_people):
    known = CustomerFactory(full_name="Anna Berg")
    run, _ = bring_people(csv_text(["Reference", "Name"], [known.reference, "Omar Saad"]))
    assert sentences(run, 2).startswith(f"{known.reference} is somebody else here")


# -- Merged and erased ------------------------------------------------------------------------------------------------
def test_a_merged_customer_is_the_one_he_is_now(bring_people, administrator):
    bring_people(people())
    winner, loser = called("Omar Saad"), called("Anna Berg")
    choices = default_choices(winner, loser)
    merge(winner, loser, choices, versions=(winner.version, loser.version), by=administrator)
    assert bring_people(people())[1].startswith("new=0 changed=0 same=3")
    run, _ = bring_people(people(row_1={"Language": "German"}))
    assert run.rows.get(number=2).customer == winner
    by_reference = csv_text(["Reference", "Name", "Nationality"], [loser.reference, "Anna Berg", "Norway"])
    run, _ = bring_people(by_reference, "--source", "ours")
    assert run.rows.get(number=2).customer == winner


def test_who_was_erased_comes_in_as_somebody_new(bring_people, administrator):
    run, _ = bring_people(people())
    anna = called("Anna Berg")
    erase(anna, ground="Asked by mail", by=administrator)
    row = run.rows.get(number=2)
    assert (row.label, row.source_key, row.changes, row.undo) == ("", "", {}, {})
    assert not CustomerRecord.objects.filter(key="1").exists()
    assert "Anna" not in str(ImportRun.objects.get(pk=run.pk).survey)
    assert bring_people(people())[1] == "new=1 changed=0 same=2 warned=0 refused=0"
    assert called("Anna Berg").pk != anna.pk


# -- What cannot be read ----------------------------------------------------------------------------------------------
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


# -- Undo -------------------------------------------------------------------------------------------------------------
def everything() -> dict:
    models = (Customer, Phone, EmailAddress, Consent, Note, Requirement, RequirementPlace, CustomerRecord)
    volatile = ("version", "modified_at")
    keep = {m: [f.attname for f in m._meta.concrete_fields if f.name not in volatile] for m in models}
    return {m.__name__: list(m.objects.order_by("pk").values(*keep[m])) for m in models}


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
