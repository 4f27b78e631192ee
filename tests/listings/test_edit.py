"""The edit page: one editor, and two at once."""

from decimal import Decimal

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from apps.core.models import Event
from apps.listings.models import Listing
from tests.factories import CustomerFactory, ListingFactory, PlaceFactory, UnitFactory
from tests.listings.editors import Editor


@pytest.fixture
def listing(agent):
    return ListingFactory(
        listing_id="MG-2304", unit__unit_number="2304", created_by=agent, list_price=Decimal(2450000), title="Old title"
    )


@pytest.fixture
def editor(listing):
    def editor(user):
        client = Client()
        client.force_login(user)
        return Editor(client, "MG-2304").open()

    return editor


def now():
    return Listing.objects.select_related("unit").get(listing_id="MG-2304")


def test_facts_texts_and_price_are_saved_together(editor, agent):
    answer = editor(agent).save(title="New title", view="Full marina", list_price="2.4M", bedrooms_total="Studio")
    assert answer.url == "/listings/MG-2304/"
    assert (now().title, now().unit.view, now().list_price, now().unit.bedrooms_total) == (
        "New title",
        "Full marina",
        2400000,
        0,
    )
    assert now().price_changes.get().new_price == 2400000


def test_saving_without_a_change_changes_nothing(editor, agent):
    editor(agent).save()
    assert now().version == 1
    assert not Event.objects.filter(verb="listing.edited").exists()


def test_text_with_several_lines_is_not_changed_by_saving_it(editor, agent, listing):
    Listing.objects.update(public_remarks="First line\nSecond line\n")
    page = editor(agent)
    page.save(public_remarks=page.typed["public_remarks"].replace("\n", "\r\n"))
    assert now().version == 1


def test_a_wrong_value_keeps_everything_typed(editor, agent):
    answer = editor(agent).save(year_built="20", view="Full marina")
    assert answer.status_code == 422
    assert 'value="Full marina"' in answer.content.decode() and now().unit.view == ""


def test_a_surprising_price_is_asked_again(editor, agent):
    answer = editor(agent).save(list_price="24,500,000")
    assert answer.status_code == 422
    assert "Price is 10 times the last price. Enter AED 2,450,000 or confirm the change." in answer.content.decode()
    assert editor(agent).save(list_price="24,500,000", confirmed="on").status_code == 302


def test_what_two_people_change_in_different_fields_is_merged(editor, agent, manager):
    mine, theirs = editor(agent), editor(manager)
    theirs.save(view="Sea")
    answer = mine.save(title="New title")
    assert answer.status_code == 302
    assert (now().title, now().unit.view) == ("New title", "Sea")


def test_the_second_of_two_sees_both_values_and_loses_no_typing(editor, agent, manager):
    mine, theirs = editor(agent), editor(manager)
    theirs.save(title="Priya's title")
    answer = mine.save(title="Layla's title", view="Sea")
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Layla&#x27;s title" in text and "Priya&#x27;s title" in text and "Old title" in text
    assert now().title == "Priya's title" and now().unit.view == ""


def test_keeping_mine_saves_everything_typed(editor, agent, manager):
    mine, theirs = editor(agent), editor(manager)
    theirs.save(title="Priya")
    answer = mine.save(title="Layla", view="Sea")
    assert mine.resend(answer, keep_title="mine").status_code == 302
    assert (now().title, now().unit.view) == ("Layla", "Sea")


def test_taking_theirs_keeps_the_rest_of_mine(editor, agent, manager):
    mine, theirs = editor(agent), editor(manager)
    theirs.save(title="Priya")
    answer = mine.save(title="Layla", view="Sea")
    mine.resend(answer, keep_title="theirs")
    assert (now().title, now().unit.view) == ("Priya", "Sea")


def test_a_compared_form_leaves_others_changes_to_other_fields(editor, agent, manager):
    mine, theirs = editor(agent), editor(manager)
    theirs.save(title="Priya", view="Sea")
    answer = mine.save(title="Layla")
    mine.resend(answer, keep_title="mine")
    assert (now().title, now().unit.view) == ("Layla", "Sea")


def test_a_third_editor_is_compared_too(editor, agent, manager, administrator):
    mine, theirs = editor(agent), editor(manager)
    theirs.save(title="Priya")
    answer = mine.save(title="Layla")
    editor(administrator).save(title="Tom")
    again = mine.resend(answer, keep_title="mine")
    assert again.status_code == 409 and "Tom" in again.content.decode()


def test_a_price_that_two_change_is_compared(editor, agent, manager):
    mine, theirs = editor(agent), editor(manager)
    theirs.save(list_price="2,400,000")
    answer = mine.save(list_price="2,300,000")
    assert answer.status_code == 409 and "2,400,000" in answer.content.decode()


def test_a_form_of_another_listing_is_refused(editor, agent):
    other = ListingFactory(created_by=agent)
    page = editor(agent)
    page.url = reverse("listings:edit", args=[other.listing_id])
    assert page.save(title="Layla").status_code == 422


def test_a_unit_cannot_take_anothers_address(editor, agent, listing):
    other = UnitFactory(place=listing.unit.place, unit_number="2305")
    answer = editor(agent).save(unit_number=other.unit_number)
    assert answer.status_code == 422 and "already here as another unit" in answer.content.decode()


def test_marketing_cannot_change_what_its_form_does_not_show(editor, marketing):
    editor(marketing).save(title="Better title", list_price="1", owner_name="Nobody")
    assert (now().title, now().list_price, now().unit.owner_name) == ("Better title", 2450000, "")


def test_the_form_carries_nothing_that_is_hidden(editor, marketing, listing):
    listing.unit.owner = CustomerFactory(full_name="Fatima")
    listing.unit.save()
    carried = signing.loads(editor(marketing).typed["opened"], salt="listings.edit")
    assert set(carried["values"]) == {"title", "public_remarks"}


def test_moving_to_another_place_is_one_change(editor, agent):
    tower = PlaceFactory(name="Cayan Tower")
    editor(agent).save(place=tower.pk, place_text="Cayan Tower")
    assert now().place_name == "Cayan Tower"
