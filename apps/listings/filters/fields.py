"""The filters that only listings have: rooms, sizes, places, the clocks of mandate and permit, a piece of the map."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import F, Q
from django.utils.translation import gettext as _

from apps.core.lists.fields import Choice, Filter, Section, Span, States, ids_in
from apps.core.units import AreaUnits, to_square_metres
from apps.listings.models.place import Place

EXPIRING_DAYS = 30
MANY = 7  # bedrooms and bathrooms: the last choice means "or more"
UNKNOWN = "unknown"
CLOCK = (("valid", "Valid"), ("expiring", "Ends within 30 days"), ("expired", "Expired"), ("none", "None"))


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


def clock(key: str, label: str, column: str) -> States:
    """Where the last day of a mandate or permit stands."""

    def conditions(today: date) -> dict[str, Q]:
        soon = today + timedelta(days=EXPIRING_DAYS)
        return {
            "valid": Q(**{f"{column}__gte": today}),
            "expiring": Q(**{f"{column}__gte": today, f"{column}__lt": soon}),
            "expired": Q(**{f"{column}__lt": today}),
            "none": Q(**{f"{column}__isnull": True}),
        }

    return States(key, label, column, CLOCK, conditions)


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
class AreaSpan(Span):
    """An area in the agency's unit, as it is shown; the column holds m² with four places."""

    def bounds(self, value, asking):
        unit, places = asking.agency.area_units, Decimal("0.0001")
        return tuple(None if one is None else to_square_metres(one, unit).quantize(places) for one in value)

    def unit(self, asking):
        return AreaUnits(asking.agency.area_units).label

    def text(self, value, asking):
        return f"{super().text(value, asking)} {self.unit(asking)}"

    def words(self, amount):
        return f"{amount:,.0f}"


@dataclass(frozen=True)
class Places(Filter):
    """Places of any level: what lies in one of them. `place_text` is a name that was typed but not chosen."""

    @property
    def params(self):
        return (self.key, f"{self.key}_text")

    def read(self, data, asking):
        ids = ids_in(data.getlist(self.key), self.label, asking)
        found = list(Place.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else []
        if len(found) < len(ids):
            asking.problems.append(_("A place in this address is no longer there and was left out."))
        text = data.get(f"{self.key}_text", "").strip()[:160].replace("\x00", "")
        if text and not found:
            found = list(Place.objects.meant_by(text).values_list("pk", "name")[:1])
            if not found:
                asking.problems.append(_("No place is called “%(text)s”.") % {"text": text[:40]})
        return tuple(found) or None

    def condition(self, value, asking):
        return Q(place_path__overlap=[pk for pk, _ in value])

    def text(self, value, asking):
        return ", ".join(name for _, name in value)

    def pairs(self, value):
        return [(self.key, str(pk)) for pk, _ in value]

    def section(self, value, asking):
        return Section(self, "place", [(str(pk), name, True) for pk, name in value or ()])


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
            asking.problems.append(_("The piece of the map in this address was not understood and was left out."))
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
