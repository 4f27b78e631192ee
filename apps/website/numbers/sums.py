"""Views and enquiries of listings over some days: for a page, a list and the owner's report.

Views are what sites counted. An enquiry is one that arrived here and was not set aside as spam or the like, on each
screen and in the owner's report; what sites themselves count as asked (`DailyNumber.enquiries`) is shown nowhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.website.models import DailyNumber, Enquiry

MONTH, WEEK = timedelta(days=30), timedelta(days=7)
STEPS, STEP = 6, 5  # parts of the line that stands for a month, and the days of each
_PARTS = ", ".join(
    f"coalesce(sum(views) FILTER (WHERE (day - %(month)s::date - 1) / {STEP} = {part}), 0)" for part in range(STEPS)
)
# By hand: Django takes longer to write this than PostgreSQL to answer it.
SUMS = f"""
    SELECT listing_id, sum(views), coalesce(max(arrived), 0), coalesce(sum(views) FILTER (WHERE day > %(week)s), 0),
           coalesce(sum(views) FILTER (WHERE day > %(before)s AND day <= %(week)s), 0), ARRAY[{_PARTS}]
      FROM website_dailynumber
      LEFT JOIN (SELECT listing_id, count(*) AS arrived
                   FROM website_enquiry
                  WHERE listing_id = ANY (%(listings)s::bigint[]) AND set_aside = '' AND asked_at >= %(since)s
                  GROUP BY listing_id) AS asked USING (listing_id)
     WHERE listing_id = ANY (%(listings)s::bigint[]) AND day > %(month)s AND day <= %(today)s
     GROUP BY listing_id
"""  # noqa: S608 - of our own constants


@dataclass(frozen=True)
class Numbers:
    """Sums of the last days up to today; `steps` are the views of the month in six parts, the oldest first."""

    views: int = 0
    enquiries: int = 0
    week: int = 0
    week_before: int = 0
    steps: Sequence[int] = ()

    @property
    def trend(self) -> int:
        """By how much more the last seven days were looked at than the seven before; negative for less."""
        return self.week - self.week_before

    @property
    def fell(self) -> int:
        """The same where it was less, as people say it."""
        return -self.trend


def numbers_of(listings: Sequence[int], today: date) -> dict[int, Numbers]:
    """The last thirty days and the last two weeks of each of these listings that has any. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            SUMS,
            {
                "listings": list(listings),
                "today": today,
                "month": today - MONTH,
                "since": start_of(today - MONTH + timedelta(days=1)),
                "week": today - WEEK,
                "before": today - 2 * WEEK,
            },
        )
        return {listing: Numbers(*sums) for listing, *sums in cursor.fetchall()}


def start_of(day: date) -> datetime:
    """When that day began in the agency's zone."""
    return timezone.make_aware(datetime.combine(day, time()))


def for_owner(listing) -> list[tuple[str, int]]:
    """What the owner's report says of the website; nothing where no site counted anything."""
    lately = Q(day__gt=timezone.localdate() - MONTH)
    sums = DailyNumber.objects.filter(listing=listing).aggregate(
        all_views=Sum("views", default=0), lately=Sum("views", filter=lately, default=0)
    )
    asked = Enquiry.objects.meant().filter(listing=listing).count()
    if not sums["all_views"] and not asked:
        return []
    return [
        (_("Views on the website"), sums["all_views"]),
        (_("Enquiries from websites"), asked),
        (_("Views in the last 30 days"), sums["lately"]),
    ]
