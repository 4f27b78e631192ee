"""What the pages of a site's posts show: the piles, one page of a pile, and what a post says beside its listing."""

from collections import Counter
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.listings.models import Listing
from apps.listings.search import query_for, words_of
from apps.website.adopting.facts import PostFacts, facts_of
from apps.website.adopting.words import AGREES, Confidence, Decision, in_words
from apps.website.compare import unflatten
from apps.website.models import FoundPost, Placement, Site
from apps.website.profiles.spec import Spec, read_spec
from apps.website.states import State

PAGE, SUGGESTED = 50, 8
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


@dataclass
class Pile:
    """Posts that want the same from a person."""

    key: str
    label: str
    count: int


@dataclass
class Coming:
    """Posts whose photos are not done yet, and those of them whose photos are taken over."""

    posts: int
    brought: list[FoundPost]


def what_is_read(site: Site) -> str:
    """What of the site is looked at, in a sentence."""
    spec = read_spec(site.profile.spec)
    words = {"type": spec.type, "address": f"/wp-json/wp/v2/{spec.rest_base}"}
    return _("Only posts of the type “%(type)s” are read (%(address)s), drafts too.") % words


def piles(site: Site) -> list[Pile]:
    """All piles with their sizes, in one query."""
    counts = Counter()
    for decision, confidence in FoundPost.objects.filter(site=site).values_list("decision", "confidence"):
        counts[_pile(decision, confidence)] += 1
    return [Pile(key, str(label), counts[key]) for key, label in PILES.items()]


def first_with_anything(found: list[Pile]) -> str:
    """Where a person should look first."""
    return next((pile.key for pile in found if pile.count), "sure")


def to_follow(site: Site) -> int:
    """How many listings are linked and not followed yet."""
    return Placement.objects.filter(site=site, state=State.LINKED).count()


def coming_photos(site: Site) -> Coming | None:
    """The photos that are still to be looked at; None where there are none."""
    posts = list(FoundPost.objects.filter(site=site).with_photos_to_come().defer("fields"))
    return Coming(len(posts), [post for post in posts if post.brings_photos][:SUGGESTED]) if posts else None


def page_of(site: Site, key: str, number) -> object:
    """A page of a pile, each post with the listing that it is or may be."""
    rows = FoundPost.objects.filter(site=site, **_filter(key)).order_by("post_id")
    page = Paginator(rows.prefetch_related("proposals__found_listing"), PAGE).get_page(number)
    posts, spec = list(page.object_list), read_spec(site.profile.spec)
    placed = Placement.objects.filter(site=site, post_id__in=[post.post_id for post in posts])
    placements = {one.post_id: one for one in placed.select_related("listing")}
    for post in posts:
        _describe(post, placements.get(post.post_id), spec)
    page.object_list = posts
    return page


def says_of(post: FoundPost, spec: Spec) -> list[str]:
    """What the post says of its apartment, as far as it was understood."""
    return _in_short(facts_of(unflatten(post.fields) | {"id": post.post_id}, spec))


def listings_called(text: str, site: Site, *, by) -> list[Listing]:
    """Listings that the typed text may mean, the last changed first; `there` is the post that shows one already."""
    words = words_of(text)
    if not words:
        return []
    rows = Listing.objects.visible_to(by).filter(search_vector=query_for(words)).defer("search_vector")
    found = list(rows.order_by("-modification_timestamp")[:SUGGESTED])
    placed = Placement.objects.filter(site=site, listing__in=found, post_id__isnull=False)
    posts = dict(placed.values_list("listing", "post_id"))
    for listing in found:
        listing.there = posts.get(listing.pk)
    return found


def _describe(post, placement, spec) -> None:
    best = next(iter(post.proposals.all()), None)
    post.placement, post.best = placement, best
    post.listing = placement.listing if placement else best.found_listing if best else None
    post.says = says_of(post, spec)
    post.tags = [_tag(code, value) for code, value in best.reasons] if best else []
    post.because = capfirst("; ".join(best.because)) if best else ""
    is_waiting = placement is not None and placement.state == State.LINKED
    post.waits = post.waits_for if is_waiting else []
    post.may_bring_photos = is_waiting and _lacks_photos(post)
    post.photos_came = max(post.photos_done - len(post.photo_troubles), 0)
    post.says_status = {"draft": _("draft"), "pending": _("to be reviewed"), "private": _("private")}.get(
        post.status, ""
    )


def _lacks_photos(post) -> bool:
    return bool(post.photo_troubles or (post.photos and post.compared_at and not post.listing.cover))


def _tag(code, value) -> tuple[str, str, str]:
    """Hue, sign and words of a reason."""
    words = capfirst("".join(in_words([[code, value]])))
    return ("ok", "check", words) if code in AGREES else ("warn", "minus", words)


def _in_short(heard: PostFacts) -> list[str]:
    says = [" / ".join(f"{price:,.0f}" for price in heard.prices[:2])] if heard.prices else []
    if heard.bedrooms is not None:
        count = ngettext("%(n)s bed", "%(n)s beds", heard.bedrooms) % {"n": heard.bedrooms}
        says.append(count if heard.bedrooms else _("studio"))
    if heard.units:
        says.append(_("unit %(number)s") % {"number": min(heard.units).upper()})
    if heard.is_lease:
        says.append(_("for rent"))
    return says


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
