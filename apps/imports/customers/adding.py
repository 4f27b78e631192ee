"""New rows: customers with their phones, e-mails, consents, notes and wishes, a batch in a few statements."""

from collections.abc import Iterable
from datetime import datetime

from apps.core.bulk import copy_rows, next_ids
from apps.core.events import record_many
from apps.customers.lookups import CustomerKind, NoteKind, Source
from apps.customers.models import Consent, Customer, EmailAddress, Note, Phone
from apps.imports.customers.planning import PlannedCustomer
from apps.imports.customers.values import CONSENTS, NOTES, PLAIN
from apps.imports.models import CustomerRecord, ImportRun

CONSENT_SOURCE = "import"
RECORD_COLUMNS = (
    "source", "key", "raw_digest", "digest", "customer_id", "values", "extra", "first_run_id", "last_run_id",
)  # fmt: skip
COLUMNS = [name for name in PLAIN if name not in ("kind", "source")]
EMPTY = {name: Customer._meta.get_field(name).get_default() for name in PLAIN}
PHONE_COLUMNS = ("id", "customer_id", "e164", "extension", "as_written", "position")


def add_customers(planned: list[PlannedCustomer], run: ImportRun, *, by) -> None:
    """Write the new rows of a batch; each one's person is a customer then."""
    for p, pk in zip(planned, next_ids(Customer, len(planned)), strict=True):
        p.person.customer_id = pk
    rows = (
        (
            p.customer_id, kind_of(p.row.fields), p.row.fields.get("source") or Source.IMPORT, agent_key(p),
            p.row.fields.get("roles") or [], by.pk, *(p.row.fields.get(name, EMPTY[name]) for name in COLUMNS),
        )
        for p in planned
    )  # fmt: skip
    copy_rows(Customer, ("id", "kind", "source", "agent_id", "roles", "created_by_id", *COLUMNS), rows)
    add_contacts(
        ((p.customer_id, n, number) for p in planned for n, number in enumerate(p.row.fields.get("phones", ()))),
        ((p.customer_id, n, email) for p in planned for n, email in enumerate(p.row.fields.get("emails", ()))),
    )
    events = ((p.customer_id, {"run": run.pk, "row": p.row.number}) for p in planned)
    record_many("customer.imported", Customer, events, by=by)


def add_contacts(phones: Iterable[tuple], emails: Iterable[tuple]) -> tuple[list[int], list[int]]:
    """Add `(customer, position, Number)` and `(customer, position, address)`; returns their keys, in order."""
    phones, emails = list(phones), list(emails)
    phone_ids, email_ids = next_ids(Phone, len(phones)), next_ids(EmailAddress, len(emails))
    rows = (
        (pk, whose, n.e164, n.extension, n.as_written, at) for pk, (whose, at, n) in zip(phone_ids, phones, strict=True)
    )
    copy_rows(Phone, PHONE_COLUMNS, rows)
    rows = ((pk, whose, address, at) for pk, (whose, at, address) in zip(email_ids, emails, strict=True))
    copy_rows(EmailAddress, ("id", "customer_id", "address", "position"), rows)
    return phone_ids, email_ids


def add_consents(said: Iterable[tuple[PlannedCustomer, str]], *, by, now: datetime) -> dict[int, list[int]]:
    """Write down what rows say of a channel (by the field's name); returns keys of the consents by row number."""
    said = list(said)
    ids = next_ids(Consent, len(said))
    rows = (
        (pk, p.customer_id, CONSENTS[name], p.row.fields[name], CONSENT_SOURCE, now, by.pk)
        for pk, (p, name) in zip(ids, said, strict=True)
    )
    copy_rows(Consent, ("id", "customer_id", "channel", "granted", "source", "at", "by_id"), rows)
    return _by_row((p for p, _ in said), ids)


def add_notes(planned: Iterable[PlannedCustomer], *, by, now: datetime) -> dict[int, list[int]]:
    """Keep the notes of rows as notes on their customers; returns keys of the notes by row number."""
    planned = list(planned)
    ids = next_ids(Note, len(planned))
    rows = (
        (pk, p.customer_id, NoteKind.NOTE, p.row.fields[NOTES], by.pk, now) for pk, p in zip(ids, planned, strict=True)
    )
    copy_rows(Note, ("id", "customer_id", "kind", "body", "by_id", "at"), rows)
    return _by_row(planned, ids)


def add_records(planned: Iterable[PlannedCustomer], run: ImportRun) -> None:
    """Remember what rows said that their source had not named before."""
    rows = (
        (
            run.source, p.key[:240], p.row.raw_digest, p.row.digest, p.customer_id, p.values, p.row.extra, run.pk,
            run.pk,
        )
        for p in planned
    )  # fmt: skip
    copy_rows(CustomerRecord, RECORD_COLUMNS, rows)


def agent_key(p: PlannedCustomer) -> int | None:
    """The colleague whom the row names."""
    return p.agent.pk if p.agent else None


def kind_of(fields: dict) -> str:
    """Person or company: what the row says, else a company where only a company is named."""
    if fields.get("kind"):
        return fields["kind"]
    is_company = fields.get("company_name") and not fields.get("full_name")
    return (CustomerKind.COMPANY if is_company else CustomerKind.PERSON).value


def _by_row(planned, ids) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for p, pk in zip(planned, ids, strict=True):
        found.setdefault(p.row.number, []).append(pk)
    return found
