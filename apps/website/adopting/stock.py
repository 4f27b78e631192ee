"""The listings that posts of a site are compared with."""

from collections import defaultdict

from apps.listings.lookups import PropertyType, StandardStatus
from apps.listings.models import Listing, Permit
from apps.listings.models.place import PlaceLevel
from apps.website.adopting.candidates import ListingFacts
from apps.website.adopting.resemblance import Stock
from apps.website.models import Placement, Site

COLUMNS = ("pk", "listing_id", "list_price", "property_type", "bedrooms_total")
ADDRESS = ("place_name", "unit__place__level", "unit_number")


def stock_of(site: Site) -> Stock:
    """All listings but deleted ones, with what the site shows of them already."""
    permits = defaultdict(list)
    for listing, number in Permit.objects.values_list("listing", "number"):
        permits[listing].append(number)
    placed = Placement.objects.filter(site=site, post_id__isnull=False)
    posts = dict(placed.values_list("listing", "post_id"))
    rows = Listing.objects.exclude(standard_status=StandardStatus.DELETE).order_by()
    return Stock(
        ListingFacts(
            pk=pk,
            reference=reference,
            permits=tuple(permits[pk]),
            price=price,
            is_lease=offer == PropertyType.RESIDENTIAL_LEASE,
            bedrooms=bedrooms,
            building=place if level == PlaceLevel.BUILDING else "",
            unit=unit,
            post=posts.get(pk),
        )
        for pk, reference, price, offer, bedrooms, place, level, unit in rows.values_list(*COLUMNS, *ADDRESS).iterator()
    )
