"""The list as a file: CSV or XLSX of what is filtered, or of the rows that are ticked."""

from django.http import Http404, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.core.counting import capped_counts
from apps.core.refusals import NotAllowed, Refused
from apps.core.sheets import MOST_XLSX_ROWS, csv_lines, xlsx_parts
from apps.listings.export import export as export_listings
from apps.listings.export import why_not_export
from apps.listings.filters import read
from apps.listings.listing_list import without_typing_errors
from apps.listings.models import Listing

WRITERS = {"csv": csv_lines, "xlsx": xlsx_parts}
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
LARGEST = 2**63 - 1


@require_safe
def export(request, kind):
    """Stream the file; the address is that of the list, or names rows by `id`."""
    if kind not in WRITERS:
        raise Http404
    NotAllowed.unless_empty(why_not_export(request.user))
    rows = _rows(request)
    if kind == "xlsx" and capped_counts(rows, cap=MOST_XLSX_ROWS)[0] > MOST_XLSX_ROWS:
        raise Refused("A workbook holds 1,048,575 listings at most. Export CSV, or narrow the list.")
    header, values = export_listings(rows, kind, by=request.user, asked=request.GET.urlencode()[:500])
    response = StreamingHttpResponse(WRITERS[kind](header, values), content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="listings-{timezone.localdate()}.{kind}"'
    return response


def _rows(request):
    visible = Listing.objects.visible_to(request.user)
    ids = [int(value) for value in request.GET.getlist("id") if value.isdecimal() and int(value) <= LARGEST]
    if ids and not request.GET.get("all"):
        return visible.filter(pk__in=ids)
    return without_typing_errors(read(request.GET, request.user, request.agency)).rows(visible)
