"""Marking what was typed in what was found: “marína g” marks **Marina G** of “Marina Gate 2, 2304”."""

import re
import unicodedata

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

ONE_FORM = str.maketrans("أإآٱىةؤئ", "اااايهوي")


def folded(text: str) -> str:
    """The text as searches compare it, each character still in its place: no capitals, accents or forms of letters."""
    return "".join(_folded_letter(letter) for letter in text)


def _folded_letter(letter: str) -> str:
    base = unicodedata.normalize("NFKD", letter)[0].lower().translate(ONE_FORM)
    return base if len(base) == 1 else letter


def marked(text: str, words) -> SafeString:
    """The text as HTML, with the beginnings of its words that were typed in <mark>; neighbours become one mark."""
    spans = _spans(folded(text), words)
    parts, at = [], 0
    for start, end in spans:
        parts += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
        at = end
    return mark_safe("".join([*parts, escape(text[at:])]))  # noqa: S308 (each part is escaped)


def _spans(text: str, words) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for word in sorted(set(words), key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(word)}", text):
            if not any(start < match.end() and match.start() < end for start, end in found):
                found.append(match.span())
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
