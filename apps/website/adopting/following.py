"""From linked to followed: the moment from which the CRM may write to a post that was made by hand."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core.events import record
from apps.core.refusals import NotAllowed, Refused
from apps.listings.lookups import PhotoState
from apps.website.actions.publish import ask, why_not_publish
from apps.website.adopting.linking import start_work
from apps.website.models import Adoption, FoundPost, Placement, Site
from apps.website.models.adoption import AdoptionState
from apps.website.policy import why_not_touch
from apps.website.states import State, Wanted


def why_not_follow(placement: Placement, by) -> list[str]:
    """Why the site may not follow the listing now. What may be on no website would be taken off, so it waits."""
    if placement.state != State.LINKED:
        return [_("The site follows this listing already.")]
    return _why_photos_wait(placement) + why_not_publish(placement.listing, placement.site, by)


def _why_photos_wait(placement) -> list[str]:
    """Until its photos are known, what is there already would be sent a second time."""
    posts = FoundPost.objects.filter(site=placement.site_id, post_id=placement.post_id)
    are_made = placement.listing.photos.shown().filter(state=PhotoState.PROCESSING)
    if posts.with_photos_to_come().exists() or are_made.exists():
        return [_("Its photos are still being looked at. Try again in a minute.")]
    return []


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


def start_following_all(site: Site, *, by) -> Adoption:
    """Ask for everything that is linked to be followed."""
    return start_work(site, AdoptionState.FOLLOWING, _linked(site), "website.adopt_follow", by=by)


def finish_following(adoption: Adoption, *, by) -> None:
    """Follow them, with progress; each that waits says why."""
    follow_all(adoption.site, by=by, tell=adoption.tell)
    Adoption.objects.filter(pk=adoption.pk).update(state=AdoptionState.DONE)


def follow_all(site: Site, *, by, tell=lambda count: None) -> tuple[int, list[str]]:
    """Follow everything that is linked and may be shown; how many, and why others wait."""
    count, refused = 0, []
    for number, placement in enumerate(_linked(site).order_by("listing__listing_id"), start=1):
        why_not = []
        try:
            start_following(placement, by=by)
        except Refused as refusal:
            why_not = refusal.sentences
            refused.append(f"{placement.listing.listing_id}: {' '.join(why_not)}")
        else:
            count += 1
        FoundPost.objects.filter(site=site, post_id=placement.post_id).update(waits_for=why_not)
        tell(number)
    return count, refused


def _linked(site):
    return Placement.objects.filter(site=site, state=State.LINKED).select_related("listing")
