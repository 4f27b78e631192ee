"""A website's page: what is there, what waits, whether it answers; and keys that were changed."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from waffle.testutils import override_flag

from apps.core.encryption import encrypt
from apps.website.models import Placement, Site
from apps.website.site_figures import figures
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
    assert counted == {"up": 2, "waiting": 1, "trouble": 2, "changed": 1, "confirmed": 1}
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
