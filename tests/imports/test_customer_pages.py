"""The pages with a file of customers: who may choose it, what they say, and that others see nothing of it."""

import pytest

from apps.accounts.roles import GRANTS
from apps.customers.models import Customer
from apps.imports.actions import run as actions
from apps.imports.models import ImportRun, RunState
from tests.imports.conftest import stock, uploaded
from tests.imports.people import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(browse, administrator, customers_on):
    return browse(administrator)


def checked(browser, by, text: str = "", **fields) -> ImportRun:
    """Upload as customers, match as understood, and check."""
    browser.send("/imports/new/", file=uploaded(text or people()), **({"subject": "customers"} | fields))
    run = ImportRun.objects.first()
    actions.read(run, by=by)
    browser.send(f"/imports/{run.pk}/match/", **_as_understood(browser, run))
    run.refresh_from_db()
    actions.check(run, by=by)
    return run


def _as_understood(browser, run) -> dict:
    form = browser.get(f"/imports/{run.pk}/match/").context["form"]
    return {bound.name: bound.value() or "" for bound in form}


def test_a_file_of_customers_goes_in_and_out_again(admin, administrator):
    run = checked(admin, administrator)
    page = admin.get(f"/imports/{run.pk}/").content.decode()
    assert run.state == RunState.READY and "Import 3 rows" in page and "Change a customer" in page
    admin.send(f"/imports/{run.pk}/apply/")
    actions.apply(run, by=administrator)
    done = admin.get(f"/imports/{run.pk}/").content.decode()
    assert Customer.objects.count() == 3 and "Customers imported" in done and "/customers/" in done
    run.refresh_from_db()
    actions.undo(run, by=administrator)
    assert not Customer.objects.exists()


def test_what_is_in_the_file_is_chosen_where_it_is_uploaded(admin):
    assert 'value="customers" required id="id_subject_1" checked' in _words(
        admin.get("/imports/new/?subject=customers")
    )
    assert 'value="listings" required id="id_subject_0" checked' in _words(admin.get("/imports/new/"))


def _words(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_several_columns_may_be_phones(admin, administrator):
    run = checked(admin, administrator, "Name,Mobile,Home phone,Odd\nAnna,0501234567,043881234,0551234567\n")
    page = admin.get(f"/imports/{run.pk}/match/")
    names = {column.name: bound.name for column, bound in page.context["form"].rows()}
    given = _as_understood(admin, run) | {names["Odd"]: "phones"}
    assert admin.send(f"/imports/{run.pk}/match/", **given).status_code == 302


def test_a_number_is_mended_in_its_cell(admin, administrator):
    run = checked(admin, administrator, people(row_1={"Phone": "tba soon"}))
    page = admin.get(f"/imports/{run.pk}/?show=warned").content.decode()
    assert "“tba soon” is no phone number. It was left out." in page
    admin.send(f"/imports/{run.pk}/fix/", row="2", column="Phone", text="0509998877")
    run.refresh_from_db()
    assert run.warned_count == 0


def test_differences_and_what_was_kept_are_shown(admin, administrator):
    run = checked(admin, administrator)
    admin.send(f"/imports/{run.pk}/apply/")
    actions.apply(run, by=administrator)
    anna = Customer.objects.get(full_name="Anna Berg")
    Customer.objects.filter(pk=anna.pk).update(language="Greek")
    again = checked(admin, administrator, people(row_1={"Language": "German", "Status": "Offer made"}))
    changes = admin.get(f"/imports/{again.pk}/?show=changes").content.decode()
    conflicts = admin.get(f"/imports/{again.pk}/?show=conflicts").content.decode()
    assert "offer" in changes and f"/customers/{anna.reference}/" in changes
    assert "Greek" in conflicts and "German" in conflicts


def test_while_the_flag_is_off_there_are_no_customers_to_import(browse, administrator):
    browser = browse(administrator)
    run = actions.upload(uploaded(people()), subject="customers", by=administrator)
    assert browser.get(f"/imports/{run.pk}/").status_code == 404
    assert browser.get(f"/imports/{run.pk}/rows.csv").status_code == 404
    assert "Nothing was imported yet" in browser.get("/imports/").content.decode()
    assert browser.send("/imports/new/", file=uploaded(people()), subject="customers").status_code == 422


def test_who_may_not_see_all_customers_sees_no_import_of_them(
    browse, manager, administrator, customers_on, monkeypatch
):
    run = actions.upload(uploaded(people()), subject="customers", by=administrator)
    monkeypatch.setitem(GRANTS, "customers.view_any_customer", set())
    browser = browse(manager)
    assert browser.get(f"/imports/{run.pk}/").status_code == 404
    assert f"/imports/{run.pk}/" not in browser.get("/imports/").content.decode()


def test_a_manager_looks_on_and_changes_nothing(browse, manager, admin, administrator):
    run = checked(admin, administrator)
    looker = browse(manager)
    assert looker.get(f"/imports/{run.pk}/").status_code == 200
    for path in ("match/", "fix/", "apply/", "undo/"):
        answer = looker.send(f"/imports/{run.pk}/{path}", row="2", column="Name", text="x", source="x")
        assert answer.status_code in (403, 422)
    run.refresh_from_db()
    assert run.state == RunState.READY


def test_the_list_of_customers_leads_to_their_import(admin):
    assert "/imports/new/?subject=customers" in admin.get("/customers/").content.decode()


def test_a_file_of_listings_is_still_one(admin, administrator):
    admin.send("/imports/new/", file=uploaded(stock()), source="")
    assert ImportRun.objects.get().subject == "listings"
