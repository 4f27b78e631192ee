"""What a person decides about the posts of a site: read it, link, leave, take back. None of it writes to the site."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core.events import record
from apps.core.queue import enqueue
from apps.core.refusals import NotAllowed, Refused
from apps.listings.models import Listing
from apps.listings.policy import why_not_edit_text
from apps.website.actions.differences import take_theirs
from apps.website.adopting.baseline import put_baseline
from apps.website.adopting.matching import match
from apps.website.adopting.words import Confidence, Decision
from apps.website.models import Adoption, FoundPost, Placement, PlacementPhoto, Site
from apps.website.models.adoption import UNDER_WAY, AdoptionState
from apps.website.profiles.page import PAGE, words_in
from apps.website.profiles.spec import read_spec
from apps.website.states import State, Wanted

DESCRIPTIONS = ("public_remarks", PAGE)
OF_LINKED = ("brings_photos", "photos_done", "photo_troubles", "waits_for")
LOST_AFTER = timedelta(minutes=10)  # a reading that shows no progress for so long has lost its worker


def why_not_adopt(by) -> list[str]:
    """Why this person may not link posts of a site with listings."""
    return [] if by.has_perm("website.adopt_posts") else [_("Only a manager may adopt a website's posts. Ask one.")]


@transaction.atomic
def start_reading(site: Site, *, by, in_job: bool = True) -> Adoption:
    """Ask for the site to be read; what was decided before stays."""
    NotAllowed.unless_empty(why_not_adopt(by))
    Site.objects.select_for_update().get(pk=site.pk)
    lost = Adoption.objects.filter(site=site, state__in=UNDER_WAY, seen_at__lt=timezone.now() - LOST_AFTER)
    lost.update(state=AdoptionState.FAILED, trouble=_("The reading broke off."), ended_at=timezone.now())
    if Adoption.objects.filter(site=site, state__in=UNDER_WAY).exists():
        raise Refused(_("%(site)s is being read already. Wait until that is done.") % {"site": site})
    adoption = Adoption.objects.create(site=site, by=by)
    record("website.reading", site, by=by)
    if in_job:
        enqueue("website.adopt", by=by, adoption_id=adoption.pk)
    return adoption


@transaction.atomic
def link(post: FoundPost, listing: Listing, *, by) -> Placement:
    """Say that this post is this listing. From then on its differences are shown; it is sent once it is followed."""
    NotAllowed.unless_empty(why_not_adopt(by))
    placement = _link(_locked(post), listing, by)
    ask_for_photos(post.site, by=by)
    return placement


def _link(post, listing, by) -> Placement:
    if post.decision == Decision.LINKED:
        raise Refused(_("The post is linked already. Look again."))
    placement = _free_placement(post, listing)
    put_baseline(placement, post)
    placement.save()
    placement = _take_missing_description(placement, by)
    decide(post, Decision.LINKED, by)
    record("website.linked", listing, by=by, new=post.site.name, post=post.post_id)
    return placement


def _take_missing_description(placement: Placement, by) -> Placement:
    """The text of the post, where the listing has none."""
    listing, spec = placement.listing, read_spec(placement.site.profile.spec)
    paths = [one.path for one in spec.fields if one.source in DESCRIPTIONS]
    said = next((path for path in paths if words_in(str(placement.theirs.get(path) or ""))), None)
    if said is None or listing.public_remarks.strip() or why_not_edit_text(listing, by):
        return placement
    return take_theirs(placement, said, by=by)


@transaction.atomic
def start_work(site: Site, state: AdoptionState, rows, job: str, *, by) -> Adoption:
    """Have a job do to these rows what somebody said of all of them at once."""
    NotAllowed.unless_empty(why_not_adopt(by))
    Site.objects.select_for_update().get(pk=site.pk)
    adoption = Adoption.objects.filter(site=site).first()
    if adoption is None or adoption.is_under_way:
        raise Refused(_("The posts of %(site)s are still worked on. Wait until that is done.") % {"site": site})
    adoption.begin(state, rows.count())
    enqueue(job, by=by, adoption_id=adoption.pk)
    return adoption


def start_linking(site: Site, *, by) -> Adoption:
    """Ask for all posts that are sure to be linked."""
    return start_work(site, AdoptionState.LINKING, sure_posts(site), "website.adopt_link", by=by)


def finish_linking(adoption: Adoption, *, by) -> None:
    """Link them, with progress; what could not be linked is said."""
    _count, refused = link_sure(adoption.site, by=by, tell=adoption.tell)
    adoption.refresh_from_db()
    adoption.state, adoption.trouble = AdoptionState.DONE, " ".join(refused)[:500]
    adoption.save(update_fields=["state", "trouble", "seen_at"])


def sure_posts(site: Site):
    """What is linked without looking at each."""
    return FoundPost.objects.filter(site=site, decision=Decision.OPEN, confidence=Confidence.SURE)


def link_sure(site: Site, *, by, tell=lambda count: None) -> tuple[int, list[str]]:
    """Link all posts that are sure; how many, and why others could not be."""
    NotAllowed.unless_empty(why_not_adopt(by))
    count, refused = 0, []
    for post in sure_posts(site).prefetch_related("proposals__found_listing"):
        best = next(iter(post.proposals.all()), None)
        if best is None:
            continue
        try:
            with transaction.atomic():
                _link(_locked(post), best.found_listing, by)
        except Refused as refusal:
            refused.append(f"{post}: {' '.join(refusal.sentences)}")
        else:
            count += 1
            tell(count)
    ask_for_photos(site, by=by)
    return count, refused


@transaction.atomic
def leave(post: FoundPost, *, by) -> None:
    """The post is not the CRM's business: it stays as it is, and no listing waits for it."""
    NotAllowed.unless_empty(why_not_adopt(by))
    post = _locked(post)
    if not post.is_open:
        raise Refused(_("Somebody decided about this post already. Look again."))
    decide(post, Decision.LEFT, by)


@transaction.atomic
def take_back(post: FoundPost, *, by) -> None:
    """Forget what was decided about a post; a link only while the post is not followed."""
    NotAllowed.unless_empty(why_not_adopt(by))
    post = _locked(post)
    if post.decision == Decision.LINKED:
        _unlink(post, by)
    decide(post, Decision.OPEN, None)
    match(post.site)


def _unlink(post, by) -> None:
    placement = Placement.objects.select_for_update(of=["self"]).select_related("listing")
    row = placement.filter(site=post.site, post_id=post.post_id).first()
    if row is None:
        return
    if row.state != State.LINKED:
        raise Refused(_("%(listing)s is followed there. Take it off the site instead.") % {"listing": row.listing})
    record("website.unlinked", row.listing, by=by, new=post.site.name, post=post.post_id)
    row.delete()


def _free_placement(post, listing) -> Placement:
    """The placement of the listing on the site, as long as nothing of it is there."""
    Placement.objects.get_or_create(listing=listing, site=post.site, defaults={"wanted": Wanted.FILTER})
    rows = Placement.objects.select_related("site__profile", "listing__unit__place", "listing__list_agent")
    row = rows.select_for_update(of=["self"]).get(listing=listing, site=post.site)
    words = {"listing": listing.listing_id, "site": post.site}
    if row.post_id or row.is_up:
        raise Refused(_("%(listing)s is on %(site)s already, in another post.") % words)
    if row.asked_at or (row.claimed_until and row.claimed_until > timezone.now()):
        raise Refused(_("%(listing)s is being sent to %(site)s at this moment. Try again in a minute.") % words)
    PlacementPhoto.objects.filter(placement=row).delete()
    return row


def _locked(post) -> FoundPost:
    rows = FoundPost.objects.select_for_update(of=["self"]).select_related("site__profile", "adoption")
    return rows.get(pk=post.pk)


def decide(post: FoundPost, decision: str, by) -> None:
    """Write down what a person said; with nobody, that it was taken back."""
    post.decision, post.decided_by = decision, by
    post.decided_at, post.compared_at = (timezone.now() if by else None), None
    post.brings_photos, post.photos_done, post.photo_troubles, post.waits_for = False, 0, [], []
    post.save(update_fields=["decision", "decided_by", "decided_at", "compared_at", *OF_LINKED])


def ask_for_photos(site: Site, *, by, seconds: int = 0) -> None:
    """Have the photos of what was linked looked at, in so many seconds; one job that waits is enough."""
    lock, later = f"website.adopt_photos-{site.pk}", {"seconds": seconds} if seconds else None
    enqueue("website.adopt_photos", by=by, queueing_lock=lock, schedule_in=later, site_id=site.pk)


@transaction.atomic
def bring_photos(post: FoundPost, *, by) -> None:
    """Try again to take over the photos of a post: those that did not come, or all where none was asked for."""
    NotAllowed.unless_empty(why_not_adopt(by))
    post = _locked(post)
    if post.decision != Decision.LINKED or not post.photos:
        raise Refused(_("The post is not linked any more. Look again."))
    post.compared_at, post.brings_photos, post.photos_done, post.photo_troubles = None, True, 0, []
    post.save(update_fields=["compared_at", *OF_LINKED])
    ask_for_photos(post.site, by=by)
