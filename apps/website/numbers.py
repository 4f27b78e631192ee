"""Views and enquiries of listings over some days: for a page, a list and the owner's report."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Exists, OuterRef, Sum
from django.utils.translation import gettext as _

from apps.listings.lookups import ON_MARKET
from apps.listings.models import Listing
from apps.website.models import DailyNumber, Enquiry

MONTH, WEEK = timedelta(days=30), timedelta(days=7)
MOST_SHOWN = 200
MANY = 30  # views in thirty days without anybody asking
# By hand: Django takes longer to write this than PostgreSQL to answer it.
SUMS = """
    SELECT listing_id, sum(views), sum(enquiries), coalesce(sum(views) FILTER (WHERE day > %(week)s), 0),
           coalesce(sum(views) FILTER (WHERE day > %(before)s AND day <= %(week)s), 0)
      FROM website_dailynumber
     WHERE listing_id = ANY (%(listings)s::bigint[]) AND day > %(month)s AND day <= %(today)s
     GROUP BY listing_id
"""


@dataclass(frozen=True)
class Numbers:
    """Sums of the last days up to today."""

    views: int = 0
    enquiries: int = 0
    week: int = 0
    week_before: int = 0

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
                "week": today - WEEK,
                "before": today - 2 * WEEK,
            },
        )
        return {listing: Numbers(*sums) for listing, *sums in cursor.fetchall()}


def looked_at_in_vain(user, today: date) -> list[Listing]:
    """Listings on the market that many looked at in thirty days and nobody asked about; those most looked at first."""
    days = DailyNumber.objects.filter(day__gt=today - MONTH, day__lte=today).order_by()
    sums = days.values("listing").annotate(all_views=Sum("views"), asked=Sum("enquiries"))
    most = sums.filter(all_views__gte=MANY, asked=0).order_by("-all_views")
    many = dict(most.values_list("listing", "all_views")[:MOST_SHOWN])
    asked = Enquiry.objects.filter(listing=OuterRef("pk"), received_at__date__gt=today - MONTH)
    rows = Listing.objects.visible_to(user).filter(pk__in=many, standard_status__in=ON_MARKET)
    rows = rows.filter(~Exists(asked.order_by())).select_related("unit__place", "list_agent").defer("search_vector")
    found = list(rows)
    for listing in found:
        listing.views = many[listing.pk]
    return sorted(found, key=lambda listing: (-listing.views, listing.pk))


def for_owner(listing) -> list[tuple[str, int]]:
    """What the owner's report says of the website; nothing where no site counted anything."""
    sums = DailyNumber.objects.filter(listing=listing).aggregate(views=Sum("views"))
    asked = Enquiry.objects.filter(listing=listing).count()
    if not sums["views"] and not asked:
        return []
    return [(_("Views on the website"), sums["views"] or 0), (_("Enquiries"), asked)]
