"""What the fields of a customer's row say together: one name, numbers of a country, what was agreed to."""

from apps.customers.lookups import CustomerKind, CustomerRole
from apps.imports.customers.cells import CUSTOMER_TAKERS
from apps.imports.customers.contacts import read_phones
from apps.imports.customers.fields import CHANNELS
from apps.imports.problems import refuse, warn
from apps.imports.understanding.rows import Taking, Understanding
from apps.listings.lookups import PropertyType

NAME_PARTS = ("first_name", "middle_name", "last_name")
LOOKS_FOR = ("property_type", "price_min", "price_max", "bedrooms_min", "bedrooms_max", "places")
LONGEST_NAME = 160


class CustomerRows(Understanding):
    """How the rows of a list of customers are understood."""

    takers = CUSTOMER_TAKERS
    own_reference = "reference"

    def agree(self, taking: Taking) -> bool:
        """Settle what the fields say together; only who was deleted in the source is held back."""
        fields = taking.fields
        self._agree_on_name(fields)
        self._agree_on_contacts(taking)
        self._agree_on_consents(fields)
        self._agree_on_wish(taking)
        if campaign := fields.pop("said_source", ""):
            fields.setdefault("campaign", campaign)
        if "roles" in fields:
            fields["roles"] = [role.value for role in CustomerRole if role in fields["roles"]]
        if "notes" in fields:
            fields["notes"] = "\n\n".join(dict.fromkeys(fields["notes"]))
        if not any(fields.get(name) for name in ("full_name", "company_name", "phones", "emails")):
            sentence = "The row has no name, no phone number and no e-mail address. Enter one of them."
            taking.problems.append(refuse("", "", sentence, "nobody"))
        if fields.pop("is_deleted", False):
            sentence = "Deleted where the file comes from. The row was left out."
            taking.problems = [warn(self.column_of("is_deleted"), "", sentence, "deleted in the source")]
            return True
        return False

    def _agree_on_name(self, fields: dict) -> None:
        parts = [fields.pop(name) for name in NAME_PARTS if name in fields]
        if parts:
            fields.setdefault("full_name", " ".join(parts)[:LONGEST_NAME])
        if fields.get("kind") == CustomerKind.COMPANY and not fields.get("company_name"):
            fields["company_name"] = fields.pop("full_name", "")

    def _agree_on_contacts(self, taking: Taking) -> None:
        fields = taking.fields
        region = fields.pop("phone_region", self.defaults.phone_region)
        numbers: dict = {}
        for column, text in fields.pop("phones", ()):
            found, problems = read_phones(column, text, region)
            numbers |= {number.text: number for number in found if number.text not in numbers}
            taking.problems.extend(problems)
        if numbers:
            fields["phones"] = list(numbers.values())

    def _agree_on_consents(self, fields: dict) -> None:
        """Of a yes and a no for one channel, the no counts; a file's “has not opted out” is no yes."""
        for channel in CHANNELS:
            if fields.pop(f"no_{channel}", False):
                fields[f"consent_{channel}"] = False

    def _agree_on_wish(self, taking: Taking) -> None:
        """What somebody looks for, as far as the row says it and as it can be looked for."""
        fields = taking.fields
        wish = {name: fields.pop(name) for name in LOOKS_FOR if name in fields}
        currency = fields.pop("currency", self.defaults.currency)
        if not wish.keys() - {"property_type"}:
            return
        for low, high in (("price_min", "price_max"), ("bedrooms_min", "bedrooms_max")):
            if low in wish and high in wish and wish[low] > wish[high]:
                wish[low], wish[high] = wish[high], wish[low]
        if "property_type" not in wish:
            is_tenant = fields.get("roles") == [CustomerRole.TENANT.value]
            wish["property_type"] = (PropertyType.RESIDENTIAL_LEASE if is_tenant else PropertyType.RESIDENTIAL).value
            if "roles" not in fields and "price_max" in wish:
                column = self.column_of("price_max")
                sentence = "It is not said whether they buy or rent. Read as buying."
                taking.problems.append(warn(column, "", sentence, "sale or rent"))
        fields["wish"] = wish | {"currency": currency}
