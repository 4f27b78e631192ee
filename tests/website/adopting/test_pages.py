"""The page of posts that were made by hand: its states, its piles, and what each button does."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from waffle.testutils import override_flag

from apps.accounts.models import User
from apps.imports.actions import run as importing
from apps.imports.models import ImportRun
from apps.listings.models import Listing
from apps.website.actions.differences import differences, take_theirs
from apps.website.actions.publish import publish
from apps.website.adopting.following import finish_following
from apps.website.adopting.linking import link, start_reading
from apps.website.adopting.matching import match
from apps.website.adopting.reading import read_site
from apps.website.adopting.words import Confidence, Decision
from apps.website.models import Adoption, FoundPost, Placement, Profile
from apps.website.models.adoption import AdoptionState
from apps.website.payload import payload_of
from apps.website.profiles.page import words_in
from apps.website.profiles.shipped import bring_up_to_date
from apps.website.states import State
from apps.website.wordpress import Client, Temporary
from tests.factories import ListingFactory, PermitFactory, PlaceFactory, SiteFactory, UnitFactory
from tests.listings.conftest import own_media  # noqa: F401 - a fixture
from tests.website.placed import ready_listing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_media")]


@pytest.fixture(autouse=True)
def flag():
    with override_flag("website", active=True):
        yield


@pytest.fixture
def site():
    bring_up_to_date(Profile)
    return SiteFactory(name="By hand", profile=Profile.objects.get(slug="posts"))


@pytest.fixture
def listing(agent):
    unit = UnitFactory(place=PlaceFactory(name="Marina Gate 1"), unit_number="1204", bedrooms_total=2)
    found = ListingFactory(unit=unit, listing_id="DXB-1042", list_price=1950000, created_by=agent, title="Ours")
    PermitFactory(listing=found, number="71234567890")
    return found


def found(site, by, number=12, title="2BR in Marina Gate 1, unit 1204 - AED 1,950,000", content="", **values):
    adoption = Adoption.objects.filter(site=site).first()
    adoption = adoption or Adoption.objects.create(site=site, by=by, state=AdoptionState.DONE, done=1, total=1)
    fields = {"title": title, "content": content, "status": "publish", "slug": f"post-{number}", "featured_media": 0}
    post = FoundPost.objects.create(
        site=site, adoption=adoption, post_id=number, status="publish", title=title, fields=fields, **values
    )
    match(site)
    post.refresh_from_db()
    return post


def page_of(client, site, show=""):
    return client.get(reverse("website:adopt", args=[site.pk]), {"show": show} if show else {}).text


def send(client, post, **said):
    return client.post(reverse("website:found", args=[post.pk]), said | {"submission_key": uuid.uuid4()})


def ask(client, site, verb):
    return client.post(reverse("website:adopt", args=[site.pk]), {"do": verb, "submission_key": uuid.uuid4()})


def test_a_site_that_was_not_read_is_offered_to_be_read(client, manager, site):
    client.force_login(manager)
    assert "Was this website kept by hand?" in page_of(client, site)
    ask(client, site, "read")
    assert ProcrastinateJob.objects.filter(task_name="website.adopt").count() == 1
    assert "Waiting for its turn" in page_of(client, site)
    ask(client, site, "read")
    assert Adoption.objects.count() == 1


def test_a_reading_that_failed_says_why(client, manager, site):
    Adoption.objects.create(site=site, by=manager, state=AdoptionState.FAILED, trouble="The site cannot be reached.")
    client.force_login(manager)
    assert "The site cannot be reached." in page_of(client, site)


def test_a_reading_that_failed_is_not_said_to_be_tried_again_by_itself(manager, site, monkeypatch):
    def down(*_):
        raise Temporary("The site cannot be reached. It is tried again by itself.")

    monkeypatch.setattr(Client, "page", down)
    assert read_site(start_reading(site, by=manager), by=manager).trouble == "The site cannot be reached."


def test_an_agent_adopts_nothing(client, agent, site):
    client.force_login(agent)
    assert client.get(reverse("website:adopt", args=[site.pk])).status_code == 403


def test_a_sure_post_says_why_and_is_linked(client, manager, site, listing):
    post = found(site, manager)
    assert post.confidence == Confidence.SURE
    client.force_login(manager)
    page = page_of(client, site)
    assert "Same permit" not in page and "Same unit 1204; price equal" in page and "Link 1 post" in page
    assert "1,950,000 · 2 beds · unit 1204" in page  # what the post says
    send(client, post, do="link", listing="DXB-1042")
    placement = Placement.objects.get(site=site, listing=listing)
    assert (placement.state, placement.post_id, placement.due_at) == (State.LINKED, 12, None)
    assert placement.theirs == {"title": post.title}
    assert "1 difference" in page_of(client, site, "linked")
    send(client, post, do="back")
    assert not Placement.objects.filter(site=site, listing=listing).exists()
    post.refresh_from_db()
    assert (post.decision, post.confidence) == (Decision.OPEN, Confidence.SURE)


def test_what_visitors_cannot_see_is_no_difference(manager, site, listing):
    listing.public_remarks = "Bright.\n\nHigh floor."
    listing.save()
    ours = payload_of(listing, site).fields["content"]
    by_hand = ours.replace("<p>Bright.</p>", "<!-- wp:paragraph --><p>Bright.</p><!-- /wp:paragraph -->")
    by_hand = by_hand.replace("High floor", "High  floor")
    assert link(found(site, manager, title="Ours", content=by_hand), listing, by=manager).theirs == {}


BY_HAND = (
    "<!-- wp:paragraph --><p>Sea &amp; sun.</p><!-- /wp:paragraph -->\n<ul><li>Pool</li><li>Gym</li></ul>\n"
    '[gallery ids="4,5"]'
)


def test_the_text_of_the_post_is_the_description_where_the_listing_has_none(manager, site, listing):
    placement = link(found(site, manager, title="Ours", content=BY_HAND), listing, by=User.objects.system())
    listing.refresh_from_db()
    assert (placement.theirs, listing.public_remarks) == ({}, "Sea & sun.\n\nPool\nGym")
    assert Placement.objects.get().due_at is None


def test_the_text_of_the_post_is_taken_by_choice_where_the_listing_has_its_own(manager, site, listing):
    listing.public_remarks = "Bright."
    listing.save()
    placement = link(found(site, manager, title="Ours", content=BY_HAND), listing, by=manager)
    assert list(placement.theirs) == ["content"] and differences(placement)[0]["why_not_take"] == ""
    take_theirs(placement, "content", by=manager)
    listing.refresh_from_db()
    assert listing.public_remarks == "Sea & sun.\n\nPool\nGym"
    assert Placement.objects.get().theirs == {}


def test_the_same_text_without_our_facts_and_photos_is_no_difference(manager, site, listing):
    listing.public_remarks = "Sea & sun.\n\nPool\nGym"
    listing.save()
    assert link(found(site, manager, title="Ours", content=BY_HAND), listing, by=manager).theirs == {}


def test_a_page_of_ours_that_somebody_changed_gives_back_its_text_alone(site, listing):
    listing.public_remarks = "Bright.\n\nHigh floor."
    sent = payload_of(listing, site).fields["content"]
    changed = sent.replace("1,950,000", "1,900,000").replace("High floor", "Very high floor")
    assert words_in(changed, sent) == "Bright.\n\nVery high floor."


def test_more_photos_there_than_the_site_is_sent_say_so(manager, site, listing):
    site.photo_limit = 1
    site.save()
    placement = link(found(site, manager, title="Ours", photos=[4, 5]), listing, by=manager)
    assert "The limit of photos for By hand is 1. Push ours to show those." in differences(placement)[0]["why_not_take"]


def test_all_sure_ones_are_linked_by_a_job(client, manager, site, listing):
    found(site, manager)
    client.force_login(manager)
    ask(client, site, "link")
    assert ProcrastinateJob.objects.filter(task_name="website.adopt_link").count() == 1
    assert "Linking what is sure" in page_of(client, site)


def test_another_listing_is_chosen_by_its_reference(client, manager, site, listing):
    post = found(site, manager, title="Come and see")
    client.force_login(manager)
    assert client.get(reverse("website:found", args=[post.pk])).status_code == 200
    send(client, post, do="link", listing="DXB-9")
    assert not Placement.objects.exists()
    send(client, post, do="link", listing="dxb-1042")
    assert Placement.objects.get(site=site).post_id == 12


def test_listings_are_suggested_by_building_with_the_post_that_shows_them(client, manager, site, listing):
    post = found(site, manager, title="Come and see")
    client.force_login(manager)
    address = reverse("website:adopt-listings", args=[post.pk])
    said = client.get(address, {"listing_text": "marina gate"}).text
    assert 'data-value="DXB-1042"' in said and "already" not in said
    link(found(site, manager, number=13), listing, by=manager)
    assert "post 13 already" in client.get(address, {"listing_text": "dxb-1042"}).text
    assert "Nothing is called" in client.get(address, {"listing_text": "nowhere"}).text
    assert not client.get(address).text.strip()


def test_a_choice_that_is_refused_keeps_what_was_typed(client, manager, site, listing):
    post = found(site, manager, title="Come and see")
    client.force_login(manager)
    answer = client.post(
        reverse("website:found", args=[post.pk]),
        {"do": "link", "listing_text": "Marnia", "submission_key": uuid.uuid4()},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 422
    assert "No listing has the reference “Marnia”" in answer.text and 'value="Marnia"' in answer.text


def test_all_that_is_linked_is_followed_by_a_job_and_what_waits_says_why(client, manager, agent, site, listing):
    ready = ready_listing(manager)
    for number, one in ((12, listing), (13, ready)):
        link(found(site, manager, number=number, title=f"Post {number}"), one, by=manager)
    client.force_login(manager)
    assert ask(client, site, "follow").url.endswith("?show=linked")
    assert ProcrastinateJob.objects.filter(task_name="website.adopt_follow").count() == 1
    assert "Letting the site follow" in page_of(client, site)
    assert Placement.objects.filter(state=State.LINKED).count() == 2  # nothing yet
    adoption = Adoption.objects.get()
    finish_following(adoption, by=manager)
    adoption.refresh_from_db()
    assert (adoption.state, adoption.total, adoption.done) == (AdoptionState.DONE, 2, 2)
    states = dict(Placement.objects.values_list("listing__listing_id", "state"))
    assert states == {listing.listing_id: State.LINKED, ready.listing_id: State.CHANGED}
    page = page_of(client, site, "linked")
    assert FoundPost.objects.get(post_id=12).waits_for[0] in page
    assert "Let 1 follow" in page


def test_photos_that_are_still_looked_at_are_shown_and_asked_for_again(client, manager, site, listing):
    post = found(site, manager, photos=[7, 8])
    link(post, listing, by=manager)
    FoundPost.objects.update(brings_photos=True, photos_done=1)
    client.force_login(manager)
    address = reverse("website:adopt-photos", args=[site.pk])
    assert "Photos are being looked at" in page_of(client, site, "linked")
    assert 'max="2" value="1"' in client.get(address).text
    client.post(address, {"submission_key": uuid.uuid4()})
    assert ProcrastinateJob.objects.filter(task_name="website.adopt_photos").count() == 1  # one that waits is enough
    FoundPost.objects.update(compared_at=timezone.now(), photo_troubles=["“a.jpg” is damaged."])
    assert client.get(address)["HX-Redirect"].endswith("?show=linked")
    assert "“a.jpg” is damaged." in page_of(client, site, "linked")
    send(client, post, do="photos", show="linked")
    post.refresh_from_db()
    assert (post.compared_at, post.photo_troubles) == (None, [])


def test_a_site_without_posts_made_by_hand_says_what_was_read(client, manager, site):
    Adoption.objects.create(site=site, by=manager, state=AdoptionState.DONE, own=3)
    client.force_login(manager)
    page = page_of(client, site)
    assert "Only posts of the type “post” are read (/wp-json/wp/v2/posts)" in page
    assert "3 posts there are the CRM" in page


def test_a_listing_is_linked_with_one_post_alone(manager, site, listing):
    first, second = found(site, manager), found(site, manager, number=13)
    link(first, listing, by=manager)
    with pytest.raises(Exception, match="already, in another post"):
        link(second, listing, by=manager)


def test_what_may_be_there_already_is_not_published_a_second_time(client, manager, agent, site, listing):
    post = found(site, manager)
    Placement.objects.create(site=site, listing=listing, wanted="on", due_at=listing.modification_timestamp)
    assert not Placement.objects.due().exists()
    with pytest.raises(Exception, match="may be this listing"):
        publish(listing, site, by=manager)
    client.force_login(manager)
    send(client, post, do="leave")
    assert Placement.objects.due().count() == 1


def test_a_linked_row_is_never_due_whoever_saves(manager, site, listing):
    link(found(site, manager), listing, by=manager)
    Placement.objects.update(due_at=listing.modification_timestamp)
    assert Placement.objects.get().due_at is None


def test_linked_is_compared_and_not_published_nor_followed_while_it_may_not_be_shown(client, manager, site, listing):
    link(found(site, manager), listing, by=manager)
    client.force_login(manager)
    page = client.get(reverse("website:differences", args=[listing.listing_id, site.pk])).text
    assert "Linked, and not followed yet" in page and "Let the site follow" not in page
    address = reverse("website:act", args=[listing.listing_id, site.pk])
    client.post(address, {"do": "publish", "submission_key": uuid.uuid4()})
    placement = Placement.objects.get()
    assert (placement.state, placement.wanted, placement.due_at) == (State.LINKED, "filter", None)


def test_a_reading_that_lost_its_worker_gives_way(manager, site):
    old = start_reading(site, by=manager)
    Adoption.objects.filter(pk=old.pk).update(seen_at=timezone.now() - timedelta(minutes=11))
    start_reading(site, by=manager)
    old.refresh_from_db()
    assert old.state == AdoptionState.FAILED


def test_an_unknown_apartment_goes_through_the_import_and_is_linked(client, administrator, site):
    post = found(
        site, administrator, number=77, title="4BR villa, unit 9 - AED 6,300,000", content="<p>Big.</p><p>For sale.</p>"
    )
    assert post.confidence == Confidence.NONE
    client.force_login(administrator)
    answer = send(client, post, do="bring")
    run = ImportRun.objects.get()
    assert answer.url == reverse("imports:run", args=[run.pk])
    importing.read(run, by=administrator)
    importing.match(run, {}, by=administrator)
    run.refresh_from_db()
    importing.check(run, by=administrator)
    assert (run.new_count, run.refused_count) == (1, 0), [row.problems for row in run.rows.all()]
    importing.apply(run, by=administrator)
    listing = Listing.objects.get()
    assert (listing.list_price, listing.bedrooms_total, listing.title) == (6300000, 4, post.title)
    post.refresh_from_db()
    assert (post.decision, post.brings_photos) == (Decision.LINKED, True)
    assert Placement.objects.get(listing=listing).post_id == 77
    address = reverse("website:adopt", args=[site.pk])
    assert f"{address}?show=linked" in client.get(reverse("imports:run", args=[run.pk])).text
