"""Who looks after a customer."""

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.events import record
from apps.core.refusals import NotAllowed, Refused
from apps.customers.models import Customer


def why_not_assign(by) -> list[str]:
    """Why this person may not give customers to agents."""
    return (
        [] if by.has_perm("customers.assign_customer") else [_("Only a manager may give a customer to another agent.")]
    )


@transaction.atomic
def assign(customer: Customer, agent, *, by) -> Customer:
    """Make `agent` responsible for the customer, who then waits no longer."""
    NotAllowed.unless_empty(why_not_assign(by))
    if not User.objects.agents().filter(pk=agent.pk).exists():
        raise Refused(_("%(agent)s cannot be responsible for customers. Choose an active agent.") % {"agent": agent})
    row = _locked(customer)
    if row.agent_id != agent.pk:
        old = str(row.agent) if row.agent else ""
        _give(row, agent)
        record("customer.assigned", row, by=by, old=old, new=str(agent))
    return row


def why_not_take(customer: Customer, by) -> list[str]:
    """Why this person may not become the agent of a customer whom nobody looks after."""
    if not by.has_perm("customers.change_customer"):
        return [_("Your role may not look after customers.")]
    if customer.agent_id == by.pk:
        return [_("You look after this customer already.")]
    if customer.agent_id is not None:
        return [_("%(agent)s took this customer already.") % {"agent": customer.agent.short_name}]
    if not type(customer).objects.visible_to(by).filter(pk=customer.pk).exists():
        return [_("You may not see this customer. Ask a manager.")]
    return []


@transaction.atomic
def take(customer: Customer, *, by) -> Customer:
    """Make `by` responsible for a customer whom nobody took yet; the first one wins."""
    row = _locked(customer)
    if not by.has_perm("customers.change_customer"):
        raise NotAllowed(*why_not_take(row, by))
    Refused.unless_empty(why_not_take(row, by))
    waited = row.waiting_since
    _give(row, by)
    record("customer.taken", row, by=by, waiting_since=waited.isoformat() if waited else None)
    return row


def _locked(customer) -> Customer:
    return Customer.objects.select_for_update(of=["self"]).select_related("agent").get(pk=customer.pk)


def _give(row, agent):
    row.agent, row.waiting_since, row.version = agent, None, row.version + 1
    row.save(update_fields=["agent", "waiting_since", "version", "modified_at"])
    row.refresh_from_db(fields=["team"])


@transaction.atomic
def pass_to_team(customer: Customer, *, since, by) -> Customer:
    """Let whoever of the team is first take a customer whose agent did not answer; they wait since that moment."""
    row = _locked(customer)
    NotAllowed.unless_empty(why_not_assign(by))
    if row.agent is not None:
        old, row.agent, row.waiting_since, row.version = str(row.agent), None, since, row.version + 1
        row.save(update_fields=["agent", "waiting_since", "version", "modified_at"])
        record("customer.passed_to_team", row, by=by, old=old)
    return row
