"""Each filter of the listings list: how it is read from the address, what it selects, and how a chip says it.

Values of one filter are alternatives (OR); filters add up (AND). A value that makes no sense is left out, with a
sentence; it never fails the page.
"""

import re
import zoneinfo
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.utils.dateparse import parse_date
from django.utils.formats import date_format

from apps.accounts.models import Agency, User
from apps.core.templatetags.ui import short
from apps.core.units import AreaUnits, to_square_metres
from apps.listings.forms.fields import parse_money
from apps.listings.models.place import Place

EXPIRING_DAYS = 30
MANY = 7  # bedrooms and bathrooms: the last choice means "or more"
UNKNOWN = "unknown"
LARGEST_ID = 2**63 - 1


@dataclass
class Asking:
    """Who asks, and what the words "me", "today" and "ft²" mean to them. `problems` collects what was left out."""

    user: User
    agency: Agency
    today: date
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Filter:
    """One filter. `params` are its names in the address; a value read from them is hashable and never empty."""

    key: str
    label: str

    @property
    def params(self) -> tuple[str, ...]:
        return (self.key,)

    def read(self, data, asking: Asking):
        """The value in the address, or None where the filter is not set."""
        raise NotImplementedError

    def condition(self, value, asking: Asking) -> Q:
        """What rows must fulfil."""
        raise NotImplementedError

    def text(self, value, asking: Asking) -> str:
        """The value as a chip says it."""
        raise NotImplementedError

    def pairs(self, value) -> list[tuple[str, str]]:
        """The value as parameters of an address."""
        return [(self.key, str(one)) for one in value]


@dataclass(frozen=True)
class Choice(Filter):
    """Any of several known values of a column."""

    column: str
    choices: tuple[tuple[str, str], ...]

    def read(self, data, asking):
        sent = data.getlist(self.key)
        known = tuple(value for value, _ in self.choices if value in sent)
        strange = [value for value in sent if value and value not in known]
        if strange:
            asking.problems.append(f"{self.label}: “{strange[0][:40]}” is not known and was left out.")
        return known or None

    def condition(self, value, asking):
        return Q(**{f"{self.column}__in": value}) if len(value) > 1 else Q(**{self.column: value[0]})

    def text(self, value, asking):
        labels = dict(self.choices)
        return ", ".join(labels[one] for one in value) if len(value) < 3 else f"{len(value)} of {len(self.choices)}"


@dataclass(frozen=True)
class Rooms(Choice):
    """A number of rooms: 0 to 6, 7 or more, or not known."""

    def condition(self, value, asking):
        exact = [int(one) for one in value if one not in (str(MANY), UNKNOWN)]
        condition = Q(**{f"{self.column}__in": exact}) if exact else Q()
        if str(MANY) in value:
            condition |= Q(**{f"{self.column}__gte": MANY})
        if UNKNOWN in value:
            condition |= Q(**{f"{self.column}__isnull": True})
        return condition

    def text(self, value, asking):
        labels = dict(self.choices)
        return ", ".join(labels[one] for one in value)


@dataclass(frozen=True)
class Clock(Choice):
    """Where the last day of a mandate or permit stands."""

    def condition(self, value, asking):
        soon = asking.today + timedelta(days=EXPIRING_DAYS)
        states = {
            "valid": Q(**{f"{self.column}__gte": asking.today}),
            "expiring": Q(**{f"{self.column}__gte": asking.today, f"{self.column}__lt": soon}),
            "expired": Q(**{f"{self.column}__lt": asking.today}),
            "none": Q(**{f"{self.column}__isnull": True}),
        }
        condition = Q()
        for one in value:
            condition |= states[one]
        return condition


@dataclass(frozen=True)
class Either(Choice):
    """A yes or no question; `conditions` holds the answer of each choice. Both ticked ask nothing."""

    conditions: tuple[tuple[str, Q], ...] = ()

    def read(self, data, asking):
        value = super().read(data, asking)
        return None if value and len(value) == len(self.choices) else value

    def condition(self, value, asking):
        return dict(self.conditions)[value[0]]


@dataclass(frozen=True)
class Readiness(Choice):
    """Whether all is there that a website asks for (`actions.status.why_not_ready`), by the columns of the list."""

    def condition(self, value, asking):
        ready = Q(
            list_price__isnull=False,
            photo_count__gt=0,
            mandate_until__gte=asking.today,
            permit_until__gte=asking.today,
            internet_entire_listing_display_yn=True,
        )
        missing = (
            Q(list_price__isnull=True)
            | Q(photo_count=0)
            | Q(mandate_until__isnull=True)
            | Q(mandate_until__lt=asking.today)
            | Q(permit_until__isnull=True)
            | Q(permit_until__lt=asking.today)
            | Q(internet_entire_listing_display_yn=False)
        )
        return ready if value == ("yes",) else missing if value == ("no",) else Q()


@dataclass(frozen=True)
class Span(Filter):
    """From a smallest to a largest amount, either of them optional. Read as people type it: 1.5M, 1,500,000."""

    column: str

    @property
    def params(self):
        return (f"{self.key}_min", f"{self.key}_max")

    def read(self, data, asking):
        low, high = (self._amount(data.get(name, ""), asking) for name in self.params)
        if low is not None and high is not None and low > high:
            low, high = high, low
        return None if low is None and high is None else (low, high)

    def _amount(self, text, asking) -> Decimal | None:
        if not text.strip():
            return None
        try:
            return parse_money(text)[0]
        except ValidationError as error:
            asking.problems.append(f"{self.label}: {error.messages[0]}")
            return None

    def bounds(self, value, asking):
        """The value in the column's unit."""
        return value

    def condition(self, value, asking):
        low, high = self.bounds(value, asking)
        condition = Q()
        if low is not None:
            condition &= Q(**{f"{self.column}__gte": low})
        if high is not None:
            condition &= Q(**{f"{self.column}__lte": high})
        return condition

    def text(self, value, asking):
        low, high = (None if one is None else self.words(one) for one in value)
        return f"{low} to {high}" if low and high else f"from {low}" if low else f"up to {high}"

    def words(self, amount):
        """One end of the span as a chip says it."""
        return short(amount)

    def pairs(self, value):
        both = zip(self.params, value, strict=True)
        return [(name, format(one.normalize(), "f")) for name, one in both if one is not None]


@dataclass(frozen=True)
class AreaSpan(Span):
    """An area in the agency's unit, as it is shown; the column holds m² with four places."""

    def bounds(self, value, asking):
        unit, places = asking.agency.area_units, Decimal("0.0001")
        return tuple(None if one is None else to_square_metres(one, unit).quantize(places) for one in value)

    def text(self, value, asking):
        return f"{super().text(value, asking)} {AreaUnits(asking.agency.area_units).label}"

    def words(self, amount):
        return f"{amount:,.0f}"


@dataclass(frozen=True)
class Places(Filter):
    """Places of any level: what lies in one of them. `place_text` is a name that was typed but not chosen."""

    @property
    def params(self):
        return (self.key, f"{self.key}_text")

    def read(self, data, asking):
        ids = _ids(data.getlist(self.key), self.label, asking)
        found = list(Place.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else []
        if len(found) < len(ids):
            asking.problems.append("A place in this address is no longer there and was left out.")
        text = data.get(f"{self.key}_text", "").strip()[:160].replace("\x00", "")
        if text and not found:
            found = list(Place.objects.meant_by(text).values_list("pk", "name")[:1])
            if not found:
                asking.problems.append(f"No place is called “{text[:40]}”.")
        return tuple(found) or None

    def condition(self, value, asking):
        return Q(place_path__overlap=[pk for pk, _ in value])

    def text(self, value, asking):
        return ", ".join(name for _, name in value)

    def pairs(self, value):
        return [(self.key, str(pk)) for pk, _ in value]


@dataclass(frozen=True)
class Agents(Filter):
    """The agents of the listings; "me" is whoever looks, "none" are listings that nobody has."""

    def read(self, data, asking):
        sent = [value for value in data.getlist(self.key) if value]
        words = tuple((word, word) for word in ("me", "none") if word in sent)
        ids = _ids([value for value in sent if value not in ("me", "none")], self.label, asking)
        people = tuple((str(one.pk), one.short_name) for one in User.objects.filter(pk__in=ids)) if ids else ()
        if len(people) < len(ids):
            asking.problems.append("An agent in this address is not known and was left out.")
        return words + people or None

    def condition(self, value, asking):
        wanted = [asking.user.pk if word == "me" else int(word) for word, _ in value if word != "none"]
        condition = Q(list_agent__in=wanted) if wanted else Q()
        return condition | Q(list_agent__isnull=True) if any(word == "none" for word, _ in value) else condition

    def text(self, value, asking):
        names = {"me": "Me", "none": "Nobody"}
        return ", ".join(names.get(word, name) for word, name in value)

    def pairs(self, value):
        return [(self.key, word) for word, _ in value]


@dataclass(frozen=True)
class Since(Filter):
    """Changed on or after a day, or within so many days (7d)."""

    column: str

    def read(self, data, asking):
        text = data.get(self.key, "").strip()
        if not text:
            return None
        if re.fullmatch(r"\d{1,3}d", text):
            return (text,)
        try:
            day = parse_date(text)
        except ValueError:
            day = None
        if day is None or day.year < 1900:
            asking.problems.append(f"{self.label}: “{text[:40]}” is not a date. Use a date such as {asking.today}.")
            return None
        return (day.isoformat(),)

    def day(self, value, asking) -> date:
        """The first day that counts."""
        (text,) = value
        return asking.today - timedelta(days=int(text[:-1])) if text.endswith("d") else date.fromisoformat(text)

    def condition(self, value, asking):
        return Q(**{f"{self.column}__gte": _midnight(self.day(value, asking), asking)})

    def text(self, value, asking):
        return date_format(self.day(value, asking), "j M Y")


@dataclass(frozen=True)
class Box(Filter):
    """A piece of the map: south, west, north, east in degrees."""

    def read(self, data, asking):
        text = data.get(self.key, "")
        if not text:
            return None
        try:
            edges = tuple(float(part) for part in text.split(","))
            south, west, north, east = edges
        except ValueError:
            edges = None
        if edges is None or not (-90 <= south <= north <= 90 and -180 <= west <= east <= 180):
            asking.problems.append("The piece of the map in this address was not understood and was left out.")
            return None
        return edges

    def condition(self, value, asking):
        south, west, north, east = (Decimal(f"{degrees:.6f}") for degrees in value)
        return Q(latitude__gte=south, latitude__lte=north, longitude__gte=west, longitude__lte=east)

    def text(self, value, asking):
        return "this piece of the map"

    def pairs(self, value):
        return [(self.key, ",".join(f"{degrees:g}" for degrees in value))]


PRICE_MOVED = (
    ("reduced", Q(list_price__lt=F("previous_list_price"))),
    ("raised", Q(list_price__gt=F("previous_list_price"))),
)
PHOTOS = (("yes", Q(photo_count__gt=0)), ("no", Q(photo_count=0)))


def _ids(values: Sequence[str], label, asking) -> list[int]:
    good = [int(value) for value in values if re.fullmatch(r"[0-9]{1,19}", value) and int(value) <= LARGEST_ID]
    if len(good) < len([value for value in values if value]):
        asking.problems.append(f"{label}: a value in this address was not understood and was left out.")
    return list(dict.fromkeys(good))[:50]


def _midnight(day: date, asking):
    return datetime.combine(day, datetime.min.time(), zoneinfo.ZoneInfo(asking.agency.time_zone))
