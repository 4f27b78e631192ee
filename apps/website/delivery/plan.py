"""What is to be done for each claimed placement, worked out from the rows as they are now."""

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Q
from django.utils import timezone

from apps.listings.lookups import ON_MARKET, PhotoState
from apps.listings.models import Mandate, Permit, Photo
from apps.listings.models.place import with_above
from apps.website.belonging import belonging, why_not_shown
from apps.website.models import Placement, PlacementPhoto, Site
from apps.website.payload import Payload, payload_of, why_lacking
from apps.website.profiles.spec import read_spec
from apps.website.states import State, Wanted

# Of a listing what no website is told; long, or slow to read.
NOT_TOLD = ("search_vector", "price_change_timestamp", "original_entry_timestamp", "modification_timestamp")
OF_PHOTO = ("pk", "listing_id", "digest", "name", "short_description", "media_category")


class Kind(StrEnum):
    """What a plan asks of the site."""

    NOTHING = "nothing"
    LEAVE = "leave"
    PUT = "put"


@dataclass
class Plan:
    """One placement with what should be on the site. `why_not` says why it is held back, though wanted."""

    placement: Placement
    kind: Kind
    is_wanted: bool
    why_not: list[str] = field(default_factory=list)
    payload: Payload | None = None

    @property
    def rest_state(self) -> str:
        """The state of a placement of which nothing is (any more) on the site."""
        if self.is_wanted and self.why_not:
            return State.HELD
        return State.OFF if self.placement.post_id else State.ABSENT


def plans_for(site: Site, keys: list[int], *, force: bool = False) -> list[Plan]:
    """A plan for each claimed placement. `force`: what was confirmed before is read again all the same."""
    rows = _loaded(keys)
    following = [row.listing_id for row in rows if row.wanted == Wanted.FILTER]
    in_filter = set(belonging(site).filter(pk__in=following).values_list("pk", flat=True)) if following else set()
    for row in rows:
        row.site = site
    today, spec = timezone.localdate(), read_spec(site.profile.spec)
    return [_plan(site, spec, row, row.listing_id in in_filter, today, force) for row in rows]


def _loaded(keys: list[int]) -> list[Placement]:
    """The rows with all that a plan is made of. No row points back to its listing: they go as soon as nobody uses them,
    and Python need not look for them.
    """
    rows = Placement.objects.filter(pk__in=keys).select_related("listing__unit__place")
    rows = list(rows.defer(*(f"listing__{name}" for name in NOT_TOLD)))
    of_these = Q(listing__in=[row.listing_id for row in rows])
    ready = Photo.objects.shown().filter(of_these, state=PhotoState.READY).values_list(*OF_PHOTO, named=True)
    photos, sent = _by("listing_id", ready), _by("placement_id", PlacementPhoto.objects.filter(placement__in=keys))
    mandates, permits = (_by("listing_id", model.objects.filter(of_these)) for model in (Mandate, Permit))
    for row in rows:
        row.sent_photos, row.listing.ready_photos = sent[row.pk], photos[row.listing_id]
        found = {"mandates": mandates[row.listing_id], "permits": permits[row.listing_id]}
        row.listing._prefetched_objects_cache = found
    with_above([row.listing.unit.place for row in rows if row.listing.unit.place])
    return rows


def _by(name: str, rows) -> dict[int, list]:
    found = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found


def _plan(site, spec, row, in_filter, today, force) -> Plan:
    # What is sold or withdrawn is rightly off: only what is on the market and lacks something is held back.
    is_on_market = row.listing.standard_status in ON_MARKET
    is_wanted = is_on_market and (row.wanted == Wanted.ON or (row.wanted == Wanted.FILTER and in_filter))
    if is_wanted:
        why_not = why_not_shown(row.listing, today)
        if not why_not:
            payload = payload_of(row.listing, site, spec)
            why_not = why_lacking(spec, payload.values, site)
        if not why_not:
            is_done = row.state == State.LIVE and row.is_up and row.confirmed_digest == payload.digest and not force
            return Plan(row, Kind.NOTHING if is_done else Kind.PUT, True, [], payload)
    else:
        why_not = []
    may_be_there = row.is_up or (row.asked_at is not None and row.post_id is None) or (force and row.post_id)
    return Plan(row, Kind.LEAVE if may_be_there else Kind.NOTHING, is_wanted, why_not)
