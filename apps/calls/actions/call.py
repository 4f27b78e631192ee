"""Saving a phone call: person, search, what fits, viewings, note and next step, all of it or nothing."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.calls.slots import MINUTES
from apps.core.events import record
from apps.core.refusals import Refused
from apps.customers.actions.assignment import take
from apps.customers.actions.customer import add_customer
from apps.customers.actions.handing_over import hand_over
from apps.customers.actions.note import NextStep, add_note
from apps.customers.actions.stage import set_stage
from apps.customers.lookups import CustomerRole, NoteKind, Source, Stage
from apps.customers.models import Customer, Task
from apps.customers.policy import why_not_change
from apps.listings.lookups import PropertyType
from apps.listings.models import Listing
from apps.matching.actions.decision import mark_interested
from apps.matching.actions.requirement import REQUIREMENT_FIELDS, save_requirement
from apps.matching.models import Requirement
from apps.matching.views.words import beds, budget, labels, size
from apps.viewings.actions.booking import SlotTaken, book
from apps.viewings.models import Viewing


@dataclass(frozen=True)
class Call:
    """What was said. `customer` is None for somebody new, of whom `details` tell; `picks` are listings and times."""

    customer: Customer | None = None
    details: dict = field(default_factory=dict)
    requirement: Requirement | None = None
    wishes: dict = field(default_factory=dict)
    picks: list[tuple[Listing, datetime | None]] = field(default_factory=list)
    note: str = ""
    next_title: str = ""
    next_due: date | None = None


@dataclass
class SavedCall:
    """What became of it."""

    customer: Customer
    requirement: Requirement | None = None
    viewings: list[Viewing] = field(default_factory=list)


class SlotsTaken(Refused):
    """Nothing was saved because times were taken meanwhile: by key of the listing the SlotTaken, with free times."""

    def __init__(self, taken: dict[int, Refused]):
        super().__init__(_("Nothing was saved yet: a time was taken meanwhile. Choose another beside the listing."))
        self.taken = taken


def why_not_save(call: Call) -> list[str]:
    """Why there is nothing to save."""
    if call.customer or any((value or "") for value in call.details.values()):
        return []
    return [_("Enter the number or the name of the person who calls.")]


@transaction.atomic
def save_call(call: Call, *, by) -> SavedCall:
    """Save all of it, or refuse all of it. Raises SlotsTaken when a time is no longer free."""
    Refused.unless_empty(why_not_save(call))
    saved = SavedCall(_customer(call, by))
    if call.wishes or call.picks:
        saved.requirement = _requirement(call, saved.customer, by)
    for listing, _slot in call.picks:
        mark_interested(saved.requirement, listing, by=by)
    saved.viewings = _book(call.picks, saved.customer, by)
    _write_down(call, saved, by)
    _move_on(saved, by)
    record("call.saved", saved.customer, by=by, viewings=[viewing.pk for viewing in saved.viewings])
    return saved


@transaction.atomic
def pass_call_on(call: Call, customer: Customer, colleague, caller: str, *, by) -> Task:
    """Ask a colleague to call somebody of theirs back; `caller` is what the caller gave, typed by `by`. All that was
    taken down goes with it in words: a search and viewings are the colleague's to write down.
    """
    note = call.note.strip()
    title = f"Call {caller} back: {note}" if note else f"Call {caller} back"
    return hand_over(
        customer, colleague, " ".join(title.split()), "\n".join([f"{caller} called.", *in_words(call)]), by=by
    )


def in_words(call: Call) -> list[str]:
    """What was taken down of a call, a line for each: note, search, listings and times, what was promised."""
    lines = [call.note.strip()] if call.note.strip() else []
    if call.wishes:
        lines.append("Wants: " + ", ".join(_wishes_in_words(dict(call.wishes))))
    for listing, slot in call.picks:
        when = f", asked for {timezone.localtime(slot):%a %d %b %H:%M}" if slot else ""
        lines.append(f"Interested in {listing.label} ({listing.listing_id}){when}")
    if call.next_title.strip():
        by_then = f" by {call.next_due:%d %b}" if call.next_due else ""
        lines.append(f"Promised: {call.next_title.strip()}{by_then}")
    return lines


def _wishes_in_words(wishes) -> list[str]:
    places = wishes.pop("places", None) or []
    wish = Requirement(**{name: value for name, value in wishes.items() if name in REQUIREMENT_FIELDS})
    said = ["rent" if wish.is_lease else "buy", beds(wish), budget(wish), size(wish), *(place.name for place in places)]
    return [word for word in (*said, *labels(wish.features_must)) if word]


def _customer(call, by) -> Customer:
    if call.customer is None:
        is_lease = call.wishes.get("property_type") == PropertyType.RESIDENTIAL_LEASE
        role = CustomerRole.TENANT if is_lease else CustomerRole.BUYER
        return add_customer({"roles": [role], "source": Source.PHONE, **call.details}, by=by)
    if call.customer.agent_id is None and call.customer.waiting_since:
        return take(call.customer, by=by)
    return call.customer


def _requirement(call, customer, by) -> Requirement:
    if call.requirement and not call.wishes:
        return call.requirement
    wishes = dict(call.wishes)
    places = wishes.pop("places", None)
    return save_requirement(customer, wishes, by=by, places=places, requirement=call.requirement)


def _book(picks, customer, by) -> list[Viewing]:
    booked, taken = [], {}
    for listing, slot in sorted((pick for pick in picks if pick[1]), key=lambda pick: pick[1]):
        try:
            with transaction.atomic():
                booked.append(book(listing, [customer], by, slot, MINUTES, by=by))
        except SlotTaken as refusal:
            taken[listing.pk] = refusal
    if taken:
        raise SlotsTaken(taken)
    return booked


def _write_down(call, saved, by) -> None:
    step = None
    if call.next_title.strip():
        step = NextStep(call.next_title, call.next_due or timezone.localdate())
    add_note(saved.customer, NoteKind.CALL, call.note.strip() or _in_short(call), by=by, next_step=step)


def _in_short(call) -> str:
    """What the call was about where nobody wrote it down."""
    names = ", ".join(listing.label for listing, _slot in call.picks)
    return f"Phone call. Interested in {names}." if names else "Phone call."


def _move_on(saved, by) -> None:
    """A new customer who looks for something is searching; one with a viewing is viewing."""
    if why_not_change(saved.customer, by):
        return
    stage = saved.customer.stage
    if saved.viewings and stage in (Stage.NEW, Stage.SEARCHING, Stage.DORMANT):
        saved.customer = set_stage(saved.customer, Stage.VIEWING, by=by)
    elif saved.requirement and stage in (Stage.NEW, Stage.DORMANT):
        saved.customer = set_stage(saved.customer, Stage.SEARCHING, by=by)
