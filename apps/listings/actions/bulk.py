"""One verb for many listings. Each row goes through the same action as alone; what is refused stays as it was."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import transaction

from apps.core.refusals import NotAllowed, Refused
from apps.listings.actions.listing import assign, why_not_assign
from apps.listings.actions.status import move
from apps.listings.models import Listing

MOST_ROWS = 500


@dataclass
class Outcome:
    """Which listings were changed, and which were not, each with the sentences that say why."""

    changed: list[Listing] = field(default_factory=list)
    refused: list[tuple[Listing, list[str]]] = field(default_factory=list)


def move_many(opened: Iterable[tuple[Listing, int]], status: str, *, by) -> Outcome:
    """Give each listing the status. `opened` pairs it with the version that the person saw."""
    return _each(opened, lambda listing, version: move(listing, status, version=version, by=by))


def assign_many(listings: Iterable[Listing], agent, *, by) -> Outcome:
    """Make `agent` responsible for each listing."""
    NotAllowed.unless_empty(why_not_assign(by))
    return _each(((listing, listing.version) for listing in listings), lambda listing, _: assign(listing, agent, by=by))


@transaction.atomic
def _each(opened: Iterable[tuple[Listing, int]], act: Callable) -> Outcome:
    outcome = Outcome()
    for count, (listing, version) in enumerate(opened, start=1):
        if count > MOST_ROWS:
            raise Refused(f"At most {MOST_ROWS} listings can be changed at once. Narrow the selection.")
        try:
            with transaction.atomic():
                act(listing, version)
        except Refused as refusal:
            outcome.refused.append((listing, refusal.sentences))
        else:
            outcome.changed.append(listing)
    return outcome
