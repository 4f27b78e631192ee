"""Tags that show photos of listings."""

from functools import cache

from django import template
from django.urls import reverse
from django.utils.html import format_html

from apps.listings.pictures import SIZES

register = template.Library()
BY_NAME = {size.name: size for size in SIZES}


@cache
def _address_parts(size: str) -> list[str]:
    return reverse("listings:photo_file", args=["NAME", size]).split("NAME")


@register.simple_tag
def photo_src(name, size):
    """The address of a photo (`photo.name` or `listing.cover`) in one of the SIZES: "120x84", "208x152", "640", ..."""
    return name.join(_address_parts(size))


@register.simple_tag
def thumbnail(name, size="120x84", css="thumb", alt="", lazy=True):
    """An <img> of a thumbnail at half its pixels (60×42 or 104×76); nothing without a name."""
    if not name:
        return ""
    pixels = BY_NAME[size]
    tag = '<img class="{}" src="{}" alt="{}" width="{}" height="{}" loading="{}" decoding="async">'
    loading = "lazy" if lazy else "eager"
    return format_html(tag, css, photo_src(name, size), alt, pixels.width // 2, pixels.height // 2, loading)


@register.simple_tag
def photo_img(photo, sizes, css="", lazy=True):
    """An <img> of a whole photo in 640, 1280 and 2048 pixels; `sizes` is how wide it is shown ("50vw", "400px")."""
    widths = [size for size in SIZES if size.height is None]
    srcset = ", ".join(f"{photo_src(photo.name, size.name)} {min(size.width, photo.width)}w" for size in widths)
    tag = '<img{} src="{}" srcset="{}" sizes="{}" alt="{}" width="{}" height="{}" loading="{}" decoding="async">'
    return format_html(
        tag,
        format_html(' class="{}"', css) if css else "",
        photo_src(photo.name, "640"),
        srcset,
        sizes,
        photo.short_description or photo.get_media_category_display(),
        photo.width,
        photo.height,
        "lazy" if lazy else "eager",
    )
