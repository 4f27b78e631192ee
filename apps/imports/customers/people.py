"""Who is meant by the phone numbers and e-mail addresses of a row, among those here and those in the file."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from apps.customers.models import Customer, EmailAddress, Phone
from apps.customers.models.contact import canonical_email
from apps.imports.problems import refuse
from apps.imports.understanding.rows import UnderstoodRow


@dataclass(slots=True, eq=False)
class Known:
    """Somebody whom rows can mean: a customer here, or the first row of somebody new."""

    customer_id: int | None = None
    reference: str = ""
    number: int = 0  # of the first row of the file that is this person
    name: str = ""
    emails: tuple[
        str, ...
    ] = ()  # one of these is kept for each person of the file: a set would take four times as much
    raw_digest: str = ""

    @property
    def label(self) -> str:
        """As sentences say it: without a name, which not everybody may know."""
        return self.reference or f"row {self.number}"


def phones_of(row: UnderstoodRow) -> set[str]:
    """The numbers by which people are known again."""
    return {number.e164 for number in row.fields.get("phones", ()) if number.e164}


def emails_of(row: UnderstoodRow) -> set[str]:
    """The addresses by which people are known again."""
    return {canonical_email(email) for email in row.fields.get("emails", ())}


def natural_key(row: UnderstoodRow) -> str:
    """By what a row without an id is known again: its first phone, else its first e-mail, else its names."""
    first = next((number.e164 for number in row.fields.get("phones", ()) if number.e164), "")
    if first:
        return f"tel:{first}"
    if row.fields.get("emails"):
        return f"mail:{canonical_email(row.fields['emails'][0])}"
    names = (row.fields.get("full_name", ""), row.fields.get("company_name", ""))
    return f"name:{'/'.join(plain_name(name)[:90] for name in names)}"


def plain_name(name: str) -> str:
    """A name as it is compared."""
    return " ".join(name.lower().split())


class People:
    """Customers here by phone and e-mail, asked for batch by batch, and the people of the file's earlier rows."""

    def __init__(self):
        self._known: dict[int, Known] = {}
        self._by_phone: dict[str, tuple[Known, ...]] = {}
        self._by_email: dict[str, tuple[Known, ...]] = {}
        self._asked: set[str] = set()

    def look_up(self, rows: Iterable[UnderstoodRow], ids: Iterable[int]) -> None:
        """Find the customers of today with any number or address of these rows, and those with these keys."""
        phones = {phone for row in rows for phone in phones_of(row)} - self._asked
        emails = {email for row in rows for email in emails_of(row)} - self._asked
        self._asked |= phones | emails
        here = Customer.objects.here()
        by_phone = _pairs(Phone, "e164", phones, here)
        by_email = _pairs(EmailAddress, "canonical", emails, here)
        wanted = {pk for _, pk in (*by_phone, *by_email)} | set(ids)
        if new := wanted - self._known.keys():
            self._load(new, here)
        for index, pairs in ((self._by_phone, by_phone), (self._by_email, by_email)):
            for text, pk in pairs:
                person = self._known.get(pk)  # whom somebody merged or erased at this very moment is not there
                if person:
                    _add(index, text, person)

    def _load(self, wanted: set[int], here) -> None:
        addresses = defaultdict(set)
        for pk, email in EmailAddress.objects.filter(customer__in=wanted).values_list("customer_id", "canonical"):
            addresses[pk].add(email)
        names = here.filter(pk__in=wanted).values_list("pk", "reference", "full_name", "company_name")
        for pk, reference, full_name, company in names:
            self._known[pk] = Known(pk, reference, name=full_name or company, emails=tuple(addresses[pk]))

    def by_key(self, pk: int) -> Known | None:
        """The customer of that key, if it was looked up and is one of today."""
        return self._known.get(pk)

    def who(self, row: UnderstoodRow, named: Known | None) -> Known | None:
        """Whom the row means, None for somebody new. Where that cannot be told, the row gets a problem that says why.

        `named` is whom the source's own id or our reference says.
        """
        groups = [(f"phone number {phone}", self._by_phone.get(phone, ())) for phone in sorted(phones_of(row))]
        groups += [(f"e-mail {email}", self._by_email.get(email, ())) for email in sorted(emails_of(row))]
        groups = [(what, people) for what, people in groups if people]
        if named is not None:
            return self._agreeing(row, named, groups, "id")
        if not groups:
            return None
        what, people = groups[0]
        common = [one for one in people if all(one in others for _, others in groups)]
        if len(common) == 1:
            self._refuse_namesake(row, common[0])
            return common[0]
        if len(common) > 1:
            self._refuse_several(row, what, common)
            return None
        first = people[0]
        return self._agreeing(row, first, groups, what)

    def shares(self, row: UnderstoodRow, person: Known) -> bool:
        """Whether any number or address of the row is known to be this person's."""
        groups = [self._by_phone.get(phone, ()) for phone in phones_of(row)]
        groups += [self._by_email.get(email, ()) for email in emails_of(row)]
        return any(person in people for people in groups)

    def _agreeing(self, row, person, groups, what) -> Known | None:
        for other, people in groups:
            if person not in people:
                sentence = (
                    f"The {what} belongs to {person.label}, and the {other} to {people[0].label}."
                    " Merge those two if they are one person, or correct the row."
                )
                row.problems.append(refuse("", "", sentence, "two customers"))
                return None
        return person

    def _refuse_several(self, row, what, people) -> None:
        several = " and ".join(one.label for one in people[:3])
        sentence = f"The {what} belongs to {several}. Merge them if they are one person, or add what tells them apart."
        row.problems.append(refuse("", "", sentence, "two customers"))

    def _refuse_namesake(self, row, person) -> None:
        """A number may be a family's or an office's: with another name and another address it tells nothing."""
        emails, theirs = emails_of(row), set(person.emails)
        name = plain_name(row.fields.get("full_name") or row.fields.get("company_name") or "")
        if not (emails and theirs and name and person.name) or emails & theirs:
            return
        if not set(name.split()) & set(plain_name(person.name).split()):
            sentence = (
                f"The phone number is that of {person.label}, with another name and another e-mail."
                " Say whose it is: leave the number out of one of them."
            )
            row.problems.append(refuse("", "", sentence, "shared phone"))

    def remember(self, row: UnderstoodRow, person: Known | None) -> Known:
        """From now on the row's numbers and addresses mean this person, or somebody new."""
        if person is None:
            name = row.fields.get("full_name") or row.fields.get("company_name") or ""
            person = Known(number=row.number, name=name)
        person.number = person.number or row.number
        person.raw_digest = person.raw_digest or row.raw_digest
        person.emails = tuple({*person.emails, *emails_of(row)})
        for index, texts in ((self._by_phone, phones_of(row)), (self._by_email, emails_of(row))):
            for text in texts:
                _add(index, text, person)
        return person


def _add(index: dict[str, tuple[Known, ...]], text: str, person: Known) -> None:
    """One more person with this number or address."""
    people = index.get(text, ())
    if person not in people:
        index[text] = (*people, person)


def _pairs(model, column: str, texts: set[str], here) -> list[tuple[str, int]]:
    if not texts:
        return []
    rows = model.objects.filter(**{f"{column}__in": texts}, customer__in=here.values("pk"))
    return list(rows.order_by("customer_id").values_list(column, "customer_id"))
