"""What a linked post shows, as a placement knows it: nothing of ours yet, and what differs is theirs."""

import re

from django.utils import timezone

from apps.website.compare import differing
from apps.website.delivery.reading import PHOTOS, SLUG, STATUS
from apps.website.models import FoundPost, Placement
from apps.website.payload import Payload, payload_of
from apps.website.profiles.page import PAGE, words_in
from apps.website.states import State


def put_baseline(placement: Placement, post: FoundPost) -> None:
    """Make the placement the one of this post (not saved).

    Where the post shows something else than is wanted, `last_read` stays empty and `theirs` holds it, so that the
    delivery takes it for a hand's and leaves it alone until a person decides. What is missing there is ours to fill.
    """
    payload = payload_of(placement.listing, placement.site)
    read = {path: post.fields.get(path) for path in [*(one.path for one in payload.spec.fields), STATUS, SLUG]}
    differs = [path for path in differing(payload.fields, read) if not _is_empty(read[path])]
    theirs = {path: read[path] for path in differs if not _says_the_same(payload, path, read[path])}
    if post.photos:
        theirs[PHOTOS] = post.photos
    placement.theirs = theirs
    placement.last_read = {path: None if path in theirs else value for path, value in read.items()}
    placement.last_sent, placement.sent_before = {}, {}
    placement.post_id, placement.link, placement.is_up = post.post_id, post.link, post.status == "publish"
    placement.state, placement.state_since = State.LINKED, timezone.now()
    placement.checked_at = post.adoption.ended_at or timezone.now()
    placement.due_at, placement.attempts = None, 0
    placement.trouble = placement.trouble_kind = placement.trouble_field = ""


def _says_the_same(payload: Payload, path: str, theirs: object) -> bool:
    """Whether visitors see the same; of a page, whether its text is the listing's: what we put around it is missing."""
    if payload.source(path) == PAGE and words_in(str(theirs)).split() == payload.values["public_remarks"].split():
        return True
    return _seen(theirs) == _seen(payload.fields[path])


def _seen(value: object) -> object:
    """What visitors see of it: the editor's marks of blocks and the space between paragraphs say nothing to them."""
    if not isinstance(value, str):
        return value
    return " ".join(re.sub(r">\s+<", "><", re.sub(r"<!--.*?-->", "", value, flags=re.DOTALL)).split())


def _is_empty(value: object) -> bool:
    return value in (None, "", [], 0, False)
