"""The list as a file."""

from django.views.decorators.http import require_safe

from apps.core.lists.files import file_of
from apps.core.refusals import NotAllowed
from apps.listings.export import export as export_listings
from apps.listings.export import why_not_export
from apps.listings.listing_list import LISTINGS


@require_safe
def export(request, kind):
    """CSV or XLSX of the address of the list, or of the rows it names by `id`."""
    NotAllowed.unless_empty(why_not_export(request.user))
    return file_of(request, LISTINGS, kind, export_listings)
