"""Taking in what somebody asked on a website, and seeing to it that somebody answers."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.events import record
from apps.core.refusals import NotAllowed, Refused
from apps.customers.actions.assignment import pass_to_team
from apps.customers.actions.consent import set_consent
from apps.customers.actions.contacts import why_not_email
from apps.customers.actions.customer import add_customer
from apps.customers.finding import who_has
from apps.customers.lookups import CustomerRole, Source
from apps.customers.models import Consent, Customer
from apps.customers.models.contact import canonical_email
from apps.customers.phones import FEWEST_DIGITS, home_region, only_digits, parse, tidy
from apps.listings.lookups import StandardStatus
from apps.listings.models import Listing
from apps.website.enquiries.intake.message import Message
from apps.website.models import Enquiry, Site
from apps.website.models.enquiry import ANSWER_WITHIN, SetAside

KEPT = ("name", "phone", "email", "text", "page", "source", "campaign", "consent_text")


@dataclass(frozen=True)
class Taken:
    """The enquiry as it is kept, and whether it is new."""

    enquiry: Enquiry
    is_new: bool


@transaction.atomic
def take_in(site: Site, message: Message, *, by) -> Taken:
    """Keep what a site sent, with its customer and its listing; the same from the same site again changes nothing."""
    now = timezone.now()
    listing = _listing(site, message)
    values = {name: getattr(message, name) for name in KEPT} | {
        "listing": listing,
        "asked_reference": message.reference,
        "consent": list(message.consent),
        "asked_at": message.sent_at or now,
        "received_at": now,
    }
    enquiry, is_new = Enquiry.objects.get_or_create(site=site, their_id=message.their_id, defaults=values)
    if not is_new:
        return Taken(enquiry, is_new=False)
    _find_customer(enquiry, by)
    _set_aside_as_before(enquiry, by)
    if listing:
        record("enquiry.received", listing, by=by, enquiry=enquiry.pk, site=site.name)
    return Taken(enquiry, is_new=True)


def possible_customers(enquiry: Enquiry) -> list[Customer]:
    """Everybody who has the phone or the e-mail of an enquiry, each once."""
    hits = who_has(phone=enquiry.phone or None, email=enquiry.email or None)
    return list({hit.customer.pk: hit.customer for hit in hits}.values())


def why_not_work_on(enquiry: Enquiry, by) -> list[str]:
    """Why this person may not answer an enquiry or say whose it is."""
    if not by.has_perm("website.answer_enquiry"):
        return [_("Your role may not answer enquiries. Ask an agent or a manager.")]
    return []


def why_not_choose(enquiry: Enquiry, by) -> list[str]:
    """Why nobody needs to say, or this person may not, whose enquiry it is."""
    if enquiry.customer_id is not None:
        return [_("This enquiry is %(customer)s's already.") % {"customer": enquiry.customer.label}]
    return why_not_work_on(enquiry, by)


@transaction.atomic
def choose_customer(enquiry: Enquiry, customer: Customer | None, *, by) -> Enquiry:
    """Say who it is from where it might be several: one of them, or somebody new (None)."""
    row = Enquiry.objects.select_for_update(of=["self"]).select_related("site", "listing").get(pk=enquiry.pk)
    NotAllowed.unless_empty(why_not_work_on(row, by))
    Refused.unless_empty(why_not_choose(row, by))
    if customer is not None and not Customer.objects.visible_to(by).filter(pk=customer.pk).exists():
        raise NotAllowed(_("You may not see this customer. Ask a manager."))
    found = customer or _new_customer(row, agent=_agent(row.listing) or by, by=by)
    _give_to(row, found, is_new=customer is None, by=by)
    return row


@transaction.atomic
def mark_answered(enquiry: Enquiry, *, by) -> Enquiry:
    """Stop the clock: somebody answered in a way that is written down nowhere else."""
    row = Enquiry.objects.select_for_update(of=["self"]).select_related("customer", "listing").get(pk=enquiry.pk)
    NotAllowed.unless_empty(why_not_work_on(row, by))
    if row.answered_at is None:
        row.answered_at, row.answered_by = timezone.now(), by
        row.save(update_fields=["answered_at", "answered_by"])
        if row.customer:
            record("enquiry.answered", row.customer, by=by, enquiry=row.pk, listing=row.about)
    return row


@transaction.atomic
def pass_on(enquiry: Enquiry, *, by) -> bool:
    """Let the team see an enquiry that nobody answered in time, once; a customer who came with it may be taken by
    anybody of the team. Returns whether it was passed on now.
    """
    rows = Enquiry.objects.select_for_update(of=["self"], skip_locked=True).late(timezone.now() - ANSWER_WITHIN)
    row = rows.select_related("customer", "listing").filter(pk=enquiry.pk).first()
    if row is None:
        return False
    row.escalated_at = timezone.now()
    row.save(update_fields=["escalated_at"])
    customer = row.customer
    if customer is not None:
        minutes = row.minutes(row.escalated_at)
        record("enquiry.passed_on", customer, by=by, enquiry=row.pk, listing=row.about, minutes=minutes)
        is_only_theirs = row.made_customer and customer.agent_id == row.agent_id and customer.is_here
        if is_only_theirs and customer.agent_id is not None:
            pass_to_team(customer, since=row.asked_at, by=by)
    return True


def pass_on_late(now: datetime, *, by) -> int:
    """Pass on each enquiry that waits too long; how many there were."""
    return sum(pass_on(enquiry, by=by) for enquiry in Enquiry.objects.late(now - ANSWER_WITHIN)[:500])


def _listing(site, message) -> Listing | None:
    """The listing that is meant: by our key, our reference, or the post that shows it."""
    ways = (
        {"pk": message.listing},
        {"listing_id": message.reference},
        {"placements__site": site, "placements__post_id": message.post},
    )
    rows = Listing.objects.exclude(standard_status=StandardStatus.DELETE).select_related("list_agent")
    asked = (rows.filter(**way).first() for way in ways if all(way.values()))
    return next((found for found in asked if found), None)


def _find_customer(enquiry, by) -> None:
    """The one customer who has this phone or e-mail; somebody new where nobody has; nobody yet where several have."""
    _wait_for_same_person(enquiry)
    people = possible_customers(enquiry)
    if len(people) > 1 or not (enquiry.name or enquiry.phone or enquiry.email):
        enquiry.agent = _agent(enquiry.listing)
        enquiry.save(update_fields=["agent"])
        return
    found = people[0] if people else _new_customer(enquiry, agent=_agent(enquiry.listing), by=by)
    _give_to(enquiry, found, is_new=not people, by=by)


def _wait_for_same_person(enquiry) -> None:
    """A form sent twice at one moment is two enquiries of one new customer, not of two."""
    e164 = parse(enquiry.phone, home_region()) if enquiry.phone else None
    email = canonical_email(enquiry.email) if "@" in enquiry.email else ""
    with connection.cursor() as cursor:
        for key in sorted(key for key in (e164, email) if key):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"enquiry:{key}"])


def _set_aside_as_before(enquiry, by) -> None:
    """Somebody of whom all that came before was spam sends more of it."""
    if enquiry.customer_id is None or enquiry.made_customer:
        return
    before = Enquiry.objects.filter(customer=enquiry.customer_id).exclude(pk=enquiry.pk).order_by()
    if set(before.values_list("set_aside", flat=True).distinct()) == {SetAside.SPAM}:
        enquiry.set_aside, enquiry.answered_at, enquiry.answered_by = SetAside.SPAM, enquiry.received_at, by
        enquiry.save(update_fields=["set_aside", "answered_at", "answered_by"])


def _new_customer(enquiry, *, agent, by) -> Customer:
    """Somebody whom nobody knows; without an agent they wait for whoever is first."""
    is_lease = enquiry.listing is not None and enquiry.listing.is_lease
    details = {
        "full_name": enquiry.name,
        "phones": [enquiry.phone] if len(only_digits(tidy(enquiry.phone))) >= FEWEST_DIGITS else [],
        "emails": [enquiry.email] if enquiry.email and not why_not_email(enquiry.email) else [],
        "roles": [CustomerRole.TENANT if is_lease else CustomerRole.BUYER] if enquiry.listing else [],
        "source": Source.WEBSITE,
        "campaign": enquiry.campaign,
    }
    if not (details["full_name"] or details["phones"] or details["emails"]):
        details["full_name"] = (enquiry.email or enquiry.phone)[:160]
    return add_customer(details, by=by, agent=agent, waiting=agent is None, odd_phones=True)


def _give_to(enquiry, customer, *, is_new, by) -> None:
    enquiry.customer, enquiry.made_customer = customer, is_new
    enquiry.agent = customer.agent or _agent(enquiry.listing)
    enquiry.save(update_fields=["customer", "made_customer", "agent"])
    _note_consent(enquiry, by)
    words = {"enquiry": enquiry.pk, "site": enquiry.site.name, "listing": enquiry.about, "text": enquiry.text[:2000]}
    record("enquiry.received", customer, by=by, **words)


def _note_consent(enquiry, by) -> None:
    """Write down what was agreed to. A “no” that we were told stays: a form does not know who fills it in."""
    said = {}
    for channel, granted in (
        Consent.objects.filter(customer=enquiry.customer).order_by("at", "pk").values_list("channel", "granted")
    ):
        said[channel] = granted
    source = ": ".join(part for part in (enquiry.site.name, enquiry.consent_text) if part)
    for channel in enquiry.consent:
        if said.get(channel) is None:
            set_consent(enquiry.customer, channel, True, source=source, at=enquiry.asked_at, by=by, is_new=True)


def _agent(listing) -> User | None:
    """The listing's agent, as long as they work here."""
    if listing is None or listing.list_agent_id is None:
        return None
    return User.objects.agents().filter(pk=listing.list_agent_id).first()
