"""What the page of a site's posts shows: the piles, and one page of a pile."""

from collections import Counter
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.website.adopting.words import Confidence, Decision
from apps.website.models import FoundPost, Placement, Site

PAGE = 50
PILES = {
    "sure": gettext_lazy("Sure"),
    "look": gettext_lazy("To look at"),
    "absent": gettext_lazy("Not in the CRM"),
    "other": gettext_lazy("Not properties"),
    "linked": gettext_lazy("Linked"),
    "left": gettext_lazy("Left alone"),
}
OF_CONFIDENCE = {
    Confidence.SURE: "sure",
    Confidence.LIKELY: "look",
    Confidence.POSSIBLE: "look",
    Confidence.NONE: "absent",
    Confidence.OTHER: "other",
}
TAGS = {Confidence.SURE: "ok", Confidence.LIKELY: "warn", Confidence.POSSIBLE: "warn"}


@dataclass
class Pile:
    """Posts that want the same from a person."""

    key: str
    label: str
    count: int


def piles(site: Site) -> list[Pile]:
    """All piles with their sizes, in one query."""
    counts = Counter()
    for decision, confidence in FoundPost.objects.filter(site=site).values_list("decision", "confidence"):
        counts[_pile(decision, confidence)] += 1
    return [Pile(key, str(label), counts[key]) for key, label in PILES.items()]


def first_with_anything(found: list[Pile]) -> str:
    """Where a person should look first."""
    return next((pile.key for pile in found if pile.count), "sure")


def page_of(site: Site, key: str, number) -> object:
    """A page of a pile, each post with the listing that it is or may be."""
    rows = FoundPost.objects.filter(site=site, **_filter(key)).order_by("post_id")
    page = Paginator(rows.prefetch_related("proposals__found_listing"), PAGE).get_page(number)
    posts = list(page.object_list)
    placed = Placement.objects.filter(site=site, post_id__in=[post.post_id for post in posts])
    placements = {one.post_id: one for one in placed.select_related("listing")}
    for post in posts:
        _describe(post, placements.get(post.post_id))
    page.object_list = posts
    return page


def _describe(post, placement) -> None:
    best = next(iter(post.proposals.all()), None)
    post.placement, post.best = placement, best
    post.listing = placement.listing if placement else best.found_listing if best else None
    post.because = "; ".join([*(best.because if best and not placement else []), *post.remarks])
    post.tag = TAGS.get(post.confidence, "")
    post.says_status = {"draft": _("draft"), "pending": _("to be reviewed"), "private": _("private")}.get(
        post.status, ""
    )


def _pile(decision, confidence) -> str:
    if decision == Decision.OPEN:
        return OF_CONFIDENCE[Confidence(confidence)]
    return "linked" if decision == Decision.LINKED else "left" if decision == Decision.LEFT else "absent"


def _filter(key: str) -> dict:
    if key == "linked":
        return {"decision": Decision.LINKED}
    if key == "left":
        return {"decision": Decision.LEFT}
    chosen = [confidence for confidence, pile in OF_CONFIDENCE.items() if pile == key]
    decisions = [Decision.OPEN, Decision.BROUGHT] if key == "absent" else [Decision.OPEN]
    return {"confidence__in": chosen, "decision__in": decisions}
