"""Answering an enquiry in writing, and saying that one needs no answer."""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts import mail
from apps.core.events import record
from apps.core.refusals import NotAllowed, Refused
from apps.customers.actions.assignment import take, why_not_take
from apps.customers.actions.note import add_note
from apps.customers.actions.stage import set_stage
from apps.customers.lookups import IN_WRITING, Channel, NoteKind, Stage
from apps.customers.models import Customer
from apps.customers.policy import why_not_change, why_not_write_to
from apps.listings.models import Listing
from apps.matching.actions.sending import note_sent, why_not_offer
from apps.website.enquiries.actions.enquiry import why_not_work_on
from apps.website.models import Enquiry
from apps.website.models.enquiry import SetAside

ALIKE_AT_ONCE = 200  # set aside by one press: each is told to its customer, and a page must come back in time


def address_of(enquiry: Enquiry, channel: str) -> str:
    """Where an answer goes: what they wrote into the form, else what is known of the customer, else nothing."""
    customer = enquiry.customer
    if channel == Channel.EMAIL:
        known = customer.emails.order_by("position", "pk").first() if customer else None
        return enquiry.email if "@" in enquiry.email else known.address if known else ""
    number = enquiry.e164
    known = customer.phones.exclude(e164="").first() if customer and not number else None
    return number or (known.e164 if known else "")


def why_not_reply(enquiry: Enquiry, channel: str, by) -> list[str]:
    """Why this person may not answer by this channel. Who asks may be answered; a “no” that was said stays a no."""
    customer = enquiry.customer
    if customer is None:
        return [_("Say first who wrote this.")]
    sentences = why_not_work_on(enquiry, by) or why_not_write_to(customer, by)
    if sentences:
        return sentences
    if channel not in IN_WRITING:
        return [_("Choose how to answer: e-mail, WhatsApp or SMS.")]
    latest = customer.consents.filter(channel=channel).order_by("-at", "-pk").first()
    if customer.do_not_contact or (latest is not None and not latest.granted):
        return customer.may_be_contacted(channel)
    if not address_of(enquiry, channel):
        return [
            _("They left no e-mail address.")
            if channel == Channel.EMAIL
            else _("They left no number that can be used.")
        ]
    return []


@transaction.atomic
def reply(enquiry: Enquiry, channel: str, text: str, *, by, also: Iterable[Listing] = ()) -> Enquiry:
    """Answer in writing: a mail leaves by a job, a message is sent by the agent's own hand. `also` are other listings
    that the text tells of; who was told of what is kept.
    """
    row = _locked(enquiry)
    NotAllowed.unless_empty(why_not_work_on(row, by))
    Refused.unless_empty(why_not_reply(row, channel, by))
    also = list(also)
    Refused.unless_empty([sentence for listing in also for sentence in why_not_offer(listing)])
    if not text.strip():
        raise Refused(_("The answer is empty. Write something first."))
    if row.customer.agent_id is None and not why_not_take(row.customer, by):
        row.customer = take(row.customer, by=by)
    if also:
        note_sent(row.customer, also, channel, text, by=by)
    add_note(row.customer, NoteKind.MESSAGE, text, by=by)
    if channel == Channel.EMAIL:
        reply_to = [by.email] if by.email else []
        to = [address_of(row, channel)]
        mail.enqueue(
            EmailMessage(_subject(row), text.strip() + "\n", settings.DEFAULT_FROM_EMAIL, to, reply_to=reply_to), by=by
        )
    row.refresh_from_db(fields=["answered_at", "answered_by"])
    return row


def why_not_set_aside(enquiry: Enquiry, by) -> list[str]:
    """Why this person may not say that it needs no answer."""
    if enquiry.answered_at is not None:
        return [_("This enquiry is answered already.")]
    return why_not_work_on(enquiry, by)


@transaction.atomic
def set_aside(enquiry: Enquiry, reason: str, *, by, alike: bool = False) -> int:
    """Say that nobody needs to answer, and why; with `alike` of the open ones of the very same words that this person
    may see, up to ALIKE_AT_ONCE. Somebody new who came with it rests. Returns how many were set aside.
    """
    if reason not in SetAside.values:
        raise Refused(_("Say why it needs no answer: spam, a wrong number, or nothing to answer."))
    row = _locked(enquiry)
    NotAllowed.unless_empty(why_not_work_on(row, by))
    Refused.unless_empty(why_not_set_aside(row, by))
    rows = [row]
    if alike:
        others = Enquiry.objects.alike(row).visible_to(by).order_by("pk").select_for_update(of=["self"])
        rows += others.select_related("customer", "listing")[: ALIKE_AT_ONCE - 1]
    now = timezone.now()
    for one in rows:
        _set_aside(one, reason, now, by)
    return len(rows)


@transaction.atomic
def put_back(enquiry: Enquiry, *, by) -> int:
    """Undo: it waits for an answer again since it was asked, and so does all that was set aside with it."""
    row = _locked(enquiry)
    NotAllowed.unless_empty(why_not_work_on(row, by))
    rows = Enquiry.objects.set_aside_with(row).visible_to(by).select_for_update(of=["self"])
    rows = list(rows.select_related("customer", "listing"))
    for one in rows:
        one.set_aside, one.answered_at, one.answered_by = "", None, None
        one.save(update_fields=["set_aside", "answered_at", "answered_by"])
        if one.customer is not None:
            record("enquiry.put_back", one.customer, by=by, enquiry=one.pk, listing=one.about)
            if one.made_customer and one.customer.stage == Stage.DORMANT and not why_not_change(one.customer, by):
                set_stage(one.customer, Stage.NEW, by=by)
    return len(rows)


def _set_aside(row, reason, now, by) -> None:
    row.set_aside, row.answered_at, row.answered_by = reason, now, by
    row.save(update_fields=["set_aside", "answered_at", "answered_by"])
    if row.customer is None:
        return
    words = {"enquiry": row.pk, "listing": row.about, "why": str(SetAside(reason).label)}
    record("enquiry.set_aside", row.customer, by=by, **words)
    if row.made_customer and _is_untouched(row.customer):
        _rest(row.customer, by)


def _is_untouched(customer: Customer) -> bool:
    """Whether nothing is known of somebody but enquiries that needed no answer."""
    asked = customer.enquiries.filter(set_aside="").exists()
    return customer.stage == Stage.NEW and not (asked or customer.notes.exists() or customer.requirements.exists())


def _rest(customer, by) -> None:
    """They wait for nobody; whoever said so looks after them, so that it can be taken back."""
    if customer.agent_id is None and not why_not_take(customer, by):
        customer = take(customer, by=by)
    if not why_not_change(customer, by):
        set_stage(customer, Stage.DORMANT, by=by)


def _locked(enquiry) -> Enquiry:
    rows = Enquiry.objects.select_for_update(of=["self"])
    return rows.select_related("customer__agent", "listing", "site").get(pk=enquiry.pk)


def _subject(enquiry) -> str:
    about = enquiry.listing.place_name or enquiry.listing.title if enquiry.listing else ""
    return " ".join(f"Your enquiry about {about}".split()) if about else "Your enquiry"
