"""How often the demo's listings were looked at and asked about: each day of the last three months, on each site."""

from datetime import date, timedelta
from zlib import crc32

from apps.website.enquiries.polling import keep_numbers
from apps.website.models import DailyNumber, Placement, Site

DAYS = 90
BUSY = {"MH": 22, "PD": 13, "HL": 6}  # looks at a usual listing on a usual day
WEEK = (10, 9, 9, 8, 7, 13, 14)  # tenths, from Monday
SHY = 4  # every so many listings nobody asks about


def build_numbers(sites: dict[str, Site], today: date) -> int:
    """The sites' own counts; how many rows there are of them."""
    for initials, site in sites.items():
        placed = Placement.objects.filter(site=site, post_id__isnull=False).select_related("listing")
        rows = [row for one in placed for row in _days(one.listing, BUSY[initials], initials, today)]
        keep_numbers(site, rows)
    return DailyNumber.objects.filter(site__in=sites.values()).count()


def _days(listing, busy: int, initials: str, today: date) -> list[dict]:
    mark = crc32(f"{listing.listing_id}{initials}".encode())
    liked, drift, shy = 4 + mark % 17, mark // 17 % 11 - 5, mark % SHY == 0
    age = min(listing.days_on_market(today) or 1, DAYS)
    rows = []
    for ago in range(age):
        day = today - timedelta(days=ago)
        noise = crc32(f"{mark}{day}".encode()) % 7
        trend = 100 + drift * (DAYS // 2 - ago) * 2 // 3
        fresh = 160 if age - ago <= 7 else 100  # what is new is looked at more
        views = busy * liked * WEEK[day.weekday()] * max(trend, 15) * fresh * (7 + noise) // 10_000_000
        asked = 0 if shy else views * (noise % 3) // 40
        rows.append({"reference": listing.listing_id, "day": day.isoformat(), "views": views, "enquiries": asked})
    return rows
