"""One verb for many customers. Each row goes through the same action as alone; what is refused stays as it was."""

from collections.abc import Iterable

from apps.core.lists.bulk import Outcome, each
from apps.core.refusals import NotAllowed
from apps.customers.actions.assignment import assign, why_not_assign
from apps.customers.models import Customer


def assign_many(customers: Iterable[Customer], agent, *, by) -> Outcome:
    """Make `agent` responsible for each customer."""
    NotAllowed.unless_empty(why_not_assign(by))
    opened = ((customer, customer.version) for customer in customers)
    return each(opened, lambda customer, _version: assign(customer, agent, by=by))
