"""Each person once: who a row is, in one file, in our own export, and after a merge or an erasure."""

import pytest

from apps.customers.actions.consent import set_consent
from apps.customers.actions.erasure import erase
from apps.customers.actions.merge import default_choices, merge
from apps.customers.export import export
from apps.customers.models import Customer
from apps.imports.models import CustomerRecord, ImportRun
from tests.factories import CustomerFactory, PhoneFactory
from tests.imports.files import csv_text
from tests.imports.imported import addresses, called, change, everything, sentences
from tests.imports.people import HEADER, ROWS, people

pytestmark = pytest.mark.django_db


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
