"""Leaving for a colleague what somebody of theirs said to somebody else: in it goes, nothing comes out."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core.events import record
from apps.core.refusals import NotAllowed, Refused
from apps.customers.models import Customer, Task
from apps.customers.policy import may_see_contacts

TITLE = Task._meta.get_field("title").max_length


@transaction.atomic
def hand_over(customer: Customer, colleague, title: str, text: str, *, by) -> Task:
    """A task for the colleague who looks after the customer, due today, and the whole text in the customer's timeline.
    `by` need not see the customer: nobody is told anything that they did not know.
    """
    if not by.has_perm("customers.change_customer"):
        raise NotAllowed(_("Your role may not write to customers."))
    if not title.strip():
        raise Refused(_("Say what it is about."))
    if not may_see_contacts(customer, colleague):
        raise Refused(
            _("%(colleague)s does not look after this person. Ask a manager.") % {"colleague": colleague.short_name}
        )
    short = title if len(title) <= TITLE else title[: TITLE - 1] + "…"
    today = timezone.localdate()
    task = Task.objects.create(customer=customer, title=short, due_on=today, assignee=colleague, created_by=by)
    record("customer.handed_over", customer, by=by, task=task.pk, to=colleague.short_name, text=text.strip()[:6000])
    return task
