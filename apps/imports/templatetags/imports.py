"""How a row's differences are read."""

import re

from django import template

from apps.imports.understanding.vocabulary import AREA, MONEY, Vocabulary
from apps.imports.vocabularies import vocabulary_of

register = template.Library()
GROUP = re.compile(r"(?<=\d)(?=(?:\d{3})+(?:\.|$))")


@register.filter
def differences(row, view: str) -> list[tuple[str, list[str]]]:
    """`(label, [ours, theirs])` for each field that the row changes, or that was kept although the file differs."""
    values = row.changes if view == "changes" else row.conflicts
    words = vocabulary_of(row.run.subject)
    return [(words.label(name), [_shown(words, name, value) for value in pair]) for name, pair in values.items()]


def _shown(words: Vocabulary, name: str, value: str) -> str:
    is_amount = words.kind(name) in (MONEY, AREA)
    return GROUP.sub(",", value) if is_amount and value.isascii() else value
