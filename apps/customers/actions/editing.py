"""All that one form about a customer changes, in one transaction: facts, contacts, consents, agent."""

from collections.abc import Mapping
from functools import partial

from django.db import transaction

from apps.core.editing import refuse_collisions
from apps.core.refusals import NotAllowed
from apps.customers.actions import customer as facts
from apps.customers.actions.assignment import assign
from apps.customers.actions.consent import set_consent, set_do_not_contact
from apps.customers.lookups import Channel
from apps.customers.models import Customer
from apps.customers.policy import why_not_change

# Field of the form → the channel whose consent it holds: "yes", "no", or nothing where nobody asked.
CONSENTS = {f"consent_{channel.value}": channel for channel in Channel}


def current_value(customer: Customer, name: str):
    """The value of a field of the customer's form: facts, contacts, and the latest consent of each channel."""
    if name not in CONSENTS:
        return facts.current_value(customer, name)
    latest = customer.consents.filter(channel=CONSENTS[name]).first()
    return {None: "", True: "yes", False: "no"}[latest and latest.granted]


@transaction.atomic
def edit_everything(
    customer: Customer, changes: Mapping, *, opened: Mapping[str, str], by, consent_source: str = "", reason: str = ""
) -> Customer:
    """Make the `changes` of a form that was opened with `opened` (canonical values), and return the customer as it is.

    What somebody else changed in other fields meanwhile stays; the same field changed by both is an EditConflict.
    `reason` says why the customer must not be contacted, `consent_source` how we know of a consent.
    """
    NotAllowed.unless_empty(why_not_change(customer, by))
    now = Customer.objects.select_for_update(of=["self"]).get(pk=customer.pk)
    refuse_collisions(now, partial(current_value, now), changes, opened)
    plain = {name: changes[name] for name in changes if name in facts.CUSTOMER_FIELDS | facts.CONTACT_FIELDS.keys()}
    if plain:
        now = facts.edit_customer(now, now.version, plain, by=by)
    for name in CONSENTS.keys() & changes.keys():
        if changes[name]:
            set_consent(now, CONSENTS[name], changes[name] == "yes", source=consent_source, by=by)
    if "do_not_contact" in changes:
        now = set_do_not_contact(now, changes["do_not_contact"], reason=reason, by=by)
    if changes.get("agent"):
        now = assign(now, changes["agent"], by=by)
    return now
