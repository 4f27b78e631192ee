"""What happened with a customer, in sentences: notes, calls, messages, viewings and changes as one list, newest first.

Other apps say how their verbs read: `say("viewing.booked", Line("booked a viewing at {listing}", "calendar-event",
"teal", kind="viewings"))` in their AppConfig.ready(), and record the event with the customer as its subject.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import BigIntegerField, Case, OuterRef, Q, Subquery, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.core.models import Event
from apps.customers.lookups import Channel, NoteKind, Stage
from apps.customers.models import Customer, Note, Task

NOTED = "customer.noted"
PLACES = re.compile(r"\{(=?\w+)\}")
PAGE = 20
CHANGES = "changes"
KINDS = {
    "all": _("All"),
    "notes": _("Notes"),
    "calls": _("Calls"),
    "messages": _("Messages"),
    "viewings": _("Viewings"),
    CHANGES: _("Changes"),
}
# The kinds of notes, by the kind of the timeline that shows them.
NOTE_KINDS = {"notes": NoteKind.NOTE, "calls": NoteKind.CALL, "messages": NoteKind.MESSAGE}


@dataclass(frozen=True)
class Line:
    """How one verb reads: “Layla” + `says`, whose {words} are the event's data; `icon`, `hue` as the look names them.

    `kind` is the filter that shows it, `box` names what stands in the box below, and without `who` the sentence does
    not start with a person. A {word} is set bold, a {=word} is not.
    """

    says: str
    icon: str
    hue: str = ""
    kind: str = CHANGES
    box: str = "reason"
    who: bool = True


LINES: dict[str, Line] = {
    "customer.added": Line(_("added this customer"), "user-plus", "green"),
    "customer.imported": Line(_("imported this customer"), "file-import"),
    "customer.changed_by_import": Line(_("changed {=fields} by an import"), "file-import"),
    "customer.import_undone": Line(_("took an import back"), "arrow-back"),
    "customer.edited": Line(_("changed {=fields}"), "edit"),
    "customer.assigned": Line(_("gave this customer to {new}"), "user-share"),
    "customer.taken": Line(_("took this customer"), "user-share", "green"),
    "customer.passed_to_team": Line(_("let the team take this customer: {old} had not answered"), "users", "amber"),
    "customer.handed_over": Line(_("took a call and passed it to {to}"), "phone", "blue", kind="calls", box="text"),
    "customer.stage_changed": Line(_("changed the stage from {=old} to {=new}"), "refresh", "blue"),
    "customer.consent_set": Line(_("wrote down: {=consent}"), "shield"),
    "customer.contact_stopped": Line(_("wrote down: do not contact"), "shield", "red"),
    "customer.contact_allowed": Line(_("wrote down: may be contacted again"), "shield", "green"),
    "customer.merged": Line(_("merged {other} into this customer"), "merge", "amber"),
    "customer.merge_undone": Line(_("undid the merge with {other}"), "arrow-back"),
    "customer.data_handed_out": Line(_("handed out their data as a file"), "download"),
    "customer.erased": Line(_("erased this customer"), "trash", "red"),
    "customer.told_apart": Line(_("said that {other} is somebody else"), "users"),
    "customer.task_added": Line(_("planned {title} for {=due}"), "clock"),
    "customer.task_done": Line(_("did {title}"), "check", "green"),
    "customer.task_reopened": Line(_("reopened {title}"), "arrow-back"),
    "customer.task_changed": Line(_("changed {title}"), "clock"),
    "customer.task_moved": Line(_("moved {title} to {=due}"), "clock"),
}
NOTES = {
    NoteKind.NOTE: Line(_("wrote a note"), "note"),
    NoteKind.CALL: Line(_("called"), "phone", "blue"),
    NoteKind.MESSAGE: Line(_("exchanged messages"), "message", "green"),
}


def say(verb: str, line: Line) -> None:
    """Teach the timeline a verb of another app; each app once, at start."""
    LINES[verb] = line


@dataclass(frozen=True)
class Entry:
    """One line of the timeline. `says` is markup, safe as it stands; `note` is the text in the box below it."""

    pk: int
    who: str
    says: SafeString
    at: datetime
    icon: str
    hue: str
    note: str


def timeline(customer: Customer, *, kind: str = "all", before: int | None = None, limit: int = PAGE) -> list[Entry]:
    """Up to `limit` entries of this kind (a key of KINDS), older than the entry `before`. One query.

    Whoever may see the customer may see all of it; ask `visible_to` first.
    """
    events = Event.objects.filter(subject_label=Customer._meta.label_lower, subject_id=customer.pk)
    events = events.filter(_of_kind(kind))
    if before:
        at = Event.objects.filter(pk=before).values("at")
        events = events.filter(Q(at__lt=Subquery(at)) | Q(at=Subquery(at), pk__lt=before))
    events = events.annotate(note=_key("note", verb=NOTED), task=_key("task", verb__startswith="customer.task_"))
    body = Subquery(Note.objects.filter(pk=OuterRef("note")).values("body"))
    title = Subquery(Task.objects.filter(pk=OuterRef("task")).values("title"))
    events = events.annotate(note_body=body, task_title=title).select_related("by")
    return [_entry(event) for event in events.order_by("-at", "-pk")[:limit]]


def _key(name, **of_verbs) -> Case:
    """The key of a row that events of these verbs carry in their data."""
    return Case(When(**of_verbs, then=Cast(KT(f"data__{name}"), BigIntegerField())))


def _of_kind(kind) -> Q:
    if kind == "all":
        return Q()
    others = [verb for verb, line in LINES.items() if line.kind != CHANGES]
    if kind == CHANGES:
        return ~Q(verb__in=[NOTED, *others])
    said = Q(verb__in=[verb for verb, line in LINES.items() if line.kind == kind])
    if kind in NOTE_KINDS:
        said |= Q(verb=NOTED, data__kind=NOTE_KINDS[kind])
    return said


def _entry(event) -> Entry:
    line = _line(event)
    return Entry(
        pk=event.pk,
        who=event.by.short_name if line.who else "",
        says=_sentence(str(line.says), _words(event)),
        at=event.at,
        icon=line.icon,
        hue=line.hue,
        note=event.note_body or str(event.data.get(line.box) or ""),
    )


def _line(event) -> Line:
    if event.verb == NOTED:
        return NOTES.get(event.data.get("kind"), NOTES[NoteKind.NOTE])
    return LINES.get(event.verb) or Line(event.verb.partition(".")[2].replace("_", " "), "history")


def _sentence(says: str, words: dict[str, str]) -> SafeString:
    """The sentence with its words: bold and apart from the direction of the text around them, {=word} not bold."""
    pieces = PLACES.split(says)
    pieces[1::2] = [_word(name, words.get(name.removeprefix("="), "")) for name in pieces[1::2]]
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _word(name, word) -> str:
    if not word or name.startswith("="):
        return word
    return format_html("<b><bdi>{}</bdi></b>", word)


def _words(event) -> dict[str, str]:
    data = event.data
    words = {name: str(value) for name, value in data.items() if isinstance(value, str | int) and value != ""}
    if event.verb == "customer.stage_changed":
        words |= {name: _label(Stage, data.get(name)) for name in ("old", "new")}
    words["fields"] = ", ".join(field_label(name).lower() for name in data.get("fields") or ()) or gettext("details")
    if data.get("due"):
        due = date.fromisoformat(data["due"])
        words["due"] = date_format(due, "j M" if due.year == timezone.localdate().year else "j M Y")
    words["consent"] = _consent(data)
    words["title"] = event.task_title or data.get("title") or gettext("a task")
    return words


def _consent(data) -> str:
    channel = _label(Channel, data.get("channel"))
    text = gettext("agrees to %(channel)s") if data.get("granted") else gettext("does not want %(channel)s")
    return text % {"channel": channel}


def _label(lookup, value) -> str:
    return str(lookup(value).label) if value in lookup.values else str(value or "")


def field_label(name: str) -> str:
    """What people call a field of the customer."""
    if name == "emails":
        return gettext("E-mails")
    if name in {field.name for field in Customer._meta.concrete_fields}:
        return str(Customer._meta.get_field(name).verbose_name).capitalize()
    return name.replace("_", " ").capitalize()
