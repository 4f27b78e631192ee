"""Rows that change customers: what differs alone, and how to take it back."""

from collections import defaultdict
from datetime import datetime

from django.db.models import F

from apps.core.events import record_many
from apps.customers.lookups import CustomerRole
from apps.customers.models import Customer, EmailAddress, Phone
from apps.customers.models.contact import canonical_email
from apps.imports.customers.adding import EMPTY, add_contacts
from apps.imports.customers.planning import PlannedCustomer
from apps.imports.customers.values import ADDED, AGENT, PLAIN, SETS, current, lines
from apps.imports.models import ImportRun

PHONE_FIELDS = ("id", "customer_id", "e164", "extension", "as_written", "label", "position")
EMAIL_FIELDS = ("id", "customer_id", "address", "label", "position")


def change_customers(planned: list[PlannedCustomer], run: ImportRun, *, by, now: datetime) -> dict[int, dict]:
    """Write the changes of a batch; returns what an undo puts back, by row number."""
    undo = {p.row.number: _set(p) for p in planned}
    _save(planned, undo, now)
    _change_contacts(planned, undo)
    events = ((p.customer_id, {"run": run.pk, "fields": sorted(p.changes)}) for p in planned if p.changes)
    record_many("customer.changed_by_import", Customer, events, by=by)
    return undo


def add_to(p: PlannedCustomer, has: dict[str, bool]) -> None:
    """What a second row of a person adds to what is there: nothing of that is changed. `has` says so of ADDED."""
    for name, theirs in p.values.items():
        ours = (theirs if has[name] else "") if name in ADDED else current(p.customer, name)
        if name in SETS:
            theirs = lines([*ours.split("\n"), *theirs.split("\n")]).strip("\n")
        if ours != theirs and (not ours or name in SETS):
            p.changes[name] = [ours, theirs]


def _set(p: PlannedCustomer) -> dict:
    """Set the changed columns on the customer; returns `{"customer": {column: [before, after]}, "roles": ...}`."""
    customer, columns, undo = p.customer, {}, {}
    for name in p.changes:
        if name in PLAIN:
            after = p.row.fields.get(name)
            columns[name] = [getattr(customer, name), EMPTY[name] if after is None else after]
        elif name == AGENT:
            columns["agent_id"] = [customer.agent_id, p.agent.pk]
            columns["team_id"] = [customer.team_id, None]  # the database fills it from the agent
            if customer.waiting_since is not None:
                columns["waiting_since"] = [customer.waiting_since.isoformat(), None]
        elif name == "roles":
            undo["roles"] = [list(customer.roles), _in_order(p.changes["roles"][1])]
            customer.roles = undo["roles"][1]
    for name, (_, after) in columns.items():
        setattr(customer, name, after)
    return undo | {"customer": columns} | ({"touched": True} if p.changes else {})


def _in_order(text: str) -> list[str]:
    wanted = text.split("\n")
    return [role.value for role in CustomerRole if role in wanted]


def _save(planned, undo, now) -> None:
    """One UPDATE for each set of columns: a later file mostly changes the same few."""
    groups: defaultdict[tuple, list] = defaultdict(list)
    for p in planned:
        kept = undo[p.row.number]
        columns = {name for name in kept["customer"] if name != "team_id"} | ({"roles"} if "roles" in kept else set())
        if p.changes:
            p.customer.modified_at, p.customer.version = now, F("version") + 1
            groups[tuple(sorted({*columns, "modified_at", "version"}))].append(p.customer)
    for columns, customers in groups.items():
        Customer.objects.bulk_update(customers, columns, batch_size=500)


def _change_contacts(planned, undo) -> None:
    """Add and remove phones and addresses; an undo gets the keys of what came and the rows that went."""
    phones, emails, gone_phones, gone_emails = [], [], [], []
    for p in planned:
        if "phones" in p.changes:
            wanted, there = set(p.changes["phones"][1].split("\n")), {x.text: x for x in p.customer.phones.all()}
            at = max((x.position for x in there.values()), default=-1) + 1
            new = [number for number in p.row.fields["phones"] if number.text in wanted - there.keys()]
            phones += [(p, at + n, number) for n, number in enumerate(new)]
            gone_phones += [(p, row) for text, row in there.items() if text not in wanted]
        if "emails" in p.changes:
            there = {canonical_email(x.address): x for x in p.customer.emails.all()}
            wanted = set(p.changes["emails"][1].split("\n"))
            at = max((x.position for x in there.values()), default=-1) + 1
            new = [x for x in p.row.fields["emails"] if canonical_email(x) in wanted - there.keys()]
            emails += [(p, at + n, address) for n, address in enumerate(new)]
            gone_emails += [(p, row) for text, row in there.items() if text not in wanted]
    _remove(Phone, "phones", PHONE_FIELDS, gone_phones, undo)
    _remove(EmailAddress, "emails", EMAIL_FIELDS, gone_emails, undo)
    phone_ids, email_ids = add_contacts(
        ((p.customer_id, at, number) for p, at, number in phones),
        ((p.customer_id, at, address) for p, at, address in emails),
    )
    for name, added, ids in (("phones", phones, phone_ids), ("emails", emails, email_ids)):
        for (p, _, _), pk in zip(added, ids, strict=True):
            undo[p.row.number].setdefault(f"added_{name}", []).append(pk)


def _remove(model, name, fields, gone, undo) -> None:
    for p, row in gone:
        kept = {field: getattr(row, field) for field in fields}
        undo[p.row.number].setdefault(f"removed_{name}", []).append(kept)
    model.objects.filter(pk__in=[row.pk for _, row in gone]).delete()
