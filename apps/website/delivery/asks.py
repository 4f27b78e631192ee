"""What a site is asked, in a thread of its own: nothing here reads or writes a row."""

from apps.website.compare import unflatten
from apps.website.delivery.reading import STATUS, patiently
from apps.website.wordpress import Temporary, Wrong


def make_post(client, work) -> tuple[dict, bool]:
    """The new post. Where the answer was lost on its way, it is looked for: then it surely carries our id."""
    ours = work.placement.listing_id
    try:
        return client.create(unflatten(work.plan.payload.fields | {STATUS: "draft"}), ours), False
    except Temporary:
        number = patiently(client.find, [ours]).get(ours)
        if number is None:
            raise
        return patiently(client.read, [number]).get(number) or {"id": number}, True


def update(client, work) -> dict:
    """Send what differs."""
    return client.update(work.placement.post_id, unflatten(work.changes))


def update_all(client, works) -> tuple[list, dict[int, dict]]:
    """Send what differs of several in one request, and read them: an answer or trouble for each, the posts."""
    return _and_read(client, works, client.batch([(work.placement.post_id, unflatten(work.changes)) for work in works]))


def trash(client, work) -> None:
    """Take it off."""
    client.trash(work.placement.post_id)


def trash_all(client, works) -> tuple[list, dict[int, dict]]:
    """Take several off in one request, and read them."""
    return _and_read(client, works, client.trash_together([work.placement.post_id for work in works]))


def _and_read(client, works, answers: list) -> tuple[list, dict[int, dict]]:
    try:
        return answers, patiently(client.read, [work.placement.post_id for work in works])
    except (Temporary, Wrong):  # they are looked up again, one by one if need be
        return answers, {}
