"""The agency's settings."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import Agency, User
from apps.core.events import record
from apps.core.refusals import NotAllowed
from apps.core.versions import claim_version

# In the order of the form.
AGENCY_FIELDS = (
    "name",
    "currency",
    "area_units",
    "time_zone",
    "phone_region",
    "weekend",
    "customer_visibility",
    "mandate_days",
    "requires_mfa",
)


def why_not_edit_agency(by: User) -> list[str]:
    """Why this person may not change the agency's settings."""
    return (
        [] if by.has_perm("accounts.change_agency") else [_("Only an administrator may change the agency's settings.")]
    )


@transaction.atomic
def edit_agency(changes: Mapping, *, version: int, by: User) -> Agency:
    """Set fields of AGENCY_FIELDS; `version` is the one the form was opened with (Conflict if older)."""
    NotAllowed.unless_empty(why_not_edit_agency(by))
    agency = Agency.current()
    claim_version(agency, version)
    agency.refresh_from_db()
    changed = {name for name in changes.keys() & set(AGENCY_FIELDS) if getattr(agency, name) != changes[name]}
    for name in changed:
        setattr(agency, name, changes[name])
    if changed:
        agency.save(update_fields=changed)
        record("agency.edited", agency, by=by, fields=sorted(changed))
    return agency
