"""One verb for many rows. Each goes through the same action as alone; what is refused stays as it was."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.keyset import LARGEST_KEY
from apps.core.lists.asked import Asked
from apps.core.refusals import Refused

MOST_ROWS = 500
LARGEST_VERSION = 2**31 - 1
NOT_UNDERSTOOD = gettext_lazy("The selection was not understood. Select the rows again.")
NOTHING = gettext_lazy("Nothing is selected. Tick rows first.")


@dataclass
class Outcome:
    """Which rows were changed, and which were not, each with the sentences that say why."""

    changed: list = field(default_factory=list)
    refused: list[tuple[object, list[str]]] = field(default_factory=list)


@transaction.atomic
def each(opened: Iterable[tuple[object, int]], act: Callable) -> Outcome:
    """Act on each (row, version that the person saw)."""
    outcome = Outcome()
    for count, (row, version) in enumerate(opened, start=1):
        if count > MOST_ROWS:
            raise Refused(_("At most %(most)s can be changed at once. Narrow the selection.") % {"most": MOST_ROWS})
        try:
            with transaction.atomic():
                act(row, version)
        except Refused as refusal:
            outcome.refused.append((row, refusal.sentences))
        else:
            outcome.changed.append(row)
    return outcome


def ticked(data) -> list[int]:
    """The keys that a list's form sent."""
    return [int(value) for value in data.getlist("id") if value.isdecimal() and int(value) <= LARGEST_KEY]


def selected(asked: Asked, data, related: str) -> list:
    """The rows ticked, or with `all` the first that the address shows, the latest change first."""
    rows = asked.visible().select_related(related)
    order = [f"-{key.name}" for key in asked.catalogue.orders.order(asked.catalogue.orders.default).keys]
    if data.get("all"):
        return list(asked.rows(rows).order_by(*order)[:MOST_ROWS])
    return list(rows.filter(pk__in=ticked(data)[:MOST_ROWS]).order_by(*order))


def opened(rows, data) -> list[tuple[object, int]]:
    """Rows of the fields `row`, each “id:version” as it was when the form was opened."""
    pairs = (value.partition(":") for value in data.getlist("row")[: MOST_ROWS + 1])
    wanted = {int(pk): int(version) for pk, _colon, version in pairs if pk.isdecimal() and version.isdecimal()}
    if any(pk > LARGEST_KEY or version > LARGEST_VERSION for pk, version in wanted.items()):
        raise Refused(NOT_UNDERSTOOD)
    found = [(row, wanted[row.pk]) for row in rows.filter(pk__in=wanted).order_by("pk")]
    if not found:
        raise Refused(NOTHING)
    return found
