"""What the tests of importing customers ask of the rows that came in."""

from apps.customers.actions.customer import edit_customer
from apps.customers.models import Consent, Customer, EmailAddress, Note, Phone
from apps.imports.models import CustomerRecord, ImportRun
from apps.matching.models import Requirement, RequirementPlace


def called(name: str) -> Customer:
    return Customer.objects.get(full_name=name)


def numbers(customer: Customer) -> list[str]:
    return [phone.text for phone in customer.phones.all()]


def addresses(customer: Customer) -> list[str]:
    return [email.address for email in customer.emails.all()]


def sentences(run: ImportRun, number: int) -> str:
    return " ".join(problem["sentence"] for problem in run.rows.get(number=number).problems)


def change(customer: Customer, by, **values) -> None:
    edit_customer(customer, customer.version, values, by=by)


def everything() -> dict:
    """All that an import writes, without what changes with every write."""
    models = (Customer, Phone, EmailAddress, Consent, Note, Requirement, RequirementPlace, CustomerRecord)
    volatile = ("version", "modified_at")
    keep = {m: [f.attname for f in m._meta.concrete_fields if f.name not in volatile] for m in models}
    return {m.__name__: list(m.objects.order_by("pk").values(*keep[m])) for m in models}
