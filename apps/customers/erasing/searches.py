"""Searches that somebody kept: saved views, and what events say that views and exports asked for.

People look for a part of a person: the last digits, the family name. A part means the person where nobody else here
has it; what others have too says nothing about anybody, and stays.
"""

import re
from urllib.parse import parse_qsl, urlencode

from apps.accounts.models import SavedView
from apps.core.models import Event
from apps.customers.erasing.copies import GONE
from apps.customers.erasing.registry import forgets
from apps.customers.erasing.subject import Subject
from apps.customers.models import Customer
from apps.customers.phones import digits_key, is_number_like

TYPED = "q"  # what people type freely into a list's search; other parameters are chosen
VERBS = (
    "customer.exported",
    "listing.exported",
    "view.saved",
    "view.changed",
    "view.edited",
    "view.removed",
    "view.restored",
)
QUERIES = ("asked", "old", "new")  # what of these events' data is the address of a list; the rest is words
FEWEST_DIGITS, FEWEST_LETTERS = 5, 4


class Mentions:
    """Whether a text means the person, in whole or by a part that nobody else has."""

    def __init__(self, subject: Subject):
        self.whole = re.compile(subject.pattern, re.I)
        self.numbers = {digits_key(word) for word in subject.words if is_number_like(word)}
        self.emails = {word.lower() for word in subject.words if "@" in word}
        names = [word for word in subject.words if not is_number_like(word) and "@" not in word]
        parts = {part for name in names for part in name.lower().split() if len(part) >= FEWEST_LETTERS}
        others = Customer.objects.here().exclude(pk__in=subject.ids)
        self.parts = {part for part in parts if not others.filter(name_key__contains=part).exists()}

    def in_text(self, text: str) -> bool:
        """Whether a name that somebody gave, or a word that somebody typed, means the person."""
        return bool(self.whole.search(text)) or not self.parts.isdisjoint(text.lower().split())

    def in_search(self, text: str) -> bool:
        """The same for what was typed into a search, where a part of a number or of an address will do."""
        if is_number_like(text):
            digits = digits_key(text)
            return len(digits) >= FEWEST_DIGITS and any(digits in one or one in digits for one in self.numbers)
        if "@" in text and any(text.lower() in one for one in self.emails):
            return True
        return self.in_text(text)

    def taken_out_of(self, query: str) -> str:
        """The address of a list without the parameters that mean the person; the same text where none does."""
        pairs = parse_qsl(query, keep_blank_values=True)
        kept = [
            (name, value)
            for name, value in pairs
            if not (self.in_search(value) if name == TYPED else self.whole.search(value))
        ]
        return query if kept == pairs else urlencode(kept)


@forgets("Saved views that looked for the person")
def forget_views(subject: Subject) -> int:
    """A view loses the words that mean the person, and goes where it asks for nothing else. So do removed ones."""
    mentions, count = Mentions(subject), 0
    for view in SavedView.objects.iterator():
        query, is_named = mentions.taken_out_of(view.query), mentions.in_text(view.name)
        if query == view.query and not is_named:
            continue
        count += 1
        if not query:
            view.delete()
            continue
        name = f"{GONE} {view.pk}" if is_named else view.name
        SavedView.objects.filter(pk=view.pk).update(query=query, name=name, version=view.version + 1)
    return count


@forgets("Searches that exports and views were made of", reads_everything=True)
def forget_asked(subject: Subject) -> int:
    """That somebody took a list away stays on record; the words they had searched for do not."""
    mentions, count = Mentions(subject), 0
    for event in Event.objects.filter(verb__in=VERBS).exclude(data={}).iterator():
        data = {name: _clean(name, value, mentions) for name, value in event.data.items()}
        if data != event.data:
            count += Event.objects.filter(pk=event.pk).update(data=data)
    return count


def _clean(name, value, mentions):
    if not isinstance(value, str):
        return value
    if name in QUERIES:
        return mentions.taken_out_of(value)
    return GONE if mentions.in_text(value) else value
