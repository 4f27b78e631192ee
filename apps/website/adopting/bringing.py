"""Posts whose apartment the CRM does not know, as a file for the import engine; and back: linking what came of them."""

import json

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from apps.core.refusals import NotAllowed, Refused
from apps.listings.models import Listing
from apps.website.adopting.facts import facts_of, plain_text
from apps.website.adopting.linking import decide, link, why_not_adopt
from apps.website.adopting.stock import stock_of
from apps.website.adopting.words import Confidence, Decision
from apps.website.compare import read_at, unflatten
from apps.website.models import FoundPost, Site
from apps.website.payload import STATUS
from apps.website.profiles.spec import LATE, read_spec

NOT_IMPORTED = (*LATE, "address", "slug", "title", "public_remarks", "page", "living_area_sqft", "living_area_sqm")


@transaction.atomic
def bring(site: Site, post: FoundPost | None, *, by) -> list[FoundPost]:
    """Mark one post, or all that are not in the CRM, as brought to the import."""
    NotAllowed.unless_empty(why_not_adopt(by))
    posts = FoundPost.objects.select_for_update().filter(site=site, decision__in=[Decision.OPEN, Decision.BROUGHT])
    found = list(posts.filter(pk=post.pk) if post else posts.filter(confidence=Confidence.NONE))
    if not found:
        raise Refused(_("There is no post left to bring in. Look again."))
    for one in found:
        decide(one, Decision.BROUGHT, by)
    return found


def file_of(site: Site, posts: list[FoundPost]) -> ContentFile:
    """The posts as records with the names that the import knows."""
    spec, stock = read_spec(site.profile.spec), stock_of(site)
    records = [_record(post, spec, stock) for post in posts]
    columns = list(dict.fromkeys(name for record in records for name in record))
    rows = [{name: record.get(name, "") for name in columns} for record in records]
    return ContentFile(
        json.dumps(rows, ensure_ascii=False).encode(), name=f"{slugify(site.name) or 'website'}-posts.json"
    )


def link_brought(site: Site, listings: dict[int, int], *, by) -> int:
    """Link the posts with the listings that were imported from them, whose photos come too; how many."""
    posts = FoundPost.objects.filter(site=site, decision=Decision.BROUGHT, post_id__in=listings)
    count = 0
    for post in posts:
        try:
            link(post, Listing.objects.get(pk=listings[post.post_id]), by=by)
        except Refused:
            decide(post, Decision.OPEN, None)
        else:
            FoundPost.objects.filter(pk=post.pk).update(brings_photos=True)
            count += 1
    return count


def _record(post, spec, stock) -> dict[str, object]:
    fields = unflatten(post.fields)
    heard = facts_of(fields | {"id": post.post_id}, spec)
    building, unit = stock.address_in(heard)
    record = {
        "own id": post.post_id,
        "title": plain_text(read_at(fields, "title")).strip(),
        "public remarks": _paragraphs(read_at(fields, "content")),
        "standard status": "Active" if post.status == "publish" else "Incomplete",
        "property type": "Residential Lease" if heard.is_lease else "Residential",
        "list price": str(heard.prices[0]) if heard.prices else "",
        "bedrooms total": "" if heard.bedrooms is None else str(heard.bedrooms),
        "building name": building,
        "unit number": unit,
        "permit number": heard.permit,
    }
    return record | _by_profile(fields, spec)


def _by_profile(fields, spec) -> dict[str, object]:
    """What stands in the profile's own fields counts before what was heard in the text."""
    found = {}
    for one in spec.fields:
        value = read_at(fields, one.path)
        if not one.source or one.source in NOT_IMPORTED or one.path == STATUS or value in (None, "", [], 0):
            continue
        if isinstance(value, list):
            value = value[0]
        if one.words:
            value = next((ours for ours, theirs in one.words.items() if str(theirs) == str(value)), "")
        found[one.source.replace("_", " ")] = value
    return found


def _paragraphs(markup) -> str:
    text = plain_text(str(markup or "").replace("</p>", "</p>\n\n"))
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return "\n".join(lines).strip()
