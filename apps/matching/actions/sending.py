"""Telling customers of listings: consent obeyed, who sent what kept, mail really sent."""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts import mail
from apps.core.events import record
from apps.core.refusals import NotAllowed, Refused
from apps.customers.lookups import Channel
from apps.customers.models import Customer
from apps.listings.models import Listing
from apps.matching.actions.decision import mark_sent
from apps.matching.for_requirement import MARKETABLE
from apps.matching.models import Requirement, Sending
from apps.matching.policy import why_not_send


def why_not_send_by(customer: Customer, channel: str, by) -> list[str]:
    """Why nothing may be sent to this customer by this channel now: rights, consent, or no address."""
    if channel not in Channel.values:
        return [_("Choose how to send it: e-mail, WhatsApp, SMS or phone.")]
    return why_not_send(customer, by) or why_not_reach(customer, channel)


def why_not_reach(customer: Customer, channel: str) -> list[str]:
    """Why this customer cannot be told anything by this channel, whoever tells: consent, or no address."""
    if sentences := customer.may_be_contacted(channel):
        return sentences
    if channel == Channel.EMAIL and not customer.emails.exists():
        return [
            _("No e-mail address of %(customer)s is known. Enter one, or send it another way.")
            % {"customer": customer.label}
        ]
    if channel != Channel.EMAIL and not customer.phones.exists():
        return [
            _("No phone number of %(customer)s is known. Enter one, or send it by e-mail.")
            % {"customer": customer.label}
        ]
    return []


def why_not_offer(listing: Listing) -> list[str]:
    """Why this listing cannot be offered to anybody now."""
    if listing.standard_status in MARKETABLE:
        return []
    return [
        _("%(listing)s is %(standard_status)s and cannot be offered now.")
        % {"listing": listing.label, "standard_status": listing.get_standard_status_display()}
    ]


@transaction.atomic
def send_listing(
    customer: Customer,
    listing: Listing,
    channel: str,
    text: str,
    *,
    by,
    requirement: Requirement | None = None,
) -> Sending:
    """Tell the customer of one listing with this text; see `send_listings`."""
    return send_listings(customer, [listing], channel, text, by=by, requirement=requirement)[0]


@transaction.atomic
def send_listings(
    customer: Customer,
    listings: Iterable[Listing],
    channel: str,
    text: str,
    *,
    by,
    requirement: Requirement | None = None,
) -> list[Sending]:
    """Tell the customer of listings in one message, write down what was sent, and count it for the requirement.

    A mail is sent by a job of this transaction. WhatsApp, SMS and phone are the agent's own hands: the text is kept
    as it was prepared. Without `requirement` it counts for each of the customer's that is of the listing's kind.
    """
    listings = list(listings)
    NotAllowed.unless_empty(why_not_send(customer, by))
    Refused.unless_empty(why_not_send_by(customer, channel, by))
    Refused.unless_empty([sentence for listing in listings for sentence in why_not_offer(listing)])
    if not listings or not text.strip():
        raise Refused(_("Nothing to send: choose a listing and write a text."))
    sendings = note_sent(customer, listings, channel, text, by=by, requirement=requirement)
    if channel == Channel.EMAIL:
        _mail(customer, [listing.label for listing in listings], text, by)
    return sendings


@transaction.atomic
def note_sent(
    customer: Customer,
    listings: list[Listing],
    channel: str,
    text: str,
    *,
    by,
    requirement: Requirement | None = None,
) -> list[Sending]:
    """Write down that the customer was told of listings, whoever carries the text: also an answer to a question."""
    NotAllowed.unless_empty(why_not_send(customer, by))
    now = timezone.now()
    sendings = Sending.objects.bulk_create(
        Sending(customer=customer, listing=one, channel=channel, text=text.strip(), by=by, at=now) for one in listings
    )
    for listing in listings:
        for one in _requirements(customer, listing, requirement):
            mark_sent(one, listing, by=by)
        record("matching.listing_sent", listing, by=by, customer=customer.pk, channel=channel)
    labels = [listing.label for listing in listings]
    record(
        "matching.listings_sent",
        customer,
        by=by,
        channel=channel,
        listings=[listing.pk for listing in listings],
        labels=labels,
        names=labels[0] if len(labels) == 1 else f"{len(labels)} listings",
        reason=", ".join(labels) if len(labels) > 1 else "",
        count=len(labels),
    )
    return sendings


def _requirements(customer, listing, requirement) -> list[Requirement]:
    if requirement is not None:
        return [requirement]
    rows = customer.requirements.filter(is_active=True, property_type=listing.property_type)
    return list(rows.select_related("customer"))


def _mail(customer, labels, text, by) -> None:
    subject = labels[0] if len(labels) == 1 else f"{labels[0]} and {len(labels) - 1} more for you"
    message = EmailMessage(
        " ".join(subject.split()),
        text.strip() + "\n",
        settings.DEFAULT_FROM_EMAIL,
        [customer.emails.order_by("position", "pk").first().address],
        reply_to=[by.email] if by.email else [],
    )
    mail.enqueue(message, by=by)
