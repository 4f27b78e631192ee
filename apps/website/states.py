"""What can be said of a listing on a site: the words people read, and the mark in lists."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Wanted(models.TextChoices):
    """Whether a listing should be on a site: somebody said so, or the site's filter decides."""

    ON = "on", _("Published")
    OFF = "off", _("Kept off")
    FILTER = "filter", _("Follows the site's filter")


class State(models.TextChoices):
    """How the last delivery ended. What is under way is added by `shown_state`."""

    ABSENT = "absent", _("Not published")
    LIVE = "live", _("Live")
    FAILED = "failed", _("Failed")
    HELD = "held", _("Held back")
    OFF = "off", _("Taken down")
    CHANGED = "changed", _("Changed on the site")
    GONE = "gone", _("Removed on the site")
    LINKED = "linked", _("Linked, not followed yet")


class Trouble(models.TextChoices):
    """Whether trying again can help."""

    NONE = "", ""
    TEMPORARY = "temporary", _("Temporary")
    PERMANENT = "permanent", _("Permanent")


@dataclass(frozen=True)
class Shown:
    """A state as it is shown: `mark` is the class of the tile (ui.md 4.7), empty for the green dot."""

    key: str
    label: str
    mark: str


WAITING = Shown("waiting", _("Waiting to be sent"), "wait")
SENDING = Shown("sending", _("Sending"), "wait")
BEHIND = Shown("behind", _("Live, an update is waiting"), "wait")
LEAVING = Shown("leaving", _("Coming off the site"), "wait")
MARKS = {
    State.ABSENT: "off",
    State.LIVE: "",
    State.FAILED: "fail",
    State.HELD: "fail",
    State.OFF: "off",
    State.CHANGED: "fail",
    State.GONE: "fail",
    State.LINKED: "wait",
}


def shown_state(state: str, *, wanted: str, is_up: bool, is_due: bool, is_claimed: bool) -> Shown:
    """The word for a listing on a site now. What is due, even if only later, is not said to be live."""
    if state == State.LINKED:
        return Shown(state, State.LINKED.label, MARKS[State.LINKED])
    if is_claimed:
        return SENDING
    if is_due and wanted == Wanted.OFF and is_up:
        return LEAVING
    if is_due and state == State.LIVE:
        return BEHIND
    if is_due and wanted == Wanted.ON and state in (State.ABSENT, State.OFF):
        return WAITING
    return Shown(state, State(state).label, MARKS[State(state)])
