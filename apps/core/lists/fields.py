"""Kinds of filters: how each is read from the address, what it selects, and how a chip says it.

Values of one filter are alternatives (OR); filters add up (AND). A value that makes no sense is left out, with a
sentence; it never fails the page.
"""

import re
import zoneinfo
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from apps.core.keyset import LARGEST_KEY
from apps.core.money import parse_money
from apps.core.templatetags.ui import short

MOST_IDS = 50


@dataclass
class Asking:
    """Who asks, and what the words "me", "today" and "ft²" mean to them. `problems` collects what was left out,
    `looked_up` what filters read once for several conditions.
    """

    user: object
    agency: object
    today: date
    problems: list[str] = field(default_factory=list)
    looked_up: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Filter(ABC):
    """One filter. `params` are its names in the address; a value read from them is hashable and never empty."""

    key: str
    label: str

    @property
    def params(self) -> tuple[str, ...]:
        return (self.key,)

    @abstractmethod
    def read(self, data, asking: Asking):
        """The value in the address, or None where the filter is not set."""

    @abstractmethod
    def condition(self, value, asking: Asking) -> Q:
        """What rows must fulfil."""

    @abstractmethod
    def text(self, value, asking: Asking) -> str:
        """The value as a chip says it."""

    def pairs(self, value) -> list[tuple[str, str]]:
        """The value as parameters of an address."""
        return [(self.key, str(one)) for one in value]

    def section(self, value, asking: Asking) -> "Section | None":
        """How the form draws it, set to `value` (None where it is not set); None where it is not in the form."""
        return None


@dataclass(frozen=True)
class Section:
    """One filter in the form. `kind` names the way it is drawn; `options` are (value, label, is ticked)."""

    filter: Filter
    kind: str
    options: list[tuple[str, str, bool]] = field(default_factory=list)
    low: str = ""
    high: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Choice(Filter):
    """Any of several known values of a column."""

    column: str
    choices: tuple[tuple[str, str], ...]

    def read(self, data, asking):
        sent = data.getlist(self.key)
        known = tuple(value for value, _label in self.choices if value in sent)
        strange = [value for value in sent if value and value not in known]
        if strange:
            asking.problems.append(
                _("%(label)s: “%(value)s” is not known and was left out.")
                % {"label": self.label, "value": strange[0][:40]}
            )
        return known or None

    def condition(self, value, asking):
        return Q(**{f"{self.column}__in": value}) if len(value) > 1 else Q(**{self.column: value[0]})

    def text(self, value, asking):
        labels = dict(self.choices)
        if len(value) < 3:
            return ", ".join(str(labels[one]) for one in value)
        return f"{len(value)} of {len(self.choices)}"

    def section(self, value, asking):
        return Section(self, "choice", [(key, label, key in (value or ())) for key, label in self.choices])


@dataclass(frozen=True)
class Overlap(Choice):
    """The same for a column that holds several values: rows that have any of those asked for."""

    def condition(self, value, asking):
        return Q(**{f"{self.column}__overlap": list(value)})


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
class States(Choice):
    """States that a row is in, each with a condition of its own, made for the day."""

    conditions: Callable[[date], dict[str, Q]] = dict

    def condition(self, value, asking):
        known = self.conditions(asking.today)
        condition = Q()
        for one in value:
            condition |= known[one]
        return condition


@dataclass(frozen=True)
class Typed(Filter):
    """A word that a column holds, as people type it; capitals make no difference."""

    column: str

    def read(self, data, asking):
        text = " ".join(data.get(self.key, "").replace("\x00", "").split())[:60]
        return (text,) if text else None

    def condition(self, value, asking):
        return Q(**{f"{self.column}__iexact": value[0]})

    def text(self, value, asking):
        return value[0]

    def section(self, value, asking):
        return Section(self, "text", low=value[0] if value else "")


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

    def unit(self, asking) -> str:
        """What stands behind the label in the form."""
        return ""

    def section(self, value, asking):
        ends = dict.fromkeys(self.params, "") | (dict(self.pairs(value)) if value else {})
        low, high = (ends[name] for name in self.params)
        return Section(self, "span", low=low, high=high, unit=self.unit(asking))


@dataclass(frozen=True)
class Since(Filter):
    """A moment on or after a day, or within so many days (7d)."""

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
            asking.problems.append(
                _("%(label)s: “%(text)s” is not a date. Use a date such as %(today)s.")
                % {"label": self.label, "text": text[:40], "today": asking.today}
            )
            return None
        return (day.isoformat(),)

    def day(self, value, asking) -> date:
        """The first day that counts."""
        (text,) = value
        return asking.today - timedelta(days=int(text[:-1])) if text.endswith("d") else date.fromisoformat(text)

    def condition(self, value, asking):
        return Q(**{f"{self.column}__gte": midnight(self.day(value, asking), asking)})

    def text(self, value, asking):
        return date_format(self.day(value, asking), "j M Y")

    def section(self, value, asking):
        return Section(self, "day", low=self.day(value, asking).isoformat() if value else "")


@dataclass(frozen=True)
class Before(Since):
    """A moment before a day, or longer ago than so many days (30d); rows without a moment count as well."""

    def condition(self, value, asking):
        day = midnight(self.day(value, asking), asking)
        return Q(**{f"{self.column}__lt": day}) | Q(**{f"{self.column}__isnull": True})


def ids_in(values: Sequence[str], label: str, asking: Asking) -> list[int]:
    """The keys of rows in an address, each once; a sentence where something was no key."""
    good = [int(value) for value in values if re.fullmatch(r"[0-9]{1,19}", value) and int(value) <= LARGEST_KEY]
    if len(good) < len([value for value in values if value]):
        asking.problems.append(
            _("%(label)s: a value in this address was not understood and was left out.") % {"label": label}
        )
    return list(dict.fromkeys(good))[:MOST_IDS]


def midnight(day: date, asking: Asking) -> datetime:
    """When a day begins for the agency."""
    return datetime.combine(day, datetime.min.time(), zoneinfo.ZoneInfo(asking.agency.time_zone))
