"""What is on the demo's websites: worked out by the same planner as a delivery, then written down as read back."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from zlib import crc32

from django.utils.text import slugify
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.demo_clock import at
from apps.core.events import record
from apps.core.outbound import Cause
from apps.listings.lookups import ON_MARKET
from apps.listings.models import Listing
from apps.website.actions.publish import GO_OFF_FIRST, USUAL
from apps.website.belonging import belonging, why_not_shown
from apps.website.delivery.plan import Plan, plans_for
from apps.website.delivery.reading import SLUG
from apps.website.demo.plan import (
    BEHIND,
    CHANGED,
    GONE,
    LATER,
    LEAVING,
    LIVE,
    REFUSED,
    STANDS,
    WAITING,
    DemoSite,
)
from apps.website.models import Placement, PlacementPhoto, Site
from apps.website.profiles.values import LABELS
from apps.website.states import State, Trouble, Wanted
from apps.website.wordpress.words import UNREACHED

FIRST_POST, FIRST_MEDIA = 1200, 40_000
HELD_OF = 9
CHEAPER = Decimal("0.96")
WRITTEN = (
    "wanted", "state", "state_since", "is_up", "post_id", "asked_at", "link", "wanted_digest", "confirmed_digest",
    "confirmed_at", "checked_at", "due_at", "priority", "claimed_until", "attempts", "trouble", "trouble_kind",
    "trouble_field", "last_sent", "last_read", "theirs",
)  # fmt: skip


@dataclass
class Stand:
    """A listing on a site as the demo wants it: the row with its plan, which state, and the moment of the seed."""

    row: Placement
    plan: Plan
    stands: str
    now: datetime
    columns: dict = field(default_factory=dict)

    @property
    def minutes(self) -> int:
        """Some minutes of its own, the same on every run."""
        return crc32(f"{self.row.listing.listing_id}{self.row.site.initials}".encode()) % 55


def build_placements(site: Site, demo: DemoSite, now: datetime) -> None:
    """Each listing that is, was or should be on the site stands as the plan says."""
    stands = _stands(site, demo)
    new = [
        Placement(site=site, listing_id=pk)
        for pk in set(stands).difference(Placement.objects.filter(site=site).values_list("listing", flat=True))
    ]
    Placement.objects.bulk_create(new)
    new = {row.pk for row in new}
    rows = dict(Placement.objects.filter(site=site, listing__in=stands).values_list("listing", "pk"))
    Placement.objects.filter(site=site).exclude(listing__in=stands).update(due_at=None)
    wanted = Wanted.FILTER if demo.follows else Wanted.ON
    Placement.objects.filter(pk__in=rows.values()).update(wanted=wanted)
    done = []
    for plan in plans_for(site, list(rows.values()), force=True):
        plan.placement.site = site
        done.append(_written(Stand(plan.placement, plan, stands[plan.placement.listing_id], now)))
    Placement.objects.bulk_update([one.row for one in done], WRITTEN, batch_size=100)
    _photos([one for one in done if one.row.is_up])
    _events([one for one in done if one.row.pk in new and one.row.is_up])


def _stands(site: Site, demo: DemoSite) -> dict[int, str]:
    """How each listing stands there, by key."""
    rows = Listing.objects.filter(standard_status__in=ON_MARKET)
    by_hand = {
        rows.filter(place_name=building, unit_number=number).values_list("pk", flat=True).last(): stands
        for (building, number), stands in STANDS.items()
    }
    if demo.follows:
        keys = list(belonging(site).order_by().values_list("pk", flat=True))
    else:
        usual = rows.filter(property_type=demo.kind).exclude(pk__in=[pk for pk in by_hand if pk])
        usual = usual.prefetch_related("mandates", "permits").defer("search_vector").order_by("pk")
        keys = [one.pk for one in usual if _mark(one) % 100 < demo.share and (not why_not_shown(one) or _ran_out(one))]
        keys += [pk for pk, stands in by_hand.items() if pk and demo.initials in stands]
    return {pk: by_hand.get(pk, {}).get(demo.initials, LIVE) for pk in keys}


def _mark(listing) -> int:
    return crc32(listing.listing_id.encode())


def _ran_out(listing) -> bool:
    """Whether it was put there while its papers were good: a few of those that are not."""
    return _mark(listing) % HELD_OF == 0


def _written(stand: Stand) -> Stand:
    if stand.plan.payload is None:
        _held(stand)
    else:
        _live(stand)
        SAYS[stand.stands](stand)
    for name, value in stand.columns.items():
        setattr(stand.row, name, value)
    return stand


def _held(stand: Stand) -> None:
    """Wanted, and something stands in its way: the planner says what."""
    stand.columns = _quiet(stand) | {
        "state": State.HELD,
        "state_since": stand.now - timedelta(hours=3 + stand.minutes),
        "trouble": " ".join(stand.plan.why_not)[:500],
        "confirmed_digest": "",
    }


def _quiet(stand: Stand) -> dict:
    return {
        "is_up": False,
        "asked_at": None,
        "link": "",
        "wanted_digest": "",
        "due_at": None,
        "priority": USUAL,
        "claimed_until": None,
        "attempts": 0,
        "trouble": "",
        "trouble_kind": Trouble.NONE,
        "trouble_field": "",
        "theirs": {},
        "post_id": None,
    }


def _live(stand: Stand) -> None:
    payload, listing = stand.plan.payload, stand.row.listing
    slug = slugify(f"{listing.label} {listing.listing_id}")
    payload.place([FIRST_MEDIA + photo.pk for photo in payload.photos])
    sent = {path: _jsonable(value) for path, value in payload.fields.items()}
    since = stand.now - timedelta(days=4 + stand.minutes, hours=1)
    stand.columns = _quiet(stand) | {
        "state": State.LIVE,
        "state_since": since,
        "is_up": True,
        "post_id": FIRST_POST + listing.pk,
        "asked_at": since,
        "link": f"{stand.row.site.url}/property/{slug}/",
        "wanted_digest": payload.digest,
        "confirmed_digest": payload.digest,
        "confirmed_at": since,
        "checked_at": stand.now - timedelta(minutes=6 + stand.minutes * 3),
        "last_sent": sent,
        "last_read": sent | {SLUG: slug},
    }


def _jsonable(value):
    return (int(value) if value == int(value) else float(value)) if isinstance(value, Decimal) else value


def _price(stand: Stand) -> str:
    payload = stand.plan.payload
    return next(path for path in payload.fields if payload.source(path) == "list_price")


def _behind(stand: Stand) -> None:
    """The price was lowered and the title written anew two minutes ago."""
    read = dict(stand.columns["last_read"])
    read[_price(stand)] = int(Decimal(read[_price(stand)]) / CHEAPER)
    read["title"] = f"{stand.row.listing.label}, Dubai"
    digest = {"confirmed_digest": "before", "due_at": stand.now - timedelta(minutes=2)}
    stand.columns |= digest | {"last_sent": read, "last_read": read}


def _waiting(stand: Stand) -> None:
    stand.columns = _quiet(stand) | {
        "state": State.ABSENT,
        "wanted": Wanted.ON,
        "due_at": stand.now - timedelta(minutes=4),
    }


def _refused(stand: Stand) -> None:
    sentence = _("%(site)s did not keep “%(field)s”: its profile may not fit what is installed there.")
    words = {"site": stand.row.site, "field": LABELS["permit_number"]}
    stand.columns = _quiet(stand) | {
        "state": State.FAILED,
        "state_since": stand.now - timedelta(minutes=47),
        "trouble": sentence % words,
        "trouble_kind": Trouble.PERMANENT,
        "trouble_field": "permit_number",
        "attempts": 2,
    }


def _later(stand: Stand) -> None:
    stand.columns |= {
        "state": State.FAILED,
        "state_since": stand.now - timedelta(minutes=18),
        "trouble": str(UNREACHED[Cause.TIMEOUT]),
        "trouble_kind": Trouble.TEMPORARY,
        "attempts": 3,
        "due_at": stand.now + timedelta(minutes=14),
    }


def _changed(stand: Stand) -> None:
    """Somebody of the site lowered the price and wrote another title."""
    sent, path = stand.columns["last_sent"], _price(stand)
    theirs = {path: int(Decimal(sent[path]) * CHEAPER), "title": f"HOT DEAL: {sent['title']}"}
    labels = ", ".join(stand.plan.payload.label(one) for one in theirs)
    sentence = _("Changed on %(site)s by hand: %(fields)s. Nothing was overwritten.")
    stand.columns |= {
        "state": State.CHANGED,
        "state_since": stand.now - timedelta(hours=2, minutes=stand.minutes),
        "theirs": theirs,
        "trouble": sentence % {"site": stand.row.site, "fields": labels},
        "trouble_kind": Trouble.PERMANENT,
    }


def _gone(stand: Stand) -> None:
    stand.columns |= {
        "state": State.GONE,
        "state_since": stand.now - timedelta(hours=9, minutes=stand.minutes),
        "is_up": False,
        "link": "",
        "trouble": _("Moved to the trash on %(site)s by hand.") % {"site": stand.row.site},
        "trouble_kind": Trouble.PERMANENT,
    }


def _leaving(stand: Stand) -> None:
    stand.columns |= {
        "wanted": Wanted.OFF,
        "due_at": stand.now - timedelta(minutes=1),
        "priority": GO_OFF_FIRST,
    }


SAYS = {
    LIVE: lambda stand: None,
    BEHIND: _behind,
    WAITING: _waiting,
    REFUSED: _refused,
    LATER: _later,
    CHANGED: _changed,
    GONE: _gone,
    LEAVING: _leaving,
}


def _photos(stands: list[Stand]) -> None:
    """Each photo is there; of those that wait for an update, one is missing still."""
    rows = []
    for stand in stands:
        photos = stand.plan.payload.photos
        for photo in photos[:-1] if stand.stands == BEHIND else photos:
            known = {"digest": photo.digest, "media_id": FIRST_MEDIA + photo.pk}
            at_once = {"asked_at": stand.row.asked_at, "confirmed_at": stand.row.confirmed_at}
            rows.append(PlacementPhoto(placement=stand.row, photo_id=photo.pk, **known, **at_once))
    PlacementPhoto.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def _events(stands: list[Stand]) -> None:
    system = User.objects.system()
    for stand in stands:
        with at(stand.row.confirmed_at):
            record("website.live", stand.row.listing, by=system, new=stand.row.site.name)
