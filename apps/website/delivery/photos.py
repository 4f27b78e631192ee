"""Photos of a listing on a site: each sent once, known again by its digest, taken off when it was removed here."""

from django.utils import timezone
from django.utils.translation import gettext as _

from apps.listings.photo_files import open_size
from apps.website.delivery.outcome import used_by_another
from apps.website.delivery.reading import patiently
from apps.website.models import Placement, PlacementPhoto
from apps.website.models.placement import DIGITS
from apps.website.payload import Payload, PhotoWanted
from apps.website.wordpress import Temporary, Wrong

SIZE = "2048"


def media_ids(placement: Placement, payload: Payload) -> list[int | None]:
    """The site's numbers of the photos wanted, in their order; None for one that was not sent yet."""
    rows = {row.digest: row.media_id for row in placement.photos.all()}
    return [rows.get(photo.digest) for photo in payload.photos]


def send_photos(client, placement: Placement, payload: Payload) -> int:
    """Send what the site does not have yet, one by one; how many were sent."""
    rows = {row.digest: row for row in placement.photos.all()}
    sent = 0
    for photo in payload.photos:
        row = rows.get(photo.digest)
        if row is None:
            row = PlacementPhoto(placement=placement, photo_id=photo.pk, digest=photo.digest)
        if row.media_id:
            continue
        row.media_id = _known_copy(placement, photo, payload) or _found_copy(client, row)
        if row.media_id is None:
            _send(client, placement, photo, row)
            sent += 1
        row.save()
    placement._prefetched_objects_cache.pop("photos", None)
    return sent


def forget_lost(client, placement: Placement) -> bool:
    """Send again what the site lost: copies that were deleted there, or that an old backup does not have.

    Whether it lost all of them.
    """
    rows = [row for row in placement.photos.all() if row.media_id]
    lost = _forget([row for row in rows if row not in _there(client, rows)])
    placement._prefetched_objects_cache.pop("photos", None)
    return bool(rows) and len(lost) == len(rows)


def confirm(client, placement: Placement, payload: Payload) -> bool:
    """Read the copies back; whether every photo that is wanted is there."""
    wanted = {photo.digest for photo in payload.photos}
    rows = [row for row in placement.photos.all() if row.digest in wanted]
    fresh = [row for row in rows if row.media_id and row.confirmed_at is None]
    there = _there(client, fresh)
    PlacementPhoto.objects.filter(pk__in=[row.pk for row in there]).update(confirmed_at=timezone.now())
    lost = _forget([row for row in fresh if row not in there])
    return len(rows) == len(wanted) and not lost and all(row.media_id for row in rows)


def take_off_removed(client, placement: Placement, payload: Payload) -> int:
    """Delete the site's copies of photos that are no longer wanted; how many went. Only copies that we sent."""
    wanted = {photo.digest for photo in payload.photos}
    rows = [row for row in placement.photos.all() if row.digest not in wanted]
    for row in rows:
        if not row.is_adopted and not used_by_another(row.media_id, placement) and _there(client, [row]):
            try:
                client.delete_media(row.media_id)
            except Wrong as trouble:
                if not trouble.is_missing:
                    raise
        row.delete()
    return len(rows)


def _there(client, rows: list[PlacementPhoto]) -> list[PlacementPhoto]:
    """Those whose copy is on the site. After an old backup its number may be that of another file."""
    numbers = [row.media_id for row in rows if row.media_id]
    there = patiently(client.media, numbers) if numbers else {}
    return [row for row in rows if row.media_id in there and _is_copy(row, there[row.media_id])]


def _is_copy(row: PlacementPhoto, file: dict) -> bool:
    return row.is_adopted or row.digest[:DIGITS] in f"{file.get('slug')} {file.get('source_url')}"


def _forget(lost: list[PlacementPhoto]) -> list[PlacementPhoto]:
    """No listing of the site has these copies any more."""
    for row in lost:
        same = PlacementPhoto.objects.filter(media_id=row.media_id, placement__site=row.placement.site_id)
        same.update(media_id=None, asked_at=None, confirmed_at=None, is_adopted=False)
    return lost


def _known_copy(placement, photo: PhotoWanted, payload: Payload) -> int | None:
    """The same pixels, sent for another listing; a copy that belongs to its post cannot be shared."""
    if payload.spec.photos_belong_to_post:
        return None
    rows = PlacementPhoto.objects.filter(digest=photo.digest, placement__site=placement.site_id)
    return rows.filter(media_id__isnull=False).values_list("media_id", flat=True).first()


def _found_copy(client, row) -> int | None:
    """What an upload whose answer was lost left on the site."""
    return patiently(client.find_media, row.file_name) if row.asked_at else None


def _content(photo: PhotoWanted) -> bytes:
    try:
        with open_size(photo.name, SIZE) as file:
            return file.read()
    except FileNotFoundError:  # removed this moment, or lost by the file storage
        raise Wrong(_("The file of a photo is not there. Remove the photo, or add it again."), "photos") from None


def _send(client, placement, photo, row) -> None:
    row.asked_at, row.is_adopted = timezone.now(), False
    row.save()
    content = _content(photo)
    try:
        sent = client.upload(content, row.file_name, "image/webp", alt=photo.alt, post=placement.post_id)
        row.media_id = sent["id"]
    except Temporary:  # the answer may have been lost on its way: then the copy is there
        row.media_id = _found_copy(client, row)
        if row.media_id is None:
            raise
