"""Listings that may be on a website, and a website in memory to put them on."""

from django.utils import timezone

from apps.listings.actions.photo import add_photo, make_sizes
from apps.listings.models import Listing
from apps.website.actions.deliver import deliver
from apps.website.actions.publish import publish
from apps.website.models import Placement
from tests.factories import ListingFactory, MandateFactory, PermitFactory
from tests.walk_world import picture

SPEC = {
    "type": "crm_property",
    "rest_base": "crm-properties",
    "fields": {
        "title": {"from": "title"},
        "content": {"from": "public_remarks", "as": "html"},
        "featured_media": {"from": "cover", "as": "id"},
        "meta.crm_price": {"from": "list_price", "as": "number"},
        "meta.crm_bedrooms": {"from": "bedrooms_total", "as": "integer"},
        "meta.crm_photos": {"from": "photos", "as": "ids"},
    },
}


def ready_listing(by, *, photos=("red",), **values) -> Listing:
    """A listing with all that a website asks for."""
    listing = ListingFactory(
        created_by=by,
        list_agent=by,
        title="Two bedrooms by the water",
        public_remarks="Bright.\n\nHigh floor.",
        internet_entire_listing_display_yn=True,
        **values,
    )
    MandateFactory(listing=listing)
    PermitFactory(listing=listing)
    for colour in photos:
        make_sizes(add_photo(listing, picture(colour), by=by))
    listing.refresh_from_db()
    return listing


def put(listing, site, by) -> Placement:
    """Publish it and deliver."""
    publish(listing, site, by=by)
    return after_delivery(listing, site, by)


def after_delivery(listing, site, by, **options) -> Placement:
    """The placement after the site's queue was worked off once; what waits for another try is tried now."""
    Placement.objects.filter(due_at__isnull=False).update(due_at=timezone.now())
    deliver(site, by=by, **options)
    return Placement.objects.get(listing=listing, site=site)
