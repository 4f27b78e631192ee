"""Reading a site that was kept by hand, from end to end. It is only asked, never told anything."""

from collections import defaultdict

from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core.events import record
from apps.website.adopting.matching import match
from apps.website.adopting.words import Decision
from apps.website.compare import read_all, read_at
from apps.website.delivery.reading import SLUG, STATUS, patiently
from apps.website.models import Adoption, FoundPost, Placement
from apps.website.models.adoption import AdoptionState
from apps.website.profiles.spec import Spec
from apps.website.wordpress import Client, Temporary, Wrong

PAGE = 100
OUR_ID = "meta.crm_listing_id"
KEPT = ("adoption", "status", "title", "link", "fields", "photos")
TITLE = 500


def read_site(adoption: Adoption, *, by, tell=lambda adoption: None) -> Adoption:
    """Read all posts, then compare them with the listings; trouble with the site ends it, in a sentence."""
    try:
        with Client(adoption.site) as client:
            _read_all(client, adoption, tell)
    except (Temporary, Wrong) as trouble:
        sentence = trouble.sentence.removesuffix(_("It is tried again by itself.")).strip()  # a reading is not
        _write(adoption, tell, state=AdoptionState.FAILED, trouble=sentence[:500], ended_at=timezone.now())
        return adoption
    _forget_vanished(adoption)
    _write(adoption, tell, state=AdoptionState.MATCHING)
    match(adoption.site)
    _write(adoption, tell, state=AdoptionState.DONE, ended_at=timezone.now())
    record("website.read", adoption.site, by=by, posts=adoption.done, own=adoption.own)
    return adoption


def _read_all(client, adoption, tell) -> None:
    number, done, own = 1, 0, 0
    while True:
        rows, total = patiently(client.page, number)
        by_hand = _by_hand(adoption.site, rows)
        _keep(client, adoption, by_hand)
        done, own = done + len(rows), own + len(rows) - len(by_hand)
        _write(adoption, tell, state=AdoptionState.READING, total=max(total, done), done=done, own=own)
        if not rows or number * PAGE >= total:
            return
        number += 1


def _by_hand(site, rows) -> list[dict]:
    """Posts that the CRM neither made nor follows, and that are not in the trash."""
    numbers = [row["id"] for row in rows]
    ours = set(Placement.objects.filter(site=site, post_id__in=numbers).values_list("post_id", flat=True))
    return [row for row in rows if row["id"] not in ours and row.get(STATUS) != "trash"]


def _keep(client, adoption, rows) -> None:
    spec, photos = client.spec, _photos(client, rows)
    found = [
        FoundPost(
            site=adoption.site,
            adoption=adoption,
            post_id=row["id"],
            status=str(row.get(STATUS) or "")[:20],
            title=str(read_at(row, "title") or "")[:TITLE],
            link=str(row.get("link") or "")[:600],
            fields=fields_of(row, spec),
            photos=photos[row["id"]],
        )
        for row in rows
    ]
    FoundPost.objects.bulk_create(
        found, update_conflicts=True, unique_fields=["site", "post_id"], update_fields=KEPT, batch_size=500
    )


def fields_of(post: dict, spec: Spec) -> dict[str, object]:
    """What the post says in each field of the profile, with its state and address."""
    return read_all(post, [*(one.path for one in spec.fields), STATUS, SLUG, OUR_ID])


def _photos(client, rows) -> dict[int, list[int]]:
    """The numbers of each post's pictures: those that its fields name, then those that hang on it."""
    found = defaultdict(list)
    hanging = patiently(client.pictures, "parent", [row["id"] for row in rows]) if rows else []
    for row in rows:
        for one in client.spec.fields:
            if one.is_late:
                found[row["id"]] += numbers_in(read_at(row, one.path))
    for picture in hanging:
        found[picture.get("post")].append(picture["id"])
    return defaultdict(list, {post: list(dict.fromkeys(numbers)) for post, numbers in found.items()})


def numbers_in(value: object) -> list[int]:
    """Numbers of pictures in a field: 4, [4, 5] or “4|5”."""
    parts = value if isinstance(value, list) else str(value or "").replace(",", "|").split("|")
    return [int(part) for part in parts if str(part).strip().isdecimal() and int(part) > 0]


def _forget_vanished(adoption) -> None:
    """Posts that were there the last time and are not any more; what was decided about the others stays."""
    gone = FoundPost.objects.filter(site=adoption.site).exclude(adoption=adoption)
    gone.exclude(decision=Decision.LINKED).delete()


def _write(adoption, tell, **columns) -> None:
    for name, value in columns.items():
        setattr(adoption, name, value)
    adoption.save(update_fields=[*columns, "seen_at"])
    tell(adoption)
