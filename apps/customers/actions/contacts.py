"""Phones and e-mail addresses of a customer, as a list that is written anew."""

from collections.abc import Iterable
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from apps.core.refusals import Refused
from apps.customers.models import Customer, EmailAddress, Phone
from apps.customers.models.contact import canonical_email
from apps.customers.phones import FEWEST_DIGITS, home_region, only_digits, parse_with_extension, tidy


class Written(NamedTuple):
    """A phone or an e-mail address as somebody wrote it."""

    text: str
    label: str = ""


def written(values: Iterable[str | Written]) -> list[Written]:
    """The contacts of a form or a row, in order, without empty ones."""
    pairs = [value if isinstance(value, Written) else Written(str(value)) for value in values]
    tidied = (Written(*(part.replace("\x00", "").strip() for part in pair)) for pair in pairs)
    return [pair for pair in tidied if pair.text]


def phones_of(customer: Customer) -> list[Written]:
    """The customer's phones, so that they can be compared with what a form holds."""
    return [Written(phone.text, phone.label) for phone in customer.phones.all()]


def emails_of(customer: Customer) -> list[Written]:
    """The customer's e-mail addresses, so that they can be compared with what a form holds."""
    return [Written(email.address, email.label) for email in customer.emails.all()]


def why_not_phone(text: str) -> list[str]:
    """Why this text cannot be kept as a phone number."""
    if parse_with_extension(text, home_region())[0]:
        return []
    return [
        _("“%(text)s” is no phone number. Enter all its digits, with the country code for a number from abroad.")
        % {"text": text}
    ]


def why_not_email(text: str) -> list[str]:
    """Why this text cannot be kept as an e-mail address."""
    try:
        validate_email(text)
    except ValidationError:
        return [_("“%(text)s” is no e-mail address. Enter one such as name@example.com.") % {"text": text}]
    return []


def set_phones(customer: Customer, values: Iterable[str | Written], *, odd: bool = False) -> bool:
    """Make these the customer's phones, in this order; return whether anything changed.

    With `odd`, as imports need it, a text that is no number is kept as it was written, else it is refused.
    """
    here = {phone.text: phone for phone in customer.phones.all()}
    wanted: dict[str, Phone] = {}
    for text, label in written(values):
        fresh = _phone(customer, text, may_be_odd=odd or text in here)
        wanted.setdefault(fresh.text, fresh).label = label[:40]
    return _replace(Phone, here, wanted)


def set_emails(customer: Customer, values: Iterable[str | Written]) -> bool:
    """Make these the customer's e-mail addresses, in this order; return whether anything changed."""
    here = {email.address: email for email in customer.emails.all()}
    wanted, seen = {}, set()
    for text, label in written(values):
        if text not in here:
            Refused.unless_empty(why_not_email(text))
        if canonical_email(text) not in seen:
            seen.add(canonical_email(text))
            wanted[text] = EmailAddress(customer=customer, address=text, label=label[:40])
    return _replace(EmailAddress, here, wanted)


def _phone(customer, text, *, may_be_odd) -> Phone:
    e164, extension = parse_with_extension(text, home_region())
    if e164:
        return Phone(customer=customer, e164=e164, extension=extension[:12])
    if not may_be_odd or len(only_digits(tidy(text))) < FEWEST_DIGITS:
        raise Refused(*why_not_phone(text))
    return Phone(customer=customer, as_written=tidy(text)[:60])


def _replace(model, here: dict, wanted: dict) -> bool:
    gone = [row.pk for text, row in here.items() if text not in wanted]
    changed = bool(gone)
    model.objects.filter(pk__in=gone).delete()
    for position, (text, fresh) in enumerate(wanted.items()):
        row = here.get(text, fresh)
        if row.pk is None or (row.position, row.label) != (position, fresh.label):
            row.position, row.label, changed = position, fresh.label, True
            row.save()
    return changed
