"""What a listing's page says about each website: the state in words, since when, what is not sent yet, what helps."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.listings.lookups import PhotoState
from apps.listings.models import Photo
from apps.website.actions.publish import why_not_publish
from apps.website.belonging import left_market, why_not_shown
from apps.website.breaker import is_open
from apps.website.compare import differing
from apps.website.models import Placement, Site
from apps.website.payload import payload_of
from apps.website.policy import why_not_touch
from apps.website.profiles.spec import read_spec
from apps.website.states import BEHIND, LEAVING, MARKS, SENDING, WAITING, Shown, State, Trouble, Wanted

SOON, RARELY = 2, 30  # seconds until a panel looks again: while something is sent; while the site is left alone
BUSY = {one.key for one in (BEHIND, LEAVING, SENDING, WAITING)}


@dataclass
class Difference:
    """One field: what is wanted, what the site was last seen to show."""

    path: str
    label: str
    ours: object
    theirs: object
    source: str = ""


@dataclass
class Row:
    """One site on the listing's page."""

    site: Site
    placement: Placement | None
    shown: Shown
    changes: list[Difference] = field(default_factory=list)
    why_not: list[str] = field(default_factory=list)
    may_touch: bool = False
    left_market: str = ""

    @property
    def is_busy(self) -> bool:
        """Whether something is under way, so that the panel looks again."""
        return self.shown.key in BUSY and self.placement is not None and not self.placement.is_idle

    @property
    def looks_again(self) -> int:
        """After how many seconds the panel looks again; 0 where nothing is under way."""
        return 0 if not self.is_busy else SOON if is_open(self.site) else RARELY

    @property
    def waits_for(self) -> str:
        """Why what is under way does not go on now."""
        if not self.is_busy or is_open(self.site):
            return ""
        if self.site.is_made_up:
            return _("%(site)s is a website of the demo: nothing is sent to it.") % {"site": self.site}
        at = date_format(timezone.localtime(self.site.probe_at), "H:i:s")
        return _("%(site)s does not answer. Next try: %(at)s.") % {"site": self.site, "at": at}

    @property
    def is_up(self) -> bool:
        """Whether the site was last seen to show the listing."""
        return self.placement is not None and self.placement.is_up

    @property
    def since(self) -> datetime | None:
        """When the site was last read."""
        return self.placement.checked_at if self.placement else None

    @property
    def checked(self) -> str:
        """The same in words: “14:30” today, “20 Nov, 14:30” before."""
        return _moment(self.since)

    @property
    def trouble(self) -> str:
        """What went wrong last, with when it is tried again."""
        return self.placement.trouble if self.placement else ""

    @property
    def is_tried_again(self) -> bool:
        """Whether trying again is under way by itself."""
        return self.placement is not None and self.placement.trouble_kind == Trouble.TEMPORARY

    @property
    def needs_attention(self) -> bool:
        """Whether a person should do something."""
        return self.shown.key in (State.FAILED, State.CHANGED, State.GONE, State.HELD) or bool(
            self.is_up and self.changes and not self.is_busy
        )

    @property
    def says(self) -> str:
        """The line below the site's name, but for its time."""
        if self.shown.key in (State.LIVE, BEHIND.key) and self.changes:
            count = len(self.changes)
            words = ngettext("Live, %(n)s change not sent yet", "Live, %(n)s changes not sent yet", count)
            return words % {"n": count}
        if self.went_by_itself:
            words = {"why": self.left_market, "at": _moment(self.placement.state_since)}
            return _("%(why)s: taken off %(at)s") % words
        if self.shown.key == State.FAILED:
            return self.placement.failed_in_words
        return str(self.shown.label)

    @property
    def went_by_itself(self) -> bool:
        """Whether it was taken off because the listing is not on the market any more."""
        is_off = self.shown.key == State.OFF and self.placement.state_since is not None
        return bool(self.left_market) and is_off and self.placement.wanted != Wanted.OFF

    @property
    def tone(self) -> str:
        """The colour of that line: red where a person has to do something, amber where it mends itself."""
        if (self.shown.key == State.FAILED and self.is_tried_again) or self.shown.key == State.HELD:
            return "late"
        return "worse" if self.shown.key in (State.FAILED, State.CHANGED, State.GONE) else ""

    @property
    def stands_since(self) -> datetime | None:
        """Since when it stands so, where that is not said otherwise."""
        if self.placement is None or self.is_busy or self.went_by_itself:
            return None
        return None if self.shown.key in (State.LIVE, State.ABSENT) else self.placement.state_since

    @property
    def act(self) -> str:
        """What the button of the row sends."""
        return "publish" if self.verb in ("publish", "again") else "retry" if self.verb == "retry" else "update"

    @property
    def verb(self) -> str:
        """What the row's button does: publish, update, mend, try again, compare; empty where there is nothing to do."""
        if not self.may_touch or self.went_by_itself or self.shown.key in (SENDING.key, LEAVING.key, WAITING.key):
            return ""
        by_key = {
            State.CHANGED: "compare",
            State.LINKED: "compare",
            State.GONE: "again",
            State.FAILED: "retry" if self.is_tried_again else "fix",  # of what passes, nothing is mended here
            State.HELD: "fix",
        }
        if self.shown.key in by_key:
            return by_key[self.shown.key]
        if self.is_up:
            return "update" if self.changes else ""
        return "publish"


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return date_format(local, "H:i" if local.date() == timezone.localdate() else "j M, H:i")


def rows_for(listing, by) -> list[Row]:
    """Each site that follows the CRM, by name."""
    placed = {one.site_id: one for one in Placement.objects.filter(listing=listing).prefetch_related("photos")}
    ready = Photo.objects.shown().filter(state=PhotoState.READY)
    prefetch_related_objects([listing], Prefetch("photos", queryset=ready, to_attr="ready_photos"))
    may_touch, may_be_shown, left = not why_not_touch(listing, by), not why_not_shown(listing), left_market(listing)
    rows = []
    for site in Site.objects.active().select_related("profile"):
        placement = placed.get(site.pk)
        shown = _shown(placement, left)
        row = Row(site, placement, shown, may_touch=may_touch, left_market=left)
        if row.is_up and may_be_shown:
            row.changes = not_sent(placement, listing, site)
            if row.changes and shown.key == State.LIVE:
                row.shown = BEHIND
        if shown.key in (State.ABSENT, State.OFF) and placement and placement.due_at and site.follows_filter:
            is_sent = may_be_shown and read_spec(site.profile.spec).sends(listing.property_type)
            row.shown = WAITING if is_sent and placement.wanted != Wanted.OFF else row.shown
        if row.verb == "publish":
            row.why_not = why_not_publish(listing, site, by)
        rows.append(row)
    return rows


def _shown(placement: Placement | None, left: str) -> Shown:
    """The state as it stands; of what left the market nothing new is ever sent."""
    if placement is None:
        return Shown(State.ABSENT, State.ABSENT.label, MARKS[State.ABSENT])
    if not left or placement.shown.key not in (BEHIND.key, WAITING.key):
        return placement.shown
    return LEAVING if placement.is_up else Shown(placement.state, placement.get_state_display(), MARKS[placement.state])


def not_sent(placement: Placement, listing, site) -> list[Difference]:
    """What is wanted now and was not confirmed, field by field."""
    payload = payload_of(listing, site)
    confirmed = placement.last_read
    found = [
        Difference(path, payload.label(path), payload.fields[path], confirmed.get(path), payload.source(path))
        for path in differing(payload.fields, confirmed)
        if path not in placement.theirs
    ]
    known = {row.digest for row in placement.photos.all() if row.media_id}
    wanted = {photo.digest for photo in payload.photos}
    if known != wanted:
        found.append(Difference("photos", _("Photos"), len(wanted), len(known)))
    return found


def mended_at(listing, placement: Placement) -> str:
    """Where the thing that a site refused, or that is missing, is entered."""
    places = {
        "list_price": "edit_price",
        "permit_number": "new_permit",
        "photos": "photos",
        "standard_status": "edit_status",
    }
    if placement.state == State.HELD:
        return f"{listing.get_absolute_url()}#ready"
    route = places.get(placement.trouble_field, "edit")
    return reverse(f"listings:{route}", args=[listing.listing_id])
