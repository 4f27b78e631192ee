"""Listings that may be on a website, and a website in memory to put them on."""

from django.utils import timezone

from apps.listings.actions.photo import add_photo, make_sizes
from apps.listings.models import Listing, Photo
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


def many_ready(by, count: int) -> list[Listing]:
    """So many listings, all with the file of one photo, which a site is sent once."""
    first = ready_listing(by)
    photo = first.photos.get()
    others = [ready_listing(by, photos=()) for _ in range(count - 1)]
    for listing in others:
        values = {"name": photo.name, "digest": photo.digest, "state": photo.state, "added_by": by}
        Photo.objects.create(listing=listing, order=0, **values)
    return list(Listing.objects.filter(pk__in=[first.pk, *(listing.pk for listing in others)]).order_by("pk"))


def put(listing, site, by) -> Placement:
    """Publish it and deliver."""
    publish(listing, site, by=by)
    return after_delivery(listing, site, by)


def deliver_all(site, by) -> None:
    """Deliver until nothing is due; a site on a slow machine may not answer in time now and then."""
    rows = Placement.objects.filter(site=site, due_at__isnull=False)
    for _ in range(20):
        rows.update(due_at=timezone.now())
        deliver(site, by=by)
        if not rows.exists():
            return
    raise AssertionError("The site does not settle.")


def after_delivery(listing, site, by, **options) -> Placement:
    """The placement after the site's queue was worked off once; what waits for another try is tried now."""
    Placement.objects.filter(due_at__isnull=False).update(due_at=timezone.now())
    deliver(site, by=by, **options)
    return Placement.objects.get(listing=listing, site=site)
