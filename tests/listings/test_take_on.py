"""Taking a unit on: a draft with whatever is there, and no unit twice."""

import io
import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from apps.listings.models import Listing, Mandate, Permit, Place, Unit
from tests.factories import ListingFactory, PermitFactory, PhoneFactory, PlaceFactory, UnitFactory

NEW = "/listings/new/"


@pytest.fixture
def gate(db):
    city = PlaceFactory(level="city", name="Dubai")
    return PlaceFactory(name="Marina Gate 2", parent=PlaceFactory(level="community", name="Dubai Marina", parent=city))


@pytest.fixture
def save(client, agent):
    client.force_login(agent)

    def save(headers=None, **typed):
        data = {"submission_key": uuid.uuid4(), "property_type": "Residential", **typed}
        return client.post(NEW, data, headers=headers or {})

    return save


def picture(name="living.jpg", colour=(200, 90, 40)):
    file = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(file, "JPEG")
    return SimpleUploadedFile(name, file.getvalue(), "image/jpeg")


def test_a_whole_listing_is_saved_at_once(save, gate, agent):
    answer = save(
        place=gate.pk,
        place_text="Marina Gate 2",
        unit_number="2304",
        bedrooms_total="2",
        living_area="1,388",
        list_price="2.45M",
        owner_name="Fatima Al Mansoori",
        mandate_signed=timezone.localdate(),
        permit_number="71128840916",
        permit_ends=timezone.localdate() + timedelta(days=60),
        internet_entire_listing_display_yn="on",
        photos=[picture(), picture("view.jpg", (10, 90, 200))],
    )
    listing = Listing.objects.get()
    assert answer.url == listing.get_absolute_url() == "/listings/MG-2304/"
    assert (listing.standard_status, listing.list_price, listing.list_agent) == ("Incomplete", 2450000, agent)
    assert (listing.unit.living_area, listing.unit.owner_name) == (1388, "Fatima Al Mansoori")
    assert listing.photos.count() == 2


def test_a_mandate_runs_the_agencys_usual_length(save):
    save(unit_number="1", mandate_signed="2026-11-01")
    assert Mandate.objects.get().expiration_date.isoformat() == "2027-01-30"


def test_a_year_far_away_is_a_slip(save):
    answer = save(unit_number="1", mandate_signed="9999-12-31")
    assert answer.status_code == 422 and "The year 9999 cannot be right" in answer.content.decode()


def test_a_draft_needs_hardly_anything(save):
    assert save(unit_number="2304").status_code == 302
    assert Listing.objects.get().unit.unit_number == "2304"


def test_nothing_at_all_is_not_saved(save):
    answer = save()
    assert answer.status_code == 422
    assert "There is nothing to save yet" in answer.content.decode()
    assert not Unit.objects.exists()


def test_a_wrong_price_keeps_everything_typed(save, gate):
    answer = save(place=gate.pk, place_text="Marina Gate 2, Dubai", unit_number="2304", list_price="4.650.000")
    text = answer.content.decode()
    assert answer.status_code == 422 and "“4.650.000” is not a clear amount" in text
    assert 'value="4.650.000"' in text and 'value="2304"' in text and f'value="{gate.pk}"' in text
    assert text.count("<title>Error:") == 1
    assert not Listing.objects.exists()


def test_a_broken_photo_is_named_and_the_draft_is_kept(save, client):
    broken = SimpleUploadedFile("broken.jpg", b"not a picture", "image/jpeg")
    page = client.get(save(unit_number="2304", photos=[broken, picture()]).url)
    assert "broken.jpg" in page.content.decode()
    assert Listing.objects.get().photos.count() == 1


def test_typing_a_place_that_is_known_is_enough(save, gate):
    save(place_text="marina gate 2", unit_number="2304")
    assert Listing.objects.get().unit.place == gate


def test_an_unclear_place_is_asked_with_its_choices(save, gate):
    text = save(place_text="marna gate", unit_number="2304").content.decode()
    assert f'name="place_choice" value="{gate.pk}"' in text
    save(place_text="marna gate", place_choice=gate.pk, unit_number="2304")
    assert Listing.objects.get().unit.place == gate


def test_a_building_is_added_on_the_way(save, gate):
    save(place="new", place_text="Marina Gate 9, Dubai Marina, Dubai", unit_number="1")
    assert Listing.objects.get().unit.place.full_name == "Marina Gate 9, Dubai Marina, Dubai"


def test_an_address_may_stay_as_written(save):
    save(place_text="Villa behind the mosque", place_choice="as-written")
    assert Listing.objects.get().unit.unparsed_address == "Villa behind the mosque"


def test_a_unit_that_is_here_is_offered_before_a_second_is_made(save, gate):
    ListingFactory(unit=UnitFactory(place=gate, unit_number="2304"), listing_id="MG-2304", standard_status="Closed")
    answer = save(place=gate.pk, place_text="x", unit_number="2304")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Marina Gate 2, 2304 is already here" in text and "/listings/MG-2304/" in text
    assert Unit.objects.count() == 1


def test_the_offer_puts_the_unit_on_the_market_again(save, gate):
    unit = UnitFactory(place=gate, unit_number="2304", view="Full marina", living_area_units="Square Meters")
    ListingFactory(unit=unit, listing_id="MG-2304", standard_status="Closed")
    save(place=gate.pk, unit_number="2304", bedrooms_total="3", living_area_units="Square Feet", same_unit=unit.pk)
    unit.refresh_from_db()
    assert unit.listings.count() == 2
    assert (unit.bedrooms_total, unit.view, unit.living_area_units) == (3, "Full marina", "Square Meters")


def test_a_unit_is_not_twice_open_for_sale_unless_confirmed(save, gate):
    unit = UnitFactory(place=gate, unit_number="2304")
    ListingFactory(unit=unit, listing_id="MG-2304")
    typed = {"place": gate.pk, "unit_number": "2304", "same_unit": unit.pk}
    assert "is already for sale as MG-2304 (Active)" in save(**typed).content.decode()
    assert save(**typed, list_twice="on").status_code == 302
    assert unit.listings.count() == 2


def test_a_unit_for_sale_may_be_for_rent_too(save, gate):
    unit = UnitFactory(place=gate, unit_number="2304")
    ListingFactory(unit=unit)
    typed = {"place": gate.pk, "unit_number": "2304", "same_unit": unit.pk}
    assert save(**typed | {"property_type": "Residential Lease"}).status_code == 302


def test_the_same_permit_is_noticed_and_may_be_another_unit(save):
    PermitFactory(number="71128840916")
    assert "with permit 71128840916" in save(unit_number="9", permit_number="71128840916").content.decode()
    save(unit_number="9", permit_number="71128840916", same_unit="another")
    assert Permit.objects.filter(number="71128840916").count() == 2


def test_another_agents_owner_is_not_taken_over(save, gate, other_agent):
    unit = UnitFactory(place=gate, unit_number="2304", owner=PhoneFactory(e164="+971501234567").customer)
    ListingFactory(unit=unit, created_by=other_agent, standard_status="Closed")
    answer = save(place=gate.pk, unit_number="2304", same_unit=unit.pk)
    assert answer.status_code == 403
    assert unit.listings.count() == 1


def test_the_offer_says_whom_to_ask(save, gate, other_agent):
    unit = UnitFactory(place=gate, unit_number="2304", owner=PhoneFactory(e164="+971501234567").customer)
    ListingFactory(unit=unit, created_by=other_agent, standard_status="Closed")
    text = save(place=gate.pk, unit_number="2304").content.decode()
    assert "Ask Omar or a manager" in text and "+971501234567" not in text


def test_units_that_are_here_are_named_while_typing(client, agent, gate):
    ListingFactory(unit=UnitFactory(place=gate, unit_number="2304"), listing_id="MG-2304")
    client.force_login(agent)
    text = client.get(reverse("listings:twins"), {"place": gate.pk, "unit_number": "2304"}).content.decode()
    assert "already here" in text and "MG-2304" in text


@pytest.mark.parametrize("role", ["marketing", "viewer"])
def test_only_agents_and_managers_take_on(db, client, role, request):
    client.force_login(request.getfixturevalue(role))
    assert client.get(NEW).status_code == 403
    assert client.post(NEW, {"submission_key": uuid.uuid4(), "unit_number": "1"}).status_code == 403
    assert not Listing.objects.exists()


def test_the_page_shows_at_most_twelve_fields(client, agent):
    client.force_login(agent)
    page = client.get(NEW).content.decode()
    sight = "".join(part.split("</details>")[-1] for part in page.split("<details"))
    sight = sight[sight.index('id="take-on-form"') : sight.index("</main>")]
    shown = {name.split('"')[0] for name in sight.split('name="')[1:]}
    assert len(shown - {"csrfmiddlewaretoken", "submission_key", "place"}) <= 12


def test_suggestions_name_what_a_place_lies_in(client, agent, gate):
    client.force_login(agent)
    text = client.get("/listings/places/", {"q": "marina"}).content.decode()
    assert f'data-value="{gate.pk}" data-text="Marina Gate 2, Dubai Marina, Dubai"' in text


def test_a_building_can_be_added_from_the_suggestions(client, agent, gate):
    client.force_login(agent)
    text = client.get("/listings/places/", {"q": "Marina Gate 9", "add": 1}).content.decode()
    assert 'data-value="new" data-text="Marina Gate 9, Dubai Marina, Dubai"' in text


def test_a_rent_is_a_year_unless_said_otherwise(save):
    save(unit_number="1", property_type="Residential Lease", list_price="120,000")
    listing = Listing.objects.get()
    assert (listing.lease_amount_frequency, listing.list_price) == ("Annually", Decimal(120000))
    assert Place.objects.count() == 0


def test_a_unit_that_is_here_opens_the_form_with_its_address(client, agent):
    unit = UnitFactory(unit_number="3001")
    client.force_login(agent)
    text = client.get(NEW, {"unit": unit.pk}).content.decode()
    assert f'value="{unit.place.pk}"' in text and 'value="3001"' in text
    assert "load, change from:#id_place" in text  # asks at once whether that unit is here
    for wrong in ("0", "x", "9" * 30):
        assert client.get(NEW, {"unit": wrong}).status_code == 200
