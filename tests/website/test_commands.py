"""`manage.py website publish|retry|reconcile` beside the jobs: waited for, told, ended with 0 or 1."""

from contextlib import contextmanager
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.models import Agency
from apps.website.actions.publish import publish
from apps.website.management import delivering
from apps.website.models import Placement, Site
from apps.website.states import State
from tests.listings.conftest import own_media  # noqa: F401 - a fixture
from tests.website.placed import put, ready_listing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_media")]


@pytest.fixture
def a_job_delivers(monkeypatch):
    """Somebody else has the site for as many askings as are told."""
    asked = []

    def for_so_many(times):
        @contextmanager
        def alone_with(site):
            asked.append(site.pk)
            yield len(asked) > times

        monkeypatch.setattr("apps.website.actions.deliver.alone_with", alone_with)
        monkeypatch.setattr("apps.website.management.delivering.alone_with", alone_with)
        monkeypatch.setattr(delivering, "LOOK_AGAIN", 0)
        return asked

    return for_so_many


def said_by(verb, site, **options):
    out = StringIO()
    call_command("website", verb, site=site.name, stdout=out, **options)
    return out.getvalue()


def test_what_was_named_is_told_with_its_address(fake, site, agent):
    listing = ready_listing(agent)
    said = said_by("publish", site, listing=[listing.listing_id])
    placement = Placement.objects.get()
    assert f"{listing.listing_id}: live, checked " in said and placement.link in said


def test_the_command_has_the_agencys_time_wherever_it_runs(fake, site, agent):
    Agency.objects.update(time_zone="Asia/Kathmandu")
    said = said_by("publish", site, listing=[ready_listing(agent).listing_id])
    checked = Placement.objects.get().checked_at.astimezone(ZoneInfo("Asia/Kathmandu"))
    assert f"live, checked {checked:%H:%M}, " in said


def test_a_job_at_the_same_site_is_waited_for(fake, site, agent, a_job_delivers):
    listing = ready_listing(agent)
    asked = a_job_delivers(3)
    said = said_by("publish", site, listing=[listing.listing_id])
    assert "A job delivers to" in said and "waiting for it, 1 left." in said
    assert len(asked) > 3 and Placement.objects.get().state == State.LIVE


def test_a_reconcile_beside_a_job_reads_the_site_all_the_same(fake, site, agent, a_job_delivers):
    put(ready_listing(agent), site, agent)
    Site.objects.update(reconciled_at=None)
    a_job_delivers(2)
    assert "waiting for it" in said_by("reconcile", site)
    assert Site.objects.get(pk=site.pk).reconciled_at


def test_a_job_that_does_not_end_is_not_waited_for_without_end(fake, site, agent, a_job_delivers):
    publish(ready_listing(agent), site, by=agent)
    a_job_delivers(1_000_000)
    with pytest.raises(CommandError, match="A job still delivers to"):
        said_by("publish", site, wait=0)


def test_each_step_is_told_where_it_takes_long(fake, site, agent, monkeypatch):
    monkeypatch.setattr(delivering, "EVERY", 0)
    publish(ready_listing(agent), site, by=agent)
    publish(ready_listing(agent), site, by=agent)
    assert "1 done, " in said_by("publish", site)


def test_one_that_did_not_get_there_ends_with_an_error(fake, site, agent):
    listing = ready_listing(agent)
    put(listing, site, agent)
    fake.posts[Placement.objects.get().post_id]["title"] = "Another"
    said_by("reconcile", site)
    with pytest.raises(CommandError, match=f"Not live on .*: {listing.listing_id}"):
        said_by("publish", site, listing=[listing.listing_id])


@pytest.mark.parametrize("verb", ["publish", "retry", "reconcile"])
def test_a_site_that_does_not_answer_ends_with_an_error(fake, site, agent, verb):
    put(ready_listing(agent), site, agent)
    publish(ready_listing(agent), site, by=agent)
    fake.faults = ["down"] * 50
    with pytest.raises(CommandError, match=r"does not answer|the next try is at"):
        said_by(verb, site, wait=0)
