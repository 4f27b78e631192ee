"""Listings that many look at and nobody asks about, each with what is likely to be the reason."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Avg, Count, Exists, F, OuterRef, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.listings.lookups import ON_MARKET, MediaCategory
from apps.listings.models import Listing, Photo
from apps.website.models import DailyNumber, Enquiry
from apps.website.numbers.sums import MONTH, start_of

MOST_SHOWN = 200
MANY = 30  # views in thirty days without anybody asking
FEW_PHOTOS = 5
DEAR = Decimal("1.1")  # of the average there
ENOUGH = 4  # listings to take an average of
SHORT = 120  # letters
ALIKE = ("community_name", "property_type", "currency", "lease_amount_frequency")


def looked_at_in_vain(user, today: date) -> list[Listing]:
    """Those on the market, most looked at first, with `views` and `reasons`. Three queries."""
    days = DailyNumber.objects.filter(day__gt=today - MONTH, day__lte=today).order_by()
    asked = Enquiry.objects.meant().filter(asked_at__gte=start_of(today - MONTH + timedelta(days=1))).order_by()
    sums = days.filter(~Exists(asked.filter(listing=OuterRef("listing")))).values("listing").annotate(seen=Sum("views"))
    most = sums.filter(seen__gte=MANY).order_by("-seen")
    many = dict(most.values_list("listing", "seen")[:MOST_SHOWN])
    plan = Photo.objects.shown().filter(listing=OuterRef("pk"), media_category=MediaCategory.FLOOR_PLAN)
    rows = Listing.objects.visible_to(user).filter(pk__in=many, standard_status__in=ON_MARKET)
    rows = rows.select_related("unit__place", "list_agent").defer("search_vector")
    found = list(rows.annotate(has_plan=Exists(plan.order_by())))
    usual = _usual_prices(found)
    for listing in found:
        listing.views = many[listing.pk]
        listing.reasons = _reasons(listing, usual)
    return sorted(found, key=lambda listing: (-listing.views, listing.pk))


def _usual_prices(listings: Sequence[Listing]) -> dict[tuple, Decimal]:
    """What a square metre of the same kind costs on average in each of their communities."""
    communities = {listing.community_name for listing in listings if listing.community_name}
    if not communities:
        return {}
    rows = Listing.objects.filter(standard_status__in=ON_MARKET, community_name__in=communities)
    rows = rows.filter(list_price__gt=0, living_area_sqm__gt=0).order_by().values(*ALIKE)
    sums = rows.annotate(usual=Avg(F("list_price") / F("living_area_sqm")), n=Count("pk")).filter(n__gte=ENOUGH)
    return {tuple(row[name] for name in ALIKE): row["usual"] for row in sums}


def _reasons(listing: Listing, usual: dict) -> list[str]:
    reasons = []
    there = usual.get(tuple(getattr(listing, name) for name in ALIKE))
    if there and listing.list_price and listing.living_area_sqm:
        over = listing.list_price / listing.living_area_sqm / there
        if over >= DEAR:
            reasons.append(_("Price %(percent)s%% over the area") % {"percent": round((over - 1) * 100)})
    if listing.photo_count < FEW_PHOTOS:
        words = ngettext("%(n)s photo only", "%(n)s photos only", listing.photo_count) % {"n": listing.photo_count}
        reasons.append(words if listing.photo_count else _("No photo"))
    if len(listing.public_remarks) < SHORT:
        reasons.append(_("Short description"))
    if not listing.has_plan:
        reasons.append(_("No floor plan"))
    return reasons[:2]
