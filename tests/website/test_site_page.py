"""A website's page: what is there, what waits, whether it answers; and keys that were changed."""

import uuid
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from waffle.testutils import override_flag

from apps.core.encryption import encrypt
from apps.core.events import record
from apps.website.models import Placement, Polling, Site
from apps.website.site_figures import all_figures, figures
from tests.factories import PlacementFactory, SiteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    site, hour_ago = SiteFactory(), timezone.now() - timedelta(hours=1)
    for columns in (
        {"is_up": True, "state": "live", "checked_at": timezone.now(), "due_at": None},
        {"state": "failed", "due_at": hour_ago},
        {"state": "changed", "is_up": True, "due_at": None, "checked_at": hour_ago - timedelta(hours=1)},
    ):
        Placement.objects.filter(pk=PlacementFactory(site=site).pk).update(**columns)
    return site


def test_the_figures_of_a_site_are_counted_in_one_query(site, django_assert_num_queries):
    with django_assert_num_queries(1):
        counted = figures(site)
    oldest = counted.pop("oldest")
    assert counted == {"up": 2, "waiting": 1, "trouble": 2, "changed": 1, "confirmed": 1, "sent": 0}
    assert oldest < timezone.now()


def test_the_page_says_that_a_site_does_not_answer(client, manager, site):
    Site.objects.filter(pk=site.pk).update(failing_since=timezone.now(), probe_at=timezone.now())
    client.force_login(manager)
    with override_flag("website", active=True):
        page = client.get(reverse("website:site", args=[site.pk])).text
    assert "No answer since" in page
    assert "It is tried again" in page


def test_a_manager_reads_a_site_and_is_not_offered_to_change_it(client, manager, site):
    client.force_login(manager)
    with override_flag("website", active=True):
        page = client.get(reverse("website:site", args=[site.pk])).text
    assert reverse("website:edit", args=[site.pk]) not in page
    assert "Key for enquiries" not in page


def test_a_new_key_of_secrets_takes_over_those_of_sites(settings):
    site = SiteFactory(secret="abcd", intake_key=encrypt("key"))
    settings.FIELD_ENCRYPTION_KEYS = ["a-new-key-of-many-random-characters"]
    call_command("renew_secrets", stdout=StringIO())
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", []
    renewed = Site.objects.get(pk=site.pk)
    assert (renewed.secret_password(), renewed.secret_intake_key()) == ("abcd", "key")


def page(client, person, site, **asked):
    client.force_login(person)
    with override_flag("website", active=True):
        return client.get(reverse("website:site", args=[site.pk]), asked)


def test_the_page_says_what_needs_attention_and_what_was_wrong_with_enquiries(client, manager, site):
    Polling.objects.create(site=site, trouble="The site did not answer in time.")
    text = page(client, manager, site).text
    assert "Changed on the site" in text and "The site did not answer in time." in text
    assert text.count('id="placement-') == 2


def test_the_page_says_what_was_found_when_it_was_last_compared(client, manager, site):
    assert "It has not happened yet" in page(client, manager, site).text
    record("website.reconciled", site, by=manager, live=24, changed=1)
    text = page(client, manager, site).text
    assert "24 as they should be" in text and "1 changed there by hand" in text


def test_comparing_now_asks_for_one_job_and_shows_that_it_goes_on(client, manager, site):
    Placement.objects.update(due_at=None)
    client.force_login(manager)
    with override_flag("website", active=True):
        for _number in range(2):
            answer = client.post(reverse("website:reconcile", args=[site.pk]), {"submission_key": uuid.uuid4()})
            assert answer.status_code == 302
    assert ProcrastinateJob.objects.filter(task_name="website.reconcile").count() == 1
    assert "About to begin" in page(client, manager, site, busy=1).text
    ProcrastinateJob.objects.all().delete()
    assert "About to begin" not in page(client, manager, site, busy=1).text


def test_an_agent_is_not_offered_to_compare_and_is_refused(client, agent, site):
    assert "Compare now" not in page(client, agent, site).text
    with override_flag("website", active=True):
        answer = client.post(reverse("website:reconcile", args=[site.pk]), {"submission_key": uuid.uuid4()})
    assert answer.status_code == 403
    assert not ProcrastinateJob.objects.filter(task_name="website.reconcile").exists()


def test_a_site_of_the_demo_says_so_and_its_page_does_not_wait_for_it(client, manager, site):
    Site.objects.filter(pk=site.pk).update(url="https://marina-homes.example")
    text = page(client, manager, site, busy=1).text
    assert "A website of the demo" in text and "every 2s" not in text


def test_the_list_of_websites_counts_each_by_one_query(client, manager, site, django_assert_num_queries):
    other = SiteFactory()
    with django_assert_num_queries(1):
        counted = all_figures()
    assert (counted[site.pk]["up"], counted[site.pk]["trouble"]) == (2, 2)
    assert (counted[other.pk]["up"], counted[other.pk]["trouble"]) == (0, 0)
