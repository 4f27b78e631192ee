"""Tags that draw a match: its score as a ring, its reasons as tags, a budget on the range of the market."""

from math import pi

from django import template
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from apps.core.icons import icon

register = template.Library()

GREEN_FROM = 80
RADIUS = 19
AROUND = 2 * pi * RADIUS
TONES = {"ok": ("ok", "check"), "warn": ("warn", "minus"), "no": ("no", "x"), "ask": ("", "help")}
RING = (
    '<svg class="ring{}" viewBox="0 0 44 44" role="img" aria-label="{}">'
    '<circle class="t" cx="22" cy="22" r="19"/>'
    '<circle cx="22" cy="22" r="19" stroke-linecap="round" stroke-dasharray="{} {}" transform="rotate(-90 22 22)"/>'
    '<text x="22" y="22">{}</text></svg>'
)


@register.simple_tag
def score_ring(score):
    """A ring of 44 px, as full as the score is high: green from 80, else amber."""
    said = _("Score %(score)s of 100") % {"score": score}
    full = f"{AROUND * score / 100:.1f}"
    return format_html(RING, " hi" if score >= GREEN_FROM else "", said, full, f"{AROUND:.1f}", score)


@register.simple_tag
def reason_tag(reason):
    """Why it fits, or does not: a sign and a word, so that colour is never alone."""
    css, name = TONES[reason.tone]
    return format_html('<span class="tag {}">{}{}</span>', css, icon(name), capfirst(reason.text))


@register.simple_tag
def range_bar(bar):
    """Where a budget lies on the market: `bar` has start and width in percent, and a sentence."""
    text = (
        '<svg class="range" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<rect x="{}" width="{}" height="6" rx="1"/></svg>'
    )
    return format_html(text, bar.sentence, bar.start, bar.width)
