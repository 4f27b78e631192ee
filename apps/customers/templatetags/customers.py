"""Tags of the pages about customers: the badge of a stage, a phone number as people say it."""

import re
from functools import cache

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.core.icons import icon
from apps.core.templatetags.ui import late_due, when
from apps.customers import phones
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


@register.filter
def first_sentence(text):
    """What somebody wrote, up to the end of its first sentence, and no longer than a line."""
    first = re.split(r"(?<=[.!?؟。])\s|\n", text.strip(), maxsplit=1)[0]
    return Truncator(first.rstrip(".")).chars(80)


@register.simple_tag(takes_context=True)
def spoken(context, phone):
    """A phone number as people here say it, with its extension."""
    if not phone.e164:
        return phone.as_written
    agency = context.get("agency")
    number = phones.spoken(phone.e164, agency.phone_region if agency else phones.home_region())
    return f"{number} x{phone.extension}" if phone.extension else number


@register.simple_tag
def due(task):
    """When a task is due: “Late, due 18 Nov”, “Today 14:30”, “6 Dec”."""
    time = timezone.localtime(task.due_at) if task.due_at else None
    if task.done_at:
        return format_html("{} {}", _("Done"), when(task.done_at))
    if task.due_on < timezone.localdate() or (time and time < timezone.now()):
        return format_html('<span class="worse">{}</span>', late_due(task.due_on))
    return format_html("{} {}", when(task.due_on), f"{time:%H:%M}") if time else when(task.due_on)
