"""Who is to be forgotten: the customer, the records merged into it, and the words by which copies are found."""

import html
import re
from dataclasses import dataclass
from urllib.parse import quote, quote_plus

import phonenumbers
from django.db.models import Q
from phonenumbers import PhoneNumberFormat

from apps.customers.models import Customer, EmailAddress, Phone
from apps.customers.phones import is_number_like

SHORTEST_NAME = 6  # “Ali” stands in thousands of texts and means nobody


@dataclass(frozen=True)
class Subject:
    """The customer, the keys of all its records, and texts that mean this person and nobody else here."""

    customer: Customer
    ids: tuple[int, ...]
    words: tuple[str, ...]

    @property
    def references(self) -> tuple[str, ...]:
        """What people call the records."""
        return tuple(Customer.objects.filter(pk__in=self.ids).values_list("reference", flat=True))

    @property
    def pattern(self) -> str:
        """A regular expression for the words, for PostgreSQL; matches nothing where there are none."""
        return pattern_of(self.words)


def pattern_of(words) -> str:
    """The same for any words."""
    variants = {variant for word in words for variant in _spelled(word)}
    escaped = (re.sub(r"([^\w\s])", r"\\\1", variant) for variant in sorted(variants, key=lambda one: (-len(one), one)))
    return "|".join(escaped) or "$.^"


def _spelled(word) -> set[str]:
    """A word as texts, pages and addresses of lists spell it."""
    in_addresses = set() if is_number_like(word) else {quote(word), quote_plus(word)}
    return {word, html.escape(word), word.replace("'", "&#39;"), *in_addresses}


def subject_of(customer: Customer) -> Subject:
    """Whom an erasure of this customer means."""
    ids = _records_of(customer)
    return Subject(customer, ids, tuple(sorted(_phones(ids) | _emails(ids) | _names(ids))))


def _records_of(customer) -> tuple[int, ...]:
    found, new = {customer.pk}, {customer.pk}
    while new:
        new = set(Customer.objects.filter(merged_into__in=new).values_list("pk", flat=True)) - found
        found |= new
    return tuple(sorted(found))


def _phones(ids) -> set[str]:
    rows = [*Phone.objects.filter(customer__in=ids), *_history(Phone).filter(customer_id__in=ids)]
    words: set[str] = set()
    for e164 in {row.e164 for row in rows if row.e164}:
        if not Phone.objects.filter(e164=e164).exclude(customer__in=ids).exists():
            words |= spellings(e164)
    return words | {row.as_written for row in rows if len(row.as_written) > SHORTEST_NAME}


def spellings(e164: str) -> set[str]:
    """How a number is mostly written."""
    number = phonenumbers.parse(e164)
    formats = (PhoneNumberFormat.NATIONAL, PhoneNumberFormat.INTERNATIONAL, PhoneNumberFormat.RFC3966)
    written = {phonenumbers.format_number(number, one).removeprefix("tel:") for one in formats}
    plain = {re.sub(r"\D", "", one) for one in written}
    return {e164, *written, *plain, *(one.replace(" ", "-") for one in written)}


def _emails(ids) -> set[str]:
    rows = [*EmailAddress.objects.filter(customer__in=ids), *_history(EmailAddress).filter(customer_id__in=ids)]
    others = EmailAddress.objects.exclude(customer__in=ids)
    return {row.address for row in rows if not others.filter(address__iexact=row.address).exists()}


def _names(ids) -> set[str]:
    rows = [*Customer.objects.filter(pk__in=ids), *_history(Customer).filter(pgh_obj_id__in=ids)]
    names = {name.strip() for row in rows for name in (row.full_name, row.company_name)}
    here = Customer.objects.here().exclude(pk__in=ids)
    return {
        name
        for name in names
        if len(name) >= SHORTEST_NAME and not here.filter(Q(full_name=name) | Q(company_name=name)).exists()
    }


def _history(model):
    return model._meta.get_field("events").related_model.objects.all()
