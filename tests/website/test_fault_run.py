"""Publishing through a bad line to real sites while workers are killed: all there, nothing twice, never falsely live.

Small here; as large as you like by CRM_FAULT_LISTINGS, CRM_FAULT_PHOTOS, CRM_FAULT_SITES and CRM_FAULT_KILLS.
"""

import contextlib
import io
import os
import random
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from apps.listings.actions.photo import add_photo, make_sizes
from apps.listings.models import Listing
from apps.website.actions.publish import publish, withdraw
from apps.website.models import Placement
from tests.listings.conftest import own_media  # noqa: F401 - a fixture
from tests.website.faulty import HOLD, ODDS, faulty, work_off
from tests.website.placed import ready_listing
from tests.wordpress.fault_proxy import FaultProxy

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_media")]
LISTINGS = int(os.environ.get("CRM_FAULT_LISTINGS", "8"))
PHOTOS = int(os.environ.get("CRM_FAULT_PHOTOS", "2"))
SITES = int(os.environ.get("CRM_FAULT_SITES", "1"))
KILLS = int(os.environ.get("CRM_FAULT_KILLS", "6"))
BETWEEN = (1, max(8, LISTINGS * PHOTOS * SITES // KILLS))


@pytest.fixture
def sites(wordpress_farm, db):
    with contextlib.ExitStack() as ending:
        made = []
        for number in range(SITES):
            wordpress = wordpress_farm.site(f"faulty{number}" if number else "main")
            wordpress.restore("fresh")
            made.append(faulty(wordpress, ending.enter_context(FaultProxy(wordpress.port))))
        yield made


@pytest.fixture
def listings(sites, agent):
    colours = random.Random(4)
    found = []
    for _ in range(LISTINGS):
        listing = ready_listing(agent, photos=())
        for _ in range(PHOTOS):
            make_sizes(add_photo(listing, picture(colours), by=agent))
        found.append(Listing.objects.get(pk=listing.pk))
    for site in sites:
        for listing in found:
            publish(listing, site.site, by=agent)
    return found


def picture(colours) -> SimpleUploadedFile:
    content = io.BytesIO()
    image = Image.new("RGB", (400, 300), tuple(colours.randrange(256) for _ in range(3)))
    image.paste(tuple(colours.randrange(256) for _ in range(3)), (50, 50, 200, 200))
    image.save(content, "JPEG")
    return SimpleUploadedFile("photo.jpg", content.getvalue(), "image/jpeg")


def run(sites, seed, what):
    for number, site in enumerate(sites):
        site.proxy.forget()
        site.proxy.chances(seed=seed + number, seconds=HOLD, **ODDS)
    started = time.monotonic()
    killed = work_off(sites, kills=KILLS, seed=seed, requests_between=BETWEEN)
    print(f"\n{what}: {time.monotonic() - started:.0f} s, {killed} kills")
    for site in sites:
        faults = {name: site.proxy.count(fault=name) for name in sorted({seen.fault for seen in site.proxy.seen})}
        print(f"  {site.site}: {len(site.proxy.seen)} requests, {site.proxy.bytes_sent:,} bytes, faults {faults}")
    return killed


def media_on(wordpress) -> list[str]:
    digests = "SELECT meta_value FROM wp_postmeta WHERE meta_key = 'crm_photo_digest'"
    return [row[0] for row in wordpress.sql(digests)]


def check(site, shown, gone=()):
    there = site.posts()
    assert {listing: len(posts) for listing, posts in there.items()} == {one.pk: 1 for one in (*shown, *gone)}
    prices = {listing.pk: float(listing.list_price) for listing in shown}
    assert {key: float(posts[0].price) for key, posts in there.items() if posts[0].status == "publish"} == prices
    assert {posts[0].status for key, posts in there.items() if key not in prices} <= {"trash"}
    media = media_on(site.wordpress)
    assert (len(media), len(set(media))) == ((len(shown) + len(gone)) * PHOTOS,) * 2
    assert site.proxy.photos_taken_twice() == []
    assert site.false_lives == []
    states = Placement.objects.filter(site=site.site)
    assert {row.listing_id for row in states if row.shown.key == "live"} == prices.keys()


def test_all_arrive_once_and_change_and_leave(sites, listings, agent):
    killed = run(sites, 11, "first publish")
    for site in sites:
        check(site, listings)

    gone, kept = listings[: LISTINGS // 4], listings[LISTINGS // 4 :]
    for site in sites:
        for listing in gone:
            withdraw(listing, site.site, by=agent)
    for listing in kept:
        listing.list_price += 1000
        Listing.objects.filter(pk=listing.pk).update(list_price=listing.list_price)
    killed += run(sites, 23, "new prices, a quarter withdrawn")
    for site in sites:
        check(site, kept, gone)
        assert site.proxy.count("POST", "/media") == 0
    assert killed > 0
