"""Viewings of earlier days after which nobody wrote down what the customer thought; today's are in the agenda."""

from django.utils import timezone

from apps.core.counting import CHEAP_UP_TO, capped_counts
from apps.today.cards import whose
from apps.viewings.models import Viewing
from apps.viewings.queries import bounds

IN_CARD = 5


def outstanding(user):
    """Those of this person, or of those they answer for."""
    mine = whose.of(user, "agent", whose.ANY_VIEWING)
    return Viewing.objects.visible_to(user).filter(mine).awaiting_feedback(timezone.now())


def load(request, limit: int = IN_CARD) -> dict:
    """The first of `outstanding` whose day is over, and how many there are."""
    day = timezone.localdate()
    rows = outstanding(request.user).filter(starts_at__lt=bounds(day, day)[0])
    (count,) = capped_counts(rows, cap=CHEAP_UP_TO)
    return {"viewings": list(rows.with_cards(request.user)[:limit]), "count": count}
