"""Websites: how much longer the CRM takes to publish on a real WordPress than the same requests sent by a bare loop.

Two sites alike, one for the CRM, one for the bare loop, in turns, so that a slow moment of the machine meets both.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dev.bench.table import say
from dev.bench.web import LOGS, ROOT
from dev.bench.website_pictures import PHOTOS, SIZE
from dev.bench.website_replay import Replay

PUBLISHED = int(os.environ.get("BENCH_PUBLISHED", "500"))
ON_SITE = int(os.environ.get("BENCH_ON_SITE", "5000"))
SWEPT = int(os.environ.get("BENCH_SWEPT", "100000"))
LINES = int(os.environ.get("BENCH_LINES", "4"))
TURNS = 5
WHAT = f"{SWEPT:,} active listings, {ON_SITE:,} of them with photos"
LOAD = f"from dev.bench.website_work import fill; fill({SWEPT}, {ON_SITE}, {PUBLISHED})"
SERVE = "from dev.bench.website_work import serve; serve()"
FIRST_NUMBER = 1_000_000
MEDIA = LOGS / "media"
TIMES_BARE, CPU_SHARE, SWEEP_SECONDS, MEMORY_GROWTH = 1.15, 0.10, 5, 1.10
LEAST_CPU = 0.5  # seconds; a share of less says nothing
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


@dataclass
class Row:
    """One line of the table: what the CRM took, what the bare loop took."""

    name: str
    count: int
    ours: list[dict] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    site_cpu: float = 0.0

    def sum(self, figure: str) -> float:
        """Of all turns."""
        return sum(one[figure] for one in self.ours)

    @property
    def times(self) -> float:
        """How many times the bare loop's time the CRM took."""
        return self.sum("seconds") / max(sum(self.bare), 0.001)

    @property
    def share(self) -> float:
        """The CRM's CPU beside the site's."""
        return self.sum("cpu") / max(self.site_cpu, 0.001)

    @property
    def growth(self) -> float:
        """The memory at the end, beside that when a tenth was done."""
        return self.ours[-1]["memory"] / self.ours[0]["memory_at_tenth"]

    @property
    def states(self) -> dict[str, int]:
        """How many placements ended in each state."""
        return dict(sum((Counter(one["states"]) for one in self.ours), Counter()))


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
        for name, what in ((f"first publish, {PHOTOS} photos each", "publish"), ("new prices", "raise_prices")):
            self.rows.append(Row(name, len(first)))
            for part in _parts(first, TURNS):
                self.turn(self.rows[-1], what, listings=part)
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


def measure(address: str) -> Bench:
    """Everything in the filled database at `address`."""
    from tests.wordpress.farm import Farm  # needs PHP and MariaDB, which other parts of the bench do not

    with contextlib.ExitStack() as ending:
        folder = Path(ending.enter_context(tempfile.TemporaryDirectory(prefix="crm-bench-")))
        worker = Worker(address, MEDIA)
        ending.callback(worker.stop)
        bench = Bench(ending.enter_context(Farm()), worker, folder)
        bench.run()
    show(bench)
    return bench


def show(bench: Bench) -> None:
    """The table, and what was aimed at."""
    layout = "{:30}{:>7}{:>9}{:>8}{:>7}{:>10}{:>9}{:>8}{:>8}{:>10}{:>9}  {}"
    heads = ("count", "CRM s", "bare s", "times", "site CPU", "CRM CPU", "share", "PG CPU", "requests", "queries")
    print("\n" + layout.format("", *heads, ""))
    for row in bench.rows:
        print(layout.format(*_figures(row), _verdict(row)))
    print(
        "\nCRM: its own delivery. bare: the same requests, sent by a loop as fast as the site takes them. Seconds;"
        f" CPU of the site is PHP's and MariaDB's, of the CRM its worker's. {PHOTO_WORDS}\n"
    )
    first = bench.rows[0]
    say("photos sent twice", first.sum("photos_again"), 0)
    say("requests where nothing is to be done", bench.rows[2].sum("requests"), 0)
    say("megabytes at the end, times those at a tenth", first.growth, MEMORY_GROWTH)
    for name in ("quick", "thorough"):
        say(f"seconds of a {name} sweep of {bench.said['rows']:,} rows", bench.said[name]["seconds"], SWEEP_SECONDS)
    for row in bench.rows:
        if row.states != {"live": row.count} or row.sum("refused"):
            print(f"LOOK: {row.name}: {row.states}, {row.sum('refused')} requests refused")


def _figures(row: Row) -> tuple:
    share = f"{row.share:.1%}" if row.site_cpu > LEAST_CPU else ""
    figures = (f"{row.sum('seconds'):.2f}", f"{sum(row.bare):.2f}", f"{row.times:.2f}" if row.sum("requests") else "")
    figures += (f"{row.site_cpu:.2f}", f"{row.sum('cpu'):.2f}", share, f"{row.sum('postgres'):.2f}")
    return row.name, f"{row.count:,}", *figures, row.sum("requests"), row.sum("queries")


def _verdict(row: Row) -> str:
    if not row.sum("requests"):
        return ""
    is_quick, is_light = row.times <= TIMES_BARE, row.share <= CPU_SHARE
    return f"{'ok' if is_quick else 'MISSED'} {TIMES_BARE} times, {'ok' if is_light else 'MISSED'} {CPU_SHARE:.0%} CPU"


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
