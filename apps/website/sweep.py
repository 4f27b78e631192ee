"""The sweep, once a minute: whatever was forgotten, dropped or has run out becomes due and is handed to its site."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from apps.listings.lookups import ON_MARKET
from apps.listings.models import Listing
from apps.website.actions.publish import GO_OFF_FIRST, ask
from apps.website.belonging import belonging
from apps.website.breaker import BACKOFF, is_open
from apps.website.claims import CLAIM
from apps.website.models import Placement, Site
from apps.website.states import State, Wanted


def sweep(*, by, is_thorough: bool = False) -> dict[str, int]:
    """Make due what has run out, drop what never belonged, and ask for the delivery to each site that has any due.

    A thorough one also looks through all listings for what belongs and was never heard of: after another filter.
    Returns how many placements are due by the name of their site.
    """
    today = timezone.localdate()
    due = {}
    for site in Site.objects.active().select_related("profile"):
        take_off_what_ran_out(site, today)
        if is_thorough:
            add_what_belongs(site)
        drop_what_never_belonged(site)
        end_waiting_of_another_clock(site)
        waiting = Placement.objects.due().filter(site=site).order_by()
        if is_open(site) and (waiting.exists() or _has_orphans(site)):
            due[site.name] = waiting.count()
            ask(site, by=by)
    return due


def take_off_what_ran_out(site: Site, today: date) -> int:
    """Make due what is up although its mandate or permit ended yesterday: no save tells us of a midnight."""
    over = (
        Q(mandate_until__lt=today)
        | Q(permit_until__lt=today)
        | Q(mandate_until__isnull=True)
        | Q(permit_until__isnull=True)
    )
    ended = Listing.objects.filter(over | ~Q(standard_status__in=ON_MARKET), pk=OuterRef("listing_id"))
    rows = Placement.objects.filter(site=site, is_up=True, due_at__isnull=True, claimed_until__isnull=True)
    rows = rows.exclude(state=State.LINKED)  # nobody said yet that it follows
    return rows.filter(Exists(ended)).update(due_at=timezone.now(), priority=GO_OFF_FIRST)


def drop_what_never_belonged(site: Site) -> int:
    """Forget the turn of placements that follow the filter, are not in it, and of which nothing is on the site."""
    rows = Placement.objects.filter(
        site=site,
        due_at__isnull=False,
        wanted=Wanted.FILTER,
        state=State.ABSENT,
        is_up=False,
        post_id__isnull=True,
        asked_at__isnull=True,
    )
    return rows.exclude(listing__in=belonging(site).order_by().values("pk")).update(due_at=None)


def end_waiting_of_another_clock(site: Site) -> int:
    """Make due now what waits for longer than anything waits: the clock was set back since."""
    now = timezone.now()
    rows = Placement.objects.filter(site=site, due_at__gt=now + 2 * timedelta(seconds=BACKOFF[-1]))
    return rows.update(due_at=now)


def add_what_belongs(site: Site) -> int:
    """A row, due now, for each listing that the site's filter finds and that has none."""
    has_row = Placement.objects.filter(site=site, listing=OuterRef("pk"))
    missing = belonging(site).order_by().filter(~Exists(has_row)).values_list("pk", flat=True)
    now = timezone.now()
    rows = [Placement(site=site, listing_id=pk, due_at=now) for pk in missing.iterator(chunk_size=2000)]
    return len(Placement.objects.bulk_create(rows, batch_size=2000, ignore_conflicts=True))


def _has_orphans(site: Site) -> bool:
    now = timezone.now()
    is_over = Q(claimed_until__lt=now) | Q(claimed_until__gt=now + CLAIM)
    return Placement.objects.filter(is_over, site=site).exists()
