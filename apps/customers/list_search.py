"""Free text over the list of customers: a name in English or Arabic, any part of a phone, an e-mail, a reference.

A name that nobody is spelled by is looked for by its sound: Mohamad finds محمد.
"""

import re
from functools import lru_cache

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from apps.core.keyset import Among
from apps.core.lists.catalogue import Search
from apps.customers.finding import REFERENCE_LIKE, with_digits
from apps.customers.models import Customer, EmailAddress, Phone
from apps.customers.phones import digits_key, is_number_like

MOST_WORDS = 8
FEW = 2_000


class Sounded(str):
    """A word that is compared by its sound."""

    __slots__ = ()


class Sought(str):
    """A number or an e-mail, with the keys of those who have it where they are few: asked once, used by each query."""

    few: list[int] | None = None


class CustomerSearch(Search):
    """Every word of a name must occur; a number, an e-mail or a reference stands for itself."""

    guesses = True

    def words_of(self, text):
        sought = " ".join(text.split())
        if is_number_like(sought) or REFERENCE_LIKE.match(sought) or "@" in sought:
            return (Sought(sought),)
        return _normalised(sought)

    def narrow(self, rows, words):
        if len(words) == 1 and not isinstance(words[0], Sounded):
            (word,) = words
            if isinstance(word, Sought):
                return rows.filter(_has(word))
        condition = Q()
        for word in words:
            condition &= (
                Q(name_sound__contains=f" {word} ") if isinstance(word, Sounded) else Q(name_key__contains=word)
            )
        return rows.filter(condition)

    def are_few(self, words):
        return len(words[0].few) <= FEW if isinstance(words[0], Sought) else False

    def mended(self, words, rows):
        if any(isinstance(word, Sought) for word in words):
            return words
        return tuple(Sounded(word) for word in _sounds(" ".join(words))) or words

    def says(self, typed, words):
        return _("Nobody is spelled “%(typed)s”. These names sound like it.") % {"typed": typed}


def _has(sought: Sought):
    """The condition: by their keys, or by the query where they are many. For few the planner would read the table."""
    found = _by_email(sought) if "@" in sought else _by_number(sought)
    if sought.few is None:
        sought.few = list(found[: FEW + 1])
    return Among("pk", sought.few) if len(sought.few) <= FEW else Q(pk__in=found)


def _by_number(text):
    """Keys of customers with this reference, or with these digits in a phone."""
    digits = digits_key(text)
    by_phone = (with_digits(digits) if digits else Phone.objects.none()).order_by()
    found = REFERENCE_LIKE.match(text)
    if not found:
        return by_phone.values_list("customer", flat=True)
    referred = Customer.objects.filter(reference=f"C-{int(found[1]):05d}").order_by().values_list("pk", flat=True)
    return referred.union(by_phone.values_list("customer", flat=True)) if len(digits) > 2 else referred


def _by_email(text):
    rows = EmailAddress.objects.annotate(lower=Lower("address")).order_by()
    return rows.filter(lower__contains=text.lower()).values_list("customer", flat=True)


@lru_cache(maxsize=1000)
def _normalised(text: str) -> tuple[str, ...]:
    (spelled,) = _asked("SELECT crm_normalise(%s)", text)
    return tuple([word for word in re.split(r"[^\w]+", spelled) if word][:MOST_WORDS])


@lru_cache(maxsize=1000)
def _sounds(text: str) -> tuple[str, ...]:
    (sound,) = _asked("SELECT crm_sounds(%s)", text)
    return tuple(sound.split()[:MOST_WORDS])


def _asked(sql: str, text: str):
    with connection.cursor() as cursor:
        cursor.execute(sql, [text])
        return cursor.fetchone()
