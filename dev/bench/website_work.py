"""The CRM's side of the bench of websites: filling its database, and delivering as its worker does, told by lines.

Every delivery is measured from inside: seconds, CPU of this process and of its PostgreSQL backend, memory, requests,
and the bytes of photos by their digest. What was sent is written down, so that a bare loop can send the same.
"""

import hashlib
import json
import os
import re
import sys
import threading
import time
from collections import Counter
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from apps.accounts.models import User
from apps.core.encryption import encrypt
from apps.core.outbound import Outbound
from apps.listings.lookups import PhotoState
from apps.listings.models import Photo
from apps.listings.photo_files import size_path
from apps.website.actions.deliver import deliver
from apps.website.actions.reconcile import reconcile
from apps.website.delivery.photos import SIZE
from apps.website.models import Placement, PlacementPhoto, Profile, Site
from apps.website.payload import payload_of
from apps.website.states import Wanted
from apps.website.sweep import sweep
from dev.bench.load import load
from dev.bench.website_pictures import PHOTOS, pictures
from dev.bench.website_replay import write

TICKS = os.sysconf("SC_CLK_TCK")
PUBLISHABLE = """
    SELECT id FROM listings_listing
     WHERE mandate_until - current_date BETWEEN 2 AND 85
       AND permit_until - current_date BETWEEN 2 AND 85
       AND internet_entire_listing_display_yn
       AND list_price > 0 AND standard_status = 'Active' ORDER BY id LIMIT %s
"""


# -- Filling -----------------------------------------------------------------------------------------------------------
def fill(rows: int, listings: int, with_files: int) -> None:
    """Put `rows` listings into the database, `listings` with photos, of which `with_files` with files of their own."""
    load(rows, all_active=True)
    with connection.cursor() as cursor:
        cursor.execute(PUBLISHABLE, [listings])
        keys = [key for (key,) in cursor.fetchall()]
    by = User.objects.system()
    names = [_store(content) for content in pictures(with_files * PHOTOS)]
    photos = []
    for place, key in enumerate(keys):
        for order in range(PHOTOS):
            number = place * PHOTOS + order
            digest = hashlib.sha256(str(number).encode()).hexdigest()
            name, values = names[number % len(names)], {"state": PhotoState.READY, "added_by": by}
            photos.append(Photo(listing_id=key, order=order, name=name, digest=digest, **values))
    Photo.objects.bulk_create(photos, batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def _store(content: bytes) -> str:
    name = hashlib.sha256(content).hexdigest()[:32]
    path = Path(default_storage.path(size_path(name, SIZE)))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return name


# -- Told by lines -----------------------------------------------------------------------------------------------------
def serve() -> None:
    """Answer each line of JSON on standard input, {"do": name, ...}, with one on standard output."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", buffering=1)
    for line in sys.stdin:
        asked = json.loads(line)
        out.write(json.dumps(globals()[f"do_{asked.pop('do')}"](**asked)) + "\n")


def do_add(url: str, user: str, password: str) -> dict:
    """Add the site, and hold a placement for each listing that has photos. Which listings those are."""
    Site.objects.all().delete()  # of an earlier run in a database that was kept
    profile = Profile.objects.get(slug="companion")
    values = {"username": user, "password": encrypt(password), "profile": profile}
    site = Site.objects.create(name="Bench", initials="B", url=url, **values)
    keys = list(Photo.objects.order_by("listing_id").values_list("listing_id", flat=True).distinct())
    Placement.objects.bulk_create(Placement(site=site, listing_id=key, wanted=Wanted.ON) for key in keys)
    return {"listings": keys}


def do_publish(listings: list[int], record: str) -> dict:
    """Deliver these placements as they are now."""
    rows = Placement.objects.filter(listing__in=listings, site__name="Bench")
    rows.update(due_at=timezone.now())
    keys = list(rows.values_list("pk", flat=True))
    with Measured(record, len(keys)) as measured:
        tally = deliver(_site(), by=User.objects.system(), only=keys, tell=measured.told)
    return measured.figures | {"states": dict(tally.states), "stopped": tally.stopped}


def do_raise_prices(listings: list[int], record: str) -> dict:
    """Change the prices, then deliver."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE listings_listing SET list_price = list_price + 1000 WHERE id = ANY (%s)", [listings])
    return do_publish(listings, record)


def do_plan(folder: str, listings: list[int], first: int) -> dict:
    """Write down what the site should show of these, with numbers from `first` on for their posts and photos."""
    site, number, posts = _site(), first, []
    rows = Placement.objects.filter(listing__in=listings, site=site).select_related("listing__unit__place")
    for row in rows.order_by("pk"):
        payload = payload_of(row.listing, site)
        numbers = list(range(number, number + len(payload.photos) + 1))
        number += len(numbers)
        payload.place(numbers[1:])
        Placement.objects.filter(pk=row.pk).update(post_id=numbers[0], asked_at=timezone.now())
        copies = [
            PlacementPhoto(placement=row, photo_id=photo.pk, digest=photo.digest, media_id=media)
            for photo, media in zip(payload.photos, numbers[1:], strict=True)
        ]
        PlacementPhoto.objects.bulk_create(copies)
        files = {copy.media_id: copy.file_name for copy in copies}
        posts.append({"id": numbers[0], "listing": row.listing_id, "fields": payload.fields, "files": files})
    Path(folder, "posts.json").write_text(json.dumps(posts))
    return {"posts": len(posts)}


def do_nothing_to_do(record: str) -> dict:
    """Save every listing that is on the site, changing nothing that it shows, and deliver."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE listings_listing SET modification_timestamp = now() WHERE photo_count > 0")
    with Measured(record, Placement.objects.count()) as measured:
        tally = deliver(_site(), by=User.objects.system(), tell=measured.told)
    return measured.figures | {"states": dict(tally.states), "stopped": tally.stopped}


def do_reconcile(record: str) -> dict:
    """Read the whole site and compare."""
    with Measured(record, Placement.objects.count()) as measured:
        tally = reconcile(_site(), by=User.objects.system(), tell=measured.told)
    return measured.figures | {"states": dict(tally.states), "stopped": tally.stopped}


def do_sweep(record: str) -> dict:
    """Sweep with a row for every listing, live on a site that follows its filter: quickly, then thoroughly."""
    Site.objects.update(is_active=False)
    site = Site.objects.create(
        name="Swept", initials="S", url="http://127.0.0.1:9", username="s", password=encrypt("s"),
        profile=Profile.objects.get(slug="companion"), follows_filter=True,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO website_placement (site_id, listing_id, state, is_up, post_id)"
            " SELECT %s, id, 'live', true, id FROM listings_listing",
            [site.pk],
        )
        cursor.execute("VACUUM (ANALYZE) website_placement")
    found = {"rows": Placement.objects.filter(site=site).count()}
    for name, is_thorough in (("quick", False), ("thorough", True)):
        with Measured(record, 1) as measured:
            sweep(by=User.objects.system(), is_thorough=is_thorough)
        found[name] = measured.figures
        Placement.objects.filter(site=site).update(due_at=None)
    return found


def _site() -> Site:
    return Site.objects.select_related("profile").get(name="Bench")


# -- Measuring ---------------------------------------------------------------------------------------------------------
class Measured:
    """A block of work: `figures` when it has ended."""

    def __init__(self, record: str, expected: int):
        self.record, self.expected, self.settled = record, expected, 0
        self.memory_at_tenth = None
        self.requests, self.photos, self.queries = [], Counter(), 0
        self.lock = threading.Lock()
        self.figures = {}

    def __enter__(self) -> "Measured":
        self.file = open(self.record, "ab")
        self.ask, measured = Outbound.request, self

        def request(outbound, method, path, **sent):
            answer = measured.ask(outbound, method, path, **sent)
            measured.note(method, path, sent, answer)
            return answer

        Outbound.request = request
        self.counting = connection.execute_wrapper(self._count)
        self.counting.__enter__()
        self.backend = connection.cursor().connection.info.backend_pid
        self.began = time.perf_counter(), time.process_time(), cpu_of(self.backend)
        return self

    def told(self, placement) -> None:
        """One more is settled."""
        self.settled += 1
        if self.memory_at_tenth is None and self.settled >= self.expected / 10:
            self.memory_at_tenth = memory()

    def note(self, method, path, sent, answer) -> None:
        """Write down what was sent, with the number that the site gave."""
        sent = {name: value for name, value in sent.items() if name != "seconds"}
        number = re.match(rb'\s*\{"id":(\d+)', answer.body) if answer.status == 201 else None
        with self.lock:
            if "files" in sent:
                content = sent["files"]["file"][1]
                self.photos[hashlib.sha256(content).hexdigest()] += 1
            self.requests.append(answer.status)
            write(self.file, method, path, sent, int(number[1]) if number else None)

    def _count(self, execute, *arguments):
        self.queries += 1
        return execute(*arguments)

    def __exit__(self, *_) -> None:
        wall, cpu, postgres = self.began
        self.figures = {
            "seconds": time.perf_counter() - wall,
            "cpu": time.process_time() - cpu,
            "postgres": cpu_of(self.backend) - postgres,
            "requests": len(self.requests),
            "refused": sum(status >= 400 for status in self.requests),
            "photos": sum(self.photos.values()),
            "photos_again": sum(self.photos.values()) - len(self.photos),
            "queries": self.queries,
            "memory_at_tenth": self.memory_at_tenth,
            "memory": memory(),
        }
        Outbound.request = self.ask
        self.counting.__exit__(None, None, None)
        self.file.close()


def cpu_of(pid: int) -> float:
    """Seconds of CPU that a process took so far."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:  # a server on another machine
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory() -> float:
    """Megabytes that this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
