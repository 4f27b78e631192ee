"""What may happen while a delivery is under way: other settings, lost files, posts of others, failures of our own."""

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.core.encryption import encrypt
from apps.listings.models import Listing, Photo
from apps.website.actions.deliver import deliver
from apps.website.actions.publish import ask_again, publish, retry, withdraw
from apps.website.claims import CLAIM
from apps.website.models import Placement, Profile, Site
from apps.website.states import State
from apps.website.wordpress import Temporary, Wrong
from tests.factories import PlacementFactory
from tests.listings.conftest import own_media  # noqa: F401 - a fixture
from tests.website.placed import SPEC, put, ready_listing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_media")]


def meanwhile(monkeypatch, fake, call, do):
    """Do something at the first call of this name."""
    real = getattr(fake, call)

    def both(*arguments, **options):
        monkeypatch.setattr(fake, call, real)
        do()
        return real(*arguments, **options)

    monkeypatch.setattr(fake, call, both)


# -- The order of things -----------------------------------------------------------------------------------------------
def test_what_should_come_off_does_not_wait_for_a_long_first_publish(fake, site, agent, monkeypatch):
    monkeypatch.setattr("apps.website.delivery.ahead.NEW", 3)
    sold = ready_listing(agent)
    put(sold, site, agent)
    for _ in range(5):
        publish(ready_listing(agent), site, by=agent)
    fake.calls.clear()
    seen = []
    meanwhile(monkeypatch, fake, "create", lambda: withdraw(sold, site, by=agent))
    meanwhile(monkeypatch, fake, "trash", lambda: seen.append(fake.calls["create"]))
    deliver(site, by=agent)
    assert seen == [3]
    assert Placement.objects.filter(state=State.LIVE).count() == 5


def test_several_come_off_in_one_request(fake, site, agent):
    listings = [ready_listing(agent) for _ in range(3)]
    for listing in listings:
        put(listing, site, agent)
    fake.calls.clear()
    for listing in listings:
        withdraw(listing, site, by=agent)
    deliver(site, by=agent)
    assert dict(fake.calls) == {"read": 2, "trash_together": 1}
    assert {post["status"] for post in fake.posts.values()} == {"trash"}
    assert set(Placement.objects.values_list("state", "is_up")) == {(State.OFF, False)}


def test_where_nothing_goes_together_it_goes_one_by_one(fake, site, agent, monkeypatch):
    def no_batches(*_):
        raise Wrong("The site does not take several changes at once.", code="rest_batch_not_allowed")

    monkeypatch.setattr(fake, "trash_together", no_batches)
    monkeypatch.setattr(fake, "batch", no_batches)
    listings = [ready_listing(agent) for _ in range(3)]
    for listing in listings:
        publish(listing, site, by=agent)
    deliver(site, by=agent)
    assert set(Placement.objects.values_list("state", flat=True)) == {State.LIVE}
    for listing in listings:
        withdraw(listing, site, by=agent)
    deliver(site, by=agent)
    assert set(Placement.objects.values_list("state", flat=True)) == {State.OFF}


def test_a_claim_that_ran_out_is_never_said_to_be_live(site, agent):
    row = PlacementFactory(site=site, state=State.LIVE, is_up=True)
    row.due_at, row.claimed_until = None, timezone.now() - timedelta(seconds=1)
    assert row.shown.key == "behind"
    row.claimed_until += CLAIM
    assert row.shown.key == "sending"


# -- The next turn -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("wait", "pause", "expected"), [(0, None, 0), (20, None, 20), (5, 40, 40), (300, None, None)])
def test_the_next_turn_is_asked_for_and_not_left_to_the_sweep(site, agent, monkeypatch, wait, pause, expected):
    now = timezone.now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    PlacementFactory(site=site)
    Placement.objects.update(due_at=now + timedelta(seconds=wait))
    Site.objects.update(probe_at=now + timedelta(seconds=pause) if pause else None)
    assert ask_again(site, by=agent) == (expected is not None)
    jobs = list(ProcrastinateJob.objects.filter(task_name="website.deliver"))
    assert len(jobs) == (expected is not None)
    if expected:
        assert abs((jobs[0].scheduled_at - now).total_seconds() - expected) < 60 / 2 and jobs[0].scheduled_at > now


# -- Settings that change meanwhile ------------------------------------------------------------------------------------
def test_a_site_that_is_switched_off_gets_nothing_more(fake, site, agent, monkeypatch):
    for _ in range(2):
        publish(ready_listing(agent), site, by=agent)
    monkeypatch.setattr("apps.website.delivery.ahead.NEW", 1)
    meanwhile(monkeypatch, fake, "create", lambda: Site.objects.update(is_active=False))
    tally = deliver(site, by=agent)
    assert "does not follow the CRM any more" in tally.stopped
    assert len(fake.posts) == 1
    assert Placement.objects.filter(due_at__isnull=False).count() == 2  # what was sent is looked at again, once on


def test_another_profile_is_used_from_the_next_round_on(fake, site, agent, monkeypatch):
    listings = [ready_listing(agent), ready_listing(agent)]
    for listing in listings:
        publish(listing, site, by=agent)
    spec = SPEC | {"fields": SPEC["fields"] | {"meta.crm_note": {"constant": "new"}}}
    profile = Profile.objects.get(pk=site.profile_id)

    def change():
        profile.spec = spec
        profile.save()

    monkeypatch.setattr("apps.website.delivery.ahead.NEW", 1)
    meanwhile(monkeypatch, fake, "create", change)
    deliver(site, by=agent)
    assert [post["meta"].get("crm_note") for post in fake.posts.values()] == ["new", "new"]
    assert set(Placement.objects.values_list("state", flat=True)) == {State.LIVE}


def test_a_wrong_password_stops_the_site_and_blames_no_listing_for_ever(fake, site, agent, monkeypatch):
    for _ in range(3):
        publish(ready_listing(agent), site, by=agent)
    calls = []

    def turn_away(*arguments, **_):
        calls.append(arguments)
        raise Wrong("The site does not accept the user or the application password.", code="401", is_of_site=True)

    with monkeypatch.context() as patched:
        for name in ("read", "find", "create", "update", "batch", "upload"):
            patched.setattr(fake, name, turn_away)
        assert deliver(site, by=agent).stopped
    assert len(calls) == 1
    rows = list(Placement.objects.order_by("pk"))
    assert [row.state for row in rows] == [State.FAILED, State.ABSENT, State.ABSENT]
    assert "application password" in rows[0].trouble and rows[0].trouble_kind == "permanent"
    assert all(row.due_at for row in rows)
    site.refresh_from_db()
    assert site.probe_at > timezone.now() + timedelta(minutes=4)
    retry(rows[0], by=agent)  # a person mended it and wants to see it now
    site.refresh_from_db()
    assert site.probe_at is None
    Site.objects.update(password=encrypt("another"))
    deliver(Site.objects.get(), by=agent)
    assert set(Placement.objects.values_list("state", flat=True)) == {State.LIVE}


# -- One of many -------------------------------------------------------------------------------------------------------
def test_a_post_that_the_site_hides_from_us_fails_alone(fake, site, agent, monkeypatch):
    rows = [put(ready_listing(agent), site, agent) for _ in range(3)]
    hidden, read = rows[1].post_id, fake.read

    def hiding(numbers):
        if hidden in numbers:
            raise Wrong("The site's user may not do this.", code="rest_forbidden_context")
        return read(numbers)

    monkeypatch.setattr(fake, "read", hiding)
    Listing.objects.update(list_price=1000000)
    deliver(site, by=agent)
    assert [Placement.objects.get(pk=row.pk).state for row in rows] == [State.LIVE, State.FAILED, State.LIVE]


def test_a_photo_whose_file_is_lost_fails_alone(fake, site, agent):
    lost, whole = ready_listing(agent, photos=("red",)), ready_listing(agent, photos=("blue",))
    Photo.objects.filter(listing=lost).update(name="nowhere")
    for listing in (lost, whole):
        publish(listing, site, by=agent)
    deliver(site, by=agent)
    said = {row.listing_id: row for row in Placement.objects.all()}
    assert said[whole.pk].state == State.LIVE
    assert (said[lost.pk].state, said[lost.pk].trouble_field) == (State.FAILED, "photos")
    assert "file of a photo is not there" in said[lost.pk].trouble


def test_a_failure_of_our_own_keeps_no_other_listing_waiting(fake, site, agent, monkeypatch):
    bad, good = ready_listing(agent), ready_listing(agent)
    create = fake.create

    def failing(body, listing_id):
        if listing_id == bad.pk:
            raise KeyError("a fault of the CRM's")
        return create(body, listing_id)

    monkeypatch.setattr(fake, "create", failing)
    for listing in (bad, good):
        publish(listing, site, by=agent)
    with pytest.raises(KeyError):
        deliver(site, by=agent)
    assert Placement.objects.due(timezone.now() + timedelta(minutes=1)).exists()  # so the sweep finds the others too
    deliver(site, by=agent)
    said = {row.listing_id: row for row in Placement.objects.all()}
    assert said[good.pk].state == State.LIVE
    assert "CRM itself failed" in said[bad.pk].trouble and said[bad.pk].due_at > timezone.now()
    assert said[bad.pk].claimed_until is None


def test_a_post_is_never_two_listings(fake, site, agent):
    mine = put(ready_listing(agent), site, agent)
    other = ready_listing(agent)
    publish(other, site, by=agent)
    Placement.objects.filter(listing=other).update(asked_at=timezone.now())
    fake.ids = {other.pk: mine.post_id}  # somebody wrote its number into the post of the first
    deliver(site, by=agent)
    rows = list(Placement.objects.order_by("pk"))
    assert rows[1].post_id == mine.post_id and rows[0].post_id not in (None, mine.post_id)
    assert {row.state for row in rows} == {State.LIVE}


def test_one_failure_in_a_batch_is_that_ones_alone(fake, site, agent, monkeypatch):
    rows = [put(ready_listing(agent), site, agent) for _ in range(3)]
    update = fake._update

    def batch(pairs):
        fake.calls["batch"] += 1
        refused = Wrong("The site does not take the value of “Price”.", "meta.crm_price")
        return [refused if key == rows[1].post_id else update(key, body) for key, body in pairs]

    monkeypatch.setattr(fake, "batch", batch)
    Listing.objects.update(list_price=1000000)
    deliver(site, by=agent)
    found = [Placement.objects.get(pk=row.pk) for row in rows]
    assert [row.state for row in found] == [State.LIVE, State.FAILED, State.LIVE]
    assert found[1].trouble_field == "list_price"


def test_a_lost_answer_to_a_batch_of_removals_is_no_trouble(fake, site, agent):
    listings = [ready_listing(agent) for _ in range(3)]
    for listing in listings:
        put(listing, site, agent)
        withdraw(listing, site, by=agent)
    fake.faults = [None, "lost"]
    deliver(site, by=agent)
    assert set(Placement.objects.values_list("state", "trouble")) == {(State.OFF, "")}


def test_the_site_asks_for_time_while_it_is_emptied(fake, site, agent, monkeypatch):
    def busy(*_):
        raise Temporary("Too many requests.", 7)

    rows = [put(ready_listing(agent), site, agent) for _ in range(2)]
    for row in rows:
        withdraw(row.listing, site, by=agent)
    monkeypatch.setattr(fake, "trash_together", busy)
    assert deliver(site, by=agent).stopped
    assert Placement.objects.filter(is_up=True, due_at__isnull=False, claimed_until__isnull=True).count() == 2


@pytest.mark.parametrize("link", ["javascript:alert(1)", {"x": 1}, None, 4])
def test_a_link_that_is_no_address_is_not_kept(fake, site, agent, monkeypatch, link):
    read = fake.read
    monkeypatch.setattr(fake, "read", lambda keys: {key: post | {"link": link} for key, post in read(keys).items()})
    assert (put(ready_listing(agent), site, agent).state, Placement.objects.get().link) == (State.LIVE, "")
