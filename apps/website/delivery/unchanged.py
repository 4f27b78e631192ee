"""Reading a site from end to end. Where it shows just what was confirmed, and nothing changed here, that is all.

Nothing is judged or sent here, and nothing claimed: what differs in anything is left to the delivery and its rules.
Nothing here changed, because any save of a listing, a site or a profile makes the placement due (`triggers`). Only a
release that writes a value in another way is no save: it brings a migration that makes all placements due.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator

from django.db.models import Q
from django.utils import timezone

from apps.website.belonging import belonging
from apps.website.compare import read_all
from apps.website.delivery.lines import Lines
from apps.website.delivery.outcome import page_address
from apps.website.delivery.photos import is_copy
from apps.website.delivery.reading import AT_ONCE, SLUG, STATUS, is_off, patiently
from apps.website.models import Placement, PlacementPhoto, Site
from apps.website.states import State, Wanted
from apps.website.wordpress import Temporary, Wrong


def settled(site: Site):
    """Placements of which nothing is to be done, as far as the CRM knows: live, confirmed, and still wanted there."""
    belongs = Q(wanted=Wanted.FILTER, listing__in=belonging(site).order_by().values("pk"))
    rows = Placement.objects.filter(Q(wanted=Wanted.ON) | belongs, site=site, state=State.LIVE, is_up=True)
    return rows.filter(due_at=None, claimed_until=None, post_id__isnull=False, theirs={}, attempts=0)


def read_settled(site: Site, lines: Lines, tell: Callable) -> int:
    """Read all that is settled; how many of them the site shows as they were confirmed. Ends where it is in trouble."""
    keys, same = list(settled(site).order_by("post_id").values_list("pk", flat=True)), 0
    answers = lines.each(_ask, _loaded(keys))
    for (rows, photos), take in answers:
        try:
            posts, files, carrying = take()
        except (Temporary, Wrong):
            answers.stop()  # the delivery will meet it too, and knows what to do
            continue
        found = [
            row
            for row in rows
            if _is_as_confirmed(row, posts.get(row.post_id), carrying.get(row.listing_id, ()))
            and all(_is_there(photo, files) for photo in photos[row.pk])
        ]
        _were_read([row.pk for row in found])
        same += len(found)
        for row in found:
            tell(row)
    return same


def _loaded(keys: list[int]) -> Iterator[tuple[list, dict[int, list]]]:
    """The rows and their photos, plain, a part at a time and not before its turn."""
    for start in range(0, len(keys), AT_ONCE):
        part, photos = keys[start : start + AT_ONCE], defaultdict(list)
        names = ("pk", "listing_id", "post_id", "link", "last_read")
        rows = list(Placement.objects.filter(pk__in=part).values_list(*names, named=True))
        names = ("placement_id", "digest", "media_id", "is_adopted")
        for photo in PlacementPhoto.objects.filter(placement__in=part).values_list(*names, named=True):
            photos[photo.placement_id].append(photo)
        yield rows, photos


def _ask(client, loaded) -> tuple[dict, dict, dict]:
    """What the site has of these: posts, files, and the posts that carry our ids. In a thread: no row is read here."""
    rows, photos = loaded
    numbers = [photo.media_id for of_one in photos.values() for photo in of_one if photo.media_id]
    posts = patiently(client.read, [row.post_id for row in rows])
    return posts, patiently(client.media, numbers), patiently(client.find_all, [row.listing_id for row in rows])


def _is_as_confirmed(row, post: dict | None, carrying: list[dict]) -> bool:
    if is_off(post) or [one["id"] for one in carrying if not is_off(one)] != [row.post_id]:
        return False
    read = read_all(post, {*row.last_read, STATUS, SLUG})
    return read == row.last_read and page_address(post.get("link")) == row.link


def _is_there(photo, files: dict[int, dict]) -> bool:
    return photo.media_id in files and is_copy(photo, files[photo.media_id])


def _were_read(keys: list[int]) -> None:
    """Unless something became of them since they were loaded: then the delivery sees to them."""
    rows = Placement.objects.filter(pk__in=keys, state=State.LIVE, due_at=None, claimed_until=None)
    rows.update(checked_at=timezone.now())
