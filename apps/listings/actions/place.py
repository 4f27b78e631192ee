"""Growing the tree of places."""

from django.db import transaction
from django.utils.translation import gettext as _

from apps.core.events import record
from apps.core.refusals import NotAllowed, Refused
from apps.listings.models import Place
from apps.listings.models.place import LEVEL_ORDER, PlaceLevel


@transaction.atomic
def find_or_add_place(*names: tuple[str, str]) -> Place | None:
    """The place at the end of `(level, name)` steps from the top; steps that are not there yet are added.

    Empty names are skipped; without any name the answer is None.
    """
    place = None
    for level, name in sorted(names, key=lambda step: LEVEL_ORDER.index(step[0])):
        if name.strip():
            place = _step(place, level, name.strip())
    return place


def why_not_add_building(address: str, by) -> list[str]:
    """Why a building cannot be added under this address, “Marina Gate 9, Dubai Marina” or with the city behind."""
    if not by.has_perm("listings.add_listing"):
        return [_("Your role may not add places. Ask an agent or a manager.")]
    names = _names(address)
    if len(names) not in (2, 3) or any(len(name) > 160 for name in names):
        return [_("Name the building and what it lies in, such as “Marina Gate 9, Dubai Marina, Dubai”.")]
    if len(names) == 2 and _above(names[1:]) is None:
        return [
            _("“%(name)s” is not known. Add the city behind it, such as “%(address)s, Dubai”.")
            % {"name": names[1], "address": address.strip()}
        ]
    return []


@transaction.atomic
def add_building(address: str, *, by) -> Place:
    """Add a building by its address, with its community and city where they are new; a known one is returned."""
    refusal = why_not_add_building(address, by)
    (Refused if by.has_perm("listings.add_listing") else NotAllowed).unless_empty(refusal)
    name, *outside = _names(address)
    parent = _above(outside) or _new_community(outside, by)
    known = Place.objects.filter(parent=parent).called(name).first()
    return known or _added(parent, PlaceLevel.BUILDING, name, by)


def _new_community(outside, by) -> Place:
    community, city = outside
    parent = Place.objects.filter(level=PlaceLevel.CITY).called(city).first()
    if parent is None:
        countries = Place.objects.filter(level=PlaceLevel.COUNTRY)[:2]
        parent = _added(countries[0] if len(countries) == 1 else None, PlaceLevel.CITY, city, by)
    return _added(parent, PlaceLevel.COMMUNITY, community, by)


def _above(outside: list[str]) -> Place | None:
    """The one known community or city that “Dubai Marina” or “Dubai Marina, Dubai” names."""
    places = Place.objects.filter(level__in=[PlaceLevel.COMMUNITY, PlaceLevel.CITY]).called(outside[0])
    for name in outside[1:]:
        around = Place.objects.called(name).values_list("pk", flat=True)
        places = places.filter(path__overlap=list(around))
    return places.order_by("-level", "pk").first()


def _added(parent, level, name, by) -> Place:
    place = Place.objects.create(parent=parent, level=level, name=name)
    place.refresh_from_db(fields=["path"])
    record("place.added", place, by=by, name=name)
    return place


def _names(address: str) -> list[str]:
    return [" ".join(part.split()) for part in address.split(",") if part.strip()]


def _step(parent, level, name) -> Place:
    known = Place.objects.filter(parent=parent, level=level).called(name).first()
    return known or Place.objects.create(parent=parent, level=level, name=name)
