"""The owner's mandate and the permit to advertise."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import Agency
from apps.core.events import record
from apps.core.refusals import NotAllowed, Refused
from apps.listings.models import Listing, Mandate, Permit
from apps.listings.policy import why_not_change


def default_expiration(signed_on: date) -> date:
    """The last day of a mandate signed that day, by the agency's usual length."""
    return signed_on + timedelta(days=Agency.current().mandate_days)


def why_not_run(signed_on: date, ends_on: date) -> list[str]:
    """Why a mandate cannot run between these days."""
    return [_("The mandate ends before it starts. Check both dates.")] if ends_on < signed_on else []


@transaction.atomic
def add_mandate(listing: Listing, mandate: Mandate, *, by) -> Mandate:
    """Attach a signed mandate (unsaved row with its dates) to the listing."""
    NotAllowed.unless_empty(why_not_change(listing, by))
    Refused.unless_empty(why_not_run(mandate.listing_contract_date, mandate.expiration_date))
    mandate.listing = listing
    mandate.save()
    record("listing.mandate_added", listing, by=by, until=mandate.expiration_date.isoformat())
    return mandate


@transaction.atomic
def add_permit(listing: Listing, permit: Permit, *, by) -> Permit:
    """Attach a permit to advertise (unsaved row) to the listing."""
    NotAllowed.unless_empty(why_not_change(listing, by))
    permit.listing = listing
    permit.save()
    until = permit.expiration_date.isoformat() if permit.expiration_date else None
    record("listing.permit_added", listing, by=by, number=permit.number, until=until)
    return permit
