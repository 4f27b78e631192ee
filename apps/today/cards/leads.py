"""New customers whom nobody took yet, each with a clock: answered within a quarter of an hour, or too late."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core.counting import CHEAP_UP_TO, capped_counts
from apps.customers.models import Customer

ANSWER_WITHIN = 15  # minutes
AMBER, RED = 5, 10  # minutes gone
IN_CARD = 6
HUES = 12  # of avatars


@dataclass(frozen=True)
class Lead:
    """Somebody who waits; `css` is the colour of the clock, `words` how long."""

    customer: Customer
    minutes: int

    @property
    def css(self) -> str:
        return colour(self.minutes)

    @property
    def words(self) -> str:
        return age(self.minutes)

    @property
    def about(self) -> str:
        """What is known of why they came."""
        return self.customer.summary or " · ".join([self.customer.get_source_display(), *self.customer.role_labels])

    @property
    def hue(self) -> int:
        return self.customer.pk * 5 % HUES

    @property
    def full(self) -> int:
        """How much of the quarter of an hour is gone."""
        return min(self.minutes, ANSWER_WITHIN)


def load(request, limit: int = IN_CARD) -> dict:
    rows = Customer.objects.visible_to(request.user).waiting()
    (count,) = capped_counts(rows, cap=CHEAP_UP_TO)
    now = timezone.now()
    leads = [Lead(customer, minutes_since(customer.waiting_since, now)) for customer in rows[:limit]]
    return {"leads": leads, "count": count, "within": ANSWER_WITHIN}


def colour(minutes: int) -> str:
    """Of the clock: green, amber, red."""
    return "worse" if minutes >= RED else "late" if minutes >= AMBER else "good"


def minutes_since(moment, now) -> int:
    """Whole minutes gone."""
    return max(int((now - moment).total_seconds() // 60), 0)


def age(minutes: int) -> str:
    """“11 min”, “3 h”, “2 days”."""
    if minutes < 60:
        return _("%(count)d min") % {"count": minutes}
    if minutes < 48 * 60:
        return _("%(count)d h") % {"count": minutes // 60}
    return _("%(count)d days") % {"count": minutes // (24 * 60)}
