"""What becomes of files that people hand in as photos. Every file here is made by the test itself."""

import io
import random
import struct
import zlib

import pytest
from PIL import Image, ImageCms

from apps.listings import pictures
from apps.listings.illustrations import Scene, draw
from apps.listings.pictures import PictureRefused, difference, encode_original, encode_sizes, looks_same, prepare

RED, BLUE = (200, 30, 30), (30, 30, 200)
GPS = 0x8825


def made(image=None, format_="JPEG", **options) -> io.BytesIO:
    """A file of that format with the picture in it."""
    out = io.BytesIO()
    (image or Image.new("RGB", (60, 40), RED)).save(out, format_, **options)
    out.seek(0)
    return out


def two_tone(size=(60, 40)) -> Image.Image:
    """Red with a blue top left corner, so that turning shows."""
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (0, 0, size[0] // 3, size[1] // 3))
    return image


def near(pixel, wanted, allowed=30) -> bool:
    return all(abs(a - b) <= allowed for a, b in zip(pixel, wanted, strict=True))


def sentence_for(file, name="IMG_1.jpg") -> str:
    with pytest.raises(PictureRefused) as refusal:
        prepare(file, name)
    return refusal.value.sentences[0]


def exif(orientation: int) -> Image.Exif:
    data = Image.Exif()
    data[0x0112] = orientation
    data[0x010F] = "Camera maker"
    data.get_ifd(GPS)[2] = (25.0, 4.0, 48.0)
    return data


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_accepts_the_four_formats_whatever_they_are_called(format_):
    prepared = prepare(made(two_tone(), format_), "holiday.xyz")
    assert (prepared.width, prepared.height, prepared.image.mode) == (60, 40, "RGB")
    assert near(prepared.image.getpixel((50, 35)), RED)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("IMG_1.txt", b"hello"),
        ("logo.svg.jpg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("plan.jpg", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"),
        ("page.png", b"<!doctype html><script>alert(1)</script>"),
    ],
)
def test_refuses_what_is_no_picture_whatever_it_is_called(name, content):
    assert sentence_for(io.BytesIO(content), name) == f"“{name}” is not a picture. Add a JPEG, PNG, WebP or HEIC file."


@pytest.mark.parametrize("format_", ["GIF", "BMP", "TIFF", "ICO", "PPM", "EPS"])
def test_refuses_picture_formats_that_are_not_on_the_list(format_):
    assert "is not a picture" in sentence_for(made(format_=format_), "photo.jpg")


def test_refuses_an_empty_file():
    assert sentence_for(io.BytesIO()) == "“IMG_1.jpg” is empty. Choose the file again."


def test_refuses_a_file_over_the_limit_before_decoding_it(monkeypatch):
    monkeypatch.setattr(Image, "open", lambda *args, **kwargs: pytest.fail("decoded"))
    file = io.BytesIO(b"\xff\xd8" + bytes(41 * 1024 * 1024 - 2))
    assert sentence_for(file) == "“IMG_1.jpg” is 41 MB. The limit is 30 MB. Export it smaller."


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize("share", [0.35, 0.7, 0.95])
def test_refuses_a_file_that_breaks_off(format_, share):
    whole = made(draw(Scene.SKYLINE_DAY, seed=1, size=(300, 200)), format_).getvalue()
    sentence = sentence_for(io.BytesIO(whole[: int(len(whole) * share)]))
    assert sentence.startswith("“IMG_1.jpg” is damaged") or "is not a picture" in sentence


def test_refuses_a_pixel_flood_without_unpacking_it():
    sentence = sentence_for(io.BytesIO(png_claiming(60_000, 60_000)), "flood.png")
    assert sentence == "“flood.png” unpacks to more than the limit of 50 megapixels."


def test_refuses_a_flood_just_over_the_limit():
    assert "more than the limit" in sentence_for(made(Image.new("1", (10_001, 5_000)), "PNG"))


def test_accepts_what_a_50_megapixel_phone_gives():
    prepared = prepare(made(Image.new("L", (8160, 6120)), "JPEG"), "phone.jpg")
    assert (prepared.width, prepared.height) == (4080, 3060)


@pytest.mark.parametrize("format_", ["WEBP", "PNG"])
def test_refuses_an_animation(format_):
    frames = [Image.new("RGB", (20, 20), colour) for colour in (RED, BLUE)]
    file = made(frames[0], format_, save_all=True, append_images=frames[1:])
    assert sentence_for(file, "party.webp") == "“party.webp” is an animation. Add a still picture."


def test_takes_the_first_frame_of_a_phones_jpeg_with_a_depth_map():
    file = made(two_tone(), "MPO", save_all=True, append_images=[Image.new("RGB", (60, 40), BLUE)])
    assert near(prepare(file, "portrait.jpg").image.getpixel((50, 35)), RED)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
def test_turns_the_picture_upright(format_, orientation):
    corner = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1), 5: (0, 0), 6: (1, 0), 7: (1, 1), 8: (0, 1)}[orientation]
    image = prepare(made(two_tone(), format_, exif=exif(orientation)), "x.jpg").image
    assert image.size == ((60, 40) if orientation < 5 else (40, 60))
    assert near(image.getpixel((corner[0] * (image.width - 1), corner[1] * (image.height - 1))), BLUE)


def test_turns_a_heic_upright_once():
    image = prepare(made(two_tone((120, 80)), "HEIF", exif=exif(6).tobytes()), "IMG_1.HEIC").image
    assert image.size == (80, 120)
    assert near(image.getpixel((78, 2)), BLUE)


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_keeps_no_metadata(format_):
    file = made(two_tone(), format_, exif=exif(1), xmp=b"<x:xmpmeta>Dubai Marina</x:xmpmeta>")
    assert b"Camera maker" in file.getvalue()
    prepared = prepare(file, "x.jpg")
    outputs = [encode_original(prepared.image), *(data for _, data in encode_sizes(prepared.image))]
    for data in outputs:
        assert not Image.open(io.BytesIO(data)).getexif()
        assert not any(trace in data for trace in (b"Camera maker", b"Exif", b"xmpmeta", b"GPS"))


def test_a_polyglot_loses_what_was_hidden_behind_the_picture():
    hidden = b"PK\x03\x04<script>alert(document.cookie)</script>"
    prepared = prepare(io.BytesIO(made(two_tone()).getvalue() + hidden), "x.jpg")
    assert b"script" not in encode_original(prepared.image)


def test_a_comment_in_a_jpeg_is_not_carried_over():
    assert b"<?php" not in encode_original(prepare(made(comment=b"<?php evil() ?>"), "x.jpg").image)


def test_cmyk_becomes_srgb():
    file = made(Image.new("RGB", (30, 30), RED).convert("CMYK"), "JPEG")
    assert near(prepare(file, "print.jpg").image.getpixel((5, 5)), RED, 40)


def test_sixteen_bit_grey_keeps_its_brightness():
    grey = Image.frombytes("I;16", (16, 16), struct.pack("<256H", *[0x8000] * 256))
    assert near(prepare(made(grey, "PNG"), "scan.png").image.getpixel((3, 3)), (128, 128, 128), 2)


def test_sixteen_bit_colour_keeps_its_colours():
    rows = b"".join(b"\0" + struct.pack(">3H", 0xC800, 0x1E00, 0x1E00) * 8 for _ in range(8))
    assert near(prepare(io.BytesIO(png_of(8, 8, rows, depth=16)), "scan.png").image.getpixel((3, 3)), RED, 3)


def test_a_palette_with_transparency_stands_on_white():
    image = Image.new("P", (20, 20), 0)
    image.putpalette([0, 0, 0, *RED])
    image.paste(1, (10, 0, 20, 20))
    picture = prepare(made(image, "PNG", transparency=0), "logo.png").image
    assert picture.getpixel((3, 3)) == (255, 255, 255)
    assert picture.getpixel((15, 3)) == RED


@pytest.mark.parametrize("mode", ["1", "L", "LA", "RGBA", "I;16", "P"])
def test_every_kind_of_png_becomes_rgb(mode):
    assert prepare(made(Image.new(mode, (20, 20)), "PNG"), "x.png").image.mode == "RGB"


def test_colours_of_another_profile_become_srgb():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    assert near(prepare(made(icc_profile=profile), "x.jpg").image.getpixel((3, 3)), RED)


def test_a_broken_colour_profile_is_passed_over():
    assert near(prepare(made(icc_profile=b"\0" * 500), "x.jpg").image.getpixel((3, 3)), RED)


@pytest.mark.parametrize(
    "payload",
    [
        b"Exif\0\0II*\0\xff\xff\xff\xff",
        b"Exif\0\0MM\0*\0\0\0\x08" + b"\xff\xff" + b"\x01\x12\0\x03\xff\xff\xff\xff\xff\xff\xff\xff" * 400,
        b"Exif\0\0II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x08\0\0\0\x08\0\0\0",
    ],
    ids=["points nowhere", "counts without end", "loops"],
)
def test_a_bomb_in_the_metadata_does_no_harm(payload):
    plain = made(two_tone()).getvalue()
    bomb = plain[:2] + b"\xff\xe1" + struct.pack(">H", len(payload) + 2) + payload + plain[2:]
    assert prepare(io.BytesIO(bomb), "x.jpg").width == 60


def test_a_compressed_text_bomb_is_refused():
    bomb = b"Comment\0\0" + zlib.compress(bytes(200 * 1024 * 1024), 9)
    plain = made(format_="PNG").getvalue()
    assert "damaged" in sentence_for(io.BytesIO(plain[:33] + chunk(b"zTXt", bomb) + plain[33:]), "bomb.png")


def test_thousands_of_broken_files_only_ever_give_a_picture_or_a_sentence():
    dice = random.Random(20261121)
    whole = [made(two_tone(), f, exif=exif(6)).getvalue() for f in ("JPEG", "PNG", "WEBP", "HEIF")]
    outcomes = set()
    for _ in range(1500):
        data = bytearray(dice.choice(whole))
        for _ in range(dice.randint(1, 12)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        try:
            outcomes.add(type(prepare(io.BytesIO(bytes(data)), "x.jpg")).__name__)
        except PictureRefused:
            outcomes.add("PictureRefused")
    assert outcomes == {"PreparedPicture", "PictureRefused"}


def test_makes_every_size_and_keeps_thumbnails_small():
    sizes = {size.name: (Image.open(io.BytesIO(data)), len(data)) for size, data in encode_sizes(noisy((2600, 1800)))}
    assert {name: image.size for name, (image, _) in sizes.items()} == {
        "120x84": (120, 84),
        "208x152": (208, 152),
        "640": (640, 443),
        "1280": (1280, 886),
        "2048": (2048, 1418),
    }
    assert all(image.format == "WEBP" for image, _ in sizes.values())
    assert max(sizes["120x84"][1], sizes["208x152"][1]) <= pictures.MAX_THUMBNAIL_BYTES


def test_never_enlarges_a_picture():
    sizes = {size.name: Image.open(io.BytesIO(data)).size for size, data in encode_sizes(two_tone((500, 400)))}
    assert sizes["640"] == sizes["1280"] == sizes["2048"] == (500, 400)


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1)])
def test_odd_shapes_are_no_obstacle(size):
    assert len(list(encode_sizes(prepare(made(Image.new("RGB", size), "PNG"), "x.png").image))) == 5


def test_the_same_pixels_have_the_same_digest_whatever_the_format():
    png, webp = (prepare(made(two_tone(), f, **o), "x") for f, o in (("PNG", {}), ("WEBP", {"lossless": True})))
    assert png.digest == webp.digest
    assert png.digest != prepare(made(two_tone((61, 40)), "PNG"), "x").digest


@pytest.mark.parametrize("scene", [Scene.SKYLINE_DUSK, Scene.KITCHEN, Scene.FLOOR_PLAN])
def test_a_picture_is_recognised_after_recompression_and_scaling(scene):
    first = prepare(made(draw(scene, seed=1, size=(900, 600)), "PNG"), "x.png")
    sent_by_chat = first.image.resize((600, 400), Image.Resampling.LANCZOS)
    again = prepare(made(sent_by_chat, "JPEG", quality=55), "x.jpg")
    assert again.digest != first.digest
    assert difference(first.look, again.look) <= 6
    assert looks_same(first.image, again.image)


def test_two_pictures_of_the_same_make_are_told_apart():
    one, other = (draw(Scene.KITCHEN, seed=seed, size=(600, 400)) for seed in (2, 3))
    assert not looks_same(one, other)


def test_names_in_sentences_are_short_and_printable():
    assert pictures.shown_name("C:\\fakepath\\a\u202e\x00b.jpg") == "ab.jpg"
    assert len(pictures.shown_name("x" * 300 + ".jpg")) <= 60


def noisy(size) -> Image.Image:
    """The hardest picture to compress: noise."""
    return Image.frombytes("RGB", size, random.Random(1).randbytes(size[0] * size[1] * 3))


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_of(width: int, height: int, rows: bytes, depth: int = 8) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, depth, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def png_claiming(width: int, height: int) -> bytes:
    return png_of(width, height, bytes(64))
