"""Tags of the pages about customers: the badge of a stage, a phone number as people say it."""

from functools import cache

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language

from apps.core.icons import icon
from apps.customers.lookups import Stage

register = template.Library()

# Hue and glyph of each stage; the shapes are those of the statuses, so that a stage can be told without its colour.
LOOKS = {
    Stage.NEW: ("teal", "st-coming-soon"),
    Stage.SEARCHING: ("slate", "st-incomplete"),
    Stage.VIEWING: ("blue", "st-pending"),
    Stage.OFFER: ("violet", "st-contract"),
    Stage.WON: ("green", "st-closed"),
    Stage.DORMANT: ("amber", "st-hold"),
}


@register.simple_tag
def stage_badge(stage):
    """The badge of a customer's stage: a shape and a word, so that colour is never alone."""
    return _badge(stage, get_language())


@cache
def _badge(stage, language):
    """Built once per language."""
    hue, glyph = LOOKS.get(stage, ("slate", "st-incomplete"))
    label = Stage(stage).label if stage in Stage.values else stage
    return format_html('<span class="st {}">{}{}</span>', hue, icon(glyph), label)
