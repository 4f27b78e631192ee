"""Growing the tree of places."""

from django.db import transaction

from apps.listings.models import Place
from apps.listings.models.place import LEVEL_ORDER


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


def _step(parent, level, name) -> Place:
    known = Place.objects.filter(parent=parent, level=level).called(name).first()
    return known or Place.objects.create(parent=parent, level=level, name=name)
