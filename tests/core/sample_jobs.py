"""Jobs that only tests ask for."""

import time

from django.utils import timezone

from apps.core.queue import Permanent, enqueue, job
from apps.core.tracing import current_request_id
from apps.listings.models import Listing

seen = []
network_is_down = []


@job("tests.note")
def note(word, *, by):
    seen.append((word, by.email, current_request_id()))


@job("tests.note_the_day")
def note_the_day(*, by):
    seen.append(timezone.localdate())


@job("tests.fail")
def fail(word, *, by):
    raise Permanent(f"The site refused {word} of tom@example.com.")


@job("tests.stumble")
def stumble(*, by):
    if network_is_down:
        raise OSError("no route")


@job("tests.ask_again")
def ask_again(times, *, by):
    """Fails while the same was asked for again meanwhile."""
    if times:
        enqueue("tests.ask_again", by=by, times=times - 1, queueing_lock="again")
        raise OSError("no route")


@job("tests.retitle")
def retitle(listing_id, *, by, title="By a job", seconds=0):
    """Sleeps first, so that a worker can be killed in the middle."""
    time.sleep(seconds)
    Listing.objects.filter(pk=listing_id).update(title=title)
