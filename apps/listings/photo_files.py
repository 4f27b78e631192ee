"""Where the files of photos lie: `photos/<name>/` in the default storage, on disk or in S3, by the same calls.

`original.jpg` is what was handed in, re-encoded; it is never served. `<size>.webp` are what people see.
"""

import io
import secrets

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from apps.listings.pictures import FORMATS, SIZES, encode_original, encode_sizes


def new_name() -> str:
    """The unguessable name of a new folder (192 random bits)."""
    return secrets.token_urlsafe(24)


def size_path(name: str, size: str) -> str:
    """Where the picture of one of SIZES lies."""
    return f"photos/{name}/{size}.webp"


def store_original(name: str, picture: Image.Image) -> None:
    """Keep the picture that the sizes are made from."""
    _put(_original_path(name), encode_original(picture), "image/jpeg")


def read_original(name: str) -> Image.Image:
    """The kept picture; FileNotFoundError when it is gone."""
    with default_storage.open(_original_path(name)) as file:
        picture = Image.open(io.BytesIO(file.read()), formats=FORMATS)
    picture.load()
    return picture


def store_sizes(name: str, picture: Image.Image, *, effort: int = 4) -> None:
    """Write every size. Doing it again writes the same files."""
    for size, data in encode_sizes(picture, effort=effort):
        _put(size_path(name, size.name), data, "image/webp")


def open_size(name: str, size: str):
    """The file of one size, open for reading; FileNotFoundError when there is none."""
    return default_storage.open(size_path(name, size))


def signed_address(name: str, size: str) -> str | None:
    """An address at the storage that works for a few minutes; None where the storage has no addresses of its own."""
    address = default_storage.url(size_path(name, size))
    return address if address.startswith(("https://", "http://")) else None


def delete(name: str) -> None:
    """Remove every file of the photo."""
    for path in (_original_path(name), *(size_path(name, size.name) for size in SIZES), f"photos/{name}"):
        default_storage.delete(path)


def _original_path(name: str) -> str:
    return f"photos/{name}/original.jpg"


def _put(path: str, data: bytes, content_type: str) -> None:
    content = ContentFile(data)
    content.content_type = content_type
    default_storage.delete(path)  # a job that was killed may have left half a file, and save() never overwrites
    default_storage.save(path, content)
