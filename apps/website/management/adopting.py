"""`manage.py website adopt`: read a site that was kept by hand, say what is there, and link what is sure if told to."""

from collections import Counter

from django.core.management.base import CommandError

from apps.accounts.models import User
from apps.core.refusals import Refused
from apps.website.adopting.following import follow_all
from apps.website.adopting.linking import link_sure, start_reading
from apps.website.adopting.photos import look_at_photos
from apps.website.adopting.reading import read_site
from apps.website.adopting.words import Confidence, Decision
from apps.website.models import FoundPost, Site
from apps.website.models.adoption import AdoptionState
from apps.website.wordpress import Trouble

WIDTH = 44


def add_options(parser) -> None:
    """What `adopt` is told."""
    parser.add_argument("--link", action="store_true", help="link the posts that are sure; nothing is sent to the site")
    parser.add_argument("--follow", action="store_true", help="from now on the site follows what is linked")


def adopt_site(command, site: Site, options) -> None:
    """Read, compare, print; link and follow only when asked for."""
    by = User.objects.system()
    try:
        adoption = start_reading(site, by=by, in_job=False)
    except Refused as refusal:
        raise CommandError(" ".join(refusal.sentences)) from None
    adoption.site = site
    read_site(adoption, by=by, tell=_Progress(command))
    if adoption.state == AdoptionState.FAILED:
        raise CommandError(f"{site} could not be read: {adoption.trouble}")
    if options["link"]:
        _link(command, site, by)
    _table(command, site)
    if options["follow"]:
        count, refused = follow_all(site, by=by)
        command.stdout.write(f"{count} followed from now on, {len(refused)} wait:")
        for line in refused:
            command.stdout.write(f"  {line}")
    _summary(command, site, adoption)


class _Progress:
    """A line for every hundred posts."""

    def __init__(self, command):
        self.command = command

    def __call__(self, adoption):
        if adoption.state == AdoptionState.READING:
            self.command.stdout.write(f"{adoption.done} of {adoption.total} posts read")


def _link(command, site, by) -> None:
    count, refused = link_sure(site, by=by)
    command.stdout.write(f"{count} linked.")
    for line in refused:
        command.stdout.write(f"  {line}")
    try:
        if not look_at_photos(site, by=by):
            command.stdout.write("Photos are being compared by another job.")
    except Trouble as trouble:
        command.stdout.write(f"Photos are compared later: {trouble.sentence}")


def _table(command, site) -> None:
    posts = FoundPost.objects.filter(site=site).prefetch_related("proposals__found_listing")
    for post in posts:
        best = next(iter(post.proposals.all()), None)
        sure = post.get_decision_display() if post.decision != Decision.OPEN else post.get_confidence_display()
        listing = best.found_listing.listing_id if best else "-"
        because = "; ".join([*(best.because if best else []), *post.remarks])
        title = post.title if len(post.title) <= WIDTH else post.title[: WIDTH - 1] + "…"
        command.stdout.write(f"{post.post_id:>7}  {title:<{WIDTH}}  {sure:<14}  {listing:<14}  {because}")


def _summary(command, site, adoption) -> None:
    rows = FoundPost.objects.filter(site=site)
    counts = Counter(rows.filter(decision=Decision.OPEN).values_list("confidence", flat=True))
    parts = [f"{counts[one]} {one.label.lower()}" for one in Confidence if counts[one]]
    linked = rows.filter(decision=Decision.LINKED).count()
    command.stdout.write(
        f"{site}: {adoption.done} posts read, {adoption.own} of the CRM's own, {linked} linked; "
        f"to decide: {', '.join(parts) or 'none'}. Nothing was changed on the site."
    )
