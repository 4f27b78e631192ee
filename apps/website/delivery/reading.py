"""Reading a site: what it shows of our posts, and whether somebody changed it there by hand."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from apps.website.compare import differing, meaning, read_all, same
from apps.website.delivery.plan import Plan
from apps.website.models import Placement
from apps.website.wordpress import Temporary
from apps.website.wordpress.client import ID_KEY

READS = 3  # reading is harmless to repeat
SLOW = 5  # seconds
REMEMBERED = 12
SLUG, STATUS = "slug", "status"
COPY, PHOTOS = "copy", "photos"  # no fields: a copy of the post, pictures that somebody put there
SHOWN = "publish"
AT_ONCE = 100


def patiently(read: Callable, *arguments):
    """Read, and read again where the answer was lost on the way; a site that is slow is not asked again at once."""
    began = time.monotonic()
    for attempt in range(READS):
        try:
            return read(*arguments)
        except Temporary as trouble:
            if trouble.retry_after or attempt == READS - 1 or time.monotonic() - began > SLOW:
                raise


def posts(lines, ids: list[int]) -> dict[int, dict]:
    """The posts that are there, by their number; those in the trash too."""
    return begin_posts(lines, ids).together()


def begin_posts(lines, ids: list[int]):
    """Ask for them, and look at the answers later."""
    return lines.begin(lambda client, part: patiently(client.read, part), ids, AT_ONCE)


@dataclass
class Seen:
    """What was read of one post: its fields, and those that somebody changed there."""

    read: dict[str, object]
    by_hand: dict[str, object] = field(default_factory=dict)


def is_off(post: dict | None) -> bool:
    """Whether the site shows nothing of it: deleted, or in the trash."""
    return post is None or post.get(STATUS) == "trash"


def is_anothers(post: dict | None, listing_id: int) -> bool:
    """Whether the post carries the id of another listing: after an old backup the site gives a number again."""
    meta = (post or {}).get("meta")
    said = meta.get(ID_KEY) if isinstance(meta, dict) else None
    return said not in (None, "") and str(said) != str(listing_id)


def see(plan: Plan, post: dict) -> Seen:
    """What the post says, against what it said when it was confirmed.

    Neither what we sent last (its confirmation may have been lost) nor what we sent earlier (the site may have been
    restored from a backup) is somebody's change, nor is what we want anyway.
    """
    placement, wanted = plan.placement, plan.payload.fields
    paths = {*wanted, *placement.last_read, STATUS, SLUG}
    read = read_all(post, paths)
    if not placement.is_up:
        return Seen(read)
    by_hand = {}
    for path, before in placement.last_read.items():
        now = read.get(path)
        if same(before, now) or same(placement.last_sent.get(path), now) or same(wanted.get(path), now):
            continue
        if fingerprint(now) not in placement.sent_before.get(path, ()):
            by_hand[path] = now
    return Seen(read, by_hand)


def copies(lines, works: list) -> dict[int, list[int]]:
    """Posts that carry our id besides the one that is ours, as a plugin that duplicates posts makes them."""
    ours = {work.placement.listing_id: work.placement.post_id for work in works}
    found = lines.read(lambda client, part: patiently(client.find_all, part), ours, AT_ONCE)
    others = {
        listing: [post["id"] for post in there if post["id"] != ours[listing] and not is_off(post)]
        for listing, there in found.items()
    }
    return {listing: numbers for listing, numbers in others.items() if numbers}


def missing(plan: Plan, seen: Seen) -> dict[str, object]:
    """The fields that are to be sent: what is wanted and not there, but for what somebody changed by hand."""
    wanted = {path: value for path, value in plan.payload.fields.items() if path not in seen.by_hand}
    if SLUG in plan.placement.last_sent and SLUG not in seen.by_hand:  # a person wanted the page's address back
        wanted[SLUG] = plan.placement.last_sent[SLUG]
    return {path: wanted[path] for path in differing(wanted, seen.read)}


def remembered(placement: Placement, read: dict[str, object]) -> dict[str, list]:
    """`sent_before` with the values that were confirmed just now: the last of each field, by their fingerprints."""
    before, last = placement.sent_before, placement.last_read
    after = dict(before)
    for path, value in read.items():
        if path in before and path in last and last[path] == value:  # its mark is in front already
            continue
        mark = fingerprint(value)
        after[path] = [mark, *(one for one in before.get(path, ()) if one != mark)][:REMEMBERED]
    return after


def fingerprint(value: object) -> str:
    """A short mark by which a value is known again."""
    return hashlib.sha256(meaning(value).encode()).hexdigest()[:12]
