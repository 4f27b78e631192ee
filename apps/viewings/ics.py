"""Calendars as RFC 5545 has them: what an attachment and a feed hold. Written here because we write one kind of event
with ten properties and read none; see docs/decisions/."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

LINE = 75  # octets
PRODUCT = "-//RealEstateCRM//Viewings//EN"


@dataclass(frozen=True)
class Appointment:
    """One event. `organizer` and `attendee` are (name, address); an empty address leaves the property out."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    summary: str
    location: str = ""
    description: str = ""
    url: str = ""
    is_confirmed: bool = True
    is_cancelled: bool = False
    organizer: tuple[str, str] = ("", "")
    attendee: tuple[str, str] = ("", "")
    latitude: object = None
    longitude: object = None


def calendar(appointments: Iterable[Appointment], *, method: str, name: str = "") -> str:
    """A whole calendar, lines folded and ended as the RFC wants. `method` is PUBLISH, REQUEST or CANCEL."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", f"METHOD:{method}"]
    if name:
        lines.append(f"X-WR-CALNAME:{_text(name)}")
    for appointment in appointments:
        lines += _event(appointment)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _event(one: Appointment) -> list[str]:
    status = "CANCELLED" if one.is_cancelled else "CONFIRMED" if one.is_confirmed else "TENTATIVE"
    lines = [
        "BEGIN:VEVENT",
        f"UID:{_text(one.uid)}",
        f"SEQUENCE:{one.sequence}",
        f"DTSTAMP:{_moment(one.changed_at)}",
        f"LAST-MODIFIED:{_moment(one.changed_at)}",
        f"DTSTART:{_moment(one.starts_at)}",
        f"DTEND:{_moment(one.ends_at)}",
        f"SUMMARY:{_text(one.summary)}",
        f"STATUS:{status}",
        "TRANSP:TRANSPARENT" if one.is_cancelled else "TRANSP:OPAQUE",
    ]
    lines += [f"{name}:{_text(value)}" for name, value in _texts(one) if value]
    if one.latitude is not None and one.longitude is not None:
        lines.append(f"GEO:{one.latitude};{one.longitude}")
    if one.organizer[1]:
        lines.append(f"ORGANIZER;CN={_parameter(one.organizer[0])}:mailto:{_plain(one.organizer[1])}")
    if one.attendee[1]:
        lines.append(
            f"ATTENDEE;CN={_parameter(one.attendee[0])};ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE"
            f":mailto:{_plain(one.attendee[1])}"
        )
    return [*lines, "END:VEVENT"]


def _texts(one):
    return (("LOCATION", one.location), ("DESCRIPTION", one.description), ("URL", one.url))


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    """A TEXT value: backslash, semicolon, comma and line end are escaped; other control characters are left out."""
    value = "\n".join(value.splitlines())
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        value = value.replace(plain, escaped)
    return _plain(value)


def _plain(value: str) -> str:
    return "".join(letter for letter in value if letter.isprintable() or letter == " ")


def _parameter(value: str) -> str:
    """A quoted parameter value, which may hold no quote and no control character."""
    return '"' + _plain(value).replace('"', "'") + '"'


def _folded(line: str) -> Iterable[str]:
    """Lines of at most 75 octets, the next ones begun with a space; no letter is cut in two."""
    part, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > LINE:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + octets
    yield part
