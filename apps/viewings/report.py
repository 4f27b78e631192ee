"""The owner's report: what was done for the listing, what was said of it, and what comes next. No customer is named."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.listings.charts import PriceChart, price_chart
from apps.matching.lookups import Verdict as MatchVerdict
from apps.matching.models import Decision, Sending
from apps.viewings.lookups import Reason, Verdict
from apps.viewings.models import Feedback, Viewing
from apps.viewings.owner_words import HOW


@dataclass(frozen=True)
class Shown:
    """One viewing of the report: when, how it stands, and what was said, a sentence for each customer."""

    viewing: Viewing
    words: list[str]


@dataclass(frozen=True)
class Report:
    """Everything on the page, the same for paper and PDF."""

    listing: object
    made_on: date
    shown: list[Shown]
    upcoming: list[Viewing]
    verdicts: list[tuple[str, int]]
    reasons: list[tuple[str, int]]
    enquiries: list[tuple[str, int]]
    prices: list
    chart: PriceChart | None
    days_on_market: int | None
    next_step: str


MOST = 60
_counters: list[Callable[..., list[tuple[str, int]]]] = []


def add_to_report(counter: Callable[..., list[tuple[str, int]]]) -> None:
    """Let another app say how often a listing was asked for: `counter(listing)` gives words and counts. At start."""
    _counters.append(counter)


def report_of(listing, next_step: str = "") -> Report:
    """The report as things stand now; `next_step` replaces the sentence that the figures suggest."""
    now, today = timezone.now(), timezone.localdate()
    viewings = list(
        Viewing.objects.filter(listing=listing).happening().order_by("starts_at").prefetch_related("feedback")[:MOST]
    )
    over, upcoming = [], []
    for viewing in viewings:
        (over if viewing.is_over(now) else upcoming).append(viewing)
    given = [one for viewing in over for one in viewing.feedback.all()]
    prices = list(listing.price_changes.all())
    return Report(
        listing=listing,
        made_on=today,
        shown=[Shown(viewing, [_said(one) for one in viewing.feedback.all()]) for viewing in reversed(over)],
        upcoming=upcoming,
        verdicts=[(verdict.label, sum(one.verdict == verdict for one in given)) for verdict in Verdict],
        reasons=_counted(given),
        enquiries=_enquiries(listing),
        prices=prices,
        chart=price_chart(prices, now),
        days_on_market=listing.days_on_market(today),
        next_step=next_step.strip() or proposal(given, upcoming),
    )


def proposal(given: list[Feedback], upcoming: list[Viewing]) -> str:
    """The next step that the figures suggest."""
    dear = sum(Reason.TOO_DEAR in one.reasons for one in given)
    liked = sum(one.verdict == Verdict.LIKED for one in given)
    if liked:
        one = _("%(count)s visitor liked it: we ask for an offer.")
        words = one if liked == 1 else _("%(count)s visitors liked it: we ask them for an offer.")
        return words % {"count": liked}
    if dear >= 2 and dear * 2 >= len(given):
        return _("%(dear)s of %(all)s visitors said too dear: let us talk about the price.") % {
            "dear": dear,
            "all": len(given),
        }
    if upcoming:
        words = ngettext("%(count)s more viewing is booked.", "%(count)s more viewings are booked.", len(upcoming))
        return words % {"count": len(upcoming)} + " " + _("We tell you what was said.")
    return _("We suggest the apartment to more customers and tell you whom it fits.")


def _said(one: Feedback) -> str:
    parts = [str(HOW[Verdict(one.verdict)])]
    if one.reason_words:
        parts.append(", ".join(one.reason_words) + ".")
    if one.line:
        parts.append(f"“{one.line}”")
    return " ".join(parts)


def _counted(given) -> list[tuple[str, int]]:
    counts = [(str(reason.label), sum(reason in one.reasons for one in given)) for reason in Reason]
    return sorted((pair for pair in counts if pair[1]), key=lambda pair: -pair[1])


def _enquiries(listing) -> list[tuple[str, int]]:
    """How many heard of the listing and said they were interested, and what other apps count."""
    sent = Sending.objects.filter(listing=listing).values("customer").distinct().count()
    interested = Decision.objects.filter(listing=listing, verdict=MatchVerdict.INTERESTED).count()
    counted = [pair for counter in _counters for pair in counter(listing)]
    return [*counted, (_("Customers it was sent to"), sent), (_("Interested"), interested)]
