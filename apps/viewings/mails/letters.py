"""What a mail about a viewing says to customer, owner and agent, and the calendar file that goes with it.

A customer is not told who the owner is, nor an owner who comes: each reads the agent's name and number.
"""

from dataclasses import replace

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from apps.accounts.agency_time import agency_time
from apps.accounts.mail import site_address
from apps.core.outgoing import domain
from apps.viewings.cards import who
from apps.viewings.events import spoken
from apps.viewings.ics import Appointment, calendar
from apps.viewings.lookups import MailAbout, MailTo, ShowingStatus
from apps.viewings.mails.recipients import address_of
from apps.viewings.models import Viewing, ViewingMail
from apps.viewings.owner_words import text_for_owner

SUBJECTS = {
    MailAbout.BOOKED: _("Viewing: {label}, {when}"),
    MailAbout.MOVED: _("Viewing moved: {label}, now {when}"),
    MailAbout.CONFIRMED: _("Viewing confirmed: {label}, {when}"),
    MailAbout.CALLED_OFF: _("Viewing called off: {label}, {when}"),
    MailAbout.FEEDBACK: _("After the viewing of {label}, {when}"),
}


def letter(mail: ViewingMail) -> EmailMultiAlternatives:
    """The message of a row of the outbox, worded as things stand now."""
    viewing = mail.viewing
    with agency_time() as agency:
        when = spoken(viewing.starts_at)
        context = {
            "mail": mail,
            "viewing": viewing,
            "listing": viewing.listing,
            "agent": viewing.agent,
            "agency": agency,
            "when": when,
            "name": name_of(mail),
            "who": _who(viewing) if mail.to == MailTo.AGENT else "",
            "address": site_address(viewing.get_absolute_url()),
        }
        if mail.about == MailAbout.FEEDBACK:
            body = text_for_owner(mail.feedback)
        else:
            body = render_to_string(f"viewings/mail/{mail.to}.txt", context)
    subject = SUBJECTS[MailAbout(mail.about)].format(label=viewing.listing.label, when=when)
    message = EmailMultiAlternatives(
        " ".join(subject.split()),
        body.strip() + "\n",
        settings.DEFAULT_FROM_EMAIL,
        [_to(mail)],
        reply_to=[viewing.agent.email],
    )
    if mail.about == MailAbout.FEEDBACK:
        return message
    method = "CANCEL" if mail.about == MailAbout.CALLED_OFF else "REQUEST"
    content = calendar([_appointment(mail)], method=method)
    message.attach("viewing.ics", content, f"text/calendar; charset=utf-8; method={method}")
    return message


def name_of(mail: ViewingMail) -> str:
    """How the recipient is greeted."""
    return mail.customer.label if mail.customer else mail.user.short_name


def _who(viewing) -> str:
    """The customers, by name as far as the agent may know them."""
    return who(Viewing.objects.with_cards(viewing.agent).get(pk=viewing.pk))


def _to(mail) -> str:
    return address_of(mail.customer) if mail.customer else mail.user.email


def appointment_of(viewing: Viewing, *, summary: str = "", description: str = "", url: str = "") -> Appointment:
    """A viewing as calendars know it: one identity whatever happens to it."""
    listing = viewing.listing
    return Appointment(
        uid=f"viewing-{viewing.pk}@{domain()}",
        sequence=viewing.sequence,
        starts_at=viewing.starts_at,
        ends_at=viewing.ends_at,
        changed_at=viewing.modified_at,
        summary=summary or f"Viewing: {listing.label}",
        location=", ".join(part for part in (listing.label, listing.community_name) if part),
        description=description,
        url=url,
        is_confirmed=viewing.showing_status == ShowingStatus.CONFIRMED or viewing.done_at is not None,
        is_cancelled=not viewing.happens,
        latitude=listing.latitude,
        longitude=listing.longitude,
    )


def _appointment(mail) -> Appointment:
    viewing = mail.viewing
    names = _who(viewing) if mail.to == MailTo.AGENT else ""
    one = appointment_of(
        viewing,
        summary=f"Viewing: {viewing.listing.label}" + (f" ({names})" if names else ""),
        description=viewing.access_notes if mail.to != MailTo.OWNER else "",
        url=site_address(viewing.get_absolute_url()) if mail.to == MailTo.AGENT else "",
    )
    organizer = (viewing.agent.full_name, viewing.agent.email)
    return replace(one, organizer=organizer, attendee=(name_of(mail), _to(mail)))
