"""Sites behind fault proxies, and workers that are killed while they deliver to them."""

import contextlib
import os
import random
import select
import signal
import subprocess
import sys
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection
from waffle.testutils import override_flag

from apps.core.encryption import encrypt
from apps.website.models import Placement, Site
from apps.website.profiles.shipped import shipped_profiles
from tests.factories import ProfileFactory, SiteFactory
from tests.website.fault_worker import READ_SECONDS
from tests.wordpress.fault_proxy import FaultProxy
from tests.wordpress.site import Site as WordPress

ODDS = {"lost": 0.10, "timeout": 0.06, "html200": 0.02, "html200_after": 0.02, "_503": 0.05, "_429": 0.03}
HOLD = {"timeout": READ_SECONDS + 2, "503": 1, "429": 1}
POSTS = """
SELECT ours.meta_value, post.ID, post.post_status, price.meta_value FROM wp_posts post
JOIN wp_postmeta ours ON ours.post_id = post.ID AND ours.meta_key = 'crm_listing_id'
LEFT JOIN wp_postmeta price ON price.post_id = post.ID AND price.meta_key = 'crm_price'
WHERE post.post_type = 'crm_property' AND post.post_status <> 'auto-draft'
"""


@dataclass(frozen=True)
class Post:
    number: int
    status: str
    price: str


@dataclass
class Faulty:
    """One site of the CRM's, the WordPress it is, and the proxy between the two."""

    wordpress: WordPress
    proxy: FaultProxy
    site: Site
    false_lives: list = field(default_factory=list)

    def posts(self) -> dict[int, list[Post]]:
        """What the site really has, by listing."""
        found = {}
        for ours, number, status, price in self.wordpress.sql(POSTS):
            found.setdefault(int(ours), []).append(Post(int(number), status, price))
        return found

    def look_for_false_lives(self) -> None:
        """What the CRM calls live now must be so on the site: read here first, then there."""
        rows = Placement.objects.filter(site=self.site).select_related("listing")
        said = {row.listing_id: row.listing.list_price for row in rows if row.shown.key == "live"}
        there = self.posts()
        for listing, price in said.items():
            shown = [post for post in there.get(listing, []) if post.status == "publish"]
            if len(shown) != 1 or float(shown[0].price) != float(price):
                self.false_lives.append((listing, there.get(listing)))


def faulty(wordpress: WordPress, proxy: FaultProxy) -> Faulty:
    """A site of the CRM's that is asked through the proxy."""
    profile = shipped_profiles()["companion"]
    user = wordpress.users["editor"]
    site = SiteFactory(
        url=proxy.url,
        username=user.login,
        password=encrypt(user.password),
        profile=ProfileFactory(slug=f"companion-{proxy.port}", **profile),
    )
    return Faulty(wordpress, proxy, site)


def environment() -> dict[str, str]:
    """For a process of its own that works on the test's database and files."""
    return os.environ | {
        "DATABASE_URL": "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**connection.settings_dict),
        "MEDIA_ROOT": settings.STORAGES["default"]["OPTIONS"]["location"],
        "WEBSITE_ALLOW_LOCAL": "1",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }


@contextlib.contextmanager
def production_worker():
    """The job worker as production runs it, clock and all, while the block lasts; the module is launched."""
    command = [sys.executable, "manage.py", "procrastinate", "worker", "--shutdown-graceful-timeout=1"]
    with override_flag("website", active=True):
        worker = subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield worker
        finally:
            worker.terminate()
            worker.wait()


class Worker:
    """Works on one site in a process that is killed after so many requests, some times, and then left to finish."""

    def __init__(self, site: Faulty, *, kills: int, seed: int, requests_between=(1, 9)):
        self.site, self.kills, self.random, self.between = site, kills, random.Random(seed), requests_between
        self.killed, self.exit_codes = 0, []
        self.starter = subprocess.Popen(
            [sys.executable, "-m", "tests.website.fault_worker", str(site.site.pk)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment(),
            text=True,
            bufsize=1,
        )
        self._start()

    @property
    def is_done(self) -> bool:
        return bool(self.exit_codes) and self.exit_codes[-1] != -signal.SIGKILL

    def step(self, seconds: float) -> None:
        """Wait a moment; kill the process when it is time, and start the next when it is dead."""
        has_ended = bool(select.select([self.starter.stdout], [], [], seconds)[0])
        if has_ended:
            self.exit_codes.append(int(self.starter.stdout.readline()))
            if not self.is_done:
                self.site.look_for_false_lives()
                self._start()
        elif self.killed < self.kills and len(self.site.proxy.seen) >= self.kill_at:
            self.kill_at = float("inf")
            with contextlib.suppress(ProcessLookupError):  # it may have ended just now
                os.kill(self.process, signal.SIGKILL)
                self.killed += 1

    def _start(self) -> None:
        self.kill_at = len(self.site.proxy.seen) + self.random.randint(*self.between)
        self.starter.stdin.write("go\n")
        self.process = int(self.starter.stdout.readline())

    def stop(self) -> None:
        if not self.is_done:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.process, signal.SIGKILL)
        self.starter.stdin.close()
        self.starter.stdout.close()
        self.starter.wait()


def work_off(sites: list[Faulty], *, kills: int, seed: int, requests_between=(1, 9)) -> int:
    """Let a worker for each site finish, killed `kills` times on the way, all sites together; how often really."""
    share = -(-kills // len(sites))
    workers = []
    try:
        for number, site in enumerate(sites):
            workers.append(Worker(site, kills=share, seed=seed + number, requests_between=requests_between))
        while not all(worker.is_done for worker in workers):
            for worker in workers:
                if not worker.is_done:
                    worker.step(0.02 / len(sites))
    finally:
        for worker in workers:
            worker.stop()
    for site in sites:
        site.look_for_false_lives()
    assert all(worker.exit_codes[-1] == 0 for worker in workers)
    return sum(worker.killed for worker in workers)
