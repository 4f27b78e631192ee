"""What somebody changed on a site by hand: each field is either pushed over or taken into the CRM, never in silence."""

from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core.events import record
from apps.core.refusals import NotAllowed, Refused
from apps.listings.actions.editing import edit
from apps.website.actions.publish import ask
from apps.website.delivery.reading import COPY, PHOTOS, SLUG
from apps.website.models import Placement
from apps.website.payload import payload_of
from apps.website.policy import why_not_touch
from apps.website.profiles.page import PAGE, words_in
from apps.website.profiles.spec import read_spec

TEXTS = {"title", "public_remarks", "view", PAGE}
OWN_FIELDS = {PAGE: "public_remarks"}  # of a page of facts, text and photos, the text is what people write
NUMBERS = {"list_price", "association_fee"}
COUNTS = {
    "bedrooms_total",
    "bathrooms_total_integer",
    "entry_level",
    "stories_total",
    "year_built",
    "parking_total",
}


def differences(placement: Placement) -> list[dict]:
    """Field by field what is wanted, what the site shows, what was sent last, and whether theirs can be taken."""
    payload = payload_of(placement.listing, placement.site)
    return [
        {
            "path": path,
            "label": payload.label(path),
            "source": payload.source(path),
            "ours": len(payload.photos) if path == PHOTOS else payload.fields.get(path, placement.last_read.get(path)),
            "theirs": len(theirs) if path == PHOTOS else theirs,
            "sent": placement.last_sent.get(path, placement.last_read.get(path)),
            "why_not_take": why_not_take(placement, path),
        }
        for path, theirs in placement.theirs.items()
    ]


def why_not_take(placement: Placement, path: str) -> str:
    """Why what the site shows cannot become the listing's own value; empty where it can."""
    source = _source(placement, path)
    if path == COPY:
        return _("Push ours to put the copy into the site's trash.")
    if path == PHOTOS and len(placement.theirs[PHOTOS]) > placement.site.photo_limit:
        sentence = _("The limit of photos for %(site)s is %(n)d. Push ours to show those. Files there are not deleted.")
        return sentence % {"site": placement.site, "n": placement.site.photo_limit}
    if path == PHOTOS:
        return _("Photos put there by hand stay until you push ours. Files on the site are not deleted.")
    if path == SLUG or source in TEXTS | NUMBERS | COUNTS:
        return ""
    return _("This field is not typed in one place here. Change it on the listing, or push ours.")


@transaction.atomic
def push_ours(placement: Placement, paths: list[str], *, by) -> Placement:
    """Put over the site's value of these fields what is wanted here."""
    row = _locked(placement, paths, by)
    if COPY in paths:
        row.last_sent = row.last_sent | {COPY: row.theirs[COPY]}
    if SLUG in paths:
        row.last_sent = row.last_sent | {SLUG: row.last_read.get(SLUG)}
    _forget(row, paths)
    _save(row)
    record("website.pushed", row.listing, by=by, new=row.site.name, fields=paths)
    ask(row.site, by=by)
    return row


@transaction.atomic
def take_theirs(placement: Placement, path: str, *, by) -> Placement:
    """Make what the site shows the listing's own value, by the same action as a form."""
    row = _locked(placement, [path], by)
    why_not = why_not_take(row, path)
    if why_not:
        raise Refused(why_not)
    source, theirs = _source(row, path), row.theirs[path]
    if path != SLUG:
        sent = row.last_sent.get(path) or row.last_read.get(path) or ""
        value = words_in(str(theirs or ""), sent) if source == PAGE else _own_value(source, theirs)
        if value in (None, "") and source in {"title", PAGE, *NUMBERS}:
            raise Refused(_("The site shows nothing there. Push ours, or enter another value."))
        edit(row.listing, {OWN_FIELDS.get(source, source): value}, version=row.listing.version, by=by)
    row.last_sent = {key: value for key, value in row.last_sent.items() if key != path}
    _forget(row, [path])
    _save(row)
    record("website.taken_over", row.listing, by=by, new=row.site.name, fields=[path])
    ask(row.site, by=by)
    return row


def _locked(placement, paths, by) -> Placement:
    rows = Placement.objects.select_related("site__profile", "listing__unit__place", "listing__list_agent")
    row = rows.select_for_update(of=["self"]).get(pk=placement.pk)
    NotAllowed.unless_empty(why_not_touch(row.listing, by))
    if not paths or not set(paths) <= row.theirs.keys():
        raise Refused(_("This was settled meanwhile. Look again."))
    return row


def _forget(row, paths) -> None:
    """From now on what the site shows there counts as known, so that the delivery may send over it."""
    row.last_read = row.last_read | {path: row.theirs[path] for path in paths if path not in (COPY, PHOTOS)}
    row.theirs = {path: value for path, value in row.theirs.items() if path not in paths}
    row.due_at, row.attempts = timezone.now(), 0


def _save(row) -> None:
    row.save(update_fields=["last_read", "last_sent", "theirs", "due_at", "attempts"])


def _source(placement, path) -> str:
    fields = read_spec(placement.site.profile.spec).fields
    return next((one.source for one in fields if one.path == path), "")


def _own_value(source: str, theirs):
    if source in TEXTS:
        return words_in(str(theirs or ""))
    try:
        number = Decimal(str(theirs))
    except InvalidOperation:
        return None
    return number if source in NUMBERS else int(number)
