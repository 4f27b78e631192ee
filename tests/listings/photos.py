"""Help for tests of photos: files in memory, rows, and a storage of the test's own."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile

from apps.listings.actions.photo import add_photo, make_sizes
from apps.listings.illustrations import Scene, draw


def picture_file(seed=0, name="IMG_1.jpg", scene=Scene.SKYLINE_DAY, quality=90) -> SimpleUploadedFile:
    """An upload with a drawn picture in it; another seed is another picture."""
    out = io.BytesIO()
    draw(scene, seed=seed, size=(360, 240)).save(out, "JPEG", quality=quality)
    return SimpleUploadedFile(name, out.getvalue())


def add_photos_to(listing, by, count) -> list:
    """So many different photos, ready to be shown."""
    photos = [add_photo(listing, picture_file(seed), by=by) for seed in range(count)]
    for photo in photos:
        make_sizes(photo)
    return list(listing.photos.shown())


def stored_files(storage) -> list[str]:
    """Every file below photos/ in the storage."""
    try:
        folders, _ = storage.listdir("photos")
    except FileNotFoundError:
        return []
    return [f"{folder}/{file}" for folder in folders for file in storage.listdir(f"photos/{folder}")[1]]
