"""Knowing photos again that are on the site already, so that none is sent a second time.

The site keeps its own copy of what somebody uploaded, at another size and quality: the smallest that shows the whole
picture is fetched and compared by its looks. What is not known again stays as it is until a person pushes ours.
"""

import io

from django.db import transaction
from django.utils import timezone

from apps.listings.lookups import PhotoState
from apps.listings.photo_files import read_original
from apps.listings.pictures import PictureRefused, PreparedPicture, difference, looks_same, prepare
from apps.website.compare import same
from apps.website.delivery.photos import Copies
from apps.website.delivery.reading import PHOTOS, patiently
from apps.website.models import FoundPost, Placement, PlacementPhoto
from apps.website.payload import Payload, payload_of
from apps.website.states import State
from apps.website.wordpress import Wrong

MOST_BYTES, MOST_PICTURES = 3 * 1024 * 1024, 30
SMALLEST, WHOLE = 200, ("medium", "medium_large", "large")
MOST_BITS = 8  # of 64 by which looks may differ before the pictures themselves are compared


def compare(client, pictures, placement: Placement, post: FoundPost) -> None:
    """Find the listing's photos among those that the post shows, and write down which file of the site each is."""
    payload = payload_of(placement.listing, placement.site)
    if not payload.photos:
        return
    there = patiently(client.pictures, "include", post.photos[:MOST_PICTURES])
    known = _known_again(placement.listing, _fetched(pictures, there), {photo.digest for photo in payload.photos})
    now = timezone.now()
    rows = [
        PlacementPhoto(
            placement=placement, photo_id=photo, digest=digest, media_id=number, confirmed_at=now, is_adopted=True
        )
        for digest, (photo, number) in known.items()
    ]
    with transaction.atomic():
        if still_linked(placement, post):
            PlacementPhoto.objects.bulk_create(rows, ignore_conflicts=True)
    settle(placement, post)


@transaction.atomic
def settle(placement: Placement, post: FoundPost) -> None:
    """Nothing about photos has to be decided where the post shows ours and no others, in our order."""
    row = still_linked(placement, post)
    if row is None:
        return
    listing = placement.listing
    listing.ready_photos = list(listing.photos.shown())  # those too whose sizes are being made
    if _is_all_ours(row, payload_of(listing, placement.site), post):
        row.theirs = {path: value for path, value in row.theirs.items() if path != PHOTOS}
        row.save(update_fields=["theirs"])


def still_linked(placement: Placement, post: FoundPost) -> Placement | None:
    """The row of the placement, locked; None where somebody took the post back or let it be followed meanwhile."""
    row = Placement.objects.select_for_update().filter(pk=placement.pk).first()
    return row if row and row.state == State.LINKED and row.post_id == post.post_id else None


def _fetched(pictures, there: list[dict]) -> dict[int, PreparedPicture]:
    """The pictures that could be fetched and read, by their number."""
    found = {}
    for one in there:
        try:
            data = patiently(pictures.fetch, _smallest_whole(one), MOST_BYTES)
            found[one["id"]] = prepare(io.BytesIO(data), f"{one['id']}")
        except (Wrong, PictureRefused):
            continue
    return found


def _smallest_whole(picture: dict) -> str:
    """The address of the smallest size that is not cut to a shape; the file itself where there is none."""
    details = picture.get("media_details")
    sizes = details.get("sizes") if isinstance(details, dict) else None
    for name in WHOLE if isinstance(sizes, dict) else ():
        size = sizes.get(name)
        if isinstance(size, dict) and isinstance(size.get("width"), int) and size["width"] >= SMALLEST:
            return str(size.get("source_url") or "")
    return str(picture.get("source_url") or "")


def _known_again(listing, there: dict[int, PreparedPicture], wanted: set[str]) -> dict[str, tuple[int, int]]:
    """Digest of our photo → (its key, the number there); each used once."""
    known, free = {}, dict(there)
    for photo in listing.photos.shown().filter(state=PhotoState.READY, digest__in=wanted):
        near = [number for number, one in free.items() if difference(one.look, photo.look) <= MOST_BITS]
        if not near:
            continue
        try:
            ours = read_original(photo.name)
        except FileNotFoundError:
            continue
        match = next((number for number in near if looks_same(ours, free[number].image)), None)
        if match is not None:
            known[photo.digest] = (photo.pk, match)
            del free[match]
    return known


def _is_all_ours(row, payload: Payload, post) -> bool:
    numbers = Copies.of(row).media_ids(payload)
    if None in numbers or set(numbers) != set(post.photos):
        return False
    payload.place(numbers)
    late = [one.path for one in payload.spec.fields if one.is_late]
    return all(not post.fields.get(path) or same(payload.fields[path], post.fields[path]) for path in late)
