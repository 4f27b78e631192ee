"""What matching adds to the list of customers: filters by area and budget, and in words what each looks for."""

from collections import namedtuple
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.lists.catalogue import Catalogue
from apps.core.lists.fields import Choice, Filter, Span
from apps.core.templatetags.ui import short
from apps.listings.filters.fields import Places
from apps.listings.lookups import PropertySubType, PropertyType
from apps.listings.models import Place
from apps.matching.models import Requirement

SHOWN_PLACES = 2
# By hand: Django takes longer to write this than PostgreSQL to answer it.
IN_FORCE = """
    SELECT customer_id, property_type, price_min, price_max, currency, bedrooms_min, bedrooms_max, sub_types,
           ARRAY(SELECT place.name FROM matching_requirementplace AS wanted
                   JOIN listings_place AS place ON place.id = wanted.place_id
                  WHERE wanted.requirement_id = requirement.id ORDER BY wanted.id) AS names
      FROM matching_requirement AS requirement
     WHERE is_active AND customer_id = ANY (%(customers)s::bigint[])
     ORDER BY modified_at DESC, id DESC
"""


def _looking(**conditions) -> Q:
    """Customers with a requirement in force that meets the conditions."""
    rows = Requirement.objects.filter(is_active=True, **conditions).order_by()
    return Q(pk__in=rows.values("customer"))


@dataclass(frozen=True)
class Areas(Places):
    """Where customers look: in a place, in what lies in it, or in what it lies in."""

    def condition(self, value, asking):
        if value not in asking.looked_up:
            asked = [pk for pk, _name in value]
            inside = dict(Place.objects.filter(path__overlap=asked).values_list("pk", "path"))
            asking.looked_up[value] = sorted({*inside, *(above for pk in asked for above in inside.get(pk, ()))})
        return _looking(place_ids__overlap=asking.looked_up[value])


@dataclass(frozen=True)
class Budget(Span):
    """Customers who could pay an amount in this span; an end that was not said is open."""

    def condition(self, value, asking):
        low, high = value
        rows = Requirement.objects.filter(is_active=True).order_by()
        if low is not None:
            rows = rows.filter(price_max__gte=low)
        if high is not None:
            rows = rows.filter(Q(price_min__isnull=True) | Q(price_min__lte=high), price_max__isnull=False)
        return Q(pk__in=rows.values("customer"))


@dataclass(frozen=True)
class Wish(Choice):
    """A choice about what customers look for."""

    def condition(self, value, asking):
        return _looking(**{f"{self.column}__in": value})


FILTERS: tuple[Filter, ...] = (
    Wish("look", gettext_lazy("Looking to"), "property_type", tuple(PropertyType.choices)),
    Areas("place", gettext_lazy("Area")),
    Budget("budget", gettext_lazy("Budget"), "price_max"),
)


def with_matching(catalogue: Catalogue) -> Catalogue:
    """The list with what matching knows."""
    return replace(catalogue, filters=(*catalogue.filters, *FILTERS))


@dataclass(frozen=True)
class Look:
    """What one customer looks for, as the columns of the list say it. `more` counts further requirements."""

    what: str = ""
    budget: str = ""
    areas: str = ""
    more: int = 0


NO_LOOK = Look()


def looks(customers: Iterable, user) -> dict[int, Look]:
    """By customer, what the latest requirement in force says. One query, whatever the number of customers.

    Who may know of a customer may know what they look for, so `customers` are rows that this person sees.
    """
    if not user.has_perm("matching.view_requirement"):
        return {}
    of: dict[int, list] = {}
    with connection.cursor() as cursor:
        cursor.execute(IN_FORCE, {"customers": [one.pk for one in customers]})
        wish = namedtuple("Wish", [column.name for column in cursor.description])
        for row in map(wish._make, cursor.fetchall()):
            of.setdefault(row.customer_id, []).append(row)
    return {pk: _look(found) for pk, found in of.items()}


def _look(requirements: list) -> Look:
    first = requirements[0]
    places = first.names
    shown = ", ".join(places[:SHOWN_PLACES])
    if len(places) > SHOWN_PLACES:
        shown = f"{shown} +{len(places) - SHOWN_PLACES}"
    return Look(_what(first), _budget(first), shown, len(requirements) - 1)


def _what(requirement) -> str:
    beds = _ends(requirement.bedrooms_min, requirement.bedrooms_max)
    kinds = [PropertySubType(one).label for one in requirement.sub_types if one in PropertySubType.values]
    kind = str(kinds[0]) if len(kinds) == 1 else _("Home")
    verb = _("to rent") if requirement.property_type == PropertyType.RESIDENTIAL_LEASE else _("to buy")
    rooms = _("Studio") if beds == "0" else _("1 bed") if beds == "1" else _("%(count)s beds") % {"count": beds}
    rooms = rooms if beds else ""
    return " · ".join(part for part in (f"{kind} {verb}", rooms) if part)


def _ends(low, high) -> str:
    if low is not None and high is not None:
        return f"{low}" if low == high else f"{low}-{high}"
    return f"{low}+" if low is not None else _("up to %(count)s") % {"count": high} if high is not None else ""


def _budget(requirement) -> str:
    low, high = (None if one is None else short(one) for one in (requirement.price_min, requirement.price_max))
    if high and low:
        return f"{requirement.currency} {low}-{high}"
    if high or low:
        words = _("up to %(amount)s") if high else _("from %(amount)s")
        return words % {"amount": f"{requirement.currency} {high or low}"}
    return ""
