"""What happened to a listing, in sentences: events and notes as one list, newest first."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.db.models import BigIntegerField, Case, OuterRef, Q, Subquery, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils.formats import date_format

from apps.core.events import moment_in_words
from apps.core.models import Event
from apps.listings.lookups import StandardStatus
from apps.listings.models import Listing, Note, Unit

OWNER_LABELS = {"owner_name": "Owner name", "owner_phone": "Owner phone", "owner_email": "Owner email"}
NOTED = "listing.noted"
PAGE = 20
KINDS = {"all": "All", "notes": "Notes", "changes": "Changes"}


@dataclass(frozen=True)
class Line:
    """How one verb reads: “Layla” + `says`; `icon` and `hue` as the look names them."""

    says: str
    icon: str
    hue: str = ""


LINES = {
    "listing.taken_on": Line("took this listing on", "plus", "green"),
    "listing.imported": Line("imported this listing", "file-import"),
    "listing.changed_by_import": Line("changed {fields} by an import", "file-import"),
    "listing.import_undone": Line("undid an import's changes", "arrow-back"),
    "listing.edited": Line("changed {fields}", "edit"),
    "listing.assigned": Line("gave this listing to {new}", "user-share"),
    "listing.price_changed": Line("{set} the price", "tag", "amber"),
    "listing.status_changed": Line("changed the status from {old} to {new}", "refresh", "blue"),
    "listing.mandate_added": Line("added a mandate until {until}", "file-text", "green"),
    "listing.permit_added": Line("added permit {number}", "shield", "green"),
    "listing.relisted": Line("put the unit on the market again as {new}", "restore", "blue"),
    "listing.photo_added": Line("added a photo", "photo-plus"),
    "listing.photos_added": Line("added photos", "photo-plus"),
    "listing.photos_copied": Line("took over {count} photos from {source}", "photo-plus"),
    "listing.photo_described": Line("described a photo", "photo"),
    "listing.photo_restored": Line("brought a photo back", "photo-plus"),
    "listing.photo_removed": Line("removed a photo", "photo"),
    "listing.photos_ordered": Line("put the photos in another order", "photo"),
    "viewing.booked": Line("booked a viewing for {when}", "calendar-plus", "teal"),
    "viewing.moved": Line("moved a viewing to {when}", "calendar", "amber"),
    "viewing.edited": Line("changed key or meeting point of the viewing on {when}", "edit"),
    "viewing.confirmed": Line("confirmed the viewing on {when}", "check", "green"),
    "viewing.cancelled": Line("cancelled the viewing on {when}", "x", "red"),
    "viewing.denied": Line("wrote down that the viewing on {when} is not allowed", "x", "red"),
    "viewing.done": Line("showed the apartment", "check", "green"),
    "viewing.feedback_given": Line("wrote down what visitors thought: {verdict}", "message", "blue"),
    "viewing.owner_told": Line("told the owner about the viewing on {when}", "send", "green"),
    "viewing.owner_not_told": Line("took back that the owner was told", "arrow-back"),
    "viewing.feedback_taken": Line("changed what a visitor looks for", "wand", "blue"),
    "matching.listing_sent": Line("sent this to a customer", "send", "blue"),
    "matching.interested": Line("wrote down that a customer likes this", "heart", "green"),
    "matching.dismissed": Line("wrote down that this is not for a customer", "thumb-down", "amber"),
    "matching.decision_taken_back": Line("took back what a customer said", "arrow-back"),
    "enquiry.received": Line("took in an enquiry from {site}", "inbox", "blue"),
    "website.published": Line("put this on {new}", "world"),
    "website.withdrawn": Line("took this off {new}", "world"),
    "website.follows": Line("let the filter of {new} decide", "world"),
    "website.live": Line("read it live on {new}", "world", "green"),
    "website.taken_off": Line("read it off {new}", "world"),
    "website.refused": Line("heard a refusal of {new}", "alert", "red"),
    "website.pushed": Line("sent ours over what was changed on {new}", "world"),
    "website.linked": Line("linked this with a post on {new}", "link"),
    "website.unlinked": Line("took back the link with a post on {new}", "arrow-back"),
    "website.followed": Line("let {new} follow this listing", "world"),
    "website.taken_over": Line("took over what was changed on {new}", "world"),
    NOTED: Line("wrote a note", "message"),
}


# What visitors thought, as viewings call it (apps/viewings/lookups.py).
VERDICTS = {"liked": "they liked it", "maybe": "they are thinking about it", "no": "not for them"}


@dataclass(frozen=True)
class Entry:
    """One line of the timeline. `note` is what stands in the box below it: a note, a reason, or the two prices."""

    pk: int
    who: str
    says: str
    at: datetime
    icon: str
    hue: str
    note: str


def timeline(listing: Listing, *, kind: str = "all", before: int | None = None, notes: bool = True) -> list[Entry]:
    """Up to PAGE entries of this kind (a key of KINDS), older than the entry `before`; without `notes`, none of them.

    One query.
    """
    events = Event.objects.filter(subject_label=Listing._meta.label_lower, subject_id=listing.pk)
    if kind == "notes":
        events = events.filter(verb=NOTED)
    if kind == "changes" or not notes:
        events = events.exclude(verb=NOTED)
    if before:
        at = Event.objects.filter(pk=before).values("at")
        events = events.filter(Q(at__lt=Subquery(at)) | Q(at=Subquery(at), pk__lt=before))
    note = Case(When(verb=NOTED, then=Cast(KT("data__note"), BigIntegerField())))
    body = Subquery(Note.objects.filter(pk=OuterRef("note")).values("body"))
    events = events.annotate(note=note).annotate(note_body=body).select_related("by")
    return [_entry(event) for event in events.order_by("-at", "-pk")[:PAGE]]


def _entry(event) -> Entry:
    line = LINES.get(event.verb) or Line(event.verb.partition(".")[2].replace("_", " "), "history")
    return Entry(
        pk=event.pk,
        who=event.by.short_name,
        says=line.says.format(**_words(event)),
        at=event.at,
        icon=line.icon,
        hue=line.hue,
        note=event.note_body or _box(event),
    )


def _words(event) -> dict[str, str]:
    data = event.data
    words = {name: data.get(name) or "" for name in ("old", "new", "until", "number", "count", "source", "site")}
    if event.verb == "listing.status_changed":
        labels = dict(StandardStatus.choices)
        words |= {name: labels.get(words[name], words[name]) for name in ("old", "new")}
    if words["until"]:
        words["until"] = date_format(date.fromisoformat(words["until"]), "j M Y")
    words["when"] = moment_in_words(data.get("starts_at"))
    words["verdict"] = VERDICTS.get(data.get("verdict"), "")
    words["set"] = "changed" if data.get("old") else "set"
    words["fields"] = ", ".join(field_label(name).lower() for name in data.get("fields", ())) or "details"
    return words


def _box(event) -> str:
    reason = event.data.get("reason") or ""
    if event.verb != "listing.price_changed":
        return reason
    prices = " to ".join(_amount(event.data, name) for name in ("old", "new") if event.data.get(name))
    return f"{prices}. {reason}" if reason else prices


def _amount(data, name) -> str:
    try:
        return f"{data.get('currency', '')} {Decimal(data[name]):,.0f}".strip()
    except InvalidOperation:
        return str(data[name])


def field_label(name: str) -> str:
    """What people call a field of the listing or its unit."""
    if name in OWNER_LABELS:
        return OWNER_LABELS[name]
    for model in (Listing, Unit):
        if name in {field.name for field in model._meta.concrete_fields}:
            return str(model._meta.get_field(name).verbose_name).capitalize()
    return name.replace("_", " ").capitalize()
