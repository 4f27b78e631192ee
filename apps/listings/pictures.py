"""Pictures that people hand in: what is accepted, how it is made harmless, and the sizes that are shown.

Nothing of the file that came in is kept but its pixels: they are decoded, turned upright, brought to sRGB and encoded
anew. Metadata (GPS, camera, thumbnails), anything hidden behind the picture and anything malformed ends here.
"""

from __future__ import annotations

import hashlib
import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock
from typing import BinaryIO

import pillow_heif
from django.utils.translation import gettext as _
from PIL import Image, ImageChops, ImageCms, ImageOps, ImageStat, UnidentifiedImageError

from apps.core.refusals import Refused

MAX_BYTES = 30 * 1024 * 1024
MAX_PIXELS = 50_000_000  # 8160 × 6120, the largest that phones give by default, fits; decoded it takes 150 MB.
MAX_SIDE = 4096
MAX_THUMBNAIL_BYTES = 5 * 1024
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
ORIENTATION = 0x0112
# What Pillow, libheif and zlib raise on files that are broken or made to break them.
DAMAGE = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, OverflowError, struct.error,
          zlib.error, RuntimeError)  # fmt: skip
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

# A 50 megapixel picture takes some 300 MB while it is decoded: the threads of a process take turns.
ONE_AT_A_TIME = Lock()
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)
pillow_heif.options.THUMBNAILS = pillow_heif.options.DEPTH_IMAGES = pillow_heif.options.AUX_IMAGES = False
pillow_heif.register_heif_opener()
SRGB = ImageCms.createProfile("sRGB")


class PictureRefused(Refused):
    """The file cannot become a photo; the sentence names the file, what is wrong and what to do."""


@dataclass(frozen=True)
class Size:
    """A size that is shown: cut to `width` × `height`, or as high as it comes when `height` is None."""

    name: str
    width: int
    height: int | None
    quality: int
    max_bytes: int | None = None


# The names are parts of addresses. The thumbnails are shown at half their size: 60×42 in tables, 104×76 in cards.
SIZES = (
    Size("120x84", 120, 84, 82, MAX_THUMBNAIL_BYTES),
    Size("208x152", 208, 152, 82, MAX_THUMBNAIL_BYTES),
    Size("640", 640, None, 80),
    Size("1280", 1280, None, 80),
    Size("2048", 2048, None, 80),
)
SIZE_NAMES = frozenset(size.name for size in SIZES)


@dataclass(frozen=True)
class PreparedPicture:
    """An upright sRGB picture without metadata, at most MAX_SIDE pixels long, and what it is recognised by.

    `digest` is the SHA-256 of its pixels in hex; `look` is a 64-bit difference hash, signed as PostgreSQL's bigint is.
    """

    image: Image.Image
    digest: str
    look: int

    @property
    def width(self) -> int:
        return self.image.width

    @property
    def height(self) -> int:
        return self.image.height


def prepare(file: BinaryIO, name: str) -> PreparedPicture:
    """Decode a file that somebody handed in under `name`, or raise PictureRefused. Only its content is believed."""
    shown = shown_name(name)
    _check_length(file, shown)
    try:
        with ONE_AT_A_TIME, Image.open(file, formats=FORMATS) as opened:
            _check_header(opened, shown)
            _ask_for_less(opened)
            opened.load()
            picture = _without_metadata(opened)
    except UnidentifiedImageError:
        sentence = _("“%(name)s” is not a picture. Add a JPEG, PNG, WebP or HEIC file.")
        raise PictureRefused(sentence % {"name": shown}) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        sentence = _("“%(name)s” unpacks to more than the limit of %(most)s megapixels.")
        raise PictureRefused(sentence % {"name": shown, "most": MAX_PIXELS // 10**6}) from None
    except DAMAGE:
        sentence = _("“%(name)s” is damaged: it cannot be read to its end. Export or copy it again.")
        raise PictureRefused(sentence % {"name": shown}) from None
    return PreparedPicture(image=picture, digest=_digest(picture), look=difference_hash(picture))


def encode_original(picture: Image.Image) -> bytes:
    """The picture as the JPEG that is kept to make sizes from."""
    return _encoded(picture, "JPEG", quality=91, optimize=True)


def encode_sizes(picture: Image.Image, *, effort: int = 4) -> Iterator[tuple[Size, bytes]]:
    """Each of SIZES as WebP, the largest first. Nothing is enlarged; `effort` is libwebp's 0 to 6 (smallest)."""
    data, encoded_width = b"", 0
    for size in reversed(SIZES):
        if size.height:
            yield size, _thumbnail(picture, size, effort)
            continue
        picture = _narrowed(picture, size.width)
        if picture.width != encoded_width:
            data, encoded_width = _encoded(picture, "WEBP", quality=size.quality, method=effort), picture.width
        yield size, data


def difference_hash(picture: Image.Image) -> int:
    """64 bits that say where brightness falls from left to right in 9 × 8 cells; hardly changed by re-compression."""
    cells = picture.convert("L").resize((9, 8), Image.Resampling.BOX).tobytes()
    bits = "".join("1" if cells[row * 9 + x] > cells[row * 9 + x + 1] else "0" for row in range(8) for x in range(8))
    return int.from_bytes(int(bits, 2).to_bytes(8, "big"), "big", signed=True)


def difference(look: int, other: int) -> int:
    """In how many of 64 bits two difference hashes differ; from about 6 on they are of different pictures."""
    return ((look ^ other) & (2**64 - 1)).bit_count()


def looks_same(one: Image.Image, other: Image.Image) -> bool:
    """Whether two pictures are one to the eye: the same after re-compression or scaling, not after retouching."""
    small = [picture.convert("RGB").resize((48, 32), Image.Resampling.BOX) for picture in (one, other)]
    levels = ImageStat.Stat(ImageChops.difference(*small)).mean
    return max(levels) < 3


def shown_name(name: str) -> str:
    """A file name as it may stand in a sentence: the last part of the path, printable, at most 60 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join(character for character in last if character.isprintable()).strip() or _("The file")
    return clean if len(clean) <= 60 else f"{clean[:40]}…{clean[-16:]}"


def _check_length(file: BinaryIO, shown: str) -> None:
    length = file.seek(0, io.SEEK_END)
    file.seek(0)
    if not length:
        raise PictureRefused(_("“%(name)s” is empty. Choose the file again.") % {"name": shown})
    if length > MAX_BYTES:
        words = {"name": shown, "size": -(-length // 1024**2), "most": MAX_BYTES // 1024**2}
        raise PictureRefused(_("“%(name)s” is %(size)s MB. The limit is %(most)s MB. Export it smaller.") % words)


def _check_header(opened: Image.Image, shown: str) -> None:
    if opened.width * opened.height > MAX_PIXELS:
        raise Image.DecompressionBombError
    # A JPEG or HEIC with several frames is a still with a depth map or a burst: its first frame is the picture.
    if opened.format in ("WEBP", "PNG") and getattr(opened, "is_animated", False):
        raise PictureRefused(_("“%(name)s” is an animation. Add a still picture.") % {"name": shown})


def _ask_for_less(opened: Image.Image) -> None:
    """Have a large JPEG decoded at half its size, where that still is nearly MAX_SIDE, in a quarter of the memory."""
    enough = 0.97 * MAX_SIDE / max(opened.size)
    if enough < 1:
        opened.draft(None, (int(opened.width * enough), int(opened.height * enough)))


def _without_metadata(opened: Image.Image) -> Image.Image:
    turn = UPRIGHT.get(_orientation(opened))
    profile = opened.info.get("icc_profile")
    picture = _eight_bit(opened)
    picture.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    picture = _on_white(_to_srgb(picture, profile))
    picture = picture.transpose(turn) if turn is not None else picture
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    return bare


def _orientation(opened: Image.Image) -> int:
    try:
        return opened.getexif().get(ORIENTATION, 1)
    except DAMAGE:
        return 1  # Unreadable metadata says nothing; the picture itself is sound.


def _eight_bit(opened: Image.Image) -> Image.Image:
    """The picture as L, RGB, RGBA or CMYK with 8 bits a channel."""
    if opened.mode.startswith("I"):
        return opened.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if opened.mode in ("P", "PA", "LA", "La", "RGBa") or "transparency" in opened.info:
        return opened.convert("RGBA")
    return opened.convert("L") if opened.mode == "1" else opened


def _to_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture as RGB or RGBA with sRGB's colours; a profile that is broken or of another kind is passed over."""
    target = "RGBA" if picture.mode == "RGBA" else "RGB"
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(picture, source, SRGB, outputMode=target)
        except (ImageCms.PyCMSError, *DAMAGE):
            pass
    return picture.convert(target)


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode != "RGBA":
        return picture
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper


def _digest(picture: Image.Image) -> str:
    total = hashlib.sha256(f"{picture.width}x{picture.height}".encode())
    for top in range(0, picture.height, 256):
        total.update(picture.crop((0, top, picture.width, min(top + 256, picture.height))).tobytes())
    return total.hexdigest()


def _narrowed(picture: Image.Image, width: int) -> Image.Image:
    """The picture at most so wide."""
    if picture.width <= width:
        return picture
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2)


def _thumbnail(picture: Image.Image, size: Size, effort: int) -> bytes:
    """Cut to size, and encoded with as much quality as `max_bytes` allows."""
    cut = ImageOps.fit(picture, (size.width, size.height), Image.Resampling.LANCZOS)
    for quality in range(size.quality, 0, -12):
        data = _encoded(cut, "WEBP", quality=quality, method=effort)
        if len(data) <= size.max_bytes:
            break
    return data


def _encoded(picture: Image.Image, format_: str, **options) -> bytes:
    out = io.BytesIO()
    picture.save(out, format_, **options)
    return out.getvalue()
