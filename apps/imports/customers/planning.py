"""What each understood row means for the customers: new, a change, the same, or refused. Nothing is written here."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from apps.customers.models import Customer
from apps.imports.customers.people import Known, People, natural_key, plain_name
from apps.imports.customers.values import ADDED, SETS, WISH, comparable, current
from apps.imports.engine.agents import Agents
from apps.imports.engine.planned import Planned, split
from apps.imports.models import CustomerRecord, ImportRun, Outcome
from apps.imports.problems import refuse, warn
from apps.imports.understanding.rows import UnderstoodRow
from apps.matching.models import Requirement

OUR_REFERENCE = re.compile(r"C-\d{5,12}")


@dataclass(slots=True)
class PlannedCustomer(Planned):
    """A row of a list of customers and what is to become of it. `is_again` is a person whom an earlier row is too."""

    record: CustomerRecord | None = None
    person: Known | None = None
    customer: Customer | None = None
    agent: object = None
    by_reference: bool = False
    is_again: bool = False

    @property
    def customer_id(self) -> int | None:
        """The customer the row is, as far as it is one."""
        return self.person.customer_id if self.person else None


class Seen(NamedTuple):
    """An earlier row of the file, for later rows with the same key."""

    person: Known
    number: int
    raw_digest: str


class CustomerPlanner:
    """Plans the rows of one run, batch after batch, and remembers what it has seen of the file."""

    def __init__(self, run: ImportRun):
        self.run, self.people, self.agents = run, People(), Agents()
        self.unknown_agents: dict[str, None] = {}
        self._seen: dict[str, Seen] = {}  # by the key of a row: its id, or what stands for one
        self._used: set[int] = set()  # records that a row of this file is

    def plan(self, rows: list[UnderstoodRow]) -> list[PlannedCustomer]:
        """What is to become of each row of the batch."""
        records = self._records(_keys_of(rows))
        references = self._references(rows)
        whom = {record.customer_id for record in records.values()} | set(references.values())
        self.people.look_up([row for row in rows if not row.is_refused and not row.is_held], whom)
        planned = [self._meet(row, records, references) for row in rows]
        self._meet_records(planned)
        self._load([p for p in planned if p.outcome == Outcome.CHANGED])
        wanting = self._who_looks_already(planned)
        for p in planned:
            if p.outcome == Outcome.CHANGED:
                self._compare(p, wanting)
        return planned

    # -- Whom does it mean --------------------------------------------------------------------------------------------
    def _records(self, keys: Iterable[str]) -> dict[str, CustomerRecord]:
        records = CustomerRecord.objects.filter(source=self.run.source, key__in=set(keys))
        return {record.key: record for record in records}

    def _references(self, rows) -> dict[str, int]:
        """Our own references in the file, each with the customer of today: who was merged is the one he is now."""
        named = {reference for row in rows if OUR_REFERENCE.fullmatch(reference := row.fields.get("reference", ""))}
        merged = dict(Customer.objects.filter(reference__in=named).values_list("reference", "pk")) if named else {}
        step = merged
        while step:
            rows = Customer.objects.filter(pk__in=step.values(), merged_into__isnull=False)
            winners = dict(rows.values_list("pk", "merged_into_id"))
            step = {name: winners[pk] for name, pk in step.items() if pk in winners}
            merged |= step
        return merged

    def _meet(self, row: UnderstoodRow, records, references) -> PlannedCustomer:
        if row.is_held:
            return PlannedCustomer(row, Outcome.SAME)
        key = row.source_id or ("" if row.is_refused else natural_key(row))
        if (first := self._seen.get(key)) and (repeated := self._repeat(row, key, first)):
            return repeated
        record = self._record_of(row, key, records)
        if record and record.digest == row.digest:
            row.problems = []
            person = self.people.by_key(record.customer_id)
            return self._settled(PlannedCustomer(row, Outcome.SAME, record.key, record, person=person), key)
        if row.is_refused:
            return PlannedCustomer(row, Outcome.REFUSED)
        agent = self._agent_of(row)
        p = PlannedCustomer(row, Outcome.CHANGED, key, record, comparable(row, agent), agent=agent)
        self._find_person(p, references.get(row.fields.get("reference", "")))
        if row.is_refused:
            p.outcome, p.person = Outcome.REFUSED, None
            return p
        if p.record is None and (key in records or key in self._seen):
            p.key = _second_key(key, row)
        return self._settled(p, key)

    def _repeat(self, row, key, first) -> PlannedCustomer | None:
        """A row with the id of an earlier one, or with the same name and nothing else to know it by."""
        if row.raw_digest == first.raw_digest:
            row.problems = [problem for problem in row.problems if row.is_refused]
            outcome = Outcome.REFUSED if row.is_refused else Outcome.SAME
            return PlannedCustomer(row, outcome, person=first.person)
        if not row.source_id and not key.startswith("name:"):
            return None
        what = "id" if row.source_id else "name, without a phone number or an e-mail to tell them apart,"
        sentence = f"Same {what} as row {first.number}. Keep one."
        row.problems.append(refuse("", row.source_id or "", sentence, "same id"))
        return PlannedCustomer(row, Outcome.REFUSED)

    def _record_of(self, row, key, records) -> CustomerRecord | None:
        """The source's record of the row, of somebody who is a customer of today."""
        found = [records.get(key), records.get(_second_key(key, row))]
        found = [record for record in found if record and self.people.by_key(record.customer_id)]
        same = next((record for record in found if record.digest == row.digest), None)
        return same or next((record for record in found if record.pk not in self._used), None)

    def _find_person(self, p: PlannedCustomer, by_reference: int | None) -> None:
        row, of_record = p.row, self.people.by_key(p.record.customer_id) if p.record else None
        named = of_record if row.source_id else None
        if named is None and by_reference:
            named, p.by_reference = self.people.by_key(by_reference), True
        p.person = self.people.who(row, named)
        if p.person is None and not row.is_refused:
            p.person = of_record
        elif p.person is not of_record:  # the number by which the source's row was known is somebody else's now
            p.record = None
        if p.by_reference and p.person is not None and not self._may_be(row, p.person):
            sentence = f"{p.person.label} is somebody else here: neither name, phone nor e-mail is the same."
            row.problems.append(refuse("", row.fields["reference"], sentence, "another customer"))

    def _settled(self, p: PlannedCustomer, key: str) -> PlannedCustomer:
        """Remember whom the row is, for later rows of the file."""
        row = p.row
        p.is_again = p.person is not None and p.person.number > 0
        p.person = self.people.remember(row, p.person)
        if p.record is not None:
            self._used.add(p.record.pk)
        self._seen.setdefault(key, Seen(p.person, row.number, row.raw_digest))
        if p.outcome == Outcome.CHANGED and p.is_again:
            p.outcome = Outcome.SAME
            if p.person.raw_digest != row.raw_digest:
                sentence = f"Same person as row {p.person.number}. What only this row says is added there."
                row.problems.append(warn("", "", sentence, "same person"))
        elif p.outcome == Outcome.CHANGED and p.person.customer_id is None:
            p.outcome = Outcome.NEW
        return p

    def _may_be(self, row: UnderstoodRow, person: Known) -> bool:
        """Whether a row with our reference can be that customer: a name, an address or a number is the same.

        Of somebody who was merged since, the row says what he was called before.
        """
        if row.fields["reference"] != person.reference:
            return True
        name = plain_name(row.fields.get("full_name") or row.fields.get("company_name") or "")
        words = set(name.split()) & set(plain_name(person.name).split())
        return not name or not person.name or bool(words) or self.people.shares(row, person)

    def _agent_of(self, row):
        email, name = row.fields.get("agent_email"), row.fields.get("agent_name")
        agent = self.agents.find(email, name)
        if agent is None and (email or name):
            self.unknown_agents[name or email] = None
        return agent

    # -- What it would change -----------------------------------------------------------------------------------------
    def _meet_records(self, planned) -> None:
        """Customers who were met by phone or e-mail: what their source said of them last, under whatever key."""
        without = [p for p in planned if p.outcome == Outcome.CHANGED and p.record is None]
        records: dict[int, CustomerRecord] = {}
        if without:
            ids = {p.customer_id for p in without}
            for record in CustomerRecord.objects.filter(source=self.run.source, customer__in=ids).order_by("-pk"):
                if record.pk not in self._used:
                    records[record.customer_id] = record
        for p in without:
            record = records.get(p.customer_id)
            # A row with an id of its own has a record of its own.
            if record is not None and not p.row.source_id:
                p.record, p.key = record, record.key
                self._used.add(record.pk)

    def _load(self, planned) -> None:
        rows = Customer.objects.select_related("agent").prefetch_related("phones", "emails", "consents")
        customers = rows.in_bulk({p.customer_id for p in planned})
        for p in planned:
            p.customer = customers[p.customer_id]

    def _who_looks_already(self, planned) -> set[int]:
        asked = {p.customer_id for p in planned if p.outcome == Outcome.CHANGED and WISH in p.values}
        if not asked:
            return set()
        return set(Requirement.objects.filter(customer__in=asked).values_list("customer_id", flat=True))

    def _compare(self, p: PlannedCustomer, wanting: set[int]) -> None:
        """What the source changed. A customer whom people wrote down has the word, but for what nobody said yet."""
        before = p.record.values if p.record else None if p.by_reference else {}

        def ours(name: str) -> str:
            if name == WISH and p.customer_id in wanting:
                return p.values[WISH]
            return (before or {}).get(name, "") if name in ADDED else current(p.customer, name)

        split(p, before, ours, sets=SETS)
        if not p.changes and not p.conflicts:
            p.outcome = Outcome.SAME


def _keys_of(rows) -> Iterable[str]:
    for row in rows:
        if key := row.source_id or ("" if row.is_refused else natural_key(row)):
            yield key
            yield _second_key(key, row)


def _second_key(key: str, row: UnderstoodRow) -> str:
    """For a second row of a person without an id of its own."""
    return f"{key[:200]}:{row.raw_digest}"
