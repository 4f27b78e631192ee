"""Icons: one symbol each in static/icons.svg, drawn by dev/icons.py."""

from functools import cache

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import mark_safe


@cache
def icon(name, css="", label=""):
    """An icon of the sprite. `css` adds classes ("flip" mirrors it in right-to-left pages); `label` gives it a name."""
    named = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    base = "g" if name.startswith("st-") else "i"
    classes = f"{base} {css}" if css else base
    return format_html('<svg class="{}" {}><use href="{}#{}"/></svg>', classes, named, static("icons.svg"), name)
