"""Owners that the rows of a file name become customers: known ones by phone, then e-mail; else new ones."""

from apps.accounts.models import Agency
from apps.core.bulk import copy_rows, next_ids
from apps.core.events import record_many
from apps.customers.lookups import CustomerRole, Source
from apps.customers.models import Customer, EmailAddress, Phone
from apps.customers.models.contact import canonical_email
from apps.customers.models.duplicates import DuplicatePair
from apps.customers.phones import only_digits, parse, tidy
from apps.imports.listings.planning import PlannedListing
from apps.imports.listings.values import OWNER_FIELDS
from apps.imports.models import ImportRun
from apps.listings.lookups import PropertyType


class Owners:
    """The owners of a batch of new units, looked up in two queries and written in a few statements."""

    def __init__(self, planned: list[PlannedListing], agents: dict[int, int | None]):
        self.region = Agency.current().phone_region
        self.planned = [p for p in planned if any(p.row.fields.get(name) for name in OWNER_FIELDS)]
        self.agents = agents
        self.by_phone = self._known(Phone, "e164", {self._phone(p) for p in self.planned})
        self.by_email = self._known(EmailAddress, "canonical", {self._email(p) for p in self.planned})
        self.new: dict[int, PlannedListing] = {}

    def link(self, run: ImportRun, *, by) -> dict[int, int]:
        """The owner of each row by its number; those who were not here are added."""
        fresh = iter(next_ids(Customer, len(self.planned)))
        owners = {p.row.number: self._meet(p, fresh) for p in self.planned}
        self._write(run, by)
        return owners

    def _known(self, model, column: str, values: set[str]) -> dict[str, int]:
        here = Customer.objects.here().values("pk")
        rows = model.objects.filter(**{f"{column}__in": values - {""}}, customer__in=here).order_by("-customer_id")
        return dict(rows.values_list(column, "customer_id"))

    def _meet(self, p: PlannedListing, fresh) -> int:
        phone, email = self._phone(p), self._email(p)
        owner = self.by_phone.get(phone) or self.by_email.get(email)
        if owner is None:
            owner = next(fresh)
            self.new[owner] = p
        if phone:
            self.by_phone.setdefault(phone, owner)
        if email:
            self.by_email.setdefault(email, owner)
        return owner

    def _write(self, run, by) -> None:
        columns = ("id", "full_name", "roles", "source", "agent_id", "created_by_id")
        rows = (
            (pk, p.row.fields.get("owner_name") or "", [_role(p)], Source.IMPORT, self.agents.get(p.row.number), by.pk)
            for pk, p in self.new.items()
        )
        copy_rows(Customer, columns, rows)
        phones = ((pk, self._phone(p), p.row.fields.get("owner_phone") or "") for pk, p in self.new.items())
        phones = ((pk, e164, "" if e164 else tidy(text)[:60]) for pk, e164, text in phones if e164 or only_digits(text))
        copy_rows(Phone, ("customer_id", "e164", "as_written"), phones)
        emails = ((pk, p.row.fields.get("owner_email") or "") for pk, p in self.new.items())
        copy_rows(EmailAddress, ("customer_id", "address"), ((pk, text.strip()) for pk, text in emails if text.strip()))
        events = ((pk, {"run": run.pk, "row": p.row.number}) for pk, p in self.new.items())
        record_many("customer.imported", Customer, events, by=by)

    def _phone(self, p) -> str:
        return parse(p.row.fields.get("owner_phone") or "", self.region) or ""

    def _email(self, p) -> str:
        return canonical_email(p.row.fields.get("owner_email") or "")


def _role(p: PlannedListing) -> str:
    is_lease = p.row.fields.get("property_type") == PropertyType.RESIDENTIAL_LEASE
    return CustomerRole.LANDLORD if is_lease else CustomerRole.SELLER


# Contacts, and what the nightly search notes: they say nothing about anybody having done something.
DERIVED = (Phone, EmailAddress, DuplicatePair)


def remove_owners(made: set[int]) -> None:
    """Delete customers whom a run made and nobody has done anything with since."""
    untouched = Customer.objects.filter(pk__in=made, version=1)
    for relation in Customer._meta.related_objects:
        if relation.related_model in DERIVED or relation.related_model.__name__.endswith("History"):
            continue
        rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": made})
        untouched = untouched.exclude(pk__in=rows.values(relation.field.attname))
    untouched.delete()
