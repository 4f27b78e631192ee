"""Suggestions while a place is typed."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.listings.actions.place import why_not_add_building
from apps.listings.models import Place
from apps.listings.models.place import ALIKE, PlaceLevel, with_above

MOST = 8
COMMUNITIES = 2


@require_safe
def places(request):
    """Places that the text in `q` (or `place_text`) may mean, and buildings that could be added under that name."""
    typed = request.GET.get("q") or request.GET.get("place_text") or ""
    text = " ".join(typed.replace("\x00", "").split())[:200]
    found = with_above(Place.objects.meant_by(text)[:MOST]) if text else []
    for place in found:
        place.is_near = place.nearness < ALIKE
    may_add = text and request.GET.get("add") and not any(place.is_exactly(text) for place in found)
    context = {"text": text, "places": found, "additions": additions(text, request.user) if may_add else []}
    return render(request, "listings/places.html", context)


def additions(text: str, by) -> list[str]:
    """Addresses under which a building of that name could be added: as typed, or in the likeliest communities."""
    if "," in text:
        return [] if why_not_add_building(text, by) else [text]
    words = [word for word in text.split() if len(word) > 2]
    communities = Place.objects.filter(level=PlaceLevel.COMMUNITY)
    likely = [place for word in words for place in communities.meant_by(word)[:COMMUNITIES]]
    unique = with_above({place.pk: place for place in likely}.values())[:COMMUNITIES]
    addresses = [", ".join([text, place.name, *_city(place)]) for place in unique]
    return [address for address in addresses if not why_not_add_building(address, by)]


def _city(place: Place) -> list[str]:
    return [above.name for above in place.above if above.level == PlaceLevel.CITY]
