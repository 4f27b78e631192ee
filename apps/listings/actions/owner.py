"""The owner of a unit: what forms say of a name, a phone and an e-mail becomes a customer."""

from collections.abc import Mapping

from apps.customers.actions.owner import TypedOwner, owner_for
from apps.customers.lookups import CustomerRole
from apps.customers.models import Customer
from apps.listings.lookups import PropertyType
from apps.listings.models import Unit

OWNER_FIELDS = frozenset({"owner_name", "owner_phone", "owner_email"})


def owner_of(unit: Unit, values: Mapping, *, property_type: str, agent, by) -> Customer | None:
    """The customer who owns the unit after `values` (some of OWNER_FIELDS) were typed."""
    now = {name: getattr(unit, name) for name in OWNER_FIELDS} if unit.owner_id else {}
    merged = now | {name: (values[name] or "").strip() for name in OWNER_FIELDS & values.keys()}
    typed = TypedOwner(
        name=merged.get("owner_name", ""), phone=merged.get("owner_phone", ""), email=merged.get("owner_email", "")
    )
    is_lease = property_type == PropertyType.RESIDENTIAL_LEASE
    role = CustomerRole.LANDLORD if is_lease else CustomerRole.SELLER
    return owner_for(typed, unit.owner, role=role, agent=agent, by=by)
