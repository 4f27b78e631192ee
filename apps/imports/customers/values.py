"""What a row says of a customer and what is here, in one spelling to compare them by."""

from apps.core.editing import canonical
from apps.customers.lookups import CustomerKind, Payment, Source, Stage
from apps.customers.models import Customer
from apps.customers.models.contact import canonical_email
from apps.imports.customers.fields import CHANNELS
from apps.imports.understanding.rows import UnderstoodRow

# Columns of the customer that a row fills as they are.
PLAIN = (
    "kind", "full_name", "company_name", "stage", "language", "nationality", "source", "campaign", "payment",
    "moving_on", "summary", "do_not_contact",
)  # fmt: skip
# What says nothing: the same as an empty column.
DEFAULTS = {
    "kind": CustomerKind.PERSON, "stage": Stage.NEW, "source": Source.OTHER, "payment": Payment.UNKNOWN,
    "do_not_contact": "no",
}  # fmt: skip
AGENT, NOTES, WISH = "agent", "notes", "wish"
# Several values at once, one a line: what is added to one side does not stand against the other.
SETS = frozenset({"roles", "phones", "emails"})
# What is written down beside what is here, and changes nothing of it.
ADDED = frozenset({NOTES, WISH})
CONSENTS = {f"consent_{channel}": channel for channel in CHANNELS}


def comparable(row: UnderstoodRow, agent) -> dict[str, str]:
    """What the row says of each field that it fills; `agent` is the colleague whom it names."""
    fields = row.fields
    values = {name: said(name, fields[name]) for name in (*PLAIN, *CONSENTS) if name in fields}
    if fields.get("roles"):
        values["roles"] = lines(fields["roles"])
    if fields.get("phones"):
        values["phones"] = lines(number.text for number in fields["phones"])
    if fields.get("emails"):
        values["emails"] = lines(map(canonical_email, fields["emails"]))
    if agent is not None:
        values[AGENT] = agent.email
    if fields.get(NOTES):
        values[NOTES] = canonical(fields[NOTES])
    if fields.get(WISH):
        values[WISH] = _spelled(fields[WISH])
    return values


def current(customer: Customer, name: str) -> str:
    """What is here of a field, in the same spelling."""
    if name == "roles":
        return lines(customer.roles)
    if name == "phones":
        return lines(phone.text for phone in customer.phones.all())
    if name == "emails":
        return lines(canonical_email(email.address) for email in customer.emails.all())
    if name == AGENT:
        return customer.agent.email if customer.agent else ""
    if name in CONSENTS:
        answers = (one.granted for one in customer.consents.all() if one.channel == CONSENTS[name])
        latest = next(answers, None)
        return "" if latest is None else canonical(latest)
    return said(name, getattr(customer, name))


def said(name: str, value) -> str:
    """A value in the spelling of `canonical()`; nothing where it says nothing."""
    text = canonical(value)
    return "" if text == DEFAULTS.get(name) else text


def lines(values) -> str:
    """Several values, one a line, in an order of their own."""
    return "\n".join(sorted(set(values)))


def _spelled(wish: dict) -> str:
    return "\n".join(f"{name}: {canonical(value)}".replace("\n", ", ") for name, value in sorted(wish.items()))
