"""How far the agency is with a customer."""

from django.db import transaction
from django.utils.translation import gettext as _

from apps.core.events import record
from apps.core.refusals import Conflict, NotAllowed, Refused
from apps.customers.lookups import Stage
from apps.customers.models import Customer
from apps.customers.policy import why_not_change


@transaction.atomic
def set_stage(customer: Customer, stage: str, *, by, reason: str = "", was: str | None = None) -> Customer:
    """Give the customer another stage, and return it as it is now. `was` is the stage that `by` saw: one that somebody
    else gave meanwhile is not overwritten.
    """
    NotAllowed.unless_empty(why_not_change(customer, by))
    if stage not in Stage.values:
        raise Refused(_("“%(stage)s” is no stage of a customer.") % {"stage": stage})
    row = Customer.objects.select_for_update(of=["self"]).get(pk=customer.pk)
    if was is not None and row.stage not in (was, stage):
        now = Stage(row.stage).label
        raise Conflict(
            _("The stage of %(row)s was changed to %(now)s meanwhile. Look again, then choose.")
            % {"row": row.label, "now": now},
            current=row,
        )
    if row.stage != stage:
        old, row.stage, row.version = row.stage, stage, row.version + 1
        row.save(update_fields=["stage", "version", "modified_at"])
        record("customer.stage_changed", row, by=by, old=old, new=stage, reason=reason.strip()[:300])
    return row
