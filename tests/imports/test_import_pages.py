"""The pages: upload, match columns, check rows, done; each step can be left and come back to."""

import csv
import io

import pytest

from apps.imports.models import ImportRun, RunState
from apps.listings.models import Listing
from tests.imports.conftest import HEADER, ROWS, stock, uploaded
from tests.imports.files import csv_text
from tests.workers import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def admin(browse, administrator):
    return browse(administrator)


def bring(browser, text: str, **match) -> ImportRun:
    """Upload, match as understood, and check."""
    browser.send("/imports/new/", file=uploaded(text), source="")
    run_jobs()
    run = ImportRun.objects.first()
    if run.state == RunState.MATCHING:
        form = browser.get(f"/imports/{run.pk}/match/").context["form"]
        given = {bound.name: bound.value() or "" for bound in form}
        browser.send(f"/imports/{run.pk}/match/", **(given | match))
        run_jobs()
        run.refresh_from_db()
    return run


def test_a_file_goes_from_upload_to_the_stock_and_back(admin):
    run = bring(admin, stock())
    assert run.state == RunState.READY and not Listing.objects.exists()
    page = admin.get(f"/imports/{run.pk}/").content.decode()
    assert "Import 3 rows" in page
    admin.send(f"/imports/{run.pk}/apply/")
    run_jobs()
    assert Listing.objects.count() == 3 and "Listings imported" in admin.get(f"/imports/{run.pk}/").content.decode()
    admin.send(f"/imports/{run.pk}/undo/")
    run_jobs()
    assert not Listing.objects.exists() and "Import undone" in admin.get(f"/imports/{run.pk}/").content.decode()


def test_while_a_job_works_the_page_asks_for_progress(admin):
    admin.send("/imports/new/", file=uploaded(stock()))
    run = ImportRun.objects.get()
    assert "every 2s" in admin.get(f"/imports/{run.pk}/").content.decode()
    run_jobs()
    done = admin.get(f"/imports/{run.pk}/progress/", headers={"HX-Request": "true"})
    assert done["HX-Redirect"] == f"/imports/{run.pk}/"


def test_an_unreadable_file_gets_its_sentence(admin):
    run = bring(admin, "%PDF-1.7")
    assert run.state == RunState.FAILED
    assert "This is a PDF." in admin.get(f"/imports/{run.pk}/").content.decode()


def test_an_empty_file_is_refused_where_it_is_chosen(admin):
    answer = admin.send("/imports/new/", file=uploaded(""))
    assert answer.status_code == 422 and not ImportRun.objects.exists()


def test_columns_that_are_not_known_come_first_and_may_be_chosen(admin):
    admin.send("/imports/new/", file=uploaded(csv_text([*HEADER, "Mood"], [*ROWS[0], "calm"])))
    run_jobs()
    run = ImportRun.objects.get()
    form = admin.get(f"/imports/{run.pk}/match/").context["form"]
    assert next(column.name for column, _ in form.rows()) == "Mood"
    run = bring(admin, csv_text([*HEADER, "Mood"], [*ROWS[0], "calm"]), **{"column-0": "view"})
    admin.send(f"/imports/{run.pk}/apply/")
    run_jobs()
    assert Listing.objects.get().unit.view == "calm"


def test_two_columns_cannot_be_one_field(admin):
    run = bring(admin, csv_text([*HEADER, "Mood"], [*ROWS[0], "calm"]), **{"column-0": "list_price"})
    assert run.state == RunState.MATCHING


def test_dates_that_can_be_read_in_two_ways_are_asked(admin):
    text = csv_text([*HEADER, "Listed on"], [*ROWS[0], "5/8/2026"], [*ROWS[1], "6/7/2026"])
    run = bring(admin, text)
    assert run.state == RunState.MATCHING
    page = admin.get(f"/imports/{run.pk}/match/").content.decode()
    assert "5/8/2026 = 5 Aug" in page and "5/8/2026 = 8 May" in page
    run = bring(admin, text, **{"date-0": "dmy"})
    admin.send(f"/imports/{run.pk}/apply/")
    run_jobs()
    assert str(Listing.objects.get(listing_id="PT-1").on_market_date) == "2026-08-05"


def test_a_wrong_cell_is_outlined_with_what_to_change(admin):
    run = bring(admin, stock(PT_1={"Status": "Live"}))
    page = admin.get(f"/imports/{run.pk}/").content.decode()
    assert '<span class="cellbad"><bdi>Live</bdi></span>' in page
    assert "Status “Live” is not known. Choose a status." in page and "Import 2 good rows" in page


def test_one_click_takes_the_suggestion(admin):
    run = bring(admin, stock(PT_1={"Status": "Live"}))
    admin.send(f"/imports/{run.pk}/fix/", row="2", column="Status", text="Active")
    run.refresh_from_db()
    assert (run.refused_count, run.new_count) == (0, 3)
    admin.send(f"/imports/{run.pk}/apply/")
    run_jobs()
    assert Listing.objects.get(listing_id="PT-1").standard_status == "Active"


def test_one_click_mends_all_similar_rows(admin):
    run = bring(admin, stock(PT_1={"Price (AED)": "4.650.000"}, SV_3={"Price (AED)": "1.990.000"}))
    assert "Apply to 2 rows" in admin.get(f"/imports/{run.pk}/").content.decode()
    admin.send(f"/imports/{run.pk}/fix-similar/", column="Price (AED)", kind="dot in the price")
    run.refresh_from_db()
    assert run.refused_count == 0 and run.fixes["2"] == {"Price (AED)": "4,650,000"}


def test_good_rows_come_in_without_the_bad_ones(admin):
    run = bring(admin, stock(PT_1={"Status": "Live"}))
    admin.send(f"/imports/{run.pk}/apply/", skip_bad_rows="yes")
    run_jobs()
    assert Listing.objects.count() == 2


def test_rows_to_mend_are_a_file_that_can_be_sent_back(admin):
    run = bring(admin, stock(PT_1={"Status": "Live"}))
    content = b"".join(admin.get(f"/imports/{run.pk}/rows.csv").streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(content))
    assert (row["Row"], row["Ref"], row["Status"]) == ("2", "PT-1", "Live")
    assert row["What to change"] == "Status: Status “Live” is not known. Choose a status."


def test_the_differences_of_a_later_file_are_shown_before_they_are_applied(admin):
    run = bring(admin, stock())
    admin.send(f"/imports/{run.pk}/apply/")
    run_jobs()
    run = bring(admin, stock(PT_1={"Price (AED)": "1,900,000"}))
    page = admin.get(f"/imports/{run.pk}/?show=changes").content.decode()
    assert (
        "1,990,000" in page and "1,900,000" in page and Listing.objects.get(listing_id="PT-1").list_price == 1_990_000
    )


def test_a_manager_sees_imports_and_changes_none(browse, manager, admin, administrator):
    run = bring(admin, stock())
    looker = browse(manager)
    assert looker.get("/imports/").status_code == 200 and looker.get(f"/imports/{run.pk}/").status_code == 200
    assert "Import 3 rows" not in looker.get(f"/imports/{run.pk}/").content.decode()
    for path in ("new/", f"{run.pk}/match/", f"{run.pk}/fix/", f"{run.pk}/apply/", f"{run.pk}/undo/"):
        assert looker.send(f"/imports/{path}", row="2", column="Ref", text="x").status_code in (403, 422)
    run.refresh_from_db()
    assert run.state == RunState.READY and run.fixes == {}


@pytest.mark.parametrize("role", ["agent", "marketing", "viewer"])
def test_others_do_not_see_imports(browse, request, role):
    browser = browse(request.getfixturevalue(role))
    assert browser.get("/imports/").status_code == 403 and browser.get("/imports/new/").status_code == 403


def test_a_file_that_was_imported_before_is_said_to_be(admin):
    run = bring(admin, stock())
    admin.send(f"/imports/{run.pk}/apply/")
    run_jobs()
    again = bring(admin, stock())
    assert "imported this very file before" in admin.get(f"/imports/{again.pk}/match/").content.decode()


def test_every_import_is_in_the_list(admin):
    run = bring(admin, stock())
    assert f"/imports/{run.pk}/" in admin.get("/imports/").content.decode()
