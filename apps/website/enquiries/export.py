"""Enquiries as a table to take away."""

from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _

from apps.core.events import record
from apps.core.lists.files import Column
from apps.core.refusals import NotAllowed

AT_ONCE = 2_000
OWN = ("name", "phone", "email", "text", "page", "source", "campaign", "consent_text")
TIMES = ("asked_at", "received_at", "answered_at", "escalated_at")


def why_not_export(by) -> list[str]:
    """Why this person may not take enquiries away."""
    if by.has_perm("website.export_enquiry"):
        return []
    return [_("Your role may not export enquiries. Ask a manager.")]


@transaction.atomic
def export(rows, kind: str, *, by, asked: str = "") -> tuple[list[str], Iterator[list]]:
    """Headers and rows of `rows` (a QuerySet that `by` may see); the event says how it was asked for."""
    NotAllowed.unless_empty(why_not_export(by))
    record("enquiry.exported", by, by=by, kind=kind, asked=asked)
    columns = [Column(name, _attribute(name)) for name in (*TIMES[:2], *OWN, *TIMES[2:])]
    columns += [
        Column("site", lambda enquiry: enquiry.site.name),
        Column("listing", lambda enquiry: enquiry.listing.listing_id if enquiry.listing else enquiry.asked_reference),
        Column("customer", lambda enquiry: enquiry.customer.reference if enquiry.customer else ""),
        Column("agent_email", lambda enquiry: enquiry.responsible.email if enquiry.responsible else ""),
        Column("set_aside", lambda enquiry: enquiry.set_aside),
        Column("consent", lambda enquiry: ", ".join(enquiry.consent)),
    ]
    return [column.name for column in columns], _values(rows, columns)


def _values(rows, columns) -> Iterator[list]:
    rows = rows.select_related("site", "listing", "customer__agent", "agent").order_by("pk")
    with transaction.atomic():
        for enquiry in rows.iterator(chunk_size=AT_ONCE):
            yield [_allowed(column, enquiry) for column in columns]


def _allowed(column, enquiry):
    """Who asked not to be contacted is listed without phone and e-mail."""
    is_contact = column.name in ("phone", "email")
    return "" if is_contact and enquiry.customer and enquiry.customer.do_not_contact else column.value(enquiry)


def _attribute(name):
    return lambda enquiry: getattr(enquiry, name)
