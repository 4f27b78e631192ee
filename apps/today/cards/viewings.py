"""The day's viewings as an agenda: a line where now is, the way from each to the next, what to bring, whom to call."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.customers.lookups import Channel
from apps.customers.models import Consent, Phone
from apps.today.cards import whose
from apps.viewings.lookups import ShowingStatus
from apps.viewings.models import Feedback, Viewing
from apps.viewings.travel import with_ways

IN_CARD = 12


@dataclass(frozen=True)
class Stop:
    """A viewing in the agenda. `is_next` is the one to go to; `wants_feedback` says that somebody's word is missing."""

    viewing: Viewing
    is_over: bool
    is_next: bool
    is_after_now: bool
    wants_feedback: bool
    phone: Phone | None
    may_write: bool

    @property
    def who(self) -> str:
        """The customers this person may know of; colleagues' customers are only counted."""
        known = [customer.label for customer in self.viewing.known_customers]
        hidden = len(self.viewing.guests.all()) - len(known)
        if hidden:
            one = pgettext("one person", "a colleague's customer")
            known.append(one if hidden == 1 else _("%d customers of colleagues") % hidden)
        return _(" and ").join(known)

    @property
    def tag(self) -> str:
        """What to say of it: done, collect the key, confirmed, not confirmed."""
        if self.is_over:
            return "" if self.wants_feedback and not self.viewing.done_at else "done"
        if self.viewing.key_name:
            return "key"
        return "confirmed" if self.viewing.showing_status == ShowingStatus.CONFIRMED else "open"

    @property
    def map_url(self) -> str:
        """Where a map shows the way; empty where nobody knows where it is."""
        listing = self.viewing.listing
        if listing.latitude is None or listing.longitude is None:
            return ""
        return f"https://www.google.com/maps/dir/?api=1&destination={listing.latitude},{listing.longitude}"


def load(request, limit: int = IN_CARD) -> dict:
    """The viewings of today in their order, with who comes, how to get in, and where now is."""
    user, now = request.user, timezone.now()
    mine = whose.of(user, "agent", whose.ANY_VIEWING)
    rows = Viewing.objects.visible_to(user).filter(mine).happening().on_day(timezone.localdate())
    viewings = list(rows.with_cards(user).order_by("starts_at", "pk")[: limit + 1])
    stops = _stops(with_ways(viewings[:limit]), now)
    ahead = [stop for stop in stops if not stop.is_over]
    return {
        "stops": stops,
        "count": len(stops),
        "is_more": len(viewings) > limit,
        "keys": sum(bool(stop.viewing.key_name) for stop in ahead),
        "now": timezone.localtime(now),
        "now_is_last": bool(stops) and not any(stop.is_after_now for stop in stops),
        "with_agents": user.has_perm(whose.ANY_VIEWING),
    }


def _stops(viewings: list[Viewing], now: datetime) -> list[Stop]:
    customers = [customer.pk for viewing in viewings for customer in viewing.known_customers]
    phones, agreed = _phones(customers), _agreed(customers)
    heard = set(Feedback.objects.filter(viewing__in=viewings).values_list("viewing_id", "customer_id"))
    ahead = next((viewing for viewing in viewings if not viewing.is_over(now)), None)
    future = next((viewing for viewing in viewings if viewing.starts_at > now), None)
    stops = []
    for viewing in viewings:
        callable_ones = [one.pk for one in viewing.known_customers if one.pk in phones and not one.do_not_contact]
        guests = {(viewing.pk, guest.customer_id) for guest in viewing.guests.all()}
        is_over = viewing.is_over(now)
        stop = Stop(
            viewing,
            is_over,
            is_next=viewing is ahead,
            is_after_now=viewing is future,
            wants_feedback=is_over and bool(guests - heard),
            phone=phones[callable_ones[0]] if callable_ones else None,
            may_write=bool(callable_ones) and callable_ones[0] in agreed,
        )
        stops.append(stop)
    return stops


def _phones(customers: list[int]) -> dict[int, Phone]:
    """The first number of each that can be dialled."""
    found = Phone.objects.filter(customer__in=customers).exclude(e164="").order_by("-position", "-pk")
    return {phone.customer_id: phone for phone in found}


def _agreed(customers: list[int]) -> set[int]:
    """Those whose last word on WhatsApp was yes."""
    said = Consent.objects.filter(customer__in=customers, channel=Channel.WHATSAPP).order_by("at", "pk")
    latest = {consent.customer_id: consent.granted for consent in said}
    return {pk for pk, granted in latest.items() if granted}
