"""Brings the demo's customers about, by the real actions at their time. A second run doubles nothing."""

from datetime import datetime, timedelta

from apps.core.demo_clock import at, days_ago
from apps.customers.actions.consent import set_do_not_contact
from apps.customers.actions.customer import add_customer
from apps.customers.actions.note import add_note
from apps.customers.actions.task import add_task
from apps.customers.demo.people import CUSTOMERS, OWNERS, WAITING, Demo
from apps.customers.lookups import Channel, CustomerRole, NoteKind, Source, Stage
from apps.customers.models import Customer, EmailAddress, Task

AGREED = {Channel.EMAIL: True, Channel.WHATSAPP: True}


def build_owners(staff: dict, today: datetime) -> dict[str, Customer]:
    """The owners of the demo's units, by name."""
    known = _known()
    owners = {}
    for number, (name, (phone, agent, language, nationality)) in enumerate(OWNERS.items()):
        words = name.lower().split()
        address = f"{words[0]}.{words[-1]}@owner.example"
        if address not in known:
            details = {
                "full_name": name,
                "phones": [phone],
                "emails": [address],
                "roles": [CustomerRole.SELLER],
                "stage": Stage.WON,
                "language": language,
                "nationality": nationality,
                "source": Source.REFERRAL,
                "consents": AGREED,
                "consent_source": "Signed with the mandate",
            }
            with at(days_ago(today, 400 - number, number)):
                known[address] = add_customer(details, by=staff[agent])
        owners[name] = known[address]
    return owners


def build_customers(staff: dict, today: datetime) -> int:
    """Everybody who is looking for something; the answer counts who was new."""
    known = _known()
    new = [demo for demo in CUSTOMERS if demo.address not in known]
    for number, demo in enumerate(new):
        _meet(demo, staff[demo.agent], today, number)
    for minutes, demo in WAITING:
        _wait(demo, known.get(demo.address), staff, today - timedelta(minutes=minutes))
    _keep_due(known, today)
    return len(new)


def _known() -> dict[str, Customer]:
    rows = EmailAddress.objects.filter(address__endswith=".example", customer__merged_into__isnull=True)
    return {row.canonical: row.customer for row in rows.select_related("customer")}


def _details(demo: Demo) -> dict:
    consents = {} if demo.refuses else AGREED
    return {
        "kind": demo.kind,
        "full_name": demo.name,
        "company_name": demo.company,
        "phones": [demo.phone],
        "emails": [demo.address],
        "roles": demo.roles,
        "stage": demo.stage,
        "language": demo.language,
        "nationality": demo.nationality,
        "source": demo.source,
        "campaign": demo.campaign,
        "payment": demo.payment,
        "summary": demo.summary,
        "consents": consents,
        "consent_source": "Said so on the phone" if consents else "",
    }


def _meet(demo: Demo, agent, today: datetime, number: int) -> None:
    moving = today.date() + timedelta(days=demo.moving) if demo.moving else None
    with at(days_ago(today, demo.known, number * 7 % 480)):
        customer = add_customer(_details(demo) | {"moving_on": moving}, by=agent)
        if demo.refuses:
            set_do_not_contact(customer, True, by=agent, reason="Asked by mail")
    notes = demo.notes or _usual_notes(demo)
    for days, kind, body in notes:
        with at(days_ago(today, days, 20 if days == 0 else 30 + number * 11 % 400)):
            add_note(customer, kind, body, by=agent)
    if demo.step:
        title, days = demo.step
        with at(days_ago(today, 1, number * 5 % 400)):
            add_task(customer, title, today.date() + timedelta(days=days), agent, by=agent)


def _usual_notes(demo: Demo) -> tuple:
    """One line for those without notes of their own; nothing for those who came a moment ago."""
    if demo.stage == Stage.NEW:
        return ()
    return ((max(1, demo.known * 2 // 3), NoteKind.CALL, "Went through what they need. " + demo.summary),)


def _wait(demo: Demo, known: Customer | None, staff: dict, since: datetime) -> None:
    """Somebody who came a moment ago, also where the demo was made long ago; once taken, they stay taken."""
    if known is None:
        by = next(iter(staff.values()))
        with at(since):
            add_customer(_details(demo), by=by, agent=None, waiting=True)
    elif known.waiting_since:
        Customer.objects.filter(pk=known.pk, waiting_since__isnull=False).update(waiting_since=since)


def _keep_due(known: dict[str, Customer], today: datetime) -> None:
    """Open tasks of the demo are due in as many days as when it was made, however long ago that was."""
    due = {demo.step[0]: today.date() + timedelta(days=demo.step[1]) for demo in CUSTOMERS if demo.step}
    customers = {customer.pk for customer in known.values()}
    for task in Task.objects.to_do().filter(customer__in=customers, title__in=due):
        if task.due_on != due[task.title]:
            Task.objects.filter(pk=task.pk).update(due_on=due[task.title])
