"""Booking a viewing, moving it, and whether it happens."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.refusals import NotAllowed, Refused
from apps.core.versions import claim_version
from apps.listings.models import Listing
from apps.viewings.events import record_viewing, spoken
from apps.viewings.lookups import CALLED_OFF, MailAbout, MailTo, ShowingStatus
from apps.viewings.mails.outbox import put_in_outbox
from apps.viewings.models import Viewing, ViewingGuest
from apps.viewings.models.viewing import LONGEST, SHORTEST, USUAL
from apps.viewings.policy import why_not_book, why_not_change, why_not_meet
from apps.viewings.slots import clashes, nearest_slots, queue_up

EVERYBODY = frozenset(MailTo.values)
LOGGED_LATE, BOOKED_AHEAD = timedelta(days=14), timedelta(days=400)


class SlotTaken(Refused):
    """Agent, apartment or key is taken then; `slots` are the nearest times at which none is."""

    def __init__(self, *sentences: str, slots: Iterable[datetime] = ()):
        super().__init__(*sentences)
        self.slots = list(slots)


def why_not_then(listing: Listing, starts_at: datetime, minutes: int) -> list[str]:
    """Why nobody can view this listing at that time, whoever shows it."""
    now, reasons = timezone.now(), []
    if listing.has_ended:
        label = listing.get_standard_status_display().lower()
        words = {"listing": listing.label, "status": label}
        reasons.append(_("%(listing)s is %(status)s. Put it on the market again before you show it.") % words)
    if not SHORTEST <= minutes <= LONGEST:
        words = {"shortest": SHORTEST, "longest": LONGEST}
        reasons.append(_("A viewing lasts %(shortest)s to %(longest)s minutes.") % words)
    if starts_at < now - LOGGED_LATE:
        reasons.append(_("That was more than two weeks ago. Write a note instead."))
    if starts_at > now + BOOKED_AHEAD:
        reasons.append(_("That is more than a year ahead. Check the date."))
    return reasons


@transaction.atomic
def book(
    listing: Listing,
    customers: Iterable,
    agent,
    starts_at: datetime,
    minutes: int = USUAL,
    *,
    by,
    key_name: str = "",
    access_notes: str = "",
    tell: Iterable[str] = EVERYBODY,
    tour=None,
    position: int | None = None,
) -> Viewing:
    """Book a viewing with that agent, and mail those in `tell` (values of MailTo); nobody about what is past.

    Raises SlotTaken, with the nearest free times, when agent, apartment or key is taken then.
    """
    customers = list(customers)
    NotAllowed.unless_empty(why_not_book(listing, agent, by) + why_not_meet(customers, by))
    if not customers:
        raise Refused(_("Choose whom you show it to."))
    Refused.unless_empty(why_not_then(listing, starts_at, minutes))
    if not User.objects.agents().filter(pk=agent.pk).exists():
        raise Refused(_("%(agent)s cannot show apartments. Choose an active agent.") % {"agent": agent})
    viewing = Viewing(
        listing=listing,
        agent=agent,
        starts_at=starts_at,
        minutes=minutes,
        key_name=key_name.strip(),
        access_notes=access_notes.strip(),
        tour=tour,
        position=position,
        created_by=by,
    )
    _take_the_slot(viewing)
    ViewingGuest.objects.bulk_create(ViewingGuest(viewing=viewing, customer=one) for one in customers)
    record_viewing("viewing.booked", viewing, by=by)
    put_in_outbox(viewing, MailAbout.BOOKED, to=tell, by=by)
    return viewing


def why_not_move(viewing: Viewing, by) -> list[str]:
    """Why this person may not give the viewing another time, or why nobody may."""
    return why_not_change(viewing, by) or _why_settled(viewing)


@transaction.atomic
def move(
    viewing: Viewing,
    starts_at: datetime,
    minutes: int | None = None,
    *,
    version: int,
    by,
    agent=None,
    key_name: str | None = None,
    access_notes: str | None = None,
    tell: Iterable[str] = EVERYBODY,
) -> Viewing:
    """Give the viewing another time, agent or key; another time is to be confirmed anew, and told."""
    NotAllowed.unless_empty(why_not_change(viewing, by))
    Refused.unless_empty(_why_settled(viewing))
    agent, minutes = agent or viewing.agent, minutes or viewing.minutes
    if agent.pk != viewing.agent_id:
        NotAllowed.unless_empty(why_not_book(viewing.listing, agent, by))
    Refused.unless_empty(why_not_then(viewing.listing, starts_at, minutes))
    claim_version(viewing, version)
    old, was_told = viewing.starts_at, (viewing.starts_at, viewing.minutes, viewing.agent_id)
    viewing.starts_at, viewing.minutes, viewing.agent = starts_at, minutes, agent
    viewing.key_name = viewing.key_name if key_name is None else key_name.strip()
    viewing.access_notes = viewing.access_notes if access_notes is None else access_notes.strip()
    is_news = was_told != (starts_at, minutes, agent.pk)
    if is_news:
        viewing.sequence += 1
        viewing.showing_status = ShowingStatus.PENDING
    _take_the_slot(viewing)
    if not is_news:
        record_viewing("viewing.edited", viewing, by=by)
        return viewing
    record_viewing("viewing.moved", viewing, by=by, old=timezone.localtime(old).isoformat(timespec="minutes"))
    put_in_outbox(viewing, MailAbout.MOVED, to=tell, by=by)
    return viewing


def why_not_confirm(viewing: Viewing, by) -> list[str]:
    """Why this person may not confirm the viewing, or why nobody may."""
    if viewing.showing_status == ShowingStatus.CONFIRMED:
        return [_("The viewing is confirmed already.")]
    return why_not_change(viewing, by) or _why_settled(viewing)


@transaction.atomic
def confirm(viewing: Viewing, *, version: int, by, tell: Iterable[str] = (MailTo.CUSTOMER,)) -> Viewing:
    """Write down that owner or tenant lets people in then; the customer is told."""
    NotAllowed.unless_empty(why_not_change(viewing, by))
    Refused.unless_empty(why_not_confirm(viewing, by))
    claim_version(viewing, version)
    viewing.showing_status = ShowingStatus.CONFIRMED
    viewing.save(update_fields=["showing_status", "modified_at"])
    record_viewing("viewing.confirmed", viewing, by=by)
    put_in_outbox(viewing, MailAbout.CONFIRMED, to=tell, by=by)
    return viewing


def why_not_cancel(viewing: Viewing, by) -> list[str]:
    """Why this person may not call the viewing off, or why nobody may."""
    return why_not_change(viewing, by) or _why_settled(viewing)


def cancel(viewing: Viewing, *, version: int, by, reason: str = "", tell: Iterable[str] = EVERYBODY) -> Viewing:
    """Call the viewing off."""
    return _call_off(viewing, ShowingStatus.CANCELLED, "viewing.cancelled", version, by, reason, tell)


def deny(viewing: Viewing, *, version: int, by, reason: str = "", tell: Iterable[str] = EVERYBODY) -> Viewing:
    """Write down that the owner or tenant does not let people in then."""
    return _call_off(viewing, ShowingStatus.DENIED, "viewing.denied", version, by, reason, tell)


@transaction.atomic
def _call_off(viewing, status, verb, version, by, reason, tell):
    NotAllowed.unless_empty(why_not_change(viewing, by))
    Refused.unless_empty(_why_settled(viewing))
    claim_version(viewing, version)
    viewing.showing_status, viewing.why_called_off = status, reason.strip()[:300]
    viewing.sequence += 1
    viewing.save(update_fields=["showing_status", "why_called_off", "sequence", "modified_at"])
    record_viewing(verb, viewing, by=by, reason=viewing.why_called_off)
    put_in_outbox(viewing, MailAbout.CALLED_OFF, to=tell, by=by)
    return viewing


def why_not_done(viewing: Viewing, by) -> list[str]:
    """Why the viewing cannot be marked as shown."""
    if viewing.starts_at > timezone.now():
        return [_("The viewing has not begun yet.")]
    return why_not_change(viewing, by) or _why_settled(viewing)


@transaction.atomic
def done(viewing: Viewing, *, version: int, by) -> Viewing:
    """Write down that the listing was shown."""
    NotAllowed.unless_empty(why_not_change(viewing, by))
    Refused.unless_empty(why_not_done(viewing, by))
    claim_version(viewing, version)
    mark_done(viewing, by=by)
    return viewing


def mark_done(viewing: Viewing, *, by) -> None:
    """Set the moment at which it was shown; for actions that have claimed or locked the row."""
    viewing.done_at, viewing.version = timezone.now(), viewing.version + 1
    viewing.save(update_fields=["done_at", "version", "modified_at"])
    record_viewing("viewing.done", viewing, by=by)


def _why_settled(viewing) -> list[str]:
    if viewing.showing_status in CALLED_OFF:
        return [
            _("The viewing is %(status)s. Book a new one.") % {"status": viewing.get_showing_status_display().lower()}
        ]
    return [_("The viewing is over.")] if viewing.done_at else []


def _take_the_slot(viewing) -> None:
    """Write the row if agent, apartment and key are free; the constraints hold whoever writes without asking."""
    queue_up(viewing.listing, [viewing.agent], viewing.key_name)
    asked = (viewing.listing, viewing.agent, viewing.starts_at, viewing.minutes)
    in_the_way = clashes(*asked, key_name=viewing.key_name, besides=viewing)
    if in_the_way:
        raise _taken(viewing, in_the_way)
    try:
        with transaction.atomic():
            viewing.save()
    except IntegrityError as error:
        if not getattr(error.__cause__, "sqlstate", "") == EXCLUSION_VIOLATION:
            raise
        raise _taken(viewing, clashes(*asked, key_name=viewing.key_name, besides=viewing)) from error
    viewing.refresh_from_db(fields=["unit", "ends_at"])


EXCLUSION_VIOLATION = "23P01"


def _taken(viewing, in_the_way) -> SlotTaken:
    asked = (viewing.listing, viewing.agent, viewing.starts_at, viewing.minutes)
    slots = nearest_slots(*asked, key_name=viewing.key_name, besides=viewing)
    sentences = [_who_is_in_the_way(viewing, other) for other in in_the_way[:2]] or [_("That time was just taken.")]
    if slots:
        sentences.append(_("Free next: %(slots)s.") % {"slots": "; ".join(spoken(slot) for slot in slots)})
    return SlotTaken(*sentences, slots=slots)


def _who_is_in_the_way(viewing, other) -> str:
    start, end = timezone.localtime(other.starts_at), timezone.localtime(other.ends_at)
    words = {"agent": other.agent.short_name, "listing": other.listing.label, "key": other.key_name}
    words |= {"start": f"{start:%H:%M}", "end": f"{end:%H:%M}"}
    if other.agent_id == viewing.agent_id:
        return _("%(agent)s shows %(listing)s from %(start)s to %(end)s.") % words
    if other.unit_id == viewing.listing.unit_id:
        return _("%(listing)s is shown by %(agent)s from %(start)s to %(end)s.") % words
    return _("%(agent)s has the key “%(key)s” from %(start)s to %(end)s.") % words
