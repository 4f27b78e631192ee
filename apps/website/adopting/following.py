"""From linked to followed: the moment from which the CRM may write to a post that was made by hand."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core.events import record
from apps.core.refusals import NotAllowed, Refused
from apps.website.actions.publish import ask, why_not_publish
from apps.website.models import Placement, Site
from apps.website.policy import why_not_touch
from apps.website.states import State, Wanted


def why_not_follow(placement: Placement, by) -> list[str]:
    """Why the site may not follow the listing now. What may be on no website would be taken off, so it waits."""
    if placement.state != State.LINKED:
        return [_("The site follows this listing already.")]
    return why_not_publish(placement.listing, placement.site, by)


@transaction.atomic
def start_following(placement: Placement, *, by) -> Placement:
    """From now on the site follows the listing. What differs there still waits for a person, field by field."""
    rows = Placement.objects.select_related("site__profile", "listing__unit__place", "listing__list_agent")
    row = rows.select_for_update(of=["self"]).get(pk=placement.pk)
    NotAllowed.unless_empty(why_not_touch(row.listing, by))
    Refused.unless_empty(why_not_follow(row, by))
    now = timezone.now()
    row.state, row.state_since = (State.CHANGED if row.theirs else State.LIVE), now
    # A draft counts as up, so that its being one is a difference and not a thing to send over.
    row.is_up, row.wanted, row.due_at, row.attempts = True, Wanted.ON, now, 0
    row.save()
    record("website.followed", row.listing, by=by, new=row.site.name)
    ask(row.site, by=by)
    return row


def follow_all(site: Site, *, by) -> tuple[int, list[str]]:
    """Follow everything that is linked and may be shown; how many, and why others wait."""
    linked = Placement.objects.filter(site=site, state=State.LINKED).select_related("listing")
    count, refused = 0, []
    for placement in linked.order_by("listing__listing_id"):
        try:
            start_following(placement, by=by)
        except Refused as refusal:
            refused.append(f"{placement.listing.listing_id}: {' '.join(refusal.sentences)}")
        else:
            count += 1
    return count, refused
