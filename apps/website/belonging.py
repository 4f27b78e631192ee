"""Which listings belong on a site: what its filter finds, and what of that may be shown."""

from datetime import date

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.agency_time import agency_time
from apps.accounts.models import User
from apps.listings.actions.status import why_not_ready
from apps.listings.listing_list import read
from apps.listings.lookups import ON_MARKET, PropertyType, StandardStatus
from apps.listings.models import Listing
from apps.website.profiles.spec import read_spec


def belonging(site):
    """Listings that the site's filter finds and its profile sends; none where the site does not follow it."""
    if not site.follows_filter:
        return Listing.objects.none()
    with agency_time() as agency:
        asked = read(QueryDict(site.filter), User.objects.system(), agency)
        rows = asked.rows().filter(standard_status__in=ON_MARKET)
    sent = read_spec(site.profile.spec).property_types
    return rows.filter(property_type__in=sent) if sent else rows


def left_market(listing: Listing) -> str:
    """In a word, why a listing is on no website though nothing is wrong with it; empty while it is on the market."""
    if listing.standard_status in ON_MARKET:
        return ""
    if listing.standard_status != StandardStatus.CLOSED:
        return str(StandardStatus(listing.standard_status).label)
    return _("Let") if listing.property_type == PropertyType.RESIDENTIAL_LEASE else _("Sold")


def why_not_shown(listing: Listing, on: date | None = None) -> list[str]:
    """Why the listing may be on no website on that day (default: today where the agency is)."""
    if listing.standard_status not in ON_MARKET:
        status = StandardStatus(listing.standard_status).label
        return [
            _("%(reference)s is %(status)s. Only listings on the market are on websites.")
            % {"reference": listing.listing_id, "status": status}
        ]
    if on is None:
        with agency_time():
            on = timezone.localdate()
    return why_not_ready(listing, on)
