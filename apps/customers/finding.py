"""Finding customers by whatever somebody types: a name in English or Arabic, any part of a phone, e-mail, reference."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Lower, StrIndex

from apps.customers.models import Customer, EmailAddress, Phone
from apps.customers.models.contact import Sixes, canonical_email
from apps.customers.phones import digits_key, home_region, is_number_like, parse, spoken

NAME, PHONE, EMAIL, REFERENCE = "name", "phone", "email", "reference"
REFERENCE_LIKE = re.compile(r"^c?\s*-?\s*0*(\d{1,9})$", re.I)
MOST_CANDIDATES = 400
FEWEST_LETTERS = 2
SIX = 6


@dataclass(frozen=True)
class Hit:
    """A customer, by what it was found (name, phone, email, reference), and the text that matched."""

    customer: Customer
    by: str
    matched: str = ""


def find_customers(text: str, user, limit: int = 10) -> list[Hit]:
    """The customers whom this person may see and might mean, the likeliest first."""
    sought = " ".join(text.replace("\x00", "").split())
    if not sought:
        return []
    visible = Customer.objects.visible_to(user).select_related("agent")
    hits = [*_by_reference(sought, visible, limit)]
    if is_number_like(sought):
        hits += _by_phone(sought, visible, limit)
    elif "@" in sought:
        hits += _by_email(sought, visible, limit)
    else:
        hits += _by_name(sought, visible, limit)
    return list({hit.customer.pk: hit for hit in reversed(hits)}.values())[::-1][:limit]


def who_has(phone: str | None = None, email: str | None = None, besides: Customer | None = None) -> list[Hit]:
    """Everybody of today with this phone (any spelling) or e-mail (any tag), also those whom the reader may not see.

    The door decides how much to say: `visible_to` before it shows more than that a colleague has this person.
    """
    hits = []
    here = Customer.objects.here().select_related("agent")
    if besides is not None:
        here = here.exclude(pk=besides.pk)
    if phone and (e164 := parse(phone, home_region())):
        hits += [Hit(customer, PHONE, e164) for customer in here.filter(phones__e164=e164).distinct()[:10]]
    if email and "@" in email:
        same = here.filter(emails__canonical=canonical_email(email)).distinct()[:10]
        hits += [Hit(customer, EMAIL, email.strip()) for customer in same]
    return hits


def whose_reference(text: str) -> Customer | None:
    """The customer of today of a reference that was typed out, also one whom the reader may not see, as `who_has`."""
    match = REFERENCE_LIKE.match(text) if is_reference(text) else None
    return (
        Customer.objects.here().select_related("agent").filter(reference=reference_of(match[1])).first()
        if match
        else None
    )


def is_reference(text: str) -> bool:
    """Whether a reference is meant and nothing else: with its letter, so that no number is taken for one."""
    return bool(REFERENCE_LIKE.match(text)) and text[:1] in "cC"


def reference_of(number: str) -> str:
    """“7” → “C-00007”."""
    return f"C-{int(number):05d}"


def _by_reference(sought, visible, limit) -> Iterable[Hit]:
    match = REFERENCE_LIKE.match(sought)
    if not match:
        return []
    reference = reference_of(match[1])
    return [Hit(customer, REFERENCE, reference) for customer in visible.filter(reference=reference)[:limit]]


def _by_phone(sought, visible, limit) -> list[Hit]:
    region = home_region()
    e164, key = parse(sought, region), digits_key(sought)
    exact = Phone.objects.filter(e164=e164) if e164 else Phone.objects.none()
    hits = _of_rows(exact, PHONE, visible, limit, lambda phone: spoken(phone.e164, region))
    if hits or not key:
        return hits
    partly = with_digits(key)
    return _of_rows(partly, PHONE, visible, limit, lambda phone: spoken(phone.e164, region) or phone.as_written)


def with_digits(digits: str) -> QuerySet[Phone]:
    """Phones with these digits in a row. Of six and more each six in a row must be there, which an index knows."""
    if len(digits) < SIX:
        return Phone.objects.filter(digits__contains=digits)
    sixes = sorted({digits[start : start + SIX] for start in range(len(digits) - SIX + 1)})
    rows = Phone.objects.alias(sixes=Sixes("digits")).filter(sixes__contains=sixes)
    # By position, not by LIKE: PostgreSQL would rather ask the index of threes.
    return rows.alias(at=StrIndex("digits", Value(digits))).filter(at__gt=0) if len(digits) > SIX else rows


def _by_email(sought, visible, limit) -> list[Hit]:
    exact = EmailAddress.objects.filter(canonical=canonical_email(sought))
    hits = _of_rows(exact, EMAIL, visible, limit, str)
    partly = EmailAddress.objects.annotate(_lower=Lower("address")).filter(_lower__contains=sought.lower())
    return hits or _of_rows(partly, EMAIL, visible, limit, str)


def _of_rows(rows, by, visible, limit, shown) -> list[Hit]:
    """Hits of phones or e-mail addresses, without walking more of them than could be shown."""
    found = {}
    for row in rows.filter(customer__in=visible.order_by().values("pk")).order_by()[:MOST_CANDIDATES]:
        found.setdefault(row.customer_id, row)
    if not found:
        return []
    customers = visible.filter(pk__in=found).order_by("-last_contact_at", "-modified_at", "-pk")[:limit]
    return [Hit(customer, by, shown(found[customer.pk])) for customer in customers]


def _by_name(sought, visible, limit) -> list[Hit]:
    """Names spelled so, then names that sound so. Only those that are shown are read whole."""
    key, sound = _spelled(sought)
    words = [word for word in re.split(r"[^\w]+", key) if word]
    if len(key) < FEWEST_LETTERS or not words:
        return []
    names = visible.order_by().values_list("pk", "name_key", "name_sound")
    spelled = names.filter(*(Q(name_key__contains=word) for word in words))[:MOST_CANDIDATES]
    found = sorted(spelled, key=lambda row: _distance(row, key))
    if len(found) < limit and (sounded := _sounding(sound)):
        alike = names.filter(sounded)[:MOST_CANDIDATES]
        here = {pk for pk, _, _ in found}
        found += sorted((row for row in alike if row[0] not in here), key=lambda row: _unlikeness(row, sound, key))
    shown = [pk for pk, _, _ in found[:limit]]
    customers = visible.in_bulk(shown)
    return [Hit(customers[pk], NAME, customers[pk].label) for pk in shown if pk in customers]


def _sounding(sound: str) -> Q | None:
    """Names with each of these words; the end of the last may be missing, because it is still being typed."""
    words = sound.split()
    if not words:
        return None
    condition = Q()
    for word in words[:-1]:
        condition &= Q(name_sound__contains=f" {word} ")
    last = words[-1]
    return condition & Q(name_sound__contains=f" {last}" if len(last) > 2 else f" {last} ")


def _spelled(text: str) -> tuple[str, str]:
    """The text as names are compared, and how it sounds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT crm_normalise(%s), crm_sounds(%s)", [text, text])
        return cursor.fetchone()


def _distance(row, key) -> tuple:
    pk, name_key, _ = row
    name = name_key.strip()
    rank = 0 if name == key else 1 if name.startswith(key) else 2 if f" {key}" in name else 3
    return rank, len(name), -pk


def _unlikeness(row, sound, key) -> tuple:
    pk, name_key, name_sound = row
    extra = len(name_sound.split()) - len(sound.split())
    return extra, name_key[:1] != key[:1], -pk
