"""What a site says of an enquiry: JSON of unknown quality, read into one harmless form."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from apps.core.keyset import LARGEST_KEY
from apps.customers.lookups import Channel

ID = re.compile(r"^[\w.:@-]{1,64}$", re.ASCII)
LONGEST = {
    "name": 160,
    "phone": 60,
    "email": 254,
    "text": 10_000,
    "consent_text": 500,
    "page": 500,
    "source": 60,
    "campaign": 120,
}
LINES = ("text", "consent_text")  # may have several lines
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
LATEST_AHEAD = timedelta(minutes=10)
OLDEST = timedelta(days=90)


class Unreadable(Exception):
    """What came cannot be read, or says nothing; the sentence is for the site's administrator."""


@dataclass(frozen=True)
class Message:
    """An enquiry as a site sent it: everything tidy, nothing believed yet. `listing` is our key, `post` the site's."""

    their_id: str
    name: str = ""
    phone: str = ""
    email: str = ""
    text: str = ""
    page: str = ""
    source: str = ""
    campaign: str = ""
    consent: tuple[str, ...] = ()
    consent_text: str = ""
    reference: str = ""
    post: int | None = None
    listing: int | None = None
    sent_at: datetime | None = None
    is_test: bool = False


def read(body: bytes, now: datetime) -> Message:
    """The message in a body. Raises Unreadable."""
    try:
        data = json.loads(body.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise Unreadable("The body is no JSON in UTF-8.") from error
    return message_of(data, now)


def message_of(data, now: datetime) -> Message:
    """The same of JSON that was read already, as sites hand it out when they are asked. Raises Unreadable."""
    if not isinstance(data, Mapping):
        raise Unreadable("The body is not an object.")
    if data.get("test") is True:
        return Message(their_id="", is_test=True)
    texts = {name: _text(data.get(name), name) for name in LONGEST}
    if not any(texts[name] for name in ("name", "phone", "email", "text")):
        raise Unreadable("The enquiry is empty: no name, no phone, no e-mail, no text.")
    reference, post, listing = _listing(data.get("listing"))
    return Message(
        their_id=_id(data.get("id")),
        **texts,
        consent=_channels(data.get("consent"), texts),
        reference=reference,
        post=post,
        listing=listing,
        sent_at=_moment(data.get("sent_at"), now),
    )


def _refuse(constant):
    raise ValueError(constant)


def _id(value) -> str:
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not ID.match(text):
        raise Unreadable("“id” is missing, or no text of 1 to 64 letters, digits and . : @ _ -")
    return text


def _text(value, name) -> str:
    """A text without what the database or a page could stumble over, cut where it is too long."""
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise Unreadable(f"“{name}” is no text.")
    printable = UNPRINTABLE.sub("", value.encode("utf-8", "replace").decode("utf-8"))
    tidy = printable.strip() if name in LINES else " ".join(printable.split())
    return tidy[: LONGEST[name]]


def _listing(value) -> tuple[str, int | None, int | None]:
    """What the site calls the listing: our reference, the number of its post, our number."""
    if value is None or value == "":
        return "", None, None
    if isinstance(value, str):
        value = {"reference": value}
    if not isinstance(value, Mapping):
        raise Unreadable("“listing” is no object.")
    reference = value.get("reference") or ""
    reference = _text(reference, "name")[:40] if isinstance(reference, str | int) else ""
    return reference, _key(value.get("post")), _key(value.get("id"))


def _key(value) -> int | None:
    """The number of a row, also where it is written as a text."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 19:
        value = int(value)
    is_number = isinstance(value, int) and not isinstance(value, bool) and 0 < value <= LARGEST_KEY
    return value if is_number else None


def _channels(value, texts) -> tuple[str, ...]:
    if value is True:
        given = {Channel.EMAIL} if texts["email"] else set()
        given |= {Channel.PHONE, Channel.WHATSAPP} if texts["phone"] else set()
    elif isinstance(value, list):
        given = {one for one in value if isinstance(one, str) and one in Channel.values}
    else:
        given = set()
    return tuple(channel.value for channel in Channel if channel in given)


def _moment(value, now: datetime) -> datetime | None:
    """When the visitor sent it, as far as that is believable."""
    if not isinstance(value, str):
        return None
    try:
        found = parse_datetime(value[:40])
    except ValueError:
        return None
    if found is None or timezone.is_naive(found) or not now - OLDEST <= found <= now + LATEST_AHEAD:
        return None
    return min(found, now)
