"""Asking sites for enquiries that did not come by themselves, and for how often listings were looked at.

Everything read is handed to the same action as what sites send, which takes each enquiry once.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django.db import connection
from django.utils import timezone
from django.utils.dateparse import parse_date

from apps.listings.models import Listing
from apps.website.enquiries.actions.enquiry import take_in
from apps.website.enquiries.intake.message import Unreadable, message_of
from apps.website.models import Placement, Polling, Site

MOST_PAGES = 50
FIRST_DAYS = timedelta(days=30)
AGAIN = timedelta(days=2)  # a site's day may still be going on, and a site may count late
LARGEST_NUMBER = 2**31 - 1
SENDS_BY_ITSELF = timedelta(days=1)
EVERY = timedelta(seconds=50)  # less than the minute between two jobs, so that each of them asks
EVERY_OF_SENDERS, NUMBERS_EVERY = timedelta(hours=1), timedelta(minutes=15)

UPSERT = """
INSERT INTO website_dailynumber (site_id, listing_id, day, views, enquiries)
SELECT %s, * FROM unnest(%s::bigint[], %s::date[], %s::int[], %s::int[])
ON CONFLICT (site_id, listing_id, day) DO UPDATE
   SET views = excluded.views, enquiries = excluded.enquiries
 WHERE (website_dailynumber.views, website_dailynumber.enquiries) IS DISTINCT FROM (excluded.views, excluded.enquiries)
"""


def polling_of(site: Site) -> Polling:
    """How far the site was read."""
    return Polling.objects.get_or_create(site=site)[0]


def note_pushed(site: Site) -> None:
    """The site can call out: it needs to be asked only now and then."""
    now = timezone.now()
    if not Polling.objects.filter(site=site).update(pushed_at=now):
        Polling.objects.get_or_create(site=site, defaults={"pushed_at": now})


def is_due(state: Polling, now: datetime) -> bool:
    """Whether to ask for enquiries now."""
    sends = state.pushed_at is not None and now - state.pushed_at < SENDS_BY_ITSELF
    return state.asked_at is None or now - state.asked_at >= (EVERY_OF_SENDERS if sends else EVERY)


def are_numbers_due(state: Polling, now: datetime) -> bool:
    """Whether to ask for numbers now."""
    return state.numbers_at is None or now - state.numbers_at >= NUMBERS_EVERY


def read_enquiries(site: Site, client, *, by) -> int:
    """Take in what the site's own queue has beyond what was read; how many were new. Ends after some pages: the rest
    comes next time.
    """
    state, new = polling_of(site), 0
    for _ in range(MOST_PAGES):
        page = client.enquiries(after=state.enquiries_after)
        rows = sorted((row for row in page["enquiries"] if _is_after(row, state)), key=lambda row: row["n"])
        for row in rows:
            new += _take(site, row, by)
            state.enquiries_after = row["n"]
            state.save(update_fields=["enquiries_after"])
        if not rows or not page.get("more"):
            break
    Polling.objects.filter(pk=state.pk).update(asked_at=timezone.now())
    return new


def _is_after(row, state) -> bool:
    number = row.get("n") if isinstance(row, Mapping) else None
    return isinstance(number, int) and not isinstance(number, bool) and state.enquiries_after < number < 2**63


def _take(site, row, by) -> bool:
    try:
        message = message_of(row, timezone.now())
    except Unreadable as unreadable:
        Polling.objects.filter(site=site).update(trouble=f"No. {row['n']}: {unreadable}"[:300])
        return False
    return not message.is_test and take_in(site, message, by=by).is_new


def read_numbers(site: Site, client) -> int:
    """Keep the site's numbers since the last days read; how many rows it sent."""
    state, today = polling_of(site), timezone.localdate()
    since, read = (state.numbers_day or today - FIRST_DAYS) - AGAIN, 0
    for _ in range(MOST_PAGES):
        page = client.numbers(since=since, offset=read)
        keep_numbers(site, page["days"])
        read += len(page["days"])
        if not page["days"] or not page.get("more"):
            break
    Polling.objects.filter(pk=state.pk).update(numbers_at=timezone.now(), numbers_day=today)
    return read


def keep_numbers(site: Site, rows: Iterable) -> int:
    """Keep each row that makes sense and whose listing we know; how many those were."""
    good = [row for row in rows if isinstance(row, Mapping) and _day(row.get("day"))]
    references = {str(row.get("reference"))[:40].replace("\x00", "") for row in good}
    keys = dict(Listing.objects.filter(listing_id__in=references).order_by().values_list("listing_id", "pk"))
    posts = dict(Placement.objects.filter(site=site, post_id__isnull=False).values_list("post_id", "listing_id"))
    found: dict[tuple, list[int]] = {}
    for row in good:
        listing = keys.get(str(row.get("reference"))) or posts.get(_number(row.get("post")))
        if listing is not None:
            sums = found.setdefault((listing, _day(row["day"])), [0, 0])
            sums[0] += _number(row.get("views"))
            sums[1] += _number(row.get("enquiries"))
    columns = zip(*((*key, *(min(one, LARGEST_NUMBER) for one in sums)) for key, sums in found.items()), strict=True)
    if found:
        with connection.cursor() as cursor:
            cursor.execute(UPSERT, [site.pk, *(list(column) for column in columns)])
    return len(found)


def _day(value) -> date | None:
    try:
        found = parse_date(value) if isinstance(value, str) else None
    except ValueError:
        return None
    today = timezone.localdate()
    return found if found and today - timedelta(days=400) <= found <= today + timedelta(days=1) else None


def _number(value) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value[:10])
    return max(value, 0) if isinstance(value, int) and not isinstance(value, bool) else 0
