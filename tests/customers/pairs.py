"""Random pairs of records of one person, with all that hangs on them, and the database as text to compare."""

from datetime import timedelta
from random import Random

from django.db import connection
from django.utils import timezone

from apps.core.events import record
from apps.customers.lookups import Channel, CustomerKind, CustomerRole, NoteKind, Payment, Source, Stage
from apps.customers.models import Consent, Note, Phone, Task
from apps.matching.models import Decision, RequirementPlace, Sending
from apps.viewings.models import Viewing, ViewingGuest
from tests.factories import (
    CustomerFactory,
    EmailAddressFactory,
    ListingFactory,
    PhoneFactory,
    RequirementFactory,
)

# Tables that only grow: what happened, and what each row was before.
LOGS = ("core_event", "pghistory_context", "customers_merge", "customers_mergedrow")


def rows() -> dict[str, dict[str, str]]:
    """Each row of each table as the database writes it, by its key."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(
                f"SELECT coalesce(to_jsonb(t)->>'id', to_jsonb(t)->>'pgh_id', t::text), t::text FROM \"{table}\" t"
            )
            found[table] = dict(cursor.fetchall())
    return found


def differences(before, after) -> list[str]:
    """What is not as it was; logs may have grown."""
    wrong = []
    for table, was in before.items():
        now = after[table]
        if table not in LOGS and not table.endswith("history"):
            wrong += [f"{table}: new {text}" for key, text in now.items() if key not in was]
        wrong += [f"{table}: {text} became {now.get(key)}" for key, text in was.items() if now.get(key) != text]
    return wrong


def random_pair(random: Random, agents, listing):
    """Two customers with anything that customers have, some of it the same."""
    left, right = (random_customer(random, agents) for _ in range(2))
    for customer in (left, right):
        random_search(random, customer, listing)
    if random.random() < 0.5:
        random_viewing(random, [left, right], listing)
    if random.random() < 0.7:
        shared = f"+9715{random.randrange(10**8):08d}"
        for customer in (left, right):
            Phone.objects.create(customer=customer, e164=shared, label=random.choice(["", "Mobile"]), position=0)
    if random.random() < 0.5:
        word = random.randrange(10**9)
        EmailAddressFactory(customer=left, address=f"x{word}@mail.test")
        EmailAddressFactory(customer=right, address=f"X{word}+{random.randrange(9)}@mail.test")
    return left, right


def random_search(random: Random, customer, listing):
    """What a customer looks for, what was decided and sent, and perhaps an apartment of their own."""
    now = timezone.now()
    if random.random() < 0.5:
        search = RequirementFactory(customer=customer)
        RequirementPlace.objects.create(requirement=search, place=listing.unit.place)
        Decision.objects.create(
            requirement=search, listing=listing, verdict="interested", by=customer.created_by, at=now
        )
    if random.random() < 0.3:
        Sending.objects.create(
            customer=customer, listing=listing, channel="email", text="This", by=customer.created_by, at=now
        )
    if random.random() < 0.2:
        ListingFactory(unit__owner=customer, unit__place=listing.unit.place, created_by=customer.created_by)


def random_viewing(random: Random, customers, listing):
    """One viewing with one or both as guests, mails and perhaps what they said."""
    agent, start = customers[0].created_by, timezone.now() - timedelta(days=random.randrange(1, 10**5))
    viewing = Viewing.objects.create(
        listing=listing, agent=agent, created_by=agent, starts_at=start, minutes=10, showing_status="Cancelled"
    )
    for customer in customers:
        if random.random() < 0.7:
            ViewingGuest.objects.create(viewing=viewing, customer=customer)
            viewing.mails.create(sequence=0, about="booked", to="customer", customer=customer, by=agent, at=start)
            if random.random() < 0.5:
                viewing.feedback.create(customer=customer, verdict="no", line="Too dark", by=agent, at=start)


def random_customer(random: Random, agents):
    """A customer with anything in its fields, and with rows in each table that points at customers."""
    now, agent = timezone.now(), random.choice(agents)
    customer = CustomerFactory(
        full_name=random.choice(["Omar Al Farsi", "عمر الفارسي", "Ōmar  Farsí", ""]),
        company_name=random.choice(["", "Palm & Söhne"]),
        kind=random.choice(CustomerKind.values),
        roles=random.sample(CustomerRole.values, random.randrange(4)),
        stage=random.choice(Stage.values),
        language=random.choice(["", "English"]),
        nationality=random.choice(["", "Jordan"]),
        source=random.choice(Source.values),
        campaign=random.choice(["", "Autumn"]),
        agent=random.choice([agent, None]),
        created_by=agent,
        do_not_contact=random.random() < 0.2,
        payment=random.choice(Payment.values),
        moving_on=random.choice([None, now.date()]),
        summary=random.choice(["", "Sea view\n\nno ground floor", "Wants “quiet”"]),
        waiting_since=random.choice([None, now - timedelta(hours=random.randrange(90))]),
    )
    for number in range(random.randrange(3)):
        PhoneFactory(customer=customer, position=number, e164=f"+9714{random.randrange(10**7):07d}")
        EmailAddressFactory(customer=customer, position=number)
    for _ in range(random.randrange(3)):
        moment = now - timedelta(minutes=random.randrange(10**5))
        Consent.objects.create(
            customer=customer,
            channel=random.choice(Channel.values),
            granted=random.random() < 0.5,
            source="call",
            at=moment,
            by=agent,
        )
        Note.objects.create(customer=customer, kind=random.choice(NoteKind.values), body="Called", by=agent, at=moment)
        Task.objects.create(
            customer=customer,
            title=f"Task {random.randrange(99)}",
            due_on=moment.date(),
            due_at=random.choice([None, moment]),
            assignee=agent,
            created_by=agent,
            done_at=random.choice([None, moment]),
        )
        record("customer.noted", customer, by=agent, note=1)
    customer.refresh_from_db()
    return customer
