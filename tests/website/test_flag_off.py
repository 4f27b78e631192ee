"""The flag off for everybody: the module is dark, and nothing is lost until it is on again."""

import pytest
from django.utils import timezone
from waffle.testutils import override_flag

from apps.accounts.models import Flag
from apps.website import jobs
from apps.website.enquiries import jobs as enquiry_jobs
from apps.website.models import Placement
from apps.website.states import State
from tests.listings.conftest import own_media  # noqa: F401 - a fixture
from tests.website.placed import ready_listing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_media")]


@pytest.fixture
def due(agent, site) -> Placement:
    return Placement.objects.create(listing=ready_listing(agent), site=site, wanted="on", due_at=timezone.now())


def test_nothing_is_sent_read_or_asked_for_while_it_is_off(fake, due, monkeypatch):
    asked = []
    for module in (jobs, enquiry_jobs):
        monkeypatch.setattr(module, "enqueue", lambda *words, **more: asked.append(words))
    jobs.deliver_to_site(site_id=due.site_id)
    jobs.check_placement(placement_id=due.pk)
    jobs.sweep_sites(timestamp=0)
    jobs.reconcile_sites(timestamp=0)
    jobs.reconcile_site(site_id=due.site_id)
    enquiry_jobs.ask_sites(timestamp=0)
    enquiry_jobs.ask_site(site_id=due.site_id)
    due.refresh_from_db()
    assert (asked, dict(fake.calls), due.state) == ([], {}, State.ABSENT)
    assert due.due_at is not None


def test_what_fell_due_is_sent_once_it_is_on_again(fake, due):
    jobs.deliver_to_site(site_id=due.site_id)
    with override_flag("website", active=True):
        jobs.deliver_to_site(site_id=due.site_id)
    due.refresh_from_db()
    assert due.state == State.LIVE


def test_on_for_one_person_is_on_for_jobs(fake, due, agent):
    Flag.objects.create(name="website", everyone=None).users.add(agent)
    jobs.deliver_to_site(site_id=due.site_id)
    due.refresh_from_db()
    assert due.state == State.LIVE
