"""What would it take: each single thing that a customer could give up, and how many more listings that brings."""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from django.db import connection, transaction
from django.utils.translation import gettext as _

from apps.core.refusals import Refused
from apps.listings.lookups import PropertySubType
from apps.listings.models import Place
from apps.matching import finding
from apps.matching.actions.requirement import save_requirement
from apps.matching.conditions import SUB_TYPE_KIN
from apps.matching.features import BY_KEY
from apps.matching.for_requirement import listing_query
from apps.matching.lookups import CriterionName as Name
from apps.matching.lookups import Importance
from apps.matching.models import Requirement

SHOWN = 6
NEIGHBOURS = 3
WHOLE = Decimal(1)


@dataclass
class Relaxation:
    """One thing given up: “+5% budget” brings `gain` more listings. `key` names it when it is accepted."""

    key: str
    label: str
    changes: dict = field(default_factory=dict)
    place: Place | None = None
    gain: int = 0


def what_would_it_take(requirement: Requirement, *, limit: int = SHOWN) -> list[Relaxation]:
    """Single relaxations that bring something, those that bring most first. Only musts keep listings out."""
    decisions = _dismissals(requirement)
    now = finding.count_listings(requirement, leave_out=_away(decisions, requirement))
    options = []
    for option in _options(requirement):
        relaxed = _relaxed(requirement, option)
        option.gain = finding.count_listings(relaxed, leave_out=_away(decisions, relaxed)) - now
        options.append(option)
    options += _neighbours(requirement, _away(decisions, requirement))
    best = sorted((one for one in options if one.gain > 0), key=lambda one: -one.gain)
    return best[:limit]


@transaction.atomic
def accept(requirement: Requirement, key: str, *, by, version: int | None = None) -> Requirement:
    """Give up what `key` names, and save the requirement so."""
    if key.startswith("place:"):
        place = Place.objects.filter(pk=int(key[6:]) if key[6:].isdigit() else 0).first()
        if place is None:
            raise Refused(_("That place is no longer here. Choose another."))
        places = [*Place.objects.filter(pk__in=requirement.place_ids), place]
        return save_requirement(
            requirement.customer, {}, by=by, places=places, requirement=requirement, version=version
        )
    option = next((one for one in _options(requirement) if one.key == key), None)
    if option is None:
        raise Refused(_("The customer's wishes have changed since. Look again what it would take."))
    return save_requirement(requirement.customer, option.changes, by=by, requirement=requirement, version=version)


def _relaxed(requirement: Requirement, option: Relaxation) -> Requirement:
    relaxed = copy(requirement)
    for name, value in option.changes.items():
        setattr(relaxed, name, value)
    return relaxed


def _dismissals(requirement):
    return list(requirement.decisions.filter(verdict="dismissed").select_related("listing")) if requirement.pk else []


def _away(decisions, requirement) -> list[int]:
    return [one.listing_id for one in decisions if one.is_away(requirement, one.listing)]


# -- The options -------------------------------------------------------------------------------------------------------
def _options(requirement: Requirement) -> Iterator[Relaxation]:
    """Every single relaxation but of places, in the order of the table."""
    for name, options in OPTIONS.items():
        if requirement.importance_of(name) == Importance.MUST:
            yield from options(requirement)
    for key in requirement.features_must:
        if key in BY_KEY:
            left = [one for one in requirement.features_must if one != key]
            label = _("without: %(what)s") % {"what": _(BY_KEY[key].label).lower()}
            nice = [*requirement.features_nice, key]
            yield Relaxation(f"feature:{key}", label, {"features_must": left, "features_nice": nice})


def _price(requirement):
    for percent in (5, 10):
        if requirement.price_max:
            raised = (requirement.price_max * (100 + percent) / 100).quantize(WHOLE, ROUND_CEILING)
            yield Relaxation(f"budget+{percent}", _("+%(n)d%% budget") % {"n": percent}, {"price_max": raised})
    if requirement.price_min:
        yield Relaxation("budget_from", _("no lowest price"), {"price_min": None})


def _bedrooms(requirement):
    if requirement.bedrooms_min:
        yield Relaxation("bedrooms-1", _("1 bedroom fewer"), {"bedrooms_min": requirement.bedrooms_min - 1})
    if requirement.bedrooms_max is not None:
        yield Relaxation("bedrooms+1", _("1 bedroom more"), {"bedrooms_max": requirement.bedrooms_max + 1})


def _bathrooms(requirement):
    if requirement.bathrooms_min:
        yield Relaxation("bathrooms-1", _("1 bathroom fewer"), {"bathrooms_min": requirement.bathrooms_min - 1})


def _area(requirement):
    if requirement.area_min:
        smaller = (requirement.area_min * 9 / 10).quantize(WHOLE, ROUND_FLOOR)
        yield Relaxation("area-10", _("10% smaller"), {"area_min": smaller})
    if requirement.area_max:
        larger = (requirement.area_max * 11 / 10).quantize(WHOLE, ROUND_CEILING)
        yield Relaxation("area+10", _("10% larger"), {"area_max": larger})


def _floor(requirement):
    if requirement.floor_min:
        lower = requirement.floor_min - 5
        if lower > 0:
            yield Relaxation("floor-5", _("from floor %(n)d") % {"n": lower}, {"floor_min": lower})
        yield Relaxation("floor", _("any floor"), {"floor_min": None})


def _sub_types(requirement):
    wanted = set(requirement.sub_types)
    for number, kin in enumerate(SUB_TYPE_KIN):
        if wanted and not wanted & set(kin):
            label = _("also %(what)s") % {"what": _(PropertySubType(kin[0]).label).lower()}
            types = [*requirement.sub_types, *(str(one.value) for one in kin)]
            yield Relaxation(f"types:{number}", label, {"sub_types": types})


def _furnished(requirement):
    if requirement.furnished:
        yield Relaxation("furnished", _("furnished or not"), {"furnished": ""})


def _move_in(requirement):
    if requirement.move_in_by:
        later = requirement.move_in_by + timedelta(days=30)
        yield Relaxation("move_in+30", _("30 days later"), {"move_in_by": later})


OPTIONS = {
    Name.PRICE: _price,
    Name.BEDROOMS: _bedrooms,
    Name.BATHROOMS: _bathrooms,
    Name.AREA: _area,
    Name.FLOOR: _floor,
    Name.SUB_TYPES: _sub_types,
    Name.FURNISHED: _furnished,
    Name.MOVE_IN: _move_in,
}


# -- Places ------------------------------------------------------------------------------------------------------------
def _neighbours(requirement: Requirement, away: list[int]) -> list[Relaxation]:
    """Places beside those that are wanted, in the same city or community, and what fits there but for the place."""
    if not requirement.place_ids or requirement.importance_of(Name.PLACES) != Importance.MUST:
        return []
    query = listing_query(requirement, leave_out=away, without=Name.PLACES)
    rows = query.rows(carried=("have_place_path", "have_place_is_above"))
    sql = f"""
        SELECT p.id, count(*) FROM {rows}
         CROSS JOIN LATERAL unnest(have_place_path) AS inside JOIN listings_place AS p ON p.id = inside
         WHERE NOT have_place_path && %(wanted)s::bigint[] AND NOT have_place_is_above
           AND p.parent_id IN (SELECT parent_id FROM listings_place WHERE id = ANY(%(wanted)s::bigint[]))
         GROUP BY p.id ORDER BY count(*) DESC, p.id LIMIT {NEIGHBOURS}
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, query.parameters | {"wanted": requirement.place_ids})
        gains = dict(cursor.fetchall())
    places = Place.objects.in_bulk(gains)
    return [
        Relaxation(f"place:{pk}", _("also %(place)s") % {"place": places[pk].name}, {}, places[pk], gain)
        for pk, gain in gains.items()
    ]
