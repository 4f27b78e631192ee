"""Owners of units are customers: which customer is meant by a name, a phone and an e-mail that somebody typed."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Value

from apps.core.events import record
from apps.core.search import Normalise
from apps.customers.actions.contacts import Written, emails_of, phones_of
from apps.customers.actions.customer import add_customer, set_values
from apps.customers.models import Customer
from apps.customers.models.contact import canonical_email
from apps.customers.phones import home_region, parse
from apps.customers.policy import why_not_change
from apps.customers.sounds import Sounds


@dataclass(frozen=True)
class TypedOwner:
    """What a form says of an owner."""

    name: str = ""
    phone: str = ""
    email: str = ""

    def __bool__(self):
        return bool(self.name or self.phone or self.email)

    @property
    def details(self) -> dict:
        """The same as details of a new customer."""
        return {
            "full_name": self.name,
            "phones": [self.phone] if self.phone else [],
            "emails": [self.email] if self.email else [],
        }


@transaction.atomic
def owner_for(typed: TypedOwner, present: Customer | None, *, role: str, agent, by) -> Customer | None:
    """The customer who is meant: another whom `by` may see and who has the phone, then the e-mail; else the present
    owner, corrected, where something is still the same; else a new one, whom `agent` looks after.

    A customer of a colleague is never linked by a number alone: the link would show who has that number.
    """
    if not typed:
        return None
    known = _who_has(typed, by)
    keeps = present is not None and _is_still(present, typed)
    found = present if present in known else next(iter(known), present if keeps else None)
    if found is None or (found == present and _differs(present, typed) and why_not_change(present, by)):
        details = typed.details | {"roles": [role]}
        return add_customer(details, by=by, agent=agent, odd_phones=True)
    return _kept(found, typed, role=role, is_present=found == present, by=by)


def _who_has(typed, by) -> list[Customer]:
    """Customers whom this person may see with the phone, then with the e-mail."""
    visible = Customer.objects.visible_to(by)
    e164 = parse(typed.phone, home_region()) if typed.phone else None
    by_phone = list(visible.filter(phones__e164=e164).order_by("pk")[:5]) if e164 else []
    email = canonical_email(typed.email) if typed.email else ""
    by_email = list(visible.filter(emails__canonical=email).order_by("pk")[:5]) if email else []
    return by_phone + by_email


def _is_still(present, typed) -> bool:
    """Whether the typed owner shares the phone, the e-mail or the name, as it sounds, with the present one."""
    if typed.phone and _first(phones_of(present)) == _spelled(typed.phone):
        return True
    if typed.email and _first(emails_of(present)) == typed.email:
        return True
    same = Customer.objects.filter(pk=present.pk, name_key=Normalise(Value(f"{typed.name} {present.company_name}")))
    alike = Customer.objects.filter(pk=present.pk, name_sound=Sounds(Value(typed.name))).exclude(name_sound="")
    return bool(typed.name) and (same.exists() or alike.exists())


def _differs(present, typed) -> bool:
    now = (present.label, _first(phones_of(present)), _first(emails_of(present)))
    return now != (typed.name or present.label, _spelled(typed.phone), typed.email)


def _kept(found, typed, *, role, is_present, by) -> Customer:
    """The customer with what is new of the typed owner: corrected where it is the present one, else only completed."""
    row = Customer.objects.select_for_update(of=["self"]).get(pk=found.pk)
    changes = {"roles": [*row.roles, role]}
    if typed.name and typed.name != row.label and (is_present or not row.full_name):
        changes["full_name"] = typed.name
    changes["phones"] = _contacts(phones_of(row), _spelled(typed.phone), is_present)
    changes["emails"] = _contacts(emails_of(row), typed.email, is_present)
    changed = set_values(row, changes, odd=True)
    if changed:
        row.version += 1
        row.save(update_fields=["version"])
        record("customer.edited", row, by=by, fields=sorted(changed))
    return row


def _contacts(now: list[Written], text: str, corrects: bool) -> list[Written]:
    """`text` first instead of the first (it was corrected or removed), or behind the others (it was not known)."""
    others = [one for one in now[1:] if one.text != text] if corrects else now
    if not text or (not corrects and any(one.text == text for one in now)):
        return others
    return [Written(text, now[0].label if now else ""), *others] if corrects else [*now, Written(text)]


def _spelled(phone: str) -> str:
    """The phone as rows hold it, as far as it is a number."""
    return (parse(phone, home_region()) if phone else None) or phone


def _first(contacts: list[Written]) -> str:
    return contacts[0].text if contacts else ""
