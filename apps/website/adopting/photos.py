"""Photos of linked posts: known again where the listing has them, taken over where the post was brought in.

A photo that is taken over is checked like any that somebody uploads. Which file of the site it came from is kept, so it
is never sent back. What was done already is left out, so that a job which was broken off goes on where it stopped.
"""

from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core.refusals import Refused
from apps.listings.actions.photo import MAX_PHOTOS, add_photo
from apps.listings.pictures import MAX_BYTES
from apps.website.adopting.pictures import compare, settle, still_linked
from apps.website.adopting.words import Decision
from apps.website.claims import alone_with
from apps.website.delivery.reading import patiently
from apps.website.models import FoundPost, Placement, PlacementPhoto, Site
from apps.website.states import State
from apps.website.wordpress import Client, Pictures, Temporary, Wrong

LOCKS = 7_405  # as those of the delivery (claims.py)
CAPTION = 200


def look_at_photos(site: Site, *, by, until: datetime | None = None) -> bool:
    """Look at the photos of all linked posts that are not done yet, one post after the other; whether all are done."""
    posts = FoundPost.objects.filter(site=site, decision=Decision.LINKED, compared_at__isnull=True)
    with alone_with(site, LOCKS) as is_alone, Client(site) as client, Pictures(site) as pictures:
        while is_alone and (until is None or timezone.now() < until):
            post = posts.first()
            if post is None:
                return True
            placement = _placement(site, post)
            if placement is not None and post.photos:
                _look_at(client, pictures, placement, post, by)
            FoundPost.objects.filter(pk=post.pk).update(compared_at=timezone.now())
    return False


def _placement(site, post) -> Placement | None:
    rows = Placement.objects.filter(site=site, post_id=post.post_id, state=State.LINKED)
    return rows.select_related("site__profile", "listing__unit__place", "listing__list_agent").first()


def _look_at(client, pictures, placement, post, by) -> None:
    try:
        compare(client, pictures, placement, post)
        if post.brings_photos:
            _take_over(client, pictures, placement, post, by)
    except Wrong as trouble:
        _tell(post, 0, [trouble.sentence])


def _take_over(client, pictures, placement, post, by) -> None:
    """Bring in, one by one and in their order, the photos that the listing does not have."""
    wanted = post.photos[:MAX_PHOTOS]
    there = {one["id"]: one for one in patiently(client.pictures, "include", wanted)}
    troubles = []
    for count, number in enumerate(wanted, start=1):
        troubles += _bring(pictures, placement, post, number, there.get(number), by)
        _tell(post, count, troubles)
    if len(post.photos) > len(wanted):
        sentence = _("The post has %(count)s photos. The first %(most)s were taken over.")
        troubles.append(sentence % {"count": len(post.photos), "most": len(wanted)})
        _tell(post, len(wanted), troubles)
    settle(placement, post)


def _tell(post, count: int, troubles: list[str]) -> None:
    FoundPost.objects.filter(pk=post.pk).update(photos_done=count, photo_troubles=troubles)


def _bring(pictures, placement, post, number: int, there: dict | None, by) -> list[str]:
    """Bring in one photo; a sentence where it does not come."""
    if placement.photos.filter(media_id=number).exists():
        return []
    if there is None:
        return [_("Picture %(number)s is not in the site's library any more.") % {"number": number}]
    address = str(there.get("source_url") or "")
    name = unquote(PurePosixPath(urlsplit(address).path).name) or str(number)
    try:
        data = patiently(pictures.fetch, address, MAX_BYTES)
        _keep(placement, post, number, ContentFile(data, name=name), str(there.get("alt_text") or ""), by)
    except Wrong as trouble:
        return [_("“%(photo)s”: %(why)s") % {"photo": name, "why": trouble.sentence}]
    except Temporary:
        return [_("“%(photo)s” did not arrive: the site did not answer as it should. Try again.") % {"photo": name}]
    except Refused as refusal:
        return refusal.sentences
    return []


@transaction.atomic
def _keep(placement, post, number: int, file: ContentFile, caption: str, by) -> None:
    """Add the photo and write down which file of the site it is; nothing where somebody took the post back."""
    row = still_linked(placement, post)
    if row is None or row.photos.filter(media_id=number).exists():
        return
    photo = add_photo(placement.listing, file, by=by, caption=caption.strip()[:CAPTION])
    values = {"photo": photo, "media_id": number, "confirmed_at": timezone.now(), "is_adopted": True}
    PlacementPhoto.objects.update_or_create(placement=row, digest=photo.digest, defaults=values)
