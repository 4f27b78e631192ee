"""The project's own pictures for demonstrations."""

import io

import pytest
from PIL import Image, ImageChops, ImageStat

from apps.listings.illustrations import Scene, draw
from apps.listings.illustrations.sign_in import ABOVE_THE_FORM, BESIDE_THE_FORM, FOLDER, write_sign_in_pictures

SMALL = (240, 160)


@pytest.mark.parametrize("scene", Scene)
def test_the_same_seed_draws_the_same_picture(scene):
    one, other = (draw(scene, seed=4, size=SMALL) for _ in range(2))
    assert one.size == SMALL
    assert one.tobytes() == other.tobytes()


@pytest.mark.parametrize("scene", Scene)
def test_another_seed_draws_another_picture(scene):
    pictures = {draw(scene, seed=seed, size=SMALL).tobytes() for seed in range(6)}
    assert len(pictures) == 6


@pytest.mark.parametrize("scene", Scene)
def test_a_picture_has_many_colours_and_no_empty_quarter(scene):
    picture = draw(scene, seed=2, size=SMALL)
    assert len(picture.getcolors(SMALL[0] * SMALL[1])) > 60
    quarters = [picture.crop((x, y, x + 120, y + 80)) for x in (0, 120) for y in (0, 80)]
    assert all(max(ImageStat.Stat(quarter).stddev) > 2 for quarter in quarters)


def test_the_landmark_stands_where_it_is_asked_to():
    left, right = (draw(Scene.SKYLINE_DAY, seed=1, size=SMALL, landmark=place) for place in (0.2, 0.8))
    assert brightness(left, (0.1, 0.3)) < brightness(right, (0.1, 0.3))


def test_the_committed_sign_in_pictures_are_those_that_are_drawn(tmp_path):
    for path, size in zip(write_sign_in_pictures(tmp_path), (BESIDE_THE_FORM, ABOVE_THE_FORM), strict=True):
        drawn, kept = Image.open(path), Image.open(FOLDER / path.name)
        assert drawn.size == kept.size == size
        assert max(ImageStat.Stat(ImageChops.difference(drawn.convert("RGB"), kept.convert("RGB"))).mean) < 1
        assert len((FOLDER / path.name).read_bytes()) <= 90 * 1024


def test_a_drawn_picture_can_be_saved_as_any_format():
    out = io.BytesIO()
    draw(Scene.POOL_TERRACE, seed=0, size=SMALL).save(out, "JPEG")
    assert out.getvalue().startswith(b"\xff\xd8")


def brightness(picture: Image.Image, span: tuple[float, float]) -> float:
    """Mean grey of the skyline between two shares of the width."""
    box = (int(span[0] * picture.width), picture.height // 5, int(span[1] * picture.width), picture.height * 3 // 4)
    return ImageStat.Stat(picture.crop(box).convert("L")).mean[0]
