"""The pictures of a listing: added, made into sizes, put in order, captioned, removed and brought back."""

from collections.abc import Iterable
from datetime import datetime

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core.events import record
from apps.core.queue import enqueue
from apps.core.refusals import Conflict, NotAllowed, Refused
from apps.listings import photo_files
from apps.listings.lookups import MediaCategory, PhotoState
from apps.listings.models import Listing, Photo
from apps.listings.pictures import PictureRefused, PreparedPicture, difference, looks_same, prepare, shown_name
from apps.listings.policy import why_not_manage_photos

MAX_PHOTOS = 100
SIMILAR_BITS = 6


def why_not_add_photo(listing: Listing) -> list[str]:
    """Why no further photo fits."""
    if listing.photos.shown().count() < MAX_PHOTOS:
        return []
    return [
        _("%(listing_id)s has %(most)s photos, the most it can have. Remove one first.")
        % {"listing_id": listing.listing_id, "most": MAX_PHOTOS}
    ]


@transaction.atomic
def add_photo(
    listing: Listing, file: File, *, by, media_category: str = MediaCategory.PHOTO, caption: str = ""
) -> Photo:
    """Check a file that somebody handed in, keep it as the last photo and have its sizes made by a job.

    Raises PictureRefused when the file is no sound picture or is in the listing already; then nothing is kept.
    """
    NotAllowed.unless_empty(why_not_manage_photos(listing, by))
    prepared = prepare(file, file.name or "")
    stored = Photo.objects.shown().stored(prepared.digest)
    photo = Photo(
        listing=listing,
        name=stored.name if stored else photo_files.new_name(),
        original_name=shown_name(file.name or ""),
        digest=prepared.digest,
        look=prepared.look,
        width=prepared.width,
        height=prepared.height,
        media_category=media_category,
        short_description=caption,
        state=stored.state if stored else PhotoState.PROCESSING,
        added_by=by,
    )
    if stored:
        return _insert(photo, prepared)
    photo_files.store_original(photo.name, prepared.image)
    try:
        return _insert(photo, prepared)
    except Refused:
        photo_files.delete(photo.name)
        raise


def add_photos(listing: Listing, files: Iterable[File], *, by) -> tuple[list[Photo], list[str]]:
    """Add each file by itself: the photos that were taken, and a sentence for each file that was not."""
    taken, sentences = [], []
    for file in files:
        try:
            taken.append(add_photo(listing, file, by=by))
        except NotAllowed:
            raise
        except Refused as refusal:
            sentences += refusal.sentences
    return taken, sentences


@transaction.atomic
def copy_photos(listing: Listing, to: Listing, *, by) -> int:
    """Show the finished photos of one listing in another too, in their order (files are shared); return how many."""
    NotAllowed.unless_empty(why_not_manage_photos(to, by))
    photos = [photo for photo in listing.photos.shown() if photo.state == PhotoState.READY]
    for place, photo in enumerate(photos):
        photo.pk, photo._state.adding = None, True
        photo.listing, photo.order, photo.added_by, photo.added_at = to, place, by, timezone.now()
    Photo.objects.bulk_create(photos)
    if photos:
        record("listing.photos_copied", to, by=by, count=len(photos), source=listing.listing_id)
    return len(photos)


def make_sizes(photo: Photo) -> None:
    """Make what people see from the kept original. Doing it again does no harm; a storage that fails raises."""
    if photo.state == PhotoState.READY:
        return
    try:
        picture = photo_files.read_original(photo.name)
    except FileNotFoundError:
        trouble = _("The stored file is gone. Remove this photo and add it again.")
        Photo.objects.filter(pk=photo.pk).update(state=PhotoState.FAILED, trouble=trouble)
        return
    photo_files.store_sizes(photo.name, picture)
    Photo.objects.filter(pk=photo.pk).update(state=PhotoState.READY, trouble="")


def enqueue_sizes(photo: Photo, *, by) -> None:
    """Have the sizes made by a job, in this transaction; nothing happens when one is waiting already."""
    enqueue("listings.make_photo_sizes", by=by, queueing_lock=f"photo-{photo.pk}", photo_id=photo.pk)


@transaction.atomic
def reorder_photos(listing: Listing, order: list[int], *, seen: list[int], by) -> None:
    """Put the photos into this order (ids). `seen` is the order the person saw; Conflict if it is no longer so."""
    NotAllowed.unless_empty(why_not_manage_photos(listing, by))
    current = [photo.pk for photo in _locked_photos(listing)]
    if current != seen:
        raise Conflict(_("Somebody changed the photos since you opened them. Here is the present order: move again."))
    if sorted(order) != sorted(current):
        raise Refused(_("The new order does not name each photo once. Reload the page and move again."))
    _write_order(listing, order, by)


@transaction.atomic
def move_photo(photo: Photo, step: int, *, by) -> None:
    """Move a photo one place towards the start (`step` -1) or the end (1); at the edge it stays."""
    NotAllowed.unless_empty(why_not_manage_photos(photo.listing, by))
    order = _order_with(photo)
    place = order.index(photo.pk)
    order.insert(min(max(place + step, 0), len(order) - 1), order.pop(place))
    _write_order(photo.listing, order, by)


def why_not_set_primary(photo: Photo) -> list[str]:
    """Why this picture may not come first."""
    if photo.media_category != MediaCategory.PHOTO:
        return [_("A floor plan cannot be the first photo. Choose a photo.")]
    if photo.state == PhotoState.FAILED:
        return [_("This photo could not be read. Remove it and add it again.")]
    return []


@transaction.atomic
def set_primary(photo: Photo, *, by) -> None:
    """Make it the first photo, which lists and websites show (RESO: order 0)."""
    NotAllowed.unless_empty(why_not_manage_photos(photo.listing, by))
    Refused.unless_empty(why_not_set_primary(photo))
    order = _order_with(photo)
    order.remove(photo.pk)
    _write_order(photo.listing, [photo.pk, *order], by)


@transaction.atomic
def describe_photo(photo: Photo, *, caption: str, media_category: str, by) -> None:
    """Set the caption (RESO ShortDescription) and say whether it is a photo or a floor plan."""
    NotAllowed.unless_empty(why_not_manage_photos(photo.listing, by))
    if media_category not in MediaCategory.values:
        raise Refused(_("Choose whether this is a photo or a floor plan."))
    photo.short_description, photo.media_category = caption.strip()[:200], media_category
    photo.save(update_fields=["short_description", "media_category"])
    record("listing.photo_described", photo.listing, by=by, photo=photo.pk, caption=photo.short_description)


@transaction.atomic
def remove_photo(photo: Photo, *, by) -> None:
    """Take the photo out of the listing. It can be brought back until `purge_removed_photos` forgets it."""
    NotAllowed.unless_empty(why_not_manage_photos(photo.listing, by))
    _locked_photos(photo.listing)
    if Photo.objects.shown().filter(pk=photo.pk).update(removed_at=timezone.now()):
        record("listing.photo_removed", photo.listing, by=by, photo=photo.pk, name=photo.original_name)


def why_not_restore_photo(photo: Photo) -> list[str]:
    """Why a removed photo may not come back."""
    if photo.listing.photos.shown().filter(digest=photo.digest).exists():
        return [_("The same photo was added again meanwhile.")]
    return why_not_add_photo(photo.listing)


@transaction.atomic
def restore_photo(photo: Photo, *, by) -> None:
    """Bring a removed photo back to its old place."""
    NotAllowed.unless_empty(why_not_manage_photos(photo.listing, by))
    _locked_photos(photo.listing)
    photo.refresh_from_db(fields=["removed_at"])
    if photo.removed_at is None:
        return
    Refused.unless_empty(why_not_restore_photo(photo))
    Photo.objects.filter(pk=photo.pk).update(removed_at=None)
    record("listing.photo_restored", photo.listing, by=by, photo=photo.pk, name=photo.original_name)


def purge_removed_photos(removed_before: datetime) -> int:
    """Forget photos that were removed before then, and delete files that no other photo shares; return how many."""
    gone = list(Photo.objects.filter(removed_at__lt=removed_before))
    for photo in gone:
        if not Photo.objects.filter(name=photo.name).exclude(pk=photo.pk).exists():
            photo_files.delete(photo.name)  # before the row: if this is cut short, the next run finds the row again
        photo.delete()
    return len(gone)


def _insert(photo: Photo, prepared: PreparedPicture) -> Photo:
    shown = _locked_photos(photo.listing)
    Refused.unless_empty(why_not_add_photo(photo.listing))
    for place, other in enumerate(shown, start=1):
        if _is_same(other, prepared):
            raise PictureRefused(
                _("“%(photo)s” is in this listing already: photo %(place)s.")
                % {"photo": photo.original_name, "place": place}
            )
    photo.order = shown[-1].order + 1 if shown else 0
    photo.save()
    record("listing.photo_added", photo.listing, by=photo.added_by, photo=photo.pk, name=photo.original_name)
    if photo.state == PhotoState.PROCESSING:
        enqueue_sizes(photo, by=photo.added_by)
    return photo


def _is_same(photo: Photo, prepared: PreparedPicture) -> bool:
    if photo.digest == prepared.digest:
        return True
    if difference(photo.look, prepared.look) > SIMILAR_BITS:
        return False
    try:
        return looks_same(photo_files.read_original(photo.name), prepared.image)
    except FileNotFoundError:
        return False


def _locked_photos(listing: Listing) -> list[Photo]:
    """The shown photos in their order. Until the transaction ends nobody else adds, orders or removes any."""
    Listing.objects.select_for_update(no_key=True).get(pk=listing.pk)
    return list(listing.photos.shown())


def _order_with(photo: Photo) -> list[int]:
    order = [other.pk for other in _locked_photos(photo.listing)]
    if photo.pk not in order:
        raise Refused(_("Somebody removed this photo. Reload the page."))
    return order


def _write_order(listing: Listing, order: list[int], by) -> None:
    places = {pk: place for place, pk in enumerate(order)}
    moved = [photo for photo in listing.photos.shown() if photo.order != places[photo.pk]]
    for photo in moved:
        photo.order = places[photo.pk]
    if moved:
        Photo.objects.bulk_update(moved, ["order"])
        record("listing.photos_ordered", listing, by=by, order=order)
