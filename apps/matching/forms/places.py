"""The field that names several places: those chosen so far, the one just chosen, and what is typed."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from apps.listings.models import Place
from apps.listings.models.place import with_above

MOST_PLACES = 20


class PlacesWidget(forms.Widget):
    """Reads the ticked places, the hidden id of the last choice, and the text; `matching/places.html` draws them."""

    def value_from_datadict(self, data, files, name):
        many = data.getlist if hasattr(data, "getlist") else lambda key: _as_list(data.get(key))
        ids = [*many(name), data.get("place", "")]
        return {"ids": [key for key in ids if str(key).isdecimal()], "text": _cleaned(data.get("place_text", ""))}

    def value_omitted_from_data(self, data, files, name):
        return "place_text" not in data and name not in data


class PlacesField(forms.Field):
    """A list of places, in the order they were chosen. A text that names one place exactly counts as chosen."""

    widget = PlacesWidget

    def prepare_value(self, value):
        if isinstance(value, dict):
            return value
        return {"ids": [str(getattr(place, "pk", place)) for place in value or []], "text": ""}

    def clean(self, value):
        ids = [int(key) for key in value["ids"] if len(str(key)) < 19][:MOST_PLACES]
        found = places_of(ids)
        if not value["text"] or any(place.is_exactly(value["text"]) for place in found):
            return found
        exact = [place for place in Place.objects.meant_by(value["text"])[:8] if place.is_exactly(value["text"])]
        if len(exact) != 1:
            raise ValidationError(
                _("“%(value)s” is not one place that is known. Choose it from the list.") % {"value": value["text"]}
            )
        return [*found, exact[0]]


def places_of(ids) -> list[Place]:
    """The places of those ids, each once and in that order, with what lies above them."""
    rows = {place.pk: place for place in with_above(Place.objects.filter(pk__in=ids))}
    return [rows[pk] for pk in dict.fromkeys(int(key) for key in ids) if pk in rows]


def _as_list(value) -> list:
    return value if isinstance(value, list | tuple) else [value] if value else []


def _cleaned(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())[:200]
