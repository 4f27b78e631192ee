"""How much is taken: bytes, enquiries a minute of one site, wrong signatures of one address; and no replays.

Counts lie in the cache that all workers share. They are limits, not bookkeeping: two at one time may count as one.
"""

import time

from django.core.cache import cache

from apps.website.enquiries.intake.signature import TOLERANCE

LARGEST = 64 * 1024  # bytes of a body
A_MINUTE = 60
MOST_OF_A_SITE = 120  # a minute
MOST_WRONG = 30  # a minute and address


def is_too_many(who: str, most: int) -> bool:
    """Count one for `who` in this minute; whether it is more than `most`."""
    key = f"intake:{who}:{this_minute()}"
    cache.add(key, 0, 2 * A_MINUTE)
    try:
        return cache.incr(key) > most
    except ValueError:  # thrown out of a full cache between the two
        return False


def this_minute() -> int:
    """The minute that is counted now."""
    return int(time.time()) // A_MINUTE


def is_replay(site: int, signature: str) -> bool:
    """Whether these very bytes were here within the time in which a signature holds; from now on they were."""
    return not cache.add(f"intake:seen:{site}:{signature}", True, 2 * TOLERANCE + A_MINUTE)


def forget(site: int, signature: str) -> None:
    """Let the same bytes come again: what they asked for failed on our side."""
    cache.delete(f"intake:seen:{site}:{signature}")
