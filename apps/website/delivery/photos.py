"""Photos of a listing on a site: each sent once, known again by its digest, taken off when it was removed here."""

from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from apps.listings.photo_files import open_size
from apps.website.delivery.lines import Answers, Lines
from apps.website.delivery.reading import AT_ONCE, patiently
from apps.website.models import Placement, PlacementPhoto
from apps.website.models.placement import DIGITS
from apps.website.payload import Payload, PhotoWanted
from apps.website.wordpress import Temporary, Wrong

SIZE = "2048"
NOT_KEPT = ("rest_upload_unknown_error", "rest_upload_sideload_error")  # by the way a file came to the site


@dataclass
class Copies:
    """The copies that a site has, or shall have, of a placement's photos: its rows by digest."""

    placement: Placement
    rows: dict[str, PlacementPhoto] = field(default_factory=dict)

    @classmethod
    def of(cls, placement: Placement) -> "Copies":
        """Those that were sent so far."""
        sent = getattr(placement, "sent_photos", None)
        return cls(placement, {row.digest: row for row in (placement.photos.all() if sent is None else sent)})

    def media_ids(self, payload: Payload) -> list[int | None]:
        """The site's numbers of the photos wanted, in their order; None for one that was not sent yet."""
        return [row.media_id if (row := self.rows.get(photo.digest)) else None for photo in payload.photos]

    def wanted(self, payload: Payload) -> list[PlacementPhoto]:
        """The rows of the photos that should be there."""
        return [self.rows[photo.digest] for photo in payload.photos if photo.digest in self.rows]

    def are_confirmed(self, payload: Payload) -> bool:
        """Whether every photo that is wanted was read back."""
        rows = self.wanted(payload)
        return len(rows) == len(payload.photos) and all(row.media_id and row.confirmed_at for row in rows)


@dataclass
class Upload:
    """A photo to be sent for one listing; `others` are rows of the same pixels, which share its copy."""

    work: object
    row: PlacementPhoto
    photo: PhotoWanted
    was_asked: bool
    others: list[PlacementPhoto] = field(default_factory=list)


def send_photos(lines: Lines, works: list) -> Answers:
    """Send what the site does not have yet, each once: (upload, its number or trouble) as they come.

    What the site has already is noted at once. That a photo is being sent is written down before anything is sent.
    """
    uploads, known = _to_send(works)
    asked, now = [row for upload in uploads for row in (upload.row, *upload.others)], timezone.now()
    for row in asked:
        row.asked_at, row.is_adopted = now, False
    for row in known:
        PlacementPhoto.objects.filter(pk=row.pk).update(media_id=row.media_id)
    PlacementPhoto.objects.filter(pk__in=[row.pk for row in asked if row.pk]).update(asked_at=now, is_adopted=False)
    PlacementPhoto.objects.bulk_create(row for row in (*known, *asked) if row.pk is None)
    return lines.each(_send, uploads)


def keep(upload: Upload, media_id: int) -> None:
    """Write down the number that the site gave, before it is asked for more."""
    rows = [upload.row, *upload.others]
    PlacementPhoto.objects.filter(pk__in=[row.pk for row in rows]).update(media_id=media_id)
    for row in rows:
        row.media_id = media_id


def forget_lost(lines: Lines, works: list) -> None:
    """Send again what the site lost: copies that were deleted there, or that an old backup does not have."""
    rows = [row for work in works for row in work.copies.rows.values() if row.media_id]
    there = _there(lines, rows)
    _forget([row for row in rows if row.pk not in there])


def are_gone(lines: Lines, work) -> bool:
    """Whether the site had copies of the listing's photos, and has none of them any more."""
    rows = [row for row in work.copies.rows.values() if row.media_id]
    return bool(rows) and not _there(lines, rows)


def forget(work) -> None:
    """The site has no copy any more: they are sent again with the next post."""
    _forget([row for row in work.copies.rows.values() if row.media_id])


def confirm(lines: Lines, works: list) -> None:
    """Read back the copies that were sent and not read yet."""
    rows = [row for work in works for row in work.copies.wanted(work.plan.payload)]
    fresh = [row for row in rows if row.media_id and row.confirmed_at is None]
    if not fresh:
        return
    there, now = _there(lines, fresh), timezone.now()
    PlacementPhoto.objects.filter(pk__in=there).update(confirmed_at=now)
    for row in fresh:
        row.confirmed_at = now if row.pk in there else None
    _forget([row for row in fresh if row.pk not in there])


def take_off_removed(lines: Lines, work) -> int:
    """Delete the site's copies of photos that are no longer wanted; how many went. Only copies that we sent."""
    wanted = {photo.digest for photo in work.plan.payload.photos}
    rows = [row for row in work.copies.rows.values() if row.digest not in wanted]
    for row in rows:
        if not row.is_adopted and not _used_by_another(row.media_id, work.placement) and _there(lines, [row]):
            try:
                lines.once(lambda client, number: client.delete_media(number), row.media_id)
            except Wrong as trouble:
                if not trouble.is_missing:
                    raise
        row.delete()
        del work.copies.rows[row.digest]
    return len(rows)


def _there(lines: Lines, rows: list[PlacementPhoto]) -> set[int]:
    """The keys of those whose copy is on the site. After an old backup its number may be that of another file."""
    numbers = [row.media_id for row in rows if row.media_id]
    there = lines.read(lambda client, part: patiently(client.media, part), numbers, AT_ONCE)
    return {row.pk for row in rows if row.media_id in there and is_copy(row, there[row.media_id])}


def is_copy(row: PlacementPhoto, file: dict) -> bool:
    """Whether the site's file is the copy that was sent."""
    return row.is_adopted or row.digest[:DIGITS] in f"{file.get('slug')} {file.get('source_url')}"


def _forget(lost: list[PlacementPhoto]) -> None:
    """No listing of the site has these copies any more."""
    if not lost:
        return
    site, numbers = lost[0].placement.site_id, {row.media_id for row in lost}
    same = PlacementPhoto.objects.filter(media_id__in=numbers, placement__site=site)
    same.update(media_id=None, asked_at=None, confirmed_at=None, is_adopted=False)
    for row in lost:
        row.media_id = row.asked_at = row.confirmed_at = None
        row.is_adopted = False


def _to_send(works) -> tuple[list[Upload], list[PlacementPhoto]]:
    """What has to be sent, and the rows of photos that the site has already, sent for another listing."""
    lacking = [(work, photo) for work in works for photo in work.plan.payload.photos if _lacks(work, photo)]
    shared = _shared_copies(lacking)
    uploads: dict[tuple, Upload] = {}
    known = []
    for work, photo in lacking:
        rows, placement = work.copies.rows, work.placement
        row = rows.setdefault(photo.digest, PlacementPhoto(placement=placement, photo_id=photo.pk, digest=photo.digest))
        row.media_id = shared.get(photo.digest)
        mark = photo.digest, placement.pk if work.plan.payload.spec.photos_belong_to_post else None
        if row.media_id:
            known.append(row)
        elif mark in uploads:
            uploads[mark].others.append(row)
        else:
            uploads[mark] = Upload(work, row, photo, row.asked_at is not None)
    return list(uploads.values()), known


def _lacks(work, photo: PhotoWanted) -> bool:
    row = work.copies.rows.get(photo.digest)
    return row is None or row.media_id is None


def _shared_copies(lacking) -> dict[str, int]:
    """The same pixels, sent for another listing; a copy that belongs to its post cannot be shared."""
    if not lacking or lacking[0][0].plan.payload.spec.photos_belong_to_post:
        return {}
    digests, site = {photo.digest for _work, photo in lacking}, lacking[0][0].placement.site_id
    rows = PlacementPhoto.objects.filter(digest__in=digests, placement__site=site, media_id__isnull=False)
    return dict(rows.values_list("digest", "media_id"))


def _used_by_another(media_id: int, placement: Placement) -> bool:
    """Whether another listing of the site uses the same copy of a photo."""
    others = PlacementPhoto.objects.filter(media_id=media_id, placement__site=placement.site_id)
    return others.exclude(placement=placement).exists()


def _content(photo: PhotoWanted) -> bytes:
    try:
        with open_size(photo.name, SIZE) as file:
            return file.read()
    except FileNotFoundError:  # removed this moment, or lost by the file storage
        raise Wrong(_("The file of a photo is not there. Remove the photo, or add it again."), "photos") from None


def _send(client, upload: Upload) -> int | None:
    """The number of the site's copy; None where its listing has failed meanwhile. Asks the site and reads the file."""
    if upload.work.is_settled:
        return None
    row, photo = upload.row, upload.photo
    found = patiently(client.find_media, row.file_name) if upload.was_asked else None
    if found is not None:
        return found
    content, post = _content(photo), upload.work.placement.post_id

    def sent() -> int:
        return client.upload(content, row.file_name, "image/webp", alt=photo.alt, post=post)["id"]

    try:
        return sent()
    except Wrong as trouble:
        # WordPress fails where two photos at once are the first of a month, and make its folder both.
        if trouble.code not in NOT_KEPT:
            raise
        return sent()
    except Temporary:  # the answer may have been lost on its way: then the copy is there
        found = patiently(client.find_media, row.file_name)
        if found is None:
            raise
        return found
