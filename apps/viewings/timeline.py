"""How what happened to a viewing reads: on its own page, on the listing's and on the customer's timeline."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.events import moment_in_words
from apps.viewings.lookups import Reason, Verdict

# verb → what the page of the viewing says after the name, icon, hue
LINES = {
    "viewing.booked": (gettext_lazy("booked the viewing for {when}"), "calendar-plus", "teal"),
    "viewing.moved": (gettext_lazy("moved it from {old} to {when}"), "calendar", "amber"),
    "viewing.edited": (gettext_lazy("changed key or meeting point"), "edit", ""),
    "viewing.confirmed": (gettext_lazy("confirmed the viewing"), "check", "green"),
    "viewing.cancelled": (gettext_lazy("cancelled the viewing"), "x", "red"),
    "viewing.denied": (gettext_lazy("wrote down that owner or tenant said no"), "x", "red"),
    "viewing.done": (gettext_lazy("showed the apartment"), "check", "green"),
    "viewing.feedback_given": (gettext_lazy("wrote down what they thought: {verdict}"), "message", "blue"),
    "viewing.owner_told": (gettext_lazy("told the owner"), "send", "green"),
    "viewing.owner_not_told": (gettext_lazy("took back that the owner was told"), "arrow-back", ""),
    "viewing.feedback_taken": (gettext_lazy("changed what they look for: {change}"), "wand", "blue"),
}
# The same on a customer's timeline, whose sentences name the event's data: a {word} is bold, a {=word} is not.
FOR_CUSTOMERS = {
    "viewing.booked": (gettext_lazy("booked a viewing at {label} for {=spoken}"), "calendar-plus", "teal"),
    "viewing.moved": (gettext_lazy("moved the viewing at {label} to {=spoken}"), "calendar", "amber"),
    "viewing.edited": (gettext_lazy("changed key or meeting point at {label}"), "edit", ""),
    "viewing.confirmed": (gettext_lazy("confirmed the viewing at {label}, {=spoken}"), "check", "green"),
    "viewing.cancelled": (gettext_lazy("cancelled the viewing at {label}, {=spoken}"), "x", "red"),
    "viewing.denied": (gettext_lazy("wrote down that {label} cannot be viewed, {=spoken}"), "x", "red"),
    "viewing.done": (gettext_lazy("showed {label}"), "check", "green"),
    "viewing.feedback_given": (gettext_lazy("wrote down what they thought of {label}: {=thought}"), "message", "blue"),
    "viewing.feedback_taken": (gettext_lazy("changed the search after {label}: {=change}"), "wand", "blue"),
}
MOST = 30


@dataclass(frozen=True)
class Entry:
    """One line of the timeline."""

    who: str
    says: str
    at: datetime
    icon: str
    hue: str
    note: str


def sentences(events) -> list[Entry]:
    """The events as lines, newest first."""
    return [_entry(event) for event in events.select_related("by").order_by("-at", "-pk")[:MOST]]


def _entry(event) -> Entry:
    says, icon, hue = LINES.get(event.verb, (event.verb.partition(".")[2].replace("_", " "), "history", ""))
    words = words_of(event.data)
    return Entry(event.by.short_name, str(says).format(**words), event.at, icon, hue, words["note"])


def words_of(data: dict) -> dict[str, str]:
    """The event's data in words: when, old, verdict, note."""
    verdict = data.get("verdict")
    reasons = [str(Reason(one).label) for one in data.get("reasons") or () if one in Reason.values]
    return {
        "when": moment_in_words(data.get("starts_at")),
        "old": moment_in_words(data.get("old")),
        "verdict": str(Verdict(verdict).label).lower() if verdict in Verdict.values else _("nothing"),
        "change": data.get("change") or "",
        "note": ". ".join(part for part in (data.get("reason") or "", ", ".join(reasons)) if part),
    }
