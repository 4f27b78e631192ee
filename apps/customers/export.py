"""Customers as a table to take away, with headers that an import reads as they are.

Rows are read from a cursor and handed on as they come. Customers who asked not to be contacted are listed, but without
phones and e-mail addresses, and one column says so; what was said about each channel stands in a column of its own.
"""

from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _

from apps.core.events import record
from apps.core.lists.files import Column
from apps.core.refusals import NotAllowed
from apps.customers.lookups import Channel
from apps.customers.models import Customer

AT_ONCE = 2_000
OWN = ("reference", "kind", "full_name", "company_name", "stage", "language", "nationality", "source", "campaign")
PLANS = ("payment", "moving_on", "summary", "last_contact_at", "next_task_due", "next_task_title", "created_at")


def why_not_export(by) -> list[str]:
    """Why this person may not take customers away."""
    if by.has_perm("customers.export_customer"):
        return []
    return [_("Your role may not export customers. Ask a manager.")]


@transaction.atomic
def export(rows, kind: str, *, by, asked: str = "") -> tuple[list[str], Iterator[list]]:
    """Headers and rows of `rows` (a QuerySet that `by` may see); the event says how it was asked for."""
    NotAllowed.unless_empty(why_not_export(by))
    record("customer.exported", by, by=by, kind=kind, asked=asked)
    columns = _columns()
    return [column.name for column in columns], _values(rows, columns)


def _columns() -> list[Column]:
    columns = [Column(name, _attribute(name)) for name in OWN]
    columns.append(Column("roles", lambda customer: ", ".join(customer.roles)))
    columns.append(Column("do_not_contact", lambda customer: "do not contact" if customer.do_not_contact else ""))
    columns.append(Column("phones", _contacts("phones")))
    columns.append(Column("emails", _contacts("emails")))
    columns += [Column(f"consent_{channel}", _consent(channel)) for channel in Channel.values]
    columns += [Column(name, _attribute(name)) for name in PLANS]
    columns.append(Column("agent_email", lambda customer: customer.agent.email if customer.agent else ""))
    columns.append(Column("team", lambda customer: customer.team.name if customer.team else ""))
    return columns


def _values(rows, columns) -> Iterator[list]:
    rows = rows.select_related("agent", "team").prefetch_related("phones", "emails", "consents").order_by("pk")
    # In a transaction the cursor stays open at the server without first copying its whole result.
    with transaction.atomic():
        for customer in rows.iterator(chunk_size=AT_ONCE):
            yield [column.value(customer) for column in columns]


def _attribute(name):
    return lambda customer: getattr(customer, name)


def _contacts(name):
    def value(customer: Customer) -> str:
        return "" if customer.do_not_contact else ", ".join(str(one) for one in getattr(customer, name).all())

    return value


def _consent(channel):
    """The last word on the channel: yes, no, or nothing where it was never asked."""

    def value(customer: Customer) -> str:
        said = next((one.granted for one in customer.consents.all() if one.channel == channel), None)
        return "" if said is None else "yes" if said else "no"

    return value
