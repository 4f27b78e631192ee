"""The step after a viewing, proposed by what the customer thought and planned with one tick."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Agency
from apps.core.refusals import NotAllowed
from apps.customers.actions.task import add_task
from apps.viewings.lookups import Verdict
from apps.viewings.models import Feedback
from apps.viewings.policy import why_not_change

STEPS = {
    Verdict.LIKED: _("Ask {name} for an offer on {label}"),
    Verdict.MAYBE: _("Call {name} about {label}"),
    Verdict.NO: _("Send {name} other listings"),
}


def proposed_step(feedback: Feedback) -> str:
    """What is likely to come next, in words."""
    label = feedback.viewing.listing.label
    return STEPS[Verdict(feedback.verdict)].format(name=feedback.customer.label, label=label)[:200]


def next_working_day(today: date, weekend: list[int]) -> date:
    """The day after, and after the weekend."""
    day = today + timedelta(days=1)
    while day.weekday() in weekend and len(set(weekend)) < 7:
        day += timedelta(days=1)
    return day


@transaction.atomic
def plan_next_step(feedback: Feedback, title: str, *, by):
    """Make the step a task of the agent who showed, due on the next working day; nothing without words."""
    NotAllowed.unless_empty(why_not_change(feedback.viewing, by))
    if not title.strip():
        return None
    due_on = next_working_day(timezone.localdate(), Agency.current().weekend)
    return add_task(feedback.customer, title.strip()[:200], due_on, feedback.viewing.agent, by=by)
