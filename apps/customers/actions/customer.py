"""Adding a customer, and changing what is known, also when two people do it at once."""

from collections.abc import Mapping
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core.editing import refuse_collisions
from apps.core.events import record
from apps.core.refusals import NotAllowed, Refused
from apps.core.versions import claim_version
from apps.customers.actions.consent import set_consent
from apps.customers.actions.contacts import emails_of, phones_of, set_emails, set_phones, written
from apps.customers.lookups import CustomerRole
from apps.customers.models import Customer
from apps.customers.policy import why_not_change

# Agent, stage, consents and do-not-contact have actions of their own.
CUSTOMER_FIELDS = frozenset(
    {
        "kind",
        "full_name",
        "company_name",
        "roles",
        "language",
        "nationality",
        "source",
        "campaign",
        "payment",
        "moving_on",
        "summary",
    }
)
CONTACT_FIELDS = {"phones": (phones_of, set_phones), "emails": (emails_of, set_emails)}
MINE = object()


def why_not_add(by) -> list[str]:
    """Why this person may not add customers."""
    if by.has_perm("customers.add_customer"):
        return []
    return [_("Your role may not add customers. Ask an agent or a manager.")]


def current_value(customer: Customer, name: str):
    """The value of a customer's field, its phones and e-mails as they are written."""
    return CONTACT_FIELDS[name][0](customer) if name in CONTACT_FIELDS else getattr(customer, name)


@transaction.atomic
def add_customer(details: Mapping, *, by, agent=MINE, waiting: bool = False, odd_phones: bool = False) -> Customer:
    """Make a customer and return it.

    `details` are fields of CUSTOMER_FIELDS, `stage`, `phones` and `emails` (lists of texts or `Written`), `consents`
    (by channel: agreed or not) and `consent_source`. The customer is `by`'s own unless `agent` names somebody or is
    None; with `waiting` it then waits for an agent from now on. With `odd_phones` texts that are no numbers are kept.
    """
    NotAllowed.unless_empty(why_not_add(by))
    Refused.unless_empty(why_nobody(details))
    values = {name: value for name, value in details.items() if name in CUSTOMER_FIELDS | {"stage"}}
    customer = Customer(created_by=by, agent=by if agent is MINE else agent, **_in_order(values))
    if customer.agent is None and waiting:
        customer.waiting_since = timezone.now()
    customer.save()
    set_phones(customer, details.get("phones", ()), odd=odd_phones)
    set_emails(customer, details.get("emails", ()))
    record("customer.added", customer, by=by)
    for channel, granted in (details.get("consents") or {}).items():
        set_consent(customer, channel, granted, source=details.get("consent_source", ""), by=by, is_new=True)
    customer.refresh_from_db()
    return customer


def why_nobody(details: Mapping) -> list[str]:
    """Why these details are not enough to know the customer by."""
    is_named = any((details.get(name) or "").strip() for name in ("full_name", "company_name"))
    is_reachable = any(written(details.get(name) or ()) for name in CONTACT_FIELDS)
    return [] if is_named or is_reachable else [_("Enter a name, a phone number or an e-mail address.")]


@transaction.atomic
def edit_customer(
    customer: Customer, version: int, changes: Mapping, *, by, opened: Mapping[str, str] | None = None
) -> Customer:
    """Set fields of CUSTOMER_FIELDS, `phones` and `emails`; `version` is the one the form was opened with.

    Somebody else's newer version is a Conflict. With `opened` (canonical values when the form was opened) it is one
    only for fields that both changed, an EditConflict. Returns the customer as it is now.
    """
    NotAllowed.unless_empty(why_not_change(customer, by))
    if opened is not None:
        now = Customer.objects.select_for_update(of=["self"]).get(pk=customer.pk)
        refuse_collisions(now, partial(current_value, now), changes, opened)
        version = now.version
    claim_version(customer, version)
    customer = Customer.objects.get(pk=customer.pk)
    changed = set_values(customer, changes)
    Refused.unless_empty(why_nobody({name: current_value(customer, name) for name in NAMES | CONTACT_FIELDS.keys()}))
    if changed:
        record("customer.edited", customer, by=by, fields=sorted(changed))
    customer.refresh_from_db()
    return customer


NAMES = frozenset({"full_name", "company_name"})


def set_values(customer: Customer, changes: Mapping, *, odd: bool = False) -> set[str]:
    """Write what differs, and return its names; part of actions that have claimed the row."""
    plain = _in_order({name: changes[name] for name in CUSTOMER_FIELDS & changes.keys()})
    changed = {name for name, value in plain.items() if getattr(customer, name) != value}
    for name in changed:
        setattr(customer, name, plain[name])
    if "phones" in changes and set_phones(customer, changes["phones"], odd=odd):
        changed.add("phones")
    if "emails" in changes and set_emails(customer, changes["emails"]):
        changed.add("emails")
    if changed:
        customer.save(update_fields=[*(changed & CUSTOMER_FIELDS), "modified_at"])
    return changed


def _in_order(values: dict) -> dict:
    """Names without spaces around them, and roles each once in the order of the lookup."""
    if "roles" in values:
        values["roles"] = [role.value for role in CustomerRole if role in (values["roles"] or ())]
    return {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
