"""How a row's differences are read."""

from django import template

from apps.imports.understanding.fields import FIELDS

register = template.Library()
LABELS = {"place": "Place", "permit": "Permit", "mandate": "Mandate"}


@register.filter
def differences(row, view: str) -> list[tuple[str, list[str]]]:
    """`(label, [ours, theirs])` for each field that the row changes, or that was kept although the file differs."""
    values = row.changes if view == "changes" else row.conflicts
    return [(LABELS.get(name) or FIELDS[name].label, pair) for name, pair in values.items()]
