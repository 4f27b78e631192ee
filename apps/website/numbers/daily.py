"""Views and enquiries of one listing by day and site: a chart that the server draws, and the same as a table."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from apps.listings.charts import sparkline
from apps.website.models import DailyNumber, Enquiry, Site
from apps.website.numbers.sums import start_of

WIDTH, HEIGHT = 300, 96
TOP, BOTTOM, DOTS = 16, 70, 79
GAP = 0.22  # of a bar's room
PERIODS = {30: 1, 90: 7}  # days, and how many of them a bar stands for


@dataclass(frozen=True)
class Bar:
    """A day or a week: its first day, what was counted, and where it stands in the chart."""

    day: date
    views: int
    enquiries: int
    by_site: list[tuple[int, int]]
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True)
class OfSite:
    """One site's sums, with its line."""

    site: Site
    views: int
    enquiries: int
    line: str


@dataclass(frozen=True)
class Daily:
    """Everything that the section shows. `bars` run from the oldest to today."""

    days: int
    step: int
    views: int
    enquiries: int
    most: int
    sites: list[OfSite]
    bars: list[Bar]
    sentence: str

    @property
    def newest_first(self) -> list[Bar]:
        """As the table reads."""
        return self.bars[::-1]

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def height(self) -> int:
        return HEIGHT

    @property
    def grid(self) -> list[int]:
        """Heights of the lines behind the bars."""
        return [TOP, (TOP + BOTTOM) // 2, BOTTOM]

    @property
    def dots(self) -> int:
        """Where the marks of enquiries stand."""
        return DOTS


def daily(listing, days: int, today: date) -> Daily | None:
    """The last `days` (a key of PERIODS) up to today; nothing where nothing was counted or asked. Three queries."""
    step = PERIODS[days]
    count = -(-days // step)
    since = today - timedelta(days=count * step - 1)
    rows = DailyNumber.objects.filter(listing=listing, day__gte=since, day__lte=today).order_by()
    asked = Enquiry.objects.meant().filter(listing=listing, asked_at__gte=start_of(since)).order_by()
    found = defaultdict(lambda: [[0, 0] for _ in range(count)])
    for site, day, views in rows.values_list("site", "day", "views"):
        found[site][(day - since).days // step][0] += views
    for site, moment in asked.values_list("site", "asked_at"):
        found[site][(min(timezone.localdate(moment), today) - since).days // step][1] += 1
    if not found:
        return None
    sites = list(Site.objects.filter(pk__in=found).only("name", "initials"))
    bars = _bars([found[site.pk] for site in sites], since, step)
    of_sites = [_of_site(site, found[site.pk]) for site in sites]
    views, enquiries = sum(one.views for one in of_sites), sum(one.enquiries for one in of_sites)
    words = {"views": views, "asked": enquiries, "days": days, "most": max(bar.views for bar in bars)}
    if step == 1:
        sentence = _("%(views)s views and %(asked)s enquiries in %(days)s days, at most %(most)s views in a day.")
    else:
        sentence = _("%(views)s views and %(asked)s enquiries in %(days)s days, at most %(most)s views in a week.")
    return Daily(days, step, views, enquiries, words["most"], of_sites, bars, sentence % words)


def _of_site(site: Site, counted: Sequence[Sequence[int]]) -> OfSite:
    views = [views for views, _asked in counted]
    return OfSite(site, sum(views), sum(asked for _views, asked in counted), sparkline(views))


def _bars(counted: list, since: date, step: int) -> list[Bar]:
    count = len(counted[0])
    sums = [[sum(site[at][kind] for site in counted) for kind in (0, 1)] for at in range(count)]
    room, most = WIDTH / count, max(views for views, _asked in sums) or 1
    bars = []
    for at, (views, asked) in enumerate(sums):
        height = (BOTTOM - TOP) * views / most
        place = {"x": at * room + room * GAP / 2, "y": BOTTOM - height, "width": room * (1 - GAP), "height": height}
        place = {name: round(value, 1) for name, value in place.items()}
        by_site = [tuple(site[at]) for site in counted]
        bars.append(Bar(since + timedelta(days=at * step), views, asked, by_site, **place))
    return bars


def labels(found: Daily) -> list[tuple[float, str, str]]:
    """Three words below the chart: where, how they are anchored, what."""
    first, middle = found.bars[0], found.bars[len(found.bars) // 2]
    words = [(0, "start", date_format(first.day, "j M")), (middle.middle, "middle", date_format(middle.day, "j M"))]
    return [*words, (WIDTH, "end", _("Today") if found.step == 1 else _("This week"))]
