"""Units that were never on the market, by building and number, each leading to the form that lists it."""

from urllib.parse import urlencode

from django.db.models import Value
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.core.search import Normalise
from apps.listings.models import Unit
from apps.search.marks import marked
from apps.search.registry import Asked, Hit, Source
from apps.search.sources import places

BUILDINGS = 4


def find(asked: Asked) -> list[Hit]:
    """Hits for “marina gate 2304” and “2304 marina gate”, where that unit has no listing."""
    words = asked.words
    for at in (len(words) - 1, 0) if len(words) > 1 else ():
        if any(letter.isdigit() for letter in words[at]):
            rest = [word for place, word in enumerate(words) if place != at]
            if found := _unlisted(places.called(rest)[:BUILDINGS], words[at])[: asked.limit]:
                return [_hit(unit, words) for unit in found]
    return []


def _unlisted(buildings, number: str):
    rows = Unit.objects.filter(place__in=buildings, unit_key=Normalise(Value(number)), listings=None)
    return list(rows.select_related("place").order_by("pk"))


def _hit(unit: Unit, words) -> Hit:
    url = f"{reverse('listings:new')}?{urlencode({'unit': unit.pk})}"
    return Hit(url, marked(unit.label, words), _("Never listed: take it on"), icon="apartment")


SOURCE = Source("units", "Units", "listings.add_listing", find, order=15)
