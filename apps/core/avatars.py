"""The circle that stands for somebody: two letters on a hue of their own."""

from collections.abc import Sequence

HUES = 12  # `.av.h0` to `.av.h11` of the stylesheet


def hue_of(key: int | None) -> int:
    """One of the hues by the key of the row: the same person always has the same, and neighbours differ."""
    return (key or 0) * 5 % HUES


def initials_of(words: Sequence[str]) -> str:
    """The first letters of the first word of a name and of the last; there must be one word at least."""
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()
