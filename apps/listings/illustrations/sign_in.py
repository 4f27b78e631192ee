"""Draws the picture of the sign-in page into static/img: `python -m apps.listings.illustrations.sign_in`."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from apps.listings.illustrations import Scene, draw

FOLDER = Path(__file__).resolve().parents[3] / "static" / "img"
BESIDE_THE_FORM = (1456, 1704)
ABOVE_THE_FORM = (1120, 598)
SEED, LANDMARK = 6, 0.45


def write_sign_in_pictures(folder: Path = FOLDER) -> list[Path]:
    """Write the upright picture for wide screens and its middle, lying, for phones; both at twice their shown size."""
    upright = draw(Scene.SKYLINE_DUSK, seed=SEED, size=BESIDE_THE_FORM, landmark=LANDMARK)
    width, height = BESIDE_THE_FORM
    band = round(width * ABOVE_THE_FORM[1] / ABOVE_THE_FORM[0])
    top = round(height * 0.28)
    lying = upright.crop((0, top, width, top + band)).resize(ABOVE_THE_FORM, Image.Resampling.LANCZOS)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, picture in (("sign-in.webp", upright), ("sign-in-wide.webp", lying)):
        picture.save(folder / name, "WEBP", quality=84, method=6)
        written.append(folder / name)
    return written


if __name__ == "__main__":
    for path in write_sign_in_pictures():
        print(f"{path.name}: {path.stat().st_size / 1024:.0f} KB")
