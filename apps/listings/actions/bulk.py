"""One verb for many listings. Each row goes through the same action as alone; what is refused stays as it was."""

from collections.abc import Iterable

from apps.core.lists.bulk import Outcome, each
from apps.core.refusals import NotAllowed
from apps.listings.actions.listing import assign, why_not_assign
from apps.listings.actions.status import move
from apps.listings.models import Listing


def move_many(opened: Iterable[tuple[Listing, int]], status: str, *, by) -> Outcome:
    """Give each listing the status. `opened` pairs it with the version that the person saw."""
    return each(opened, lambda listing, version: move(listing, status, version=version, by=by))


def assign_many(listings: Iterable[Listing], agent, *, by) -> Outcome:
    """Make `agent` responsible for each listing."""
    NotAllowed.unless_empty(why_not_assign(by))
    return each(((listing, listing.version) for listing in listings), lambda listing, _: assign(listing, agent, by=by))
