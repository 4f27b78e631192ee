"""How a row's differences are read."""

import re

from django import template

from apps.imports.understanding.fields import AREA, FIELDS, MONEY

register = template.Library()
LABELS = {"place": "Place", "permit": "Permit", "mandate": "Mandate"}
GROUP = re.compile(r"(?<=\d)(?=(?:\d{3})+(?:\.|$))")


@register.filter
def differences(row, view: str) -> list[tuple[str, list[str]]]:
    """`(label, [ours, theirs])` for each field that the row changes, or that was kept although the file differs."""
    values = row.changes if view == "changes" else row.conflicts
    return [(_label(name), [_shown(name, value) for value in pair]) for name, pair in values.items()]


def _label(name: str) -> str:
    return LABELS.get(name) or FIELDS[name].label


def _shown(name: str, value: str) -> str:
    is_amount = name in FIELDS and FIELDS[name].kind in (MONEY, AREA)
    return GROUP.sub(",", value) if is_amount and value.isascii() else value
