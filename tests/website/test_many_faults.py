"""Many listings, several real sites, a connection that fails in every way, workers killed all the while: then counted.

A measurement, left out of the usual run: `CRM_LISTINGS=400 CRM_SITES=3 CRM_KILLS=50 pytest -m bench -s
tests/website/test_many_faults.py`.
"""

import contextlib
import os
import random
import subprocess
import sys
import time

import pytest
from django.conf import settings as django_settings
from django.db import connection

from apps.core.encryption import encrypt
from apps.website.models import Placement, Profile
from apps.website.shipped import bring_up_to_date
from apps.website.states import State, Wanted
from tests.factories import SiteFactory
from tests.listings.conftest import own_media  # noqa: F401 - a fixture
from tests.website.placed import ready_listing
from tests.wordpress.fault_proxy import FaultProxy

pytestmark = [pytest.mark.bench, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_media")]
LISTINGS, SITES, KILLS = (
    int(os.environ.get(f"CRM_{name}", n)) for name, n in (("LISTINGS", 30), ("SITES", 2), ("KILLS", 10))
)
PHOTOS = 3
ODDS = {"lost": 0.10, "timeout": 0.06, "html200": 0.04, "_503": 0.05, "_429": 0.03}
SECONDS = 1800


@pytest.fixture
def proxies(wordpress_farm):
    with contextlib.ExitStack() as stack:
        found = []
        for number in range(SITES):
            site = wordpress_farm.site(f"many{number}")
            proxy = stack.enter_context(FaultProxy(site.port))
            proxy.chances(seed=number, seconds={"503": 1, "429": 1, "timeout": 1}, **ODDS)
            found.append((site, proxy))
        yield found


def worker(site) -> subprocess.Popen:
    """`manage.py website publish` on the test's own database and files."""
    place = connection.settings_dict
    address = f"postgres://{place['USER']}:{place['PASSWORD']}@{place['HOST']}:{place['PORT']}/{place['NAME']}"
    environment = os.environ | {"DATABASE_URL": address, "WEBSITE_ALLOW_LOCAL": "1", "MEDIA_ROOT": str(_media())}
    command = [sys.executable, "manage.py", "website", "publish", "--site", site.name]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)


def _media() -> str:
    return django_settings.STORAGES["default"]["OPTIONS"]["location"]


def test_nothing_is_doubled_missing_or_said_to_be_live_that_is_not(proxies, agent):
    bring_up_to_date(Profile)
    profile = Profile.objects.get(slug="companion")
    colours = iter(f"#{n:06x}" for n in range(1, LISTINGS * PHOTOS + 1))
    listings = [ready_listing(agent, photos=[next(colours) for _ in range(PHOTOS)]) for _ in range(LISTINGS)]
    sites = []
    for wordpress, proxy in proxies:
        user = wordpress.users["editor"]
        sites.append(SiteFactory(url=proxy.url, username=user.login, password=encrypt(user.password), profile=profile))
    for site in sites:
        for listing in listings:
            Placement.objects.create(site=site, listing=listing, wanted=Wanted.ON, due_at="2026-01-01T00:00Z")
    kills, began = _work_with_kills(sites), time.monotonic()
    print(f"\n{LISTINGS} listings, {PHOTOS} photos, {SITES} sites, {kills} kills, {time.monotonic() - began:.0f} s")
    for wordpress, proxy in proxies:
        posts = wordpress.sql(
            "SELECT m.meta_value, p.post_status FROM wp_posts p JOIN wp_postmeta m ON m.post_id = p.ID"
            " WHERE p.post_type = 'crm_property' AND m.meta_key = 'crm_listing_id'"
        )
        media = wordpress.sql("SELECT meta_value FROM wp_postmeta WHERE meta_key = 'crm_photo_digest'")
        print(
            f"{len(posts)} posts, {len(media)} photos, {proxy.count()} requests, doubled {proxy.photos_taken_twice()}"
        )
        assert sorted(posts) == sorted([str(listing.pk), "publish"] for listing in listings)
        assert len({one for (one,) in media}) == len(media) == LISTINGS * PHOTOS
    assert set(Placement.objects.values_list("state", "is_up", "due_at")) == {(State.LIVE, True, None)}


def _work_with_kills(sites) -> int:
    drawn, kills, ends = random.Random(7), 0, time.monotonic() + SECONDS
    running = {site.pk: worker(site) for site in sites}
    while Placement.objects.filter(due_at__isnull=False).exists() or Placement.objects.filter(
        claimed_until__isnull=False
    ):
        assert time.monotonic() < ends, dict(Placement.objects.values_list("pk", "trouble"))
        time.sleep(drawn.uniform(1, 6))
        for site in sites:
            if running[site.pk].poll() is None and kills < KILLS:
                running[site.pk].kill()
                kills += 1
            if running[site.pk].poll() is not None:
                running[site.pk].wait()
                running[site.pk] = worker(site)
    for process in running.values():
        process.kill()
        process.wait()
    return kills
