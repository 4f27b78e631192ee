"""Websites: how much longer the CRM takes to publish on a real WordPress than the same requests sent by a bare loop.

Two sites alike, one for the CRM, one for the bare loop, in turns, so that a slow moment of the machine meets both.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from dev.bench.web import LOGS, ROOT
from dev.bench.website_pictures import PHOTOS, SIZE
from dev.bench.website_replay import Replay
from dev.bench.website_table import Row, lines, show

PUBLISHED = int(os.environ.get("BENCH_PUBLISHED", "500"))
ON_SITE = int(os.environ.get("BENCH_ON_SITE", "5000"))
SWEPT = int(os.environ.get("BENCH_SWEPT", "100000"))
LINES = int(os.environ.get("BENCH_LINES", "4"))
TURNS, PRICE_TURNS = 5, 3
WHAT = f"{SWEPT:,} active listings, {ON_SITE:,} of them with photos"
LOAD = f"from dev.bench.website_work import fill; fill({SWEPT}, {ON_SITE}, {PUBLISHED})"
SERVE = "from dev.bench.website_work import serve; serve()"
FIRST_NUMBER = 1_000_000
MEDIA = LOGS / "media"
PHOTO_WORDS = f"{PHOTOS} photos of {SIZE[0]} x {SIZE[1]} a listing, {LINES} lines."
# Posts as the CRM would have made them, by the thousand.
POSTS = """
global $wpdb; $now = current_time('mysql'); $gmt = current_time('mysql', 1); $metas = []; $rows = [];
$flush = function () use (&$metas, &$rows, $wpdb) {
    if ($rows) $wpdb->query("INSERT INTO $wpdb->posts (ID, post_author, post_date, post_date_gmt, post_content,
        post_title, post_excerpt, post_status, post_name, to_ping, pinged, post_modified, post_modified_gmt,
        post_content_filtered, post_parent, guid, post_type, post_mime_type) VALUES " . implode(',', $rows));
    if ($metas) $wpdb->query("INSERT INTO $wpdb->postmeta (post_id, meta_key, meta_value)
        VALUES " . implode(',', $metas));
    $metas = $rows = [];
};
$row = fn($id, $name, $title, $text, $status, $type, $mime, $parent) => $wpdb->prepare(
    "(%d,1,%s,%s,%s,%s,'',%s,%s,'','',%s,%s,'',%d,%s,%s,%s)",
    $id, $now, $gmt, $text, $title, $status, $name, $now, $gmt, $parent, "http://bench/$id", $type, $mime);
$meta = function ($id, $key, $value) use (&$metas, $wpdb) {
    if ($value === null) return;
    $value = is_bool($value) ? ($value ? '1' : '') : maybe_serialize($value);
    $metas[] = $wpdb->prepare('(%d,%s,%s)', $id, $key, $value);
};
foreach (json_decode(file_get_contents('FILE'), true) as $post) {
    $fields = $post['fields']; $id = $post['id'];
    $rows[] = $row($id, "bench-$id", $fields['title'], $fields['content'], 'publish', 'crm_property', '', 0);
    $meta($id, 'crm_listing_id', (string) $post['listing']);
    $meta($id, '_thumbnail_id', $fields['featured_media']);
    foreach ($fields as $path => $value) if (str_starts_with($path, 'meta.')) $meta($id, substr($path, 5), $value);
    foreach ($post['files'] as $photo => $file) {
        $name = basename($file, '.webp');
        $rows[] = $row($photo, $name, $name, '', 'inherit', 'attachment', 'image/webp', $id);
        $meta($photo, '_wp_attached_file', "bench/$file");
        $meta($photo, 'crm_photo_digest', $name);
    }
    if (count($rows) > 400) $flush();
}
$flush(); return (int) $wpdb->get_var("SELECT count(*) FROM $wpdb->posts WHERE post_type = 'crm_property'");
"""


class Worker:
    """The CRM's process; `ask` has it do something and returns what it measured."""

    def __init__(self, address: str, media: Path):
        LOGS.mkdir(parents=True, exist_ok=True)
        environment = {"DATABASE_URL": address, "MEDIA_ROOT": str(media), "WEBSITE_ALLOW_LOCAL": "1"}
        with (LOGS / "website.log").open("w") as log:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "manage.py",
                    "shell",
                    "-v",
                    "0",
                    "-c",
                    SERVE,
                ],
                cwd=ROOT,
                env=os.environ | environment | {"LOG_LEVEL": "ERROR"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                bufsize=1,
            )

    def ask(self, what: str, **values) -> dict:
        """One thing done, and its figures."""
        self.process.stdin.write(json.dumps({"do": what} | values) + "\n")
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"The CRM's worker ended. What it said is in {LOGS / 'website.log'}.")
        return json.loads(answer)

    def stop(self) -> None:
        """End it."""
        self.process.stdin.close()
        self.process.wait(30)


class Bench:
    """Both sites, the worker, and the lines of the table."""

    def __init__(self, farm, worker: Worker, folder: Path):
        self.farm, self.worker, self.folder = farm, worker, folder
        self.site, self.other = farm.site("ours"), farm.site("bare")
        self.replay = Replay(self.other, self.other.users["editor"], LINES)
        self.rows: list[Row] = []
        self.said: dict = {}

    def site_cpu(self) -> float:
        """Seconds of CPU of PHP for our site and of MariaDB."""
        groups = {self.site.server.pid, self.farm.database.server.pid}
        return sum(_cpu_of_groups(groups))

    def turn(self, row: Row, what: str, replay=None, **asked) -> None:
        """The CRM once, then the bare loop with the same."""
        record = self.folder / f"{row.name}-{len(row.ours)}.requests"
        before = self.site_cpu()
        row.ours.append(self.worker.ask(what, record=str(record), **asked))
        row.site_cpu += self.site_cpu() - before
        row.bare.append((replay or self.replay).run(record))
        record.unlink()
        print(f"  {row.name}: CRM {row.ours[-1]['seconds']:.2f} s, bare loop {row.bare[-1]:.2f} s", flush=True)

    def run(self) -> None:
        """All of it."""
        user = self.site.users["editor"]
        listings = self.worker.ask("add", url=self.site.url, user=user.login, password=user.password)["listings"]
        first, rest = listings[:PUBLISHED], listings[PUBLISHED:]
        self.rows.append(Row(f"first publish, {PHOTOS} photos each", len(first)))
        for part in _parts(first, TURNS):
            self.turn(self.rows[-1], "publish", listings=part)
        self.rows.append(Row("new prices", len(first) * PRICE_TURNS))
        for _ in range(PRICE_TURNS):
            self.turn(self.rows[-1], "raise_prices", listings=first)
        self._make_posts(rest)
        self.rows.append(Row("nothing to do", len(listings)))
        self.turn(self.rows[-1], "nothing_to_do")
        self.rows.append(Row("reconcile", len(listings)))
        same = Replay(self.site, user, LINES)
        same.numbers = _Same()
        self.turn(self.rows[-1], "reconcile", replay=same)
        self.said = self.worker.ask("sweep", record=str(self.folder / "sweep"))

    def _make_posts(self, listings) -> None:
        """The rest is put on the site by hand, and confirmed by reading it."""
        self.worker.ask("plan", folder=str(self.folder), listings=listings, first=FIRST_NUMBER)
        there = self.site.php(POSTS.replace("FILE", str(self.folder / "posts.json")))
        told = self.worker.ask("publish", listings=listings, record=os.devnull)
        print(
            f"  {there:,} posts on the site; the CRM found {told['states']}, sent {told['photos']} photos", flush=True
        )


class _Same(dict):
    def __contains__(self, number):
        return True


def is_possible() -> bool:
    """Whether this machine has what a WordPress site is made of; says so where it has not."""
    from tests.wordpress import core

    absent = core.missing()
    if absent:
        print(f"SKIPPED: publishing on a real WordPress. Missing: {absent}. Install {core.DEBIAN}.", flush=True)
    return not absent


def measure(address: str) -> list[dict]:
    """Everything in the filled database at `address`: a line for each thing measured, printed and returned."""
    from tests.wordpress.farm import Farm  # needs PHP and MariaDB, which other parts of the bench do not

    with contextlib.ExitStack() as ending:
        folder = Path(ending.enter_context(tempfile.TemporaryDirectory(prefix="crm-bench-")))
        worker = Worker(address, MEDIA)
        ending.callback(worker.stop)
        bench = Bench(ending.enter_context(Farm()), worker, folder)
        bench.run()
    results = lines(bench.rows, bench.said)
    show(results, PHOTO_WORDS)
    return results


def _parts(keys: list, count: int) -> Iterator[list]:
    size = -(-len(keys) // count)
    return (keys[start : start + size] for start in range(0, len(keys), size))


def _cpu_of_groups(groups: set[int]) -> Iterator[float]:
    """Of every process in these process groups, what it took so far."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[2]) in groups:
                yield sum(int(fields[one]) for one in (11, 12, 13, 14)) / os.sysconf("SC_CLK_TCK")
