"""Places by name, in English or Arabic: cities, communities and buildings, each leading to the listings in it."""

from urllib.parse import urlencode

from django.db.models import Q
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from apps.core.search import Normalise
from apps.listings.models import Place
from apps.listings.models.place import with_above
from apps.search.marks import folded, marked
from apps.search.registry import Asked, Hit, Source

CANDIDATES = 40
SHORTEST = 3  # letters: no index finds less
FEWER = 2  # than of listings, which most people look for


def called(words) -> list[Place]:
    """Places in whose name each of the words begins a word; the likeliest first."""
    if not words:
        return []
    if max(map(len, words)) < SHORTEST:
        rows = Place.objects.filter(Q(name__istartswith=words[0]) | Q(name_ar__startswith=words[0]))
    else:
        rows = Place.objects.alias(key=Normalise("name"), key_ar=Normalise("name_ar")).filter(_holding(words))
    found = [place for place in rows.order_by(Length("name"), "pk")[:CANDIDATES] if _begins(place, words)]
    return sorted(found, key=lambda place: _nearness(place, " ".join(words)))


def _holding(words) -> Q:
    """Each of the two names has a trigram index over crm_normalise; PostgreSQL joins what they find."""
    english, arabic = Q(), Q()
    for word in words:
        english &= Q(key__contains=word)
        arabic &= Q(key_ar__contains=word)
    return english | arabic


def _begins(place, words) -> bool:
    there = spelt(f"{place.name} {place.name_ar}").split()
    return all(any(one.startswith(word) for one in there) for word in words)


def _nearness(place, text: str) -> int:
    """0 the name itself, 1 begins with it, 2 has it in it."""
    names = (spelt(place.name), spelt(place.name_ar))
    return 0 if text in names else 1 if any(name.startswith(text) for name in names) else 2


def spelt(name: str) -> str:
    """A name as `words_of` spells words."""
    return " ".join("".join(letter if letter.isalnum() else " " for letter in folded(name)).split())


def find(asked: Asked) -> list[Hit]:
    """Hits for places by that name."""
    found = with_above(called(asked.words)[: max(asked.limit - FEWER, 1)])
    return [_hit(place, asked.words) for place in found]


def _hit(place: Place, words) -> Hit:
    above = ", ".join(one.name for one in place.above)
    name = marked(place.name, words)
    if place.name_ar and "<mark>" not in name:
        name = format_html('{} · <bdi lang="ar">{}</bdi>', place.name, marked(place.name_ar, words))
    note = " · ".join(part for part in (_(place.get_level_display()), above) if part)
    return Hit(f"{reverse('listings:list')}?{urlencode({'place': place.pk})}", name, note, icon="map-pin")


SOURCE = Source("places", "Places", "listings.view_listing", find, order=30)
