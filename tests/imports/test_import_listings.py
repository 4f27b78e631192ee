"""The command: rows become listings, changes or repeats; all or none; what people changed stays."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from apps.accounts.models import Agency
from apps.core.models import Event
from apps.imports.models import ImportRow, ImportRun, Outcome, SourceRecord
from apps.listings.actions.price import set_price
from apps.listings.models import Listing, Place, PriceChange, StatusChange, Unit
from apps.website.models import Placement
from tests.factories import ListingFactory, SiteFactory, UnitFactory, ViewingFactory
from tests.imports.conftest import HEADER, ROWS, stock
from tests.imports.files import csv_text

pytestmark = pytest.mark.django_db


def listing(reference: str) -> Listing:
    return Listing.objects.select_related("unit__place").get(listing_id=reference)


def test_each_row_becomes_a_unit_and_a_listing_with_its_histories(bring):
    run, line = bring(stock())
    assert line == "new=3 changed=0 same=0 warned=0 refused=0"
    sea = listing("PT-1")
    assert (sea.list_price, sea.standard_status, sea.unit.unit_number) == (Decimal(1_990_000), "Active", "1201")
    assert (sea.place_name, sea.community_name, sea.bedrooms_total) == ("Princess Tower", "The Marina", 2)
    assert [c.new_price for c in sea.price_changes.all()] == [Decimal(1_990_000)]
    assert [c.new_status for c in sea.status_changes.all()] == ["Active"]
    assert Event.objects.filter(verb="listing.imported", subject_id=sea.pk).get().data == {"run": run.pk, "row": 2}


def test_what_is_sold_by_a_file_is_sold_on_the_day_of_the_agency(bring, monkeypatch):
    bring(stock())
    Agency.objects.update(time_zone="America/New_York")
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2026, 11, 21, 21, 30, tzinfo=UTC))
    bring(stock(PT_1={"Status": "Closed"}))
    assert (listing("PT-1").close_date, listing("PT-1").off_market_date) == (date(2026, 11, 21), date(2026, 11, 21))


def test_a_listing_that_came_in_is_found_by_its_words(bring):
    bring(stock())
    assert Listing.objects.filter(search_vector__isnull=False, place_name="Silver Tower").exists()


def test_a_studio_has_no_bedrooms_and_unknown_is_null(bring):
    bring(stock(SV_3={"Beds": ""}))
    assert (listing("PT-2").bedrooms_total, listing("SV-3").bedrooms_total) == (0, None)


def test_the_same_file_twice_changes_nothing(bring):
    bring(stock())
    before = list(Listing.objects.order_by("pk").values("pk", "version", "modification_timestamp"))
    assert bring(stock())[1] == "new=0 changed=0 same=3 warned=0 refused=0"
    assert list(Listing.objects.order_by("pk").values("pk", "version", "modification_timestamp")) == before


def test_a_later_file_changes_what_it_changed_and_keeps_the_history(bring):
    bring(stock())
    run, line = bring(stock(PT_1={"Price (AED)": "1,900,000", "Title": "Sea and sky"}))
    assert line == "new=0 changed=1 same=2 warned=0 refused=0"
    sea = listing("PT-1")
    assert (sea.list_price, sea.previous_list_price, sea.title) == (1_900_000, 1_990_000, "Sea and sky")
    assert [(c.old_price, c.new_price) for c in sea.price_changes.all()][-1] == (1_990_000, 1_900_000)
    assert run.rows.get(outcome=Outcome.CHANGED).changes == {
        "title": ["Sea view", "Sea and sky"],
        "list_price": ["1990000", "1900000"],
    }


def test_a_field_that_a_person_changed_since_is_kept_and_shown(bring, administrator):
    bring(stock())
    set_price(listing("PT-1"), Decimal(2_100_000), version=listing("PT-1").version, by=administrator)
    run, _ = bring(stock(PT_1={"Price (AED)": "1,900,000"}))
    assert listing("PT-1").list_price == 2_100_000
    assert run.rows.get(outcome=Outcome.CHANGED).conflicts == {"list_price": ["2100000", "1900000"]}
    assert bring(stock(PT_1={"Price (AED)": "1,900,000"}))[1].startswith("new=0 changed=0 same=3")


def test_a_price_many_times_the_last_one_is_a_warning(bring):
    bring(stock())
    run, line = bring(stock(PT_1={"Price (AED)": "19,900,000"}))
    assert line == "new=0 changed=1 same=2 warned=1 refused=0"
    assert run.rows.get(outcome=Outcome.CHANGED).problems[0]["sentence"].startswith("Price is 10 times the last price.")


def test_an_empty_cell_in_a_later_file_clears_nothing(bring):
    bring(stock())
    bring(stock(PT_1={"Title": "", "Beds": ""}))
    assert (listing("PT-1").title, listing("PT-1").bedrooms_total) == ("Sea view", 2)


def test_a_status_that_cannot_follow_is_kept_with_a_warning(bring):
    bring(stock())
    run, _ = bring(stock(SV_3={"Status": "Active"}))
    assert listing("SV-3").standard_status == "Closed"
    assert "cannot become Active" in run.rows.get(listing=listing("SV-3")).problems[0]["sentence"]


def test_one_bad_row_keeps_the_whole_file_out(bring):
    run, line = bring(stock(PT_2={"Price (AED)": "4.650.000"}))
    assert line == "new=2 changed=0 same=0 warned=0 refused=1"
    assert not Listing.objects.exists() and not Unit.objects.exists() and not Place.objects.exists()
    assert run.rows.get(outcome=Outcome.REFUSED).problems[0]["suggestion"] == "4,650,000"


def test_good_rows_come_in_where_bad_ones_are_left_out(bring):
    bring(stock(PT_2={"Status": "Live"}), "--skip-bad-rows")
    assert set(Listing.objects.values_list("listing_id", flat=True)) == {"PT-1", "SV-3"}


def test_a_dry_run_says_the_same_and_changes_nothing(bring):
    assert bring(stock(), "--dry-run")[1] == "new=3 changed=0 same=0 warned=0 refused=0"
    assert not Listing.objects.exists() and not SourceRecord.objects.exists()


def test_json_gives_the_counts_as_an_object(bring):
    counts = json.loads(bring(stock(), "--json")[1])
    assert {name: counts[name] for name in ("new", "changed", "same", "warned", "refused")} == {
        "new": 3, "changed": 0, "same": 0, "warned": 0, "refused": 0,
    }  # fmt: skip


def test_an_agent_named_in_the_file_becomes_responsible(bring, agent):
    bring(csv_text([*HEADER, "Agent"], [*ROWS[0], "layla  HADDAD"], [*ROWS[1], "Somebody else"]))
    assert (listing("PT-1").list_agent, listing("PT-2").list_agent) == (agent, None)


def test_only_an_administrator_may_import(tmp_path, agent):
    path = tmp_path / "stock.csv"
    path.write_text(stock())
    with pytest.raises(CommandError, match="Only an administrator"):
        call_command("import_listings", str(path), "--by", agent.email)
    assert not ImportRun.objects.exists()


def test_columns_that_are_no_field_stay_with_the_row(bring):
    bring(csv_text([*HEADER, "Mood"], [*ROWS[0], "calm"]))
    assert SourceRecord.objects.get(key="PT-1").extra == {"Mood": "calm"}


def test_permit_and_mandate_come_in_with_their_dates(bring):
    header = [*HEADER, "Permit", "Permit expiry", "Mandate start", "Mandate end"]
    bring(csv_text(header, [*ROWS[0], "7104220871", "2027-01-31", "2026-11-01", "2027-02-01"]))
    sea = listing("PT-1")
    assert (sea.permits.get().number, str(sea.permit_until), str(sea.mandate_until)) == (
        "7104220871", "2027-01-31", "2027-02-01",
    )  # fmt: skip


# -- Rows that speak of what is here already --------------------------------------------------------------------------
def test_a_row_that_repeats_another_in_every_cell_is_the_same(bring):
    assert bring(stock(rows=[*ROWS, ROWS[0]]))[1] == "new=3 changed=0 same=1 warned=0 refused=0"


def test_the_same_reference_on_two_different_rows_is_refused(bring):
    twice = ["PT-1", *ROWS[2][1:]]
    run, line = bring(stock(rows=[*ROWS, twice]), "--skip-bad-rows")
    assert line == "new=3 changed=0 same=0 warned=0 refused=1"
    assert run.rows.get(number=5).problems[0]["sentence"] == "Same reference as row 2. Keep one."


def test_the_same_unit_twice_on_the_market_is_refused(bring):
    run, _ = bring(stock(rows=[*ROWS, ["PT-9", *ROWS[0][1:]]]), "--skip-bad-rows")
    assert run.rows.get(number=5).problems[0]["sentence"] == "Same unit as row 2. Keep one."


def test_a_unit_that_is_here_gets_another_listing_and_no_second_unit(bring):
    bring(stock())
    bring(stock(rows=[["PT-8", *ROWS[2][1:5], "Active", *ROWS[2][6:]]]), "--source", "another")
    assert listing("PT-8").unit_id == listing("SV-3").unit_id


def test_a_unit_that_is_on_the_market_already_is_not_listed_twice(bring):
    bring(stock())
    run, _ = bring(stock(rows=[["PT-8", *ROWS[0][1:]]]), "--source", "another")
    assert run.rows.get().problems[0]["sentence"].startswith("The unit is already here as PT-1.")


def test_a_row_with_the_reference_of_a_listing_here_changes_that_listing(bring):
    ListingFactory(listing_id="PT-1", unit=UnitFactory(place=None, unit_number=""), list_price=Decimal(5_000_000))
    assert bring(stock(rows=ROWS[:1]))[1] == "new=0 changed=1 same=0 warned=0 refused=0"
    assert (listing("PT-1").list_price, listing("PT-1").place_name) == (1_990_000, "Princess Tower")


# -- Files without an id ----------------------------------------------------------------------------------------------
UNNAMED = ["Title", "Price", "Beds", "Community", "City"]
ADS = [["Flat by the sea", "40000", "1", "Marina", "Dubai"], ["Flat by the sea", "45000", "1", "Marina", "Dubai"],
       ["Villa", "90000", "4", "Hills", "Dubai"]]  # fmt: skip


def test_rows_without_an_id_are_known_again(bring):
    bring(csv_text(UNNAMED, *ADS))
    assert bring(csv_text(UNNAMED, *reversed(ADS)))[1].startswith("new=0 changed=0 same=3")


def test_without_an_id_a_changed_price_changes_the_one_listing_it_can_mean(bring):
    bring(csv_text(UNNAMED, *ADS))
    later = [ADS[0], ["Flat by the sea", "44000", "1", "Marina", "Dubai"], ["Villa", "85000", "4", "Hills", "Dubai"]]
    assert bring(csv_text(UNNAMED, *later))[1].startswith("new=0 changed=2 same=1")
    assert set(Listing.objects.values_list("list_price", flat=True)) == {40_000, 44_000, 85_000}


def test_without_an_id_rows_that_could_be_either_are_new(bring):
    bring(csv_text(UNNAMED, *ADS))
    later = [["Flat by the sea", "30000", "1", "Marina", "Dubai"], ["Flat by the sea", "31000", "1", "Marina", "Dubai"]]
    assert bring(csv_text(UNNAMED, *later))[1].startswith("new=2 changed=0")


# -- Undo -------------------------------------------------------------------------------------------------------------
def everything() -> dict:
    models = (Listing, Unit, Place, PriceChange, StatusChange, SourceRecord)
    volatile = ("id", "version", "modification_timestamp", "at", "price_change_timestamp", "search_vector")
    keep = {m: [f.attname for f in m._meta.concrete_fields if f.name not in volatile] for m in models}
    return {m.__name__: list(m.objects.order_by("pk").values(*keep[m])) for m in models}


def undo(run: ImportRun):
    call_command("undo_import", str(run.pk))
    run.refresh_from_db()


def test_an_undone_first_import_leaves_nothing(bring):
    before = everything()
    run, _ = bring(stock())
    undo(run)
    assert everything() == before and run.state == "undone"


def test_an_undone_later_import_puts_everything_back(bring):
    bring(stock())
    before = everything()
    cells = {"Price (AED)": "1,900,000", "Title": "x", "Beds": "4", "Status": "Pending", "Building": "Other Tower"}
    run, line = bring(stock(rows=[*ROWS, ["NEW-1", *ROWS[0][1:-1], "99"]], PT_1=cells))
    assert line.startswith("new=1 changed=1 same=2")
    undo(run)
    assert everything() == before


def test_an_undo_leaves_what_people_changed_since(bring, administrator):
    run, _ = bring(stock())
    set_price(listing("PT-1"), Decimal(2_100_000), version=listing("PT-1").version, by=administrator)
    undo(run)
    assert [one.listing_id for one in Listing.objects.all()] == ["PT-1"]
    assert run.kept_count == 1


def test_an_undo_leaves_listings_that_viewings_are_booked_for(bring):
    run, _ = bring(stock())
    ViewingFactory(listing=listing("PT-1"))
    undo(run)
    assert [one.listing_id for one in Listing.objects.all()] == ["PT-1"]


def test_an_undo_takes_listings_back_that_were_to_go_to_a_website_and_were_not_sent(bring):
    SiteFactory(follows_filter=True)
    run, _ = bring(stock())
    assert Placement.objects.filter(due_at__isnull=False).count() == 2
    Placement.objects.update(state="held", trouble="No photo.", wanted_digest="d", attempts=2)
    undo(run)
    assert not Listing.objects.exists() and not Placement.objects.exists()


@pytest.mark.parametrize("sent", [{"post_id": 7}, {"asked_at": timezone.now()}, {"claimed_until": timezone.now()}])
def test_an_undo_leaves_listings_that_a_website_has_or_may_have(bring, sent):
    site = SiteFactory(follows_filter=True)
    run, _ = bring(stock())
    Placement.objects.filter(site=site, listing__listing_id="PT-1").update(**sent)
    undo(run)
    assert [row.listing.listing_id for row in Placement.objects.all()] == ["PT-1"]


def test_an_undo_restores_the_fields_that_people_left_alone(bring, administrator):
    bring(stock())
    run, _ = bring(stock(PT_1={"Price (AED)": "1,900,000", "Title": "x"}))
    set_price(listing("PT-1"), Decimal(2_100_000), version=listing("PT-1").version, by=administrator)
    undo(run)
    assert (listing("PT-1").title, listing("PT-1").list_price) == ("Sea view", 2_100_000)


def test_a_run_is_undone_once(bring):
    run, _ = bring(stock())
    undo(run)
    with pytest.raises(CommandError, match="already undone"):
        call_command("undo_import", str(run.pk))


def test_after_an_undo_the_file_can_be_imported_again(bring):
    run, _ = bring(stock())
    undo(run)
    assert bring(stock())[1] == "new=3 changed=0 same=0 warned=0 refused=0"


def test_every_row_of_a_run_is_kept(bring):
    run, _ = bring(stock(rows=[*ROWS, ROWS[0]], PT_2={"Beds": "7+"}))
    assert list(ImportRow.objects.filter(run=run).values_list("number", "outcome")) == [
        (2, "new"), (3, "new"), (4, "new"), (5, "same"),
    ]  # fmt: skip
    assert run.rows.get(number=3).raw["Beds"] == "7+"
