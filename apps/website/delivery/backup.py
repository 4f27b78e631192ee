"""A post that is gone with all its photos: somebody deleted it, or the whole site was brought back from an old backup.

A backup lacks all that was made after some moment. So where something stands that was made after the post, the post was
deleted by hand; where nothing of ours was made after it, what was made last before it tells.
"""

from django.db.models import Q

from apps.website.delivery.reading import is_anothers, posts
from apps.website.models import Placement
from apps.website.states import State

LATER = 20  # one that stands is enough; that so many were deleted by hand is not believed


def not_in_backup(lines, gone: list[Placement], lost: set[int]) -> set[int]:
    """The keys of those that an old backup lacks; the rest were deleted by hand. `lost`: numbers known to be gone."""
    lost = lost | {row.post_id for row in gone}
    neighbours = {row.pk: (_later(row), _before(row)) for row in gone}
    ours = {one.post_id: one.listing_id for later, before in neighbours.values() for one in [*later, *before]}
    there = posts(lines, [number for number in ours if number not in lost])
    stands = {number for number, post in there.items() if not is_anothers(post, ours[number])}
    return {row.pk for row in gone if not _was_deleted(row, *neighbours[row.pk], stands, lost)}


def _was_deleted(row, later, before, stands: set[int], lost: set[int]) -> bool:
    if later or any(number > row.post_id for number in lost):
        return any(one.post_id in stands for one in later)
    earlier = [*(one.post_id for one in before), *(number for number in lost if number < row.post_id)]
    return max(earlier, default=None) in stands


def _later(row: Placement) -> list[Placement]:
    return list(_on_the_site(row).filter(post_id__gt=row.post_id).order_by("post_id")[:LATER])


def _before(row: Placement) -> list[Placement]:
    return list(_on_the_site(row).filter(post_id__lt=row.post_id).order_by("-post_id")[:1])


def _on_the_site(row: Placement):
    """What else was there when the post was last seen; what was made since may be newer than the backup."""
    was_there = Q(asked_at__isnull=True) | Q(asked_at__lte=row.checked_at)
    rows = Placement.objects.filter(was_there, site=row.site_id, is_up=True, post_id__isnull=False)
    return rows.exclude(pk=row.pk).exclude(state=State.GONE)
