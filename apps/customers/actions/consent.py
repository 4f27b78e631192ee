"""What a customer allows: by channel, and not at all."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core.events import record
from apps.core.refusals import NotAllowed, Refused
from apps.customers.lookups import Channel
from apps.customers.models import Consent, Customer
from apps.customers.policy import why_not_change


@transaction.atomic
def set_consent(customer: Customer, channel: str, granted: bool, *, by, source: str = "", at=None, is_new=False):
    """Write down what the customer said about a channel, and return the row; the same answer again is kept once.

    `source` says how we know. A customer who is just being added (`is_new`) needs no right beyond adding.
    """
    if not is_new:
        NotAllowed.unless_empty(why_not_change(customer, by))
    if channel not in Channel.values:
        raise Refused(_("“%(channel)s” is no way to reach a customer.") % {"channel": channel})
    Customer.objects.select_for_update(of=["self"]).get(pk=customer.pk)
    latest = Consent.objects.filter(customer=customer, channel=channel).first()
    if latest and latest.granted == granted and at is None:
        return latest
    consent = Consent.objects.create(
        customer=customer, channel=channel, granted=granted, source=source.strip()[:120], at=at or timezone.now(), by=by
    )
    record("customer.consent_set", customer, by=by, channel=channel, granted=granted, source=consent.source)
    return consent


@transaction.atomic
def set_do_not_contact(customer: Customer, value: bool, *, by, reason: str = "") -> Customer:
    """Stop all mails and messages to the customer, or allow them again as far as there is consent."""
    NotAllowed.unless_empty(why_not_change(customer, by))
    row = Customer.objects.select_for_update(of=["self"]).get(pk=customer.pk)
    if row.do_not_contact != value:
        row.do_not_contact, row.version = value, row.version + 1
        row.save(update_fields=["do_not_contact", "version", "modified_at"])
        verb = "customer.contact_stopped" if value else "customer.contact_allowed"
        record(verb, row, by=by, reason=reason.strip()[:300])
    return row
