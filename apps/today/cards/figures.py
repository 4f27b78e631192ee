"""The figures on top of Today, each with one comparison in words and a link to the list behind it."""

from datetime import timedelta

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from apps.core.counting import CHEAP_UP_TO, capped_counts, capped_words
from apps.listings.lookups import ON_MARKET, StandardStatus
from apps.listings.models import Listing
from apps.today.cards import feedback, leads, tasks, whose
from apps.today.registry import Stat
from apps.viewings.calendar import week_of
from apps.viewings.models import Viewing

REDUCED = Q(list_price__lt=F("previous_list_price"))


def waiting(request) -> Stat:
    """Who waits for an answer, and how long the first of them does."""
    customers, enquiries = leads.waiting(request)
    counts = capped_counts(customers, enquiries, cap=CHEAP_UP_TO)
    url = reverse("today:card", args=["leads"])
    firsts = [
        customers.values_list("waiting_since", flat=True).first() if counts[0] else None,
        enquiries.values_list("asked_at", flat=True).first() if counts[1] else None,
    ]
    oldest = min((moment for moment in firsts if moment), default=None)
    if oldest is None:
        return Stat(capped_words(sum(counts)), url, _("all answered"), "good")
    minutes = leads.minutes_since(oldest, timezone.now())
    words = _("oldest %(age)s") % {"age": leads.age(minutes)}
    return Stat(capped_words(sum(counts)), url, words, leads.colour(minutes))


def tasks_due(request) -> Stat:
    """Tasks due, and how many of them are late."""
    rows = tasks.due(request.user)
    count, late = capped_counts(rows, rows.filter(due_on__lt=timezone.localdate()), cap=CHEAP_UP_TO)
    words = _("%(count)s late") % {"count": capped_words(late)} if late else ""
    return Stat(capped_words(count), reverse("tasks:list"), words, "late")


def viewings_today(request) -> Stat:
    """Viewings of today; how many wait for feedback, else how many more this week."""
    today = timezone.localdate()
    mine = whose.of(request.user, "agent", whose.ANY_VIEWING)
    rows = Viewing.objects.visible_to(request.user).filter(mine).happening()
    week = rows.between(today + timedelta(days=1), week_of(today, request.agency.weekend)[-1])
    waiting = feedback.outstanding(request.user)
    count, later, unheard = capped_counts(rows.on_day(today), week, waiting, cap=CHEAP_UP_TO)
    words = _("%(count)s more this week") % {"count": capped_words(later)} if later else ""
    if unheard:
        words = (
            _("1 needs feedback") if unheard == 1 else _("%(count)s need feedback") % {"count": capped_words(unheard)}
        )
    return Stat(capped_words(count), reverse("viewings:calendar"), words, "late" if unheard else "")


def on_the_market(request) -> Stat:
    """One's own listings on the market (all for those who have none of their own), and how many are active."""
    is_agent = request.user.has_perm("listings.change_listing")
    mine = whose.of(request.user, "list_agent", whose.ANY_LISTING) if is_agent else Q()
    rows = Listing.objects.visible_to(request.user).filter(mine)
    there = rows.filter(standard_status__in=ON_MARKET)
    count, active = capped_counts(there, rows.filter(standard_status=StandardStatus.ACTIVE), cap=CHEAP_UP_TO)
    own = is_agent and not request.user.has_perm(whose.ANY_LISTING)
    words = _("%(count)s active") % {"count": capped_words(active)} if active != count else ""
    return Stat(
        capped_words(count), _listings(status=[one.value for one in ON_MARKET], agent=["me"] if own else []), words
    )


def reduced(request) -> Stat:
    """Listings on the market whose price went down."""
    asked = {"status": [one.value for one in ON_MARKET], "moved": ["reduced"]}
    rows = Listing.objects.visible_to(request.user).filter(REDUCED, standard_status__in=ON_MARKET)
    (count,) = capped_counts(rows, cap=CHEAP_UP_TO)
    return Stat(capped_words(count), _listings(**asked))


def without_photos(request) -> Stat:
    """Active listings without a photo."""
    rows = Listing.objects.visible_to(request.user).filter(standard_status=StandardStatus.ACTIVE, photo_count=0)
    (count,) = capped_counts(rows, cap=CHEAP_UP_TO)
    return Stat(capped_words(count), _listings(status=[StandardStatus.ACTIVE.value], photos=["no"]), "", "late")


def _listings(**filters: list[str]) -> str:
    return f"{reverse('listings:list')}?{urlencode(filters, doseq=True)}"
