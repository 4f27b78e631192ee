"""The rows before and after one, in the list that its page was opened from."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from apps.core import keyset
from apps.core.counting import EXACT_UP_TO, capped_counts, estimate
from apps.core.lists.asked import read
from apps.core.lists.catalogue import Catalogue
from apps.core.lists.page import is_walk_better, without_typing_errors


@dataclass(frozen=True)
class Neighbours:
    """Addresses of the rows on either side (empty at the ends), where this one stands, and the list's querystring.

    `words` is “3 of 148”, or empty where the list is too long to count, or no longer holds this row.
    """

    previous: str
    next: str
    words: str
    list_query: str


def neighbours(row, catalogue: Catalogue, querystring: str, user, agency) -> Neighbours:
    """The row's neighbours in the list that the querystring of its own address asks for (all of them if empty)."""
    asked = without_typing_errors(read(catalogue, QueryDict(querystring), user, agency))
    rows, order = asked.rows(), asked.order
    cursor = keyset.cursor_of(row, order)
    few = asked.is_narrowed and not is_walk_better(asked, estimate(rows))
    before = keyset.page_before(rows, order, 1, cursor, few=few).rows
    after = keyset.page_after(rows, order, 1, cursor, few=few).rows
    tail = f"?{asked.querystring()}" if asked.querystring() else ""
    return Neighbours(
        before[0].get_absolute_url() + tail if before else "",
        after[0].get_absolute_url() + tail if after else "",
        _words(rows, order, cursor, row),
        tail,
    )


def _words(rows, order, cursor, row) -> str:
    """Counts stop at EXACT_UP_TO, so that the last page of a million costs no more than the first."""
    stretches = keyset.stretches_before(rows, order, cursor)
    total, is_there, *ahead = capped_counts(rows, rows.filter(pk=row.pk), *stretches)
    if not is_there or total > EXACT_UP_TO:
        return ""
    return _("%(place)s of %(total)s") % {"place": f"{sum(ahead) + 1:,}", "total": f"{total:,}"}
