"""A list as a file: CSV or XLSX of what is filtered, or of the rows that are ticked."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.http import Http404, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core.counting import capped_counts
from apps.core.lists.asked import read
from apps.core.lists.bulk import ticked
from apps.core.lists.catalogue import Catalogue
from apps.core.lists.page import without_typing_errors
from apps.core.refusals import Refused
from apps.core.sheets import MOST_XLSX_ROWS, csv_lines, xlsx_parts

WRITERS = {"csv": csv_lines, "xlsx": xlsx_parts}
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Column:
    """A header, and what stands under it for a row."""

    name: str
    value: Callable[..., object]


def file_of(request, catalogue: Catalogue, kind: str, export: Callable[..., tuple[list[str], Iterator[list]]]):
    """Stream the file; the address is that of the list, or names rows by `id`. `export` records and reads; who may
    take the list away is for the caller to ask first.
    """
    if kind not in WRITERS:
        raise Http404
    rows = _rows(request, catalogue)
    if kind == "xlsx" and capped_counts(rows, cap=MOST_XLSX_ROWS)[0] > MOST_XLSX_ROWS:
        words = {"rows": catalogue.nouns[1]}
        raise Refused(_("A workbook holds 1,048,575 %(rows)s at most. Export CSV, or narrow the list.") % words)
    header, values = export(rows, kind, by=request.user, asked=request.GET.urlencode()[:500])
    response = StreamingHttpResponse(WRITERS[kind](header, values), content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{catalogue.key}-{timezone.localdate()}.{kind}"'
    return response


def _rows(request, catalogue):
    visible, ids = catalogue.visible_to(request.user), ticked(request.GET)
    if ids and not request.GET.get("all"):
        return visible.filter(pk__in=ids)
    return without_typing_errors(read(catalogue, request.GET, request.user, request.agency)).rows(visible)
