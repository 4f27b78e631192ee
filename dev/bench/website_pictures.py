"""Photos as they are sent to websites: a few real pictures, each file its own by a mark behind the pixels."""

import io
import os
import random
import struct
from collections.abc import Iterator

from PIL import Image, ImageFilter

SIZE = tuple(int(side) for side in os.environ.get("BENCH_PHOTO", "800x600").split("x"))
PHOTOS = 3  # of each listing
DIFFERENT = 12


def pictures(count: int) -> Iterator[bytes]:
    """`count` WebP files, no two the same; a site decodes and resizes each of them."""
    chance = random.Random(12)  # noqa: S311 - the same pictures each time
    seeds = [_picture(chance) for _ in range(min(count, DIFFERENT))]
    for number in range(count):
        yield _marked(seeds[number % len(seeds)], number)


def _picture(chance: random.Random) -> bytes:
    """Coarse noise, softened: as hard to compress as a room with furniture."""
    width, height = SIZE
    small = Image.frombytes("RGB", (width // 8, height // 8), chance.randbytes(width // 8 * (height // 8) * 3))
    picture = small.resize(SIZE, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(2))
    content = io.BytesIO()
    picture.save(content, "WEBP", quality=80)
    return content.getvalue()


def _marked(content: bytes, number: int) -> bytes:
    """The same picture with a chunk behind it that readers of WebP pass over."""
    chunk = b"MARK" + struct.pack("<I", 8) + struct.pack("<Q", number)
    return b"RIFF" + struct.pack("<I", len(content) - 8 + len(chunk)) + content[8:] + chunk
